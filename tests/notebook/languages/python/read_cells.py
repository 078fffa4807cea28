"""Tells what Python itself finds in parameters cells.

Standard input: a JSON list of sources. Standard output: a JSON list with, of each, what it sets by plain assignments at its
top level, name to [source text, value as JSON or null], or the text of the error.
"""

import ast
import json
import sys
import warnings

warnings.simplefilter("ignore")


def is_json(value):
    if isinstance(value, (list, tuple)):
        return all(map(is_json, value))
    if isinstance(value, dict):
        return all(isinstance(name, str) for name in value) and all(map(is_json, value.values()))
    return value is None or isinstance(value, (bool, int, float, str))


def shown(source, node):
    if node is None:
        return [None, None]
    try:
        value = ast.literal_eval(node)
    except ValueError:
        value = NotImplemented
    return [ast.get_source_segment(source, node), json.dumps(value) if is_json(value) else None]


def read(source):
    found = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets = [statement.target]
        else:
            targets = statement.targets if isinstance(statement, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Name):
                found[target.id] = shown(source, statement.value)
            elif isinstance(target, (ast.Tuple, ast.List)) and all(isinstance(one, ast.Name) for one in target.elts):
                values = getattr(statement.value, "elts", [])
                if len(values) != len(target.elts) or isinstance(statement.value, ast.Set):
                    values = [None] * len(target.elts)
                for one, value in zip(target.elts, values):
                    found[one.id] = shown(source, value)
    return found


answers = []
for source in json.load(sys.stdin):
    try:
        answers.append(read(source))
    except (SyntaxError, ValueError) as error:
        answers.append(str(error))
print(json.dumps(answers))
