"""What SampleDB 0.31.1 lacks on PyPI, and nothing here depends on: a table of unit codes, a package that is on GitHub alone
(both are for its .eln files), translations, the frame of its pages and its sign-in page."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import MagicMock


def install():
    """Before sampledb is imported."""
    [package] = find_spec("sampledb").submodule_search_locations
    codes = Path(package, "logic", "un_cefact_code_unit_pairs.json")
    if not codes.exists():
        whole = codes.with_suffix(f".{os.getpid()}")
        whole.write_text("[]")
        whole.rename(codes)
    sys.modules["minisign"] = MagicMock()


def add_templates(app):
    """SampleDB's own come first. Two functions that they call are its frame's as well."""
    from jinja2 import ChoiceLoader, FileSystemLoader
    from sampledb.logic.users import get_user

    frontend = app.blueprints["frontend"]
    own = FileSystemLoader(Path(__file__).with_name("templates"))
    app.jinja_loader = ChoiceLoader([loader for loader in (app.jinja_loader, frontend.jinja_loader, own) if loader])
    app.jinja_env.globals.update(
        user_reference=lambda user, *_, **__: name_of(get_user(user) if isinstance(user, int) else user),
        import_information_symbol=lambda *_, **__: "",
    )


def name_of(user):
    return user.get_name() if user else "—"
