"""What papermill's own inspection finds in notebooks.

Standard input: a JSON list of paths. Standard output: a JSON list of {name: {name, inferred_type_name, default, help}}.
"""

import json
import logging
import sys

from papermill import inspect_notebook

logging.disable(logging.CRITICAL)
print(json.dumps([inspect_notebook(path) for path in json.load(sys.stdin)]))
