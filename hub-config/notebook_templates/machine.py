"""What the service needs on this machine: the built program, a state folder, a port, and the right to use them."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional
from urllib.parse import urlsplit

from traitlets.config import Application

from .account import as_user, why_closed
from .node import too_old

if TYPE_CHECKING:
    from jupyterhub.app import JupyterHub

_HERE = Path(__file__).resolve().parent

# Run as the user the service will run as, by the Node.js it will run with: only a real try knows about every right.
_PROBE = """
const { accessSync, constants } = require('node:fs')
const [, main, state, templates, logo] = process.argv
const cannot = (path, mode) => { try { accessSync(path, mode) } catch { return true } }
const { R_OK, W_OK, X_OK } = constants
const denied = []
if (cannot(main, R_OK)) denied.push(['read', main])
if (cannot(state, R_OK | W_OK | X_OK)) denied.push(['write to', state])
if (templates && cannot(templates, R_OK | X_OK)) denied.push(['read', templates])
if (logo && cannot(logo, R_OK)) denied.push(['read', logo])
console.log(JSON.stringify({ version: process.versions.node, denied }))
"""


def find_program() -> str:
    """The built service of the wheel, checkout or npm package that this file belongs to."""
    in_wheel = _HERE / "package"
    package = in_wheel if in_wheel.is_dir() else _HERE.parents[1]
    main = package / "build" / "service" / "main.js"
    if not main.is_file():
        raise ValueError(f"register: {main} is missing: run `npm ci && npm run build` in {package}")
    return str(main)


def default_state_dir(hub: JupyterHub, name: str) -> str:
    """Beside the Hub's database and named after it and the service: ``/srv/jupyterhub/jupyterhub-templates``."""
    url = hub.db_url
    if url.startswith("sqlite:///") and not url.endswith(":memory:"):
        folder, database = os.path.split(os.path.abspath(url[len("sqlite:///") :].partition("?")[0]))
    elif "://" in url and not url.startswith("sqlite:"):
        # A database server keeps nothing here, but the Hub keeps its cookie secret here.
        folder = os.path.dirname(os.path.abspath(os.path.expanduser(hub.cookie_secret_file)))
        database = os.path.basename(urlsplit(url).path)
    else:
        raise ValueError("register: the Hub's database is in memory, so there is no folder beside it: give state_dir=")
    return os.path.join(folder, f"{os.path.splitext(database)[0] or 'jupyterhub'}-{name}")


def check_access(
    command: List[str],
    templates: Optional[str],
    logo: Optional[str],
    state_dir: str,
    user: Optional[str],
) -> None:
    """Tries what the service will do, as the user who will do it, so that the fault shows here and not in its log."""
    node, main = command
    who = user or "the Hub's user"
    try:
        done = subprocess.run(
            [node, "-e", _PROBE, main, state_dir, templates or "", logo or ""],
            cwd="/", env={}, check=True, capture_output=True, timeout=60, **as_user(user),
        )  # fmt: skip
        found = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ValueError(f"register: {who} cannot run {node}{why_closed(node, user) or f': {error}'}") from error
    old = too_old(node, found["version"])
    if old is not None:
        raise ValueError(f"register: {old}: give another node=")
    if found["denied"]:
        denied = (f"{what} {path}{why_closed(path, user)}" for what, path in found["denied"])
        raise ValueError(f"register: {who} may not {', '.join(denied)}")


# Stands for what the Hub will set: the check wants to know that there is a hub.
_AS_THE_HUB = {
    "JUPYTERHUB_API_URL": "http://127.0.0.1:8081/hub/api",
    "JUPYTERHUB_API_TOKEN": "not-yet-known",
    "JUPYTERHUB_CLIENT_ID": "service",
    "JUPYTERHUB_OAUTH_CALLBACK_URL": "/services/name/oauth_callback",
    "JUPYTERHUB_SERVICE_NAME": "name",
    "JUPYTERHUB_SERVICE_PREFIX": "/services/name/",
    "JUPYTERHUB_BASE_URL": "/",
}


def check_settings(service: Dict[str, Any], arguments: Mapping[str, str]) -> None:
    """Has the service itself read its settings, as its user: it would not start with a fault, and its Hub ends with it.

    :param service: as it is given to the Hub
    :param arguments: settings by their full name -> the argument of ``register`` they come from
    """
    env = {**_AS_THE_HUB, **service["environment"], "JUPYTERHUB_SERVICE_URL": service["url"]}
    try:
        done = subprocess.run(
            [*service["command"], "--check-settings"],
            cwd="/", env=env, capture_output=True, timeout=60, **as_user(service.get("user")),
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise ValueError(f"register: the service cannot check its settings: {error}") from error
    said = done.stderr.decode(errors="replace")
    faults = [line[2:] for line in said.splitlines() if line.startswith("  ")]
    if done.returncode != 0 and not said.startswith("notebook-templates: The settings"):
        raise ValueError(f"register: the service cannot check its settings: {said.strip() or done.returncode}")
    if _only_reads_the_file():
        faults = [fault for fault in faults if not fault.startswith("JUPYTERHUB_SERVICE_URL ")]
    if faults:
        raise ValueError(f"register: {'; '.join(_by_argument(fault, arguments) for fault in faults)}")


def _by_argument(fault: str, arguments: Mapping[str, str]) -> str:
    name, _, reason = fault.partition(" ")
    return f"{arguments[name]}= {reason}" if name in arguments else fault


def _only_reads_the_file() -> bool:
    """Whether this is a command such as ``jupyterhub token``: the service is running at the same time, on its port."""
    from jupyterhub.app import JupyterHub

    return Application.initialized() and not isinstance(Application.instance(), JupyterHub)


def choose_port(state_dir: str) -> int:
    """A free port, the same one at each start if it can be, below those that the kernel gives to connections."""
    first = int.from_bytes(hashlib.sha256(state_dir.encode()).digest()[:4], "big")
    for step in range(100):
        port = 20000 + (first + step) % 10000
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ValueError("register: found no free port: give port=")
