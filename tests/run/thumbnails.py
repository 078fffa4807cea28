"""Runs notebooks by their kernels and writes the first figure of each as a small PNG.

Standard input: a JSON list of {"notebook": path, "image": path}. Needs nbclient, the kernels and Pillow.
"""

import base64
import io
import json
import os
import sys
import tempfile

import nbformat
from nbclient import NotebookClient
from PIL import Image

width = 480
colors = 256  # of a figure: with fewer, the red of its markers is lost


def first_figure(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": folder}}).execute()
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return next(output.data["image/png"] for output in outputs if "image/png" in output.get("data", {}))


for job in json.load(sys.stdin):
    figure = Image.open(io.BytesIO(base64.b64decode(first_figure(job["notebook"])))).convert("RGB")
    small = figure.resize((width, round(figure.height * width / figure.width)), Image.Resampling.LANCZOS)
    os.makedirs(os.path.dirname(job["image"]), exist_ok=True)
    small.quantize(colors).save(job["image"], optimize=True)
