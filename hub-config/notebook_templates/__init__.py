"""Adds the notebook templates service to a JupyterHub, from its ``jupyterhub_config.py``.

As the last lines of that file, where the wheel is installed::

    from jupyterhub_notebook_templates import register
    register(c, templates="/srv/notebook-templates")

and where this is a checkout or the package of npm::

    import sys
    sys.path.insert(0, "/opt/jupyterhub-notebook-templates/hub-config")
    from notebook_templates import register
    register(c, templates="/srv/notebook-templates")

Needs nothing but JupyterHub itself. What it writes into ``c`` is shown in full in ``jupyterhub_config.py.example``.
"""

from __future__ import annotations

import json
import re
from typing import Any, Mapping, Optional, Sequence

from .account import account_of
from .hub import add_service, allow_users, as_the_hub_reads, rights_of_users, uses_internal_ssl
from .isolation import warn_of_plain_http
from .machine import check_access, check_settings, choose_port, default_state_dir, find_program
from .node import find_node
from .options import asks_for_options
from .paths import absolute, existing_file, existing_folder, make_state_dir
from .proxy import proxy_address

__all__ = ["register"]

OWN = "NOTEBOOK_TEMPLATES_"
_ARGUMENTS = {
    "JUPYTERHUB_SERVICE_URL": "port",
    OWN + "DIR": "templates",
    **{
        OWN + name.upper(): name
        for name in ("state_dir", "proxy_url", "proxy_ca", "target", "open_with", "start", "trust", "title", "logo", "contact", "senders", "allowed_origins")
    },
}


def register(
    c: Any,
    *,
    templates: Optional[str] = None,
    name: str = "templates",
    user: Optional[str] = None,
    state_dir: Optional[str] = None,
    proxy_url: Optional[str] = None,
    proxy_ca: Optional[str] = None,
    port: Optional[int] = None,
    target: Optional[str] = None,
    open_with: Optional[str] = None,
    start: Optional[str] = None,
    trust: bool = False,
    title: Optional[str] = None,
    logo: Optional[str] = None,
    contact: Optional[str] = None,
    senders: Optional[Sequence[Mapping[str, str]]] = None,
    allowed_origins: Optional[Sequence[str]] = None,
    everyone: bool = True,
    node: Optional[str] = None,
    environment: Optional[Mapping[str, str]] = None,
) -> None:
    """Adds the service, what it may do for its users, and the users' right to reach it. Call it last.

    :param c: the configuration object of ``jupyterhub_config.py``
    :param templates: folder of templates; without it, the examples that are shipped
    :param name: the service's name; it is reached at ``/services/<name>/``
    :param user: system user that the service runs as (the Hub must then run as root); else the Hub's own
    :param state_dir: where requests and the service's secret are kept, mode 0700; else a folder next to the Hub's
        database, named after both, so that two hubs never share one
    :param proxy_url: the hub's proxy as this machine reaches it; else worked out from the Hub's own settings
    :param proxy_ca: file of the authority that signed the proxy's certificate, if it is not a public one
    :param port: port on 127.0.0.1 that the service listens on; else a free one
    :param target: folder in the user's home for new notebooks; ``{template_dir}`` is the template's own
    :param open_with: ``auto``, ``notebook`` or ``lab``
    :param start: ``api``: a user's server is started by the Hub's API, without options; ``form``: on the Hub's own page, which
        asks for its options, and from which users come back. Else ``form`` where the Hub has such a form
        (``options_form``, KubeSpawner's ``profile_list``, wrapspawner's ``profiles``)
    :param trust: whether the user's server is asked to trust each new notebook, so that the outputs of its template show
        at once; JavaScript in these then runs when the notebook is opened
    :param title: what the service is called on its pages, such as the name of your institute
    :param logo: file of a logo for its pages: PNG, JPEG or SVG, at most 64 KiB
    :param contact: whom users ask when something about a template is wrong, in one line
    :param senders: sites whose buttons are accepted, else all, each as ``{"origin": "https://sampledb.example"}``, with
        ``"name"``, what people call it, and ``"object"``, where its objects are: ``"{origin}/objects/{object_id}"``
    :param allowed_origins: the same in short, for origins alone: ``["https://sampledb.example"]``
    :param everyone: whether the role ``user`` gets ``access:services!service=<name>``; with ``False`` you give it to a
        role of your own
    :param node: path of Node.js 20.20 or newer; else the one on the ``PATH``, else the one of
        ``pip install 'jupyterhub-notebook-templates[node]'``
    :param environment: more settings by their full name, such as ``{"NOTEBOOK_TEMPLATES_LOG_LEVEL": "debug"}``
    :raises ValueError: when an argument is wrong or something the service needs is missing; the Hub then stops with
        that message instead of starting half configured
    """
    _check(name=name, port=port, trust=trust, senders=senders, allowed_origins=allowed_origins, environment=environment)
    hub = as_the_hub_reads(c)
    templates_dir = existing_folder("templates", templates) if templates is not None else None
    settings = {
        "DIR": templates_dir,
        "STATE_DIR": absolute("state_dir", state_dir) if state_dir is not None else default_state_dir(hub, name),
        "PROXY_URL": proxy_url or proxy_address(c, hub),
        "PROXY_CA": existing_file("proxy_ca", proxy_ca) if proxy_ca is not None else None,
        "TARGET": target,
        "OPEN_WITH": open_with,
        "START": start,
        "TRUST": "on" if trust else None,
        "TITLE": title,
        "LOGO": existing_file("logo", logo) if logo is not None else None,
        "CONTACT": contact,
        "SENDERS": json.dumps(senders) if senders is not None else None,
        "ALLOWED_ORIGINS": " ".join(allowed_origins) if allowed_origins is not None else None,
    }
    if start is None and (environment or {}).get(OWN + "DELIVERY") != "download" and asks_for_options(c):
        settings["START"] = "form"
    own = {OWN + key: value for key, value in settings.items() if value is not None}
    twice = sorted(set(own) & set(environment or {}))
    if twice:
        raise ValueError(f"register: {', '.join(twice)} belongs in an argument of its own, not in environment=")
    account_of(user)
    command = [find_node(node, user), find_program()]
    make_state_dir(own[OWN + "STATE_DIR"], user)
    check_access(command, templates_dir, settings["LOGO"], own[OWN + "STATE_DIR"], user)
    scheme = "https" if uses_internal_ssl(hub) else "http"
    service = {
        "name": name,
        "url": f"{scheme}://127.0.0.1:{port or choose_port(own[OWN + 'STATE_DIR'])}",
        "command": command,
        "environment": {**own, **(environment or {})},
        "oauth_no_confirm": True,
        "oauth_client_allowed_scopes": rights_of_users(),
    }
    if user is not None:
        service["user"] = user
    check_settings(service, _ARGUMENTS)
    warn_of_plain_http(hub)
    add_service(c, service)
    if everyone:
        allow_users(c, f"access:services!service={name}")


