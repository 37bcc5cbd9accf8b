"""Open a file of an extract, with words for whoever made the extract where it cannot be read."""

from __future__ import annotations

from pathlib import Path

from youthjustice.errors import InputProblem
from youthjustice.sandbox.grid import Workbook
from youthjustice.sandbox.opening import open_workbook

_WORDS = {
    "download it again": "extract it again",
    "download the file itself": "extract the table itself",
    ", or find it so published": "",
}
"""An extract comes from the service's own system, where a published file comes from a page."""


def place_of(name: str, given: object, what: str) -> Path:
    """Read the path of an extract; an empty one would be the folder where somebody stands.

    Raises:
        InputProblem: it is no path.

    """
    if not isinstance(given, (str, Path)):
        kind = "None" if given is None else type(given).__name__
        raise InputProblem(f"{name} is {kind}: name {what}")
    if not str(given).strip():
        raise InputProblem(f"{name} is empty: name {what}")
    return Path(given)


def opened(path: Path) -> Workbook:
    """Open a file as `open_workbook` does.

    Raises:
        InputProblem: the file cannot be read.

    """
    try:
        return open_workbook(path, by_line=True)
    except InputProblem as problem:
        said = str(problem)
        for published, own in _WORDS.items():
            said = said.replace(published, own)
        raise InputProblem(said) from None
