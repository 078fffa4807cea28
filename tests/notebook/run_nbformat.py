"""Judges notebooks by the real nbformat.

`schemas`: prints the JSON Schemas that Jupyter publishes, by minor version.
`validate`: standard input is a JSON list of files as texts; prints what nbformat has against each, null for nothing.
`save`: the same, and each is also read and written again as Jupyter does when somebody opens and saves it.
"""

import json
import sys
import warnings
from pathlib import Path

import nbformat
import nbformat.v4

warnings.simplefilter("ignore")


def schemas():
    folder = Path(nbformat.v4.__file__).parent
    return [json.loads((folder / f"nbformat.v4.{minor}.schema.json").read_text()) for minor in range(6)]


def fault(text, save):
    try:
        nbformat.validate(json.loads(text))
        if save:
            nbformat.writes(nbformat.reads(text, as_version=4))
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]
    return None


if sys.argv[1] == "schemas":
    print(json.dumps(schemas()))
else:
    print(json.dumps([fault(text, sys.argv[1] == "save") for text in json.load(sys.stdin)]))
