"""The system user that the service runs as, and what keeps it from a path."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path
from typing import Any, Dict, Optional, Union


def account_of(user: Optional[str]) -> Optional[pwd.struct_passwd]:
    """None: the Hub's own user."""
    if user is None:
        return None
    try:
        account = pwd.getpwnam(user)
    except KeyError:
        raise ValueError(f"register: there is no system user {user!r}") from None
    if os.geteuid() not in (0, account.pw_uid):
        raise ValueError(f"register: user={user!r} needs a Hub that runs as root")
    return account


def as_user(user: Optional[str]) -> Dict[str, Any]:
    """For subprocess: as the Hub starts its services, with all of the user's groups."""
    account = account_of(user)
    if account is None or os.geteuid() != 0:
        return {}
    groups = os.getgrouplist(account.pw_name, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": groups}


def why_closed(path: Union[str, Path], user: Optional[str]) -> str:
    """Names the first folder above ``path`` that the user may not enter; empty where there is none.

    Without it, "may not read /srv/lab/templates" sends an admin to a folder whose own mode is right.
    """
    for folder in reversed(Path(path).parents):
        try:
            tried = subprocess.run(["/bin/sh", "-c", 'test -x "$0"', folder], cwd="/", timeout=60, **as_user(user))
        except (OSError, subprocess.SubprocessError):
            return ""
        if tried.returncode == 0:
            continue
        if not os.path.exists(folder):
            return ""
        return f": the folder {folder} is private" if os.path.isdir(folder) else f": {folder} is a file"
    return ""
