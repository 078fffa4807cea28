"""Runs pieces of jupyterhub_config.py as JupyterHub would and tells what they made of ``c``.

Reads ``{"package": folder, "cases": [{"code": text, "cli": [...]}]}`` as JSON; prints a list of ``{"JupyterHub": …, "said": [lines of the log]}`` or
``{"error": …}``. ``here`` is a new folder that is the current one for each case.
"""

import json
import logging
import os
import stat
import sys
import tempfile

from jupyterhub.app import JupyterHub
from traitlets.config import Config, LazyConfigValue
from traitlets.log import get_logger


def plain(value):
    return value.get_value([]) if isinstance(value, LazyConfigValue) else value


def run(case, here):
    os.chdir(here)
    JupyterHub.clear_instance()
    if case.get("cli"):
        JupyterHub.instance().parse_command_line(case["cli"])
    c = Config()
    said, environment = [], dict(os.environ)
    logger, handler = get_logger(), logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())
    logger.addHandler(handler)
    try:
        exec(case["code"], {"c": c, "get_config": lambda: c, "here": here, "os": os, "sys": sys})
    except ValueError as error:
        return {"error": str(error).replace(here, "<here>")}
    finally:
        logger.removeHandler(handler)
        os.environ.clear()
        os.environ.update(environment)
    found = json.loads(json.dumps({key: plain(value) for key, value in c.JupyterHub.items()}, default=str).replace(here, "<here>"))
    return {"JupyterHub": found, "folders": folders(here), "said": said}


def folders(here):
    """Of what was made: name, mode and owner."""
    made = [entry for entry in os.scandir(here) if entry.is_dir()]
    return {entry.name: [stat.filemode(entry.stat().st_mode), entry.stat().st_uid] for entry in made}


asked = json.load(sys.stdin)
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(asked["package"], "hub-config"))
answers = []
for case in asked["cases"]:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        answers.append(run(case, os.path.realpath(folder)))
    os.chdir("/")
json.dump(answers, sys.stdout)
