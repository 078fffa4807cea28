"""Runs Python cells and compares the variables they set with what Python's own json reads.

Standard input: a JSON list of {"params": JSON text, "source": cell, "names": {sent: variable}}.
Standard output: a JSON list of what is wrong with each, null where nothing is. A cell that is anything but
assignments of literals is wrong and is not run.
"""

import ast
import json
import math
import sys


def is_literal(node):
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)
    if isinstance(node, ast.List):
        return all(map(is_literal, node.elts))
    if isinstance(node, ast.Dict):
        return all(map(is_literal, node.keys)) and all(map(is_literal, node.values))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
        return not node.keywords and [a.value for a in node.args] in (["nan"], ["inf"], ["-inf"])
    return False


def is_assignment(node):
    return (
        isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Name)
        and is_literal(node.value)
    )


def same(one, other):
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return (math.isnan(one) and math.isnan(other)) or (
            one == other and math.copysign(1, one) == math.copysign(1, other)
        )
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[name], other[name]) for name in one)
    return one == other


def limit_integers(digits):
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(digits)


def fault(case):
    tree = ast.parse(case["source"])
    if not all(map(is_assignment, tree.body)):
        return "more than assignments of literals"
    variables = {"__builtins__": {"float": float}}
    exec(compile(tree, "cell", "exec"), variables)
    del variables["__builtins__"]
    limit_integers(0)
    sent = json.loads(case["params"])
    limit_integers(4300)
    if len(variables) != len(sent):
        return f"{len(sent)} sent, {len(variables)} set"
    for (name, value), (variable, got) in zip(sent.items(), variables.items()):
        if not same(value, got):
            return f"{name!r} is {got!r:.200}"
        if ast.parse(case["names"][name], mode="eval").body.id != variable:
            return f"{name!r} is in {variable!r}"
    return None


def judge(case):
    try:
        return fault(case)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print(json.dumps([judge(case) for case in json.load(sys.stdin)]))
