"""Runs Python cells and compares the variables they set with what Python's own json reads (judge_cells.py)."""

import ast
import math

from judge_cells import judge_all


def is_scalar(node):
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
        return not node.keywords and [a.value for a in node.args] in (["nan"], ["inf"], ["-inf"])
    return False


def same(sent, got):
    if type(sent) is not type(got):
        return False
    if isinstance(sent, float):
        return (math.isnan(sent) and math.isnan(got)) or (
            sent == got and math.copysign(1, sent) == math.copysign(1, got)
        )
    return sent == got


judge_all(is_scalar=is_scalar, names={"float": float}, same=same)
