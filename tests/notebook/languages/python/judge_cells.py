"""What the programs that run cells of Python, and of Sage, have in common.

Standard input: a JSON list of {"params": JSON text, "source": cell, "names": {sent: variable}}.
Standard output: a JSON list of what is wrong with each, null where nothing is. A cell that is anything but
assignments of literals is wrong and is not run.
"""

import ast
import json
import sys


def judge_all(*, parse=ast.parse, is_scalar, names, read=json.loads, same):
    """
    parse      source -> tree of Python
    is_scalar  whether a node is the literal of anything but a list or an object
    names      what literals call, by name
    read       JSON text -> what must have come out
    same       whether two values are, that are neither lists nor objects
    """

    def is_literal(node):
        if isinstance(node, ast.List):
            return all(map(is_literal, node.elts))
        if isinstance(node, ast.Dict):
            return all(map(is_literal, node.keys)) and all(map(is_literal, node.values))
        return is_scalar(node)

    def is_assignment(node):
        return (
            isinstance(node, ast.Assign)
            and len(node.targets) == 1
            and isinstance(node.targets[0], ast.Name)
            and is_literal(node.value)
        )

    def same_all(sent, got):
        if isinstance(sent, list):
            return type(got) is list and len(sent) == len(got) and all(map(same_all, sent, got))
        if isinstance(sent, dict):
            return type(got) is dict and list(sent) == list(got) and all(same_all(sent[key], got[key]) for key in sent)
        return same(sent, got)

    def fault(case):
        tree = parse(case["source"])
        if not all(map(is_assignment, tree.body)):
            return "more than assignments of literals"
        variables = {"__builtins__": names}
        exec(compile(tree, "cell", "exec"), variables)
        del variables["__builtins__"]
        limit_integers(0)
        sent = read(case["params"])
        limit_integers(4300)
        if len(variables) != len(sent):
            return f"{len(sent)} sent, {len(variables)} set"
        for (name, value), (variable, got) in zip(sent.items(), variables.items()):
            if not same_all(value, got):
                return f"{name!r} is {type(got).__name__} {got!r:.200}"
            if ast.parse(case["names"][name], mode="eval").body.id != variable:
                return f"{name!r} is in {variable!r}"
        return None

    def judge(case):
        try:
            return fault(case)
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    print(json.dumps([judge(case) for case in json.load(sys.stdin)]))


def limit_integers(digits):
    """Of how many digits integers may be read; 0 is any number of them."""
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(digits)
