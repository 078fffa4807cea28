"""Executes notebooks as Jupyter does, each in a kernel of its own, two at a time.

Reads a JSON list of {"path": notebook, "folder": where it runs} from stdin and writes, in the same order, a JSON list of
{"invalid": reason or null, "errors": [text], "figures": number, "text": what the cells printed, "warnings": what they
printed to stderr} to stdout.
"""

import asyncio
import json
import os
import sys

import nbformat
from nbclient import NotebookClient


async def execute(job, places):
    notebook = nbformat.read(job["path"], as_version=nbformat.NO_CONVERT)
    result = {"invalid": None, "errors": [], "figures": 0, "text": "", "warnings": ""}
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        result["invalid"] = str(error)
        return result
    async with places:
        client = NotebookClient(
            notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": job["folder"]}}
        )
        await client.async_execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                result["errors"].append(f"{cell.id}: {output.ename}: {output.evalue}")
            elif output.output_type == "stream":
                result["text" if output.name == "stdout" else "warnings"] += output.text
            elif "image/png" in output.get("data", {}):
                result["figures"] += 1
    return result


async def main():
    places = asyncio.Semaphore(2)
    return await asyncio.gather(*(execute(job, places) for job in json.load(sys.stdin)))


if __name__ == "__main__":
    # What kernels write to the terminal is not our answer.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    json.dump(asyncio.run(main()), answer)
