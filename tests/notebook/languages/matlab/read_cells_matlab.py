"""Reads cells of MATLAB by its tree-sitter grammar: whether they are nothing but assignments of literals.

Standard input: a JSON list of {"params": JSON text, "source": cell, "names": {sent: variable}}.
Standard output: a JSON list of what is wrong with each, null where nothing is.
"""

import json
import sys

import tree_sitter_matlab
from tree_sitter import Language, Parser

KINDS = set(
    """source_file comment assignment identifier matrix row cell number unary_operator string string_content
    formatting_sequence escape_sequence function_call arguments field_expression parenthesis binary_operator
    line_continuation boolean""".split()
)
# The only names that a cell may use.
USED = set(
    "char containers false int64 Map native2unicode sprintf strsplit struct true uint64 uint8 zeros Inf NaN".split()
)

parser = Parser(Language(tree_sitter_matlab.language()))


def nodes(root):
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.named_children))


def fault(case):
    tree = parser.parse(case["source"].encode())
    if tree.root_node.has_error:
        return "it cannot be read"
    names = []
    for node in nodes(tree.root_node):
        text = node.text.decode()
        if node.type not in KINDS:
            return f"{node.type}: {text}"
        if node.parent == tree.root_node and node.type not in ("assignment", "comment"):
            return f"a {node.type} by itself"
        if node.type != "identifier":
            continue
        if node.parent.type == "assignment" and node == node.parent.child_by_field_name("left"):
            names.append(text)
        elif text not in USED:
            return f"it uses {text}"
    wanted = [case["names"][name] for name in json.loads(case["params"], parse_int=str)]
    return None if names == wanted else f"it sets {names}, not {wanted}"


print(json.dumps([fault(case) for case in json.load(sys.stdin)]))
