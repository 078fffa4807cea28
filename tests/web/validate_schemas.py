"""SampleDB's own check of the schemas of actions: a JSON list of them in, a list of what it says out; null where all is well."""

import json
import os
import sys
from importlib.util import find_spec
from unittest.mock import MagicMock

# What version 0.31.1 lacks on PyPI, and its check does not use: a table of unit codes, and a package that is on GitHub alone.
codes = os.path.join(find_spec("sampledb").submodule_search_locations[0], "logic", "un_cefact_code_unit_pairs.json")
if not os.path.exists(codes):
    with open(codes, "w") as file:
        file.write("[]")
sys.modules["minisign"] = MagicMock()

from sampledb.logic.errors import ValidationError  # noqa: E402
from sampledb.logic.schemas import validate_schema  # noqa: E402


def said(schema):
    try:
        # Which languages there are is in its database; every schema here is in English.
        validate_schema(schema, strict=True, all_language_codes={"en"})
    except ValidationError as error:
        return str(error)


json.dump([said(schema) for schema in json.load(sys.stdin)], sys.stdout)
