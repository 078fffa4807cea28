"""Executes notebooks as Jupyter does, two kernels at a time.

Reads a JSON list of {"notebooks": [{"path": notebook, "environment": {name: value}}], "folder": where they run, "without":
[name]} from stdin: the notebooks of a job run one after the other in one kernel, which forgets in between and cannot import the
packages of these names. Writes a JSON list to stdout, with a list for each job in the same order: {"invalid": reason or null, "errors":
[text], "figures": [{"size": [width, height], "texts": [text in it]}], "text": what the cells printed and showed as tables,
"warnings": what they printed to stderr}. As Jupyter does, it writes the outputs into the notebooks.
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

# Figures as SVG as well, in which texts stay texts. An import of what is None in sys.modules fails as if it were not installed.
prepare = """%reset -f
%config InlineBackend.figure_formats = ["png", "svg"]
import os, sys
import matplotlib
matplotlib.rcParams["svg.fonttype"] = "none"
sys.modules.update(dict.fromkeys({without}))
for name in ("SAMPLEDB_URL", "SAMPLEDB_TOKEN", "TZ"):
    os.environ.pop(name, None)
os.environ.update({environment})"""


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
            elif "text/html" in output.get("data", {}):
                result["text"] += output.data["text/plain"] + "\n"
    return result


async def execute(path, client, before):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        return {"invalid": str(error)}
    notebook.cells.insert(0, nbformat.v4.new_code_cell(before))
    client.nb = notebook
    for index, cell in enumerate(notebook.cells):
        await client.async_execute_cell(cell, index)
    del notebook.cells[0]
    nbformat.write(notebook, path)
    return read_outputs(notebook)


async def execute_job(job, places):
    async with places:
        client = NotebookClient(
            nbformat.v4.new_notebook(), timeout=120, allow_errors=True, resources={"metadata": {"path": job["folder"]}}
        )
        async with client.async_setup_kernel():
            results = []
            for notebook in job["notebooks"]:
                before = prepare.format(without=job["without"], environment=notebook["environment"])
                results.append(await execute(notebook["path"], client, before))
            return results


async def main():
    places = asyncio.Semaphore(2)
    return await asyncio.gather(*(execute_job(job, places) for job in json.load(sys.stdin)))


if __name__ == "__main__":
    # What kernels write to the terminal is not our answer.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    json.dump(asyncio.run(main()), answer)
