"""Whether the Hub asks users for the options of their servers, as far as its configuration tells."""

from __future__ import annotations

import logging
from typing import Any, Iterator, Optional

from jupyterhub.app import JupyterHub
from jupyterhub.spawner import Spawner
from traitlets import DefaultHandler, TraitType
from traitlets.config import Config


def asks_for_options(c: Any) -> bool:
    """By a trait that is set, in the file or on the command line, or by the spawner's class itself."""
    running = JupyterHub.instance() if JupyterHub.initialized() else None
    sources = [c, getattr(running, "cli_config", None) or {}]
    if any(_is_set(name, section) for source in sources for name, section in dict.items(source)):
        return True
    named = [dict.get(dict.get(source, "JupyterHub", {}), "spawner_class") for source in sources]
    spawner = _class_of(next(filter(None, reversed(named)), None))
    return spawner is not None and any(map(_has_form, _own_classes(spawner)))


def _is_set(name: str, section: Any) -> bool:
    """Any spawner's own form, KubeSpawner's list of profiles, or wrapspawner's."""
    traits = ["options_form", "profile_list"] + (["profiles"] if name.endswith("ProfilesSpawner") else [])
    return isinstance(section, dict) and any(dict.get(section, trait) for trait in traits)


def _class_of(spawner: Any) -> Optional[type]:
    """As the Hub reads ``spawner_class``: a class, its path, or the name of an entry point."""
    if spawner is None or isinstance(spawner, type):
        return spawner
    quiet = logging.Logger("notebook_templates", level=logging.CRITICAL)
    try:
        return JupyterHub(config=Config({"JupyterHub": {"spawner_class": spawner}}), log=quiet).spawner_class
    except Exception:  # the Hub itself says what is wrong with it
        return None


def _own_classes(spawner: type) -> Iterator[type]:
    """Those that may bring a form. KubeSpawner makes one of its ``profile_list`` alone."""
    for cls in spawner.__mro__:
        if cls is Spawner or cls.__name__ == "KubeSpawner":
            return
        yield cls


def _has_form(cls: type) -> bool:
    own = vars(cls)
    form = own.get("options_form")
    if isinstance(form, TraitType):
        form = form.default_value
    computed = (value.trait_name for value in own.values() if isinstance(value, DefaultHandler))
    return bool(form) or "_options_form_default" in own or "options_form" in computed
