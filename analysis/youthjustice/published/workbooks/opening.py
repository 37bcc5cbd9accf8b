"""Open a file of any kind as grids of cells."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from youthjustice.errors import InputProblem
from youthjustice.published._text import shown
from youthjustice.published.workbooks.grid import Grid, Workbook


def open_workbook(path: str | Path) -> Workbook:
    """Read every sheet of a file.

    Raises:
        InputProblem: the file cannot be read, is no table, or is too large.

    """
    import python_calamine

    place = Path(path)
    try:
        raw = place.read_bytes()
    except OSError as problem:
        raise InputProblem(f"{shown(place.name)} cannot be read: {problem.strerror}") from None
    book = python_calamine.CalamineWorkbook.from_path(str(place))
    grids = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        cells = np.array(rows, dtype=object) if rows else np.empty((0, 0), dtype=object)
        cells[cells == ""] = None
        grids.append(Grid(name, cells))
    return Workbook(
        place.name,
        place.suffix.lstrip(".").lower(),
        hashlib.sha256(raw).hexdigest(),
        tuple(grids),
    )
