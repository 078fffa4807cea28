"""Runs a notebook in a kernel of its own until its first error, in the current folder.

Arguments: the notebook, and the seconds that all of it may take.
Standard output: a JSON object: "outcome", "cell" and "line" where it ended, "error" and "message", "injected" (the cell with the
values), "cells" (how many there are). Cells and lines count from 1; what does not apply is null.
"""

import asyncio
import json
import os
import re
import sys
import time

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

MOST = 1000


def line_of(traceback):
    """IPython says it of the cell itself in the first frame: `Cell In[2], line 3`."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", traceback or "")
    found = re.search(r"Cell In ?\[\d+\], line (\d+)", text)
    return int(found.group(1)) if found else None


def injected_in(notebook):
    for index, cell in enumerate(notebook.cells):
        if "injected-parameters" in cell.metadata.get("tags", []):
            return index + 1
    return None


async def run(path, seconds):
    notebook = nbformat.read(path, as_version=4)
    answer = {"outcome": "done", "cell": None, "line": None, "error": None, "message": None}
    answer.update(injected=injected_in(notebook), cells=len(notebook.cells))
    end = time.monotonic() + seconds
    client = NotebookClient(
        notebook,
        timeout_func=lambda cell: max(1, int(end - time.monotonic())),
        startup_timeout=max(1, int(seconds)),
        shutdown_kernel="immediate",
        resources={"metadata": {"path": os.getcwd()}},
    )
    try:
        async with client.async_setup_kernel():
            for index, cell in enumerate(notebook.cells):
                answer["cell"] = index + 1
                await client.async_execute_cell(cell, index)
            answer["cell"] = None
    except NoSuchKernel:
        answer["outcome"] = "no-kernel"
    except CellTimeoutError:
        answer["outcome"] = "too-long"
    except CellExecutionError as error:
        answer.update(outcome="error", error=error.ename, message=error.evalue, line=line_of(error.traceback))
    except DeadKernelError:
        answer["outcome"] = "died"
    except Exception as error:
        # Before the first cell the kernel did not start, whatever way that shows.
        outcome = "not-started" if answer["cell"] is None else "died"
        answer.update(outcome=outcome, error=type(error).__name__, message=str(error))
    for name in ("error", "message"):
        if answer[name] is not None:
            answer[name] = str(answer[name]).strip()[:MOST]
    return answer


def main():
    # What kernels write to the terminal is not our answer.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    json.dump(asyncio.run(run(sys.argv[1], float(sys.argv[2]))), answer)


if __name__ == "__main__":
    main()
