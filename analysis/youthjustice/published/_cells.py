"""Turn cells of a grid into text, and say where in a sheet they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from youthjustice._spelling import without_notes
from youthjustice.sandbox.cells import Texts, column_letters, texts
from youthjustice.sandbox.grid import Cells, Grid


def labels(cells: Cells) -> Texts:
    """Give each cell as text without its footnote marks, so that labels compare equal.

    >>> labels(np.array(["Other(4)", "TOTAL*", None], dtype=object)).tolist()
    ['Other', 'TOTAL', '']
    """
    words = texts(cells)
    codes, distinct = pd.factorize(words.ravel())
    bare = np.array([without_notes(text) for text in distinct], dtype=object)
    return bare[codes].reshape(words.shape)


def melt(
    grid: Grid, rows: Sequence[int], keys: Mapping[str, int], columns: Mapping[int, str]
) -> pd.DataFrame:
    """Make a row of each cell in some rows and columns of a sheet.

    Args:
        grid: the sheet.
        rows: places of the rows, counted from 0.
        keys: for each column of the result that says what a row is, its place in the sheet; its
            texts come without footnote marks.
        columns: for each place of a column of figures, the label of that column.

    Returns:
        The keys, then `label` (the column's), `printed` (the cell as it stands), `sheet` and
        `cell` (such as C14), row by row.

    >>> grid = Grid("1", np.array([["Area", "2014"], ["Kent(1)", 12]], dtype=object))
    >>> melt(grid, [1], {"area": 0}, {1: "2014"}).to_dict("records")
    [{'area': 'Kent', 'label': '2014', 'printed': 12, 'sheet': '1', 'cell': 'B2'}]
    """
    places, wide = np.asarray(rows, dtype=int), len(columns)
    frame: dict[str, object] = {
        name: np.repeat(labels(grid.cells[places, column]), wide) for name, column in keys.items()
    }
    letters = np.array([column_letters(column) for column in columns], dtype=object)
    frame["label"] = np.tile(np.array(list(columns.values()), dtype=object), len(places))
    frame["printed"] = grid.cells[np.ix_(places, np.fromiter(columns, dtype=int))].ravel()
    frame["sheet"] = grid.sheet
    numbers = np.array([str(row + 1) for row in places], dtype=object)
    frame["cell"] = np.tile(letters, len(places)) + np.repeat(numbers, wide)
    return pd.DataFrame(frame)