def _check(
    *,
    name: str,
    port: Optional[int],
    trust: bool,
    senders: Optional[Sequence[Mapping[str, str]]],
    allowed_origins: Optional[Sequence[str]],
    environment: Optional[Mapping[str, str]],
) -> None:
    """What can be said about the arguments alone."""
    if not isinstance(name, str) or not re.fullmatch("[A-Za-z0-9_-]+", name):
        raise ValueError(f"register: name={name!r} must be letters from A to Z, digits, - and _")
    if port is not None and (type(port) is not int or not 0 < port < 65536):
        raise ValueError(f"register: port={port!r} must be a number from 1 to 65535")
    if not isinstance(trust, bool):
        raise ValueError(f"register: trust={trust!r} must be True or False")
    if isinstance(allowed_origins, str) or (allowed_origins is not None and not allowed_origins):
        raise ValueError("register: allowed_origins must be a list of sites; leave it out to take all")
    if senders is not None:
        if not isinstance(senders, (list, tuple)) or not senders or not all(map(_is_sender, senders)):
            raise ValueError(
                'register: senders must be a list of {"origin": "https://…"}, with name and object as text; leave it out to take all'
            )
        if allowed_origins is not None:
            raise ValueError("register: senders and allowed_origins say the same: leave one of them out")
    for key, value in (environment or {}).items():
        if key.startswith("JUPYTERHUB_"):
            raise ValueError(f"register: {key} is set by the Hub and cannot be given in environment=")
        if not isinstance(value, str):
            raise ValueError(f"register: the value of {key} in environment= must be text, not {type(value).__name__}")


def _is_sender(sender: Any) -> bool:
    return isinstance(sender, dict) and all(isinstance(part, str) for item in sender.items() for part in item)
