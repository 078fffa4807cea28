"""Reading and extending the Hub's configuration without disturbing what is there."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Dict, List

from traitlets.config import Config, LazyConfigValue

if TYPE_CHECKING:
    from jupyterhub.app import JupyterHub

# What decides the proxy's address and where the Hub keeps its state.
_READ = (
    "bind_url", "ip", "port", "base_url", "ssl_cert", "ssl_key", "public_url", "subdomain_host",
    "db_url", "cookie_secret_file", "internal_ssl",
)  # fmt: skip


def as_the_hub_reads(c: Any) -> JupyterHub:
    """A JupyterHub object that is never started, so that defaults, deprecated names and the command line
    (``jupyterhub --port 9000``, which wins over the file) count exactly as they do for the real one."""
    from jupyterhub.app import JupyterHub  # takes seconds, and only the Hub has need of it: not the command

    config = Config()
    running = JupyterHub.instance() if JupyterHub.initialized() else None
    for source in (c, getattr(running, "cli_config", None) or {}):
        section = dict.get(source, "JupyterHub", {})
        config.JupyterHub.update({key: section[key] for key in _READ if key in section})
    quiet = logging.Logger("notebook_templates", level=logging.CRITICAL)  # the real one warns by itself
    return JupyterHub(config=config, log=quiet)


def uses_internal_ssl(hub: JupyterHub) -> bool:
    """Whether the proxy speaks TLS to services."""
    return bool(hub.internal_ssl)


def rights_of_users() -> List[str]:
    """What a user's token may do: start their servers, write into them, and read when their account was made."""
    from jupyterhub.scopes import scope_definitions

    # Before version 6 no scope starts servers alone: `servers` also stops and deletes them.
    start = ["read:servers!user", "start:servers!user"] if "start:servers" in scope_definitions else ["servers!user"]
    return ["access:servers!user", *start, "read:users!user"]


def _as_list(c: Any, trait: str) -> List[Any]:
    """The list so far, also when it was only appended to (``c.JupyterHub.services.append(…)``)."""
    value = c.JupyterHub.get(trait, [])
    if isinstance(value, LazyConfigValue):
        value = value.get_value([])
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"c.JupyterHub.{trait} must be a list, not {type(value).__name__}")
    return list(value)


def add_service(c: Any, service: Dict[str, Any]) -> None:
    """Adds it after the other services."""
    services = _as_list(c, "services")
    if any(other.get("name") == service["name"] for other in services):
        raise ValueError(
            f"register: c.JupyterHub.services has a service named {service['name']!r} already"
            " (was register called twice?); give this one another name="
        )
    c.JupyterHub.services = [*services, service]


def allow_users(c: Any, scope: str) -> None:
    """Gives the scope to everyone who has the role ``user``.

    The Hub does not start with two entries for one role, and an entry replaces the default scope ``self``. So an entry
    that is there is extended, else ``extra_user_scopes`` if the admin uses that (the Hub ignores it beside an entry).
    """
    roles = _as_list(c, "load_roles")
    entry = next((role for role in roles if role.get("name") == "user"), None)
    extra = _as_list(c, "extra_user_scopes") if "extra_user_scopes" in c.JupyterHub else []
    if entry is None and extra:
        c.JupyterHub.extra_user_scopes = _with(extra, scope)
        return
    scopes = (entry or {}).get("scopes", ["self", *extra])
    merged = {**(entry or {"name": "user"}), "scopes": _with(scopes, scope)}
    c.JupyterHub.load_roles = [merged if role is entry else role for role in roles] + ([] if entry else [merged])


def _with(scopes: Any, scope: str) -> List[str]:
    return [*scopes] if scope in scopes else [*scopes, scope]
