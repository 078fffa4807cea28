"""Executes notebooks as Jupyter does, two kernels at a time.

Reads a JSON list of {"paths": [notebook], "folder": where they run} from stdin: the notebooks of a job run one after the
other in one kernel, which forgets in between. Writes a JSON list to stdout, with a list for each job in the same order:
{"invalid": reason or null, "errors": [text], "figures": [{"size": [width, height], "texts": [text in it]}], "text": what
the cells printed, "warnings": what they printed to stderr}.
"""

import asyncio
import base64
import html
import json
import os
import re
import struct
import sys

import nbformat
from nbclient import NotebookClient

# Figures as SVG as well, in which texts stay texts.
prepare = """%reset -f
%config InlineBackend.figure_formats = ["png", "svg"]
import matplotlib
matplotlib.rcParams["svg.fonttype"] = "none\""""


def read_figure(data):
    png = base64.b64decode(data["image/png"])
    texts = re.findall(r"<text [^>]*>(.*?)</text>", data["image/svg+xml"], re.DOTALL)
    return {"size": struct.unpack(">2I", png[16:24]), "texts": [html.unescape(text) for text in texts]}


def read_outputs(notebook):
    result = {"invalid": None, "errors": [], "figures": [], "text": "", "warnings": ""}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                result["errors"].append(f"{cell.id}: {output.ename}: {output.evalue}")
            elif output.output_type == "stream":
                result["text" if output.name == "stdout" else "warnings"] += output.text
            elif "image/png" in output.get("data", {}):
                result["figures"].append(read_figure(output.data))
    return result


async def execute(path, client):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        return {"invalid": str(error)}
    notebook.cells.insert(0, nbformat.v4.new_code_cell(prepare))
    client.nb = notebook
    for index, cell in enumerate(notebook.cells):
        await client.async_execute_cell(cell, index)
    return read_outputs(notebook)


async def execute_job(job, places):
    async with places:
        client = NotebookClient(
            nbformat.v4.new_notebook(), timeout=120, allow_errors=True, resources={"metadata": {"path": job["folder"]}}
        )
        async with client.async_setup_kernel():
            return [await execute(path, client) for path in job["paths"]]


async def main():
    places = asyncio.Semaphore(2)
    return await asyncio.gather(*(execute_job(job, places) for job in json.load(sys.stdin)))


if __name__ == "__main__":
    # What kernels write to the terminal is not our answer.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    json.dump(asyncio.run(main()), answer)
