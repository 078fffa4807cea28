"""Lets papermill put parameters into notebooks without running them.

Standard input: a JSON list of [notebook, where the new one goes, parameters].
"""

import json
import logging
import sys

import papermill

logging.disable(logging.CRITICAL)

for source, target, parameters in json.load(sys.stdin):
    papermill.execute_notebook(source, target, parameters, prepare_only=True, progress_bar=False)
