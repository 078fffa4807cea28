"""Whether papermill reads files of YAML as the same values, of the same types, as Python's json reads the JSON of them.

Reads pairs of JSON text and a path as JSON from stdin; writes for each null, or what differs.
"""

import json
import math
import sys

from papermill.iorw import read_yaml_file


def difference(wanted, read):
    if type(wanted) is not type(read):
        return f"{wanted!r} is {read!r}"
    if isinstance(wanted, dict):
        if list(wanted) != list(read):
            return f"{list(wanted)!r} are {list(read)!r}"
        return next(filter(None, (difference(wanted[name], read[name]) for name in wanted)), None)
    if isinstance(wanted, list):
        if len(wanted) != len(read):
            return f"{len(wanted)} items are {len(read)}"
        return next(filter(None, map(difference, wanted, read)), None)
    if isinstance(wanted, float):
        same = math.isnan(wanted) and math.isnan(read)
        same = same or (wanted == read and math.copysign(1, wanted) == math.copysign(1, read))
        return None if same else f"{wanted!r} is {read!r}"
    return None if wanted == read else f"{wanted!r} is {read!r}"


def answer(text, path):
    try:
        return difference(json.loads(text), read_yaml_file(path) or {})
    except Exception as error:
        return f"{type(error).__name__}: {error}"


json.dump([answer(text, path) for text, path in json.load(sys.stdin)], sys.stdout)
