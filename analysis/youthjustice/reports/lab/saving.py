"""What is saved of a notebook: its code and its words, and nothing that its cells showed."""

from __future__ import annotations

import base64
import json
from typing import Any

from tornado.web import HTTPError

_KEPT_OF_NOTEBOOK = ("kernelspec", "language_info", "title", "authors")
_KEPT_OF_CELL = ("tags",)
_REFUSED = (
    "The notebook was not saved: what its cells show could not be left out. Save it in JupyterLab as "
    "a notebook of format 4."
)


def without_outputs(model: dict[str, Any], path: str = "", **_: Any) -> None:
    """Leave out what the cells of a notebook showed before Jupyter saves it.

    Goes for a notebook, and for a file that is one by its name. What is kept of the metadata is what
    a notebook needs to open: widgets keep what they show there, and tools keep parameters. A notebook
    that cannot be understood is not saved (HTTPError), for Jupyter saves after any other error.

    >>> cell = {"cell_type": "code", "source": "1", "outputs": [{"text": "1"}], "execution_count": 4}
    >>> model = {"type": "notebook", "content": {"nbformat": 4, "metadata": {}, "cells": [cell]}}
    >>> without_outputs(model)
    >>> model["content"]["cells"][0]["outputs"], model["content"]["cells"][0]["execution_count"]
    ([], None)
    """
    if model.get("content") is None:
        return
    try:
        if model.get("type") == "notebook":
            _scrub(model["content"])
        elif model.get("type") == "file" and path.lower().endswith(".ipynb"):
            _scrub_file(model)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise HTTPError(400, _REFUSED) from None


def _scrub_file(model: dict[str, Any]) -> None:
    """Do the same for a notebook that is saved as a file, as an upload is."""
    packed = model.get("format") == "base64"
    if "chunk" in model:
        raise ValueError("a part of a notebook cannot be read")
    text = base64.b64decode(model["content"]).decode("utf-8") if packed else model["content"]
    notebook = json.loads(text)
    _scrub(notebook)
    text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    model["content"] = base64.b64encode(text.encode()).decode("ascii") if packed else text


def _scrub(notebook: dict[str, Any]) -> None:
    if notebook["nbformat"] != 4:
        raise ValueError("an older format, whose cells stand elsewhere")
    notebook["metadata"] = _kept(notebook.get("metadata", {}), _KEPT_OF_NOTEBOOK)
    if "language_info" in notebook["metadata"]:  # the rest tells which Python ran it
        language = _kept(notebook["metadata"]["language_info"], ("name",))
        notebook["metadata"]["language_info"] = language
    for cell in notebook["cells"]:
        cell["metadata"] = _kept(cell.get("metadata", {}), _KEPT_OF_CELL)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None


def _kept(metadata: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: metadata[name] for name in names if name in metadata}
