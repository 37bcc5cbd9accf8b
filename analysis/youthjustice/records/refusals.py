"""Rows that are refused, with the reason, and never with what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice.sandbox.cells import Texts

Marks = npt.NDArray[np.bool_]

CONTROL = "holds a NUL or another character that no text has"
FORMULA = "begins like a spreadsheet's formula"
SHIFTED = "has more cells than there are headings, so that its cells may stand in wrong columns"
SHORTENED = "was shortened by a spreadsheet: save the column as text"
NOT_WHOLE = "is not a whole number"
NOT_KNOWN = "holds what is none of its values: say in a mapping what it means"
COPY = "is a copy of an earlier row"
SAID_TWICE = "is of a child whom another row describes differently"
CHILD_REFUSED = "is of a child whose row was refused"
AFTER_EXTRACT = "is after the day of the extract"
AFTER_TODAY = "is after today"

COLUMNS = ("table", "file", "sheet", "row", "column", "reason")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A long number loses its last digits so, and several children get one identifier.
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+$")
# What a spreadsheet would run: not a dash alone, nor a number with its sign.
_FORMULA = re.compile(r"\s*(?:[=@]|[+-](?![\d.,\s]*$))")


def no_rows() -> pd.DataFrame:
    """Give the table of refused rows with nothing in it."""
    return pd.DataFrame({name: pd.Series(dtype="Int64" if name == "row" else "str")
                         for name in COLUMNS})  # fmt: skip


def with_control(words: Texts) -> Marks:
    """Mark the texts that hold characters that no text has."""
    return _marked(words, _CONTROL)


def like_formulas(words: Texts) -> Marks:
    """Mark the texts that a spreadsheet might run.

    >>> import numpy as np
    >>> like_formulas(np.array(["=HYPERLINK(1)", "-12.5", "Ann"], dtype=object)).tolist()
    [True, False, False]
    """
    return _marked(words, _FORMULA)


def shortened(words: Texts) -> Marks:
    """Mark the numbers that a spreadsheet wrote with an exponent."""
    return _marked(words, _SHORTENED)


def _marked(words: Texts, pattern: re.Pattern[str]) -> Marks:
    codes, distinct = pd.factorize(words)
    found = pattern.search if pattern is _CONTROL else pattern.match
    marked = [found(word) is not None for word in distinct]
    return np.array([*marked, False], dtype=bool)[codes]


def refused_rows(origin: pd.DataFrame, found: Iterable[tuple[str, str, Marks]]) -> pd.DataFrame:
    """List the rows that are marked, given `column`, `reason` and marks; an empty column is the row.

    ``origin`` says of each row its table, file, sheet and row; the labels of the list are its own.
    """
    parts = [
        origin[marks].assign(column=column, reason=reason)
        for column, reason, marks in found
        if marks.any()
    ]
    return pd.concat([no_rows(), *parts])[list(COLUMNS)]
