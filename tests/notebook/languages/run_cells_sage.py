"""Runs cells of Sage as its kernel does, and compares the variables they set with what was sent.

Standard input: a JSON list of {"params": JSON text, "source": cell, "names": {sent: variable}}.
Standard output: a JSON list of what is wrong with each, null where nothing is. A cell that is anything but assignments of
literals once Sage's preparser has made it Python is wrong and is not run.
"""

import ast
import json
import math
import sys

from sage.repl.preparse import preparse
from sage.rings.integer import Integer
from sage.rings.real_mpfr import RR, RealNumber as RealElement, create_RealNumber as RealNumber

NAMES = {"Integer": Integer, "RealNumber": RealNumber, "RR": RR}


class Number(str):
    """The digits of a number that is no integer."""


def is_literal(node):
    if isinstance(node, ast.Constant):
        return node.value is None or isinstance(node.value, (bool, str))
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Call) and is_literal(node.operand)
    if isinstance(node, ast.List):
        return all(map(is_literal, node.elts))
    if isinstance(node, ast.Dict):
        return all(map(is_literal, node.keys)) and all(map(is_literal, node.values))
    if not isinstance(node, ast.Call) or node.keywords or len(node.args) != 1:
        return False
    return isinstance(node.func, ast.Name) and node.func.id in NAMES and isinstance(node.args[0], ast.Constant)


def is_assignment(node):
    return (
        isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Name)
        and is_literal(node.value)
    )


def same(sent, got):
    if isinstance(sent, Number):
        return same_real(str(sent), got)
    if isinstance(sent, int) and not isinstance(sent, bool):
        return type(got) is Integer and got == sent
    if type(sent) is not type(got):
        return False
    if isinstance(sent, list):
        return len(sent) == len(got) and all(map(same, sent, got))
    if isinstance(sent, dict):
        return list(sent) == list(got) and all(same(sent[name], got[name]) for name in sent)
    return sent == got


def same_real(digits, got):
    if not isinstance(got, RealElement):
        return False
    if digits == "NaN":
        return got.is_NaN()
    if digits.endswith("Infinity"):
        return math.isinf(float(got)) and got.is_infinity() and (got < 0) == digits.startswith("-")
    wanted = -RealNumber(digits[1:]) if digits.startswith("-") else RealNumber(digits)
    # Sage's reals go on where doubles lose bits or end.
    is_double = sys.float_info.min <= abs(float(digits)) <= sys.float_info.max and got.prec() == 53
    near = not is_double or float(got) == float(digits)
    return near and got == wanted and got.prec() == wanted.prec() and (1 / got < 0) == (1 / wanted < 0)


def read(params):
    return json.loads(params, parse_float=Number, parse_constant=Number)


def fault(case):
    # IPython takes the lines that come from the preparser one by one.
    lines = preparse(case["source"]).splitlines(keepends=True)
    tree = ast.parse("".join(lines))
    if not all(map(is_assignment, tree.body)):
        return "more than assignments of literals"
    variables = {"__builtins__": {}, **NAMES}
    exec(compile(tree, "cell", "exec"), variables)
    for name in ["__builtins__", *NAMES]:
        del variables[name]
    sys.set_int_max_str_digits(0)
    sent = read(case["params"])
    sys.set_int_max_str_digits(4300)
    if len(variables) != len(sent):
        return f"{len(sent)} sent, {len(variables)} set"
    for (name, value), (variable, got) in zip(sent.items(), variables.items()):
        if not same(value, got):
            return f"{name!r} is {type(got)} {got!r:.200}"
        if ast.parse(case["names"][name], mode="eval").body.id != variable:
            return f"{name!r} is in {variable!r}"
    return None


def judge(case):
    try:
        return fault(case)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print(json.dumps([judge(case) for case in json.load(sys.stdin)]))
