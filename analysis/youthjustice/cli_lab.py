"""The ``youthjustice lab`` command: JupyterLab, with notebooks saved without what they show."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_lab(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others."""
    lab = commands.add_parser(
        "lab",
        help="open JupyterLab; notebooks are saved without what they show",
        description="Open JupyterLab in this folder, or on a notebook in it. What cells show is not "
        "saved and no checkpoints are kept, since on case records both would be copies of them.",
    )
    lab.add_argument("notebook", nargs="?", metavar="FILE.ipynb", type=Path)
    lab.set_defaults(run=_lab)


def _lab(options: argparse.Namespace) -> int:
    notebook: Path | None = options.notebook
    if notebook is not None and not notebook.is_file():
        raise InputProblem(f"There is no notebook at {notebook}; check the path.")
    named = [] if notebook is None else [str(notebook)]
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={Path.cwd()}", *named]
    return subprocess.run(command, env=_environment(), check=False).returncode


def _environment() -> dict[str, str]:
    """Give the environment with our settings before any others."""
    from importlib.resources import files

    settings = str(files("youthjustice.reports").joinpath("lab", "settings"))
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    path = settings if not others else f"{settings}{os.pathsep}{others}"
    return os.environ | {"JUPYTER_CONFIG_PATH": path}
