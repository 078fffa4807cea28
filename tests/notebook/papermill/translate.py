"""What papermill's translators make of parameters.

Standard input: a JSON list of [language as papermill calls it, parameters as JSON text].
Standard output: a JSON list of {"source": cell} or {"refused": why}.
"""

import json
import sys

from papermill.translators import translate_parameters

sys.set_int_max_str_digits(0)


def translate(language, parameters):
    try:
        return {"source": translate_parameters(language, language, json.loads(parameters), "Parameters")}
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"}


print(json.dumps([translate(*case) for case in json.load(sys.stdin)]))
