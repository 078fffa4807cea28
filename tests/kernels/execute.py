"""Executes notebooks as Jupyter does, each twice in one and the same kernel, as people who go through a notebook again.

Standard input: a JSON list of {"path": notebook, "folder": where it runs}.
Standard output, in the same order: a JSON list of {"errors": [text], "printed": [text of the first time, of the second]}.
"""

import asyncio
import json
import os
import sys

import nbformat
from nbclient import NotebookClient


def text_of(cells):
    text = ""
    for output in (output for cell in cells for output in cell.get("outputs", [])):
        if output.output_type == "stream" and output.name == "stdout":
            text += output.text
        elif output.output_type in ("execute_result", "display_data"):
            text += output.data.get("text/plain", "") + "\n"
    return text


def errors_of(cells):
    for output in (output for cell in cells for output in cell.get("outputs", [])):
        if output.output_type == "error":
            yield f"{output.ename}: {output.evalue}"
        elif output.output_type == "stream" and output.name == "stderr":
            yield output.text


async def execute(job):
    result = {"errors": [], "printed": []}
    notebook = nbformat.read(job["path"], as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    client = NotebookClient(
        notebook,
        timeout=120,
        startup_timeout=180,
        allow_errors=True,
        resources={"metadata": {"path": job["folder"]}},
    )
    try:
        async with client.async_setup_kernel():
            for _ in range(2):
                for index, cell in enumerate(notebook.cells):
                    await client.async_execute_cell(cell, index)
                result["errors"] += errors_of(notebook.cells)
                result["printed"].append(text_of(notebook.cells))
    except Exception as error:
        result["errors"].append(f"{type(error).__name__}: {error}")
    return result


async def main():
    # One after the other: kernels are many processes, and not every one starts in time beside others.
    return [await execute(job) for job in json.load(sys.stdin)]


if __name__ == "__main__":
    # What kernels write to the terminal is not our answer.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    json.dump(asyncio.run(main()), answer)
