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
        usage="youthjustice lab [-h] [FILE.ipynb] [OPTION ...]",
        description="Open JupyterLab in this folder, or on a notebook in it. What cells show is not "
        "saved and no checkpoints are kept, since on case records both would be copies of them.",
        epilog="Options of JupyterLab, such as --no-browser, --port 9999 or --allow-root, are passed on "
        "to it.",
        allow_abbrev=False,
    )
    lab.add_argument("notebook", nargs="*", metavar="FILE.ipynb", help="a notebook in this folder")
    lab.set_defaults(run=_lab, passes_on="lab")


def _lab(options: argparse.Namespace) -> int:
    words: list[str] = options.passes_on
    for before, word in zip(["", *words], words, strict=False):
        _check(before, word)
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={Path.cwd()}", *words]
    return subprocess.run(command, env=_environment(), check=False).returncode


def _check(before: str, word: str) -> None:
    """Refuse a word that is no notebook, unless it is an option or may be the value of one."""
    if word.startswith("-"):
        return
    if Path(word).suffix.lower() != ".ipynb":
        if not before.startswith("-") or "=" in before:
            raise InputProblem(f"{word} is not a notebook; name a file that ends in .ipynb.")
    elif not Path(word).is_file():
        raise InputProblem(f"There is no notebook at {word}; check the path.")


def _environment() -> dict[str, str]:
    """Give the environment with our settings before any others."""
    from importlib.resources import files

    settings = str(files("youthjustice.reports").joinpath("lab", "settings"))
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    path = settings if not others else f"{settings}{os.pathsep}{others}"
    return os.environ | {"JUPYTER_CONFIG_PATH": path}
