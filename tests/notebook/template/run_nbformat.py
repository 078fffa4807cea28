"""Judges notebooks by the real nbformat.

`schemas`: prints the JSON Schemas that Jupyter publishes, by minor version.
`validate`: standard input is a JSON list of files as texts; prints what nbformat has against each, null for nothing.
`open`: what keeps a jupyter-server from reading, signing and writing each, whatever its schema says.
`errors`: how many errors each has by its schema.
`save`: as `validate`, and each is also read and written again as Jupyter does when somebody opens and saves it.
"""

import json
import logging
import sys
import warnings
from pathlib import Path

import nbformat
import nbformat.v4
from nbformat.sign import NotebookNotary
from nbformat.validator import get_validator

warnings.simplefilter("ignore")
logging.disable()
notary = NotebookNotary(db_file=":memory:")


def schemas():
    folder = Path(nbformat.v4.__file__).parent
    return [json.loads((folder / f"nbformat.v4.{minor}.schema.json").read_text()) for minor in range(6)]


def fault(text, asked):
    try:
        if asked != "open":
            nbformat.validate(json.loads(text))
        if asked != "validate":
            notebook = nbformat.reads(text, as_version=4)
            notary.mark_cells(notebook, notary.check_signature(notebook))
            saved = nbformat.from_dict(json.loads(json.dumps(notebook)))
            if notary.check_cells(saved):
                notary.sign(saved)
            nbformat.writes(saved).encode()
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]
    return None


def errors(text):
    notebook = json.loads(text)
    minor = notebook["nbformat_minor"]
    is_later = minor > nbformat.current_nbformat_minor
    validator = get_validator(4, min(minor, nbformat.current_nbformat_minor), relax_add_props=is_later)
    return sum(1 for _ in validator.iter_errors(notebook))


if sys.argv[1] == "schemas":
    print(json.dumps(schemas()))
elif sys.argv[1] == "errors":
    print(json.dumps([errors(text) for text in json.load(sys.stdin)]))
else:
    print(json.dumps([fault(text, sys.argv[1]) for text in json.load(sys.stdin)]))
