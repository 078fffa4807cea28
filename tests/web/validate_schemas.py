"""SampleDB's own check of the schemas of actions: a JSON list of them in, a list of what it says out; null where all is well."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support" / "sampledb"))
import stand_ins  # noqa: E402

stand_ins.install()

from sampledb.logic.errors import ValidationError  # noqa: E402
from sampledb.logic.schemas import validate_schema  # noqa: E402


def said(schema):
    try:
        # Which languages there are is in its database; every schema here is in English.
        validate_schema(schema, strict=True, all_language_codes={"en"})
    except ValidationError as error:
        return str(error)


json.dump([said(schema) for schema in json.load(sys.stdin)], sys.stdout)
