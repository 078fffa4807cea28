"""Whether anything keeps users' pages apart, as far as the Hub's settings tell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from traitlets.log import get_logger

if TYPE_CHECKING:
    from jupyterhub.app import JupyterHub

_WARNING = (
    "register: %s: over plain http, and without subdomains, a hub isolates nobody from pages of another user."
    " Serve it by https and set c.JupyterHub.subdomain_host%s (docs/security.md of the notebook templates)"
)


def warn_of_plain_http(hub: JupyterHub) -> None:
    """Where browsers of other machines may come by plain http to a host that all users share, the Hub's log says so."""
    if hub.subdomain_host:
        return
    public = getattr(hub, "public_url", "")
    if public:
        if _is_plain(public):
            get_logger().warning(_WARNING, f"public_url is {public}", "")
    elif _is_plain(hub.bind_url):
        hint = "; where a proxy in front of it speaks https, say so by c.JupyterHub.public_url"
        get_logger().warning(_WARNING, f"bind_url is {hub.bind_url}", hint)


def _is_plain(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme == "http" and not (host in ("localhost", "::1") or host.startswith("127."))
