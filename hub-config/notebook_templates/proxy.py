"""Where this machine reaches the hub's proxy: users' tokens go there, so nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from jupyterhub.app import JupyterHub

_ANY = {"": "127.0.0.1", "*": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}


def proxy_address(c: Any, hub: JupyterHub) -> str:
    """``http://127.0.0.1:8000`` or the like: scheme and place, without the base URL (the Hub's own URLs hold it)."""
    for section, settings in c.items():
        if section.endswith("Proxy") and settings.get("should_start") is False:
            raise ValueError(
                f"register: c.{section}.should_start is False, so only you know where the proxy is:"
                " give proxy_url=, as this machine reaches it"
            )
    bind = urlsplit(hub.bind_url)
    if bind.scheme == "http+unix":
        return f"http+unix://{bind.netloc}"
    if bind.scheme == "https":
        return _by_public_name(hub)
    host = bind.hostname or ""
    return f"http://{_bracketed(_ANY.get(host, host))}:{bind.port or 80}"


def _by_public_name(hub: JupyterHub) -> str:
    """With TLS the certificate must fit, so the name that browsers use is required."""
    public = urlsplit(getattr(hub, "public_url", "") or hub.subdomain_host or "")
    if public.scheme != "https":
        raise ValueError(
            "register: the proxy speaks https (ssl_cert), so the name in its certificate is required:"
            ' set c.JupyterHub.public_url or give proxy_url="https://…" (and proxy_ca= for a private authority)'
        )
    return f"https://{public.netloc}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
