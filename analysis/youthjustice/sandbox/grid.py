"""A file as the reader finds it: sheets of cells, with nothing understood yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet; `cells[0, 0]` is A1, and an empty cell is None.

    A cell is text as it stands, a number, a truth, a date or None; formulas are the values that
    the file keeps for them.
    """

    sheet: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file read whole: its name without its folder, what it is, its digest and its sheets.

    `kind` is xlsx, xlsb, xls, ods, csv or parquet, found from the content and never from the name. A
    text file and a parquet file have one sheet without a name, whose first row is the header.
    `notes` says what the reader of its figures should know of how it was read.
    """

    file: str
    kind: str
    sha256: str
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()
