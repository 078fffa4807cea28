"""The files and folders that an admin names: from the folder that the Hub was started in, or from a home (``~``)."""

from __future__ import annotations

import os
from typing import Any, Optional, Union

from .account import account_of, why_closed


def absolute(argument: str, path: Any) -> str:
    """:raises ValueError: when it is no path, or begins with the home of a user who is not there"""
    if not isinstance(path, (str, os.PathLike)) or not os.fspath(path):
        raise ValueError(f"register: {argument}={path!r} must be a path")
    expanded = os.path.expanduser(os.fspath(path))
    if expanded.startswith("~"):
        raise ValueError(f"register: {argument}={path!r} begins with the home of a user who is not there")
    return os.path.abspath(expanded)


def existing_folder(argument: str, path: Any) -> str:
    """The absolute path of a folder that must be there."""
    found = absolute(argument, path)
    if os.path.isdir(found):
        return found
    raise _not_there(argument, path, found, os.path.exists(found) and "is a file: give the folder that it is in")


def existing_file(argument: str, path: Any) -> str:
    """The absolute path of a file that must be there."""
    found = absolute(argument, path)
    if os.path.isfile(found):
        return found
    raise _not_there(argument, path, found, os.path.isdir(found) and "is a folder: give a file")


def _not_there(argument: str, path: Any, found: str, other: Union[str, bool]) -> ValueError:
    """:param other: what is there in its place, if something is"""
    closed = "" if other else why_closed(found, None)
    said = other or (f"cannot be seen{closed}" if closed else "does not exist")
    return ValueError(f"register: {argument}={path!r} {said}")


def make_state_dir(path: str, user: Optional[str]) -> None:
    """Made for nobody but the service's user; one that exists is left as it is."""
    account = account_of(user)
    if os.path.isdir(path):
        return
    try:
        os.makedirs(path, mode=0o700)
        if account is not None:
            os.chown(path, account.pw_uid, account.pw_gid)
    except FileExistsError:
        raise ValueError(f"register: state_dir={path!r} is a file, and a folder is required") from None
    except OSError as error:
        closed = why_closed(path, None)
        raise ValueError(
            f"register: the folder {path} cannot be made{closed or f' ({error.strerror})'}: make it, or give another state_dir="
        ) from error
