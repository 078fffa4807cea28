"""Runs cells of Sage as its kernel does, and compares the variables they set with what was sent (judge_cells.py): a cell
is what Sage's preparser makes of it.
"""

import ast
import json
import math
import sys

from judge_cells import judge_all
from sage.repl.preparse import preparse
from sage.rings.integer import Integer
from sage.rings.real_mpfr import RR, RealNumber as RealElement, create_RealNumber as RealNumber

NAMES = {"Integer": Integer, "RealNumber": RealNumber, "RR": RR}


class Number(str):
    """The digits of a number that is no integer."""


def is_scalar(node):
    if isinstance(node, ast.Constant):
        return node.value is None or isinstance(node.value, (bool, str))
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and is_number(node.operand)
    return is_number(node)


def is_number(node):
    if not isinstance(node, ast.Call) or node.keywords or len(node.args) != 1:
        return False
    return isinstance(node.func, ast.Name) and node.func.id in NAMES and isinstance(node.args[0], ast.Constant)


def same(sent, got):
    if isinstance(sent, Number):
        return same_real(str(sent), got)
    if isinstance(sent, int) and not isinstance(sent, bool):
        return type(got) is Integer and got == sent
    return type(sent) is type(got) and sent == got


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


def parse(source):
    # IPython takes the lines that come from the preparser one by one.
    return ast.parse("".join(preparse(source).splitlines(keepends=True)))


judge_all(parse=parse, is_scalar=is_scalar, names=NAMES, read=read, same=same)
