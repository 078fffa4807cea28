"""The command ``notebook-templates`` of the wheel: Node.js runs the service's own."""

from __future__ import annotations

import os
import sys

from .machine import find_program
from .node import find_node


def main() -> None:
    """Becomes ``node build/service/cli.js`` with the same arguments."""
    try:
        node, main_js = find_node(None, None), find_program()
    except ValueError as error:
        sys.exit(str(error).replace("register:", "notebook-templates:", 1))
    os.execv(node, [node, os.path.join(os.path.dirname(main_js), "cli.js"), *sys.argv[1:]])
