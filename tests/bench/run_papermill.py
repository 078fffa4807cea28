"""papermill beside us: one warm process, no kernel. Load the template, put the parameters in, write the notebook.

Arguments: the parameters as JSON, the folder to write into, then the templates. Reads lines `<index> <milliseconds>` from stdin and answers
each with the number of notebooks written per second.
"""

import json
import logging
import sys
import time
from pathlib import Path

from papermill.iorw import load_notebook_node, write_ipynb
from papermill.parameterize import parameterize_notebook

logging.disable(logging.CRITICAL)  # a warning for each parameter would be measured, too


def main():
    parameters = json.loads(sys.argv[1])
    folder = Path(sys.argv[2])
    templates = sys.argv[3:]
    for line in sys.stdin:
        index, milliseconds = map(int, line.split())
        runs, start = 0, time.perf_counter()
        while True:
            notebook = load_notebook_node(templates[index])
            notebook = parameterize_notebook(notebook, parameters)
            write_ipynb(notebook, str(folder / "papermill.ipynb"))
            runs += 1
            passed = time.perf_counter() - start
            if passed * 1000 >= milliseconds:
                break
        print(runs / passed, flush=True)


if __name__ == "__main__":
    main()
