"""Cells as text, and where a spreadsheet says that they stand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice.sandbox.grid import Cells

Texts = npt.NDArray[np.object_]
_LETTERS = 26


def texts(cells: Cells) -> Texts:
    """Give each cell as text: spaces run together, whole numbers without `.0`, empty as ''.

    >>> print(texts(np.array([[" Local  Authority ", 2014.0, None]], dtype=object)).tolist())
    [['Local Authority', '2014', '']]
    """
    flat = cells.ravel()
    codes, distinct = pd.factorize(flat, use_na_sentinel=True)
    written = np.array([*map(text_of, distinct), ""], dtype=object)
    return written[codes].reshape(cells.shape)


def text_of(cell: object) -> str:
    """Give one cell as text, as `texts` does.

    >>> text_of(44289.0), text_of(" two  words ")
    ('44289', 'two words')
    """
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return " ".join(str(cell).split())


def column_letters(column: int) -> str:
    """Name a column as a spreadsheet does, from its place counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(250)
    ('A', 'Z', 'AA', 'IQ')
    """
    name = ""
    left = column + 1
    while left:
        left, letter = divmod(left - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name
