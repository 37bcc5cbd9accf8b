"""What a measure asks of the rows of a frame, and how it names the row that is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import BoolArray, FloatArray
from youthjustice.measures.labels import TOTAL, Labels


def key_words(frame: pd.DataFrame, keys: Sequence[str], at: int) -> str:
    """Name what a row is about by its keys."""
    return ", ".join(f"{name} {frame[name].iloc[at]}" for name in keys)


def row_words(frame: pd.DataFrame, keys: Sequence[str], at: int) -> str:
    """Name a row by its index label and its keys.

    >>> row_words(pd.DataFrame({"area": ["Kent"]}, index=[7]), ["area"], 0)
    'row 7 (area Kent)'
    """
    about = key_words(frame, keys, at)
    return f"row {frame.index[at]} ({about})" if about else f"row {frame.index[at]}"


def refuse_row(frame: pd.DataFrame, keys: Sequence[str], wrong: BoolArray, what: str) -> None:
    """Raise InputProblem about the first wrong row, named by its label and its keys."""
    if wrong.any():
        row = row_words(frame, keys, int(np.argmax(wrong)))
        raise InputProblem(f"{row[0].upper()}{row[1:]} {what}")


def refuse_above(
    frame: pd.DataFrame,
    keys: Sequence[str],
    numerator: str,
    denominator: str,
    numbers: tuple[FloatArray, ...],
) -> None:
    """Raise InputProblem for a numerator above its denominator."""
    above = numbers[0] > numbers[1]
    if above.any():
        row = row_words(frame, keys, int(np.argmax(above)))
        raise InputProblem(
            f"{numerator} is above {denominator} in {row}; at a stage the numerator is a part of the "
            "denominator, so correct one of them."
        )


def refuse_totals(frame: pd.DataFrame, keys: Sequence[str], total: BoolArray, over: str) -> None:
    """Raise InputProblem for a row that adds up others."""
    what = f"is a total over {over}; leave totals out, or the children count twice."
    refuse_row(frame, keys, total, what)


def check_labels(frame: pd.DataFrame, keys: Sequence[str], labels: Sequence[Labels]) -> None:
    """Raise InputProblem for a row without its group and for totals among the groups."""
    for one in labels:
        what = f"has no {one.name}; write Unknown where it is not known."
        refuse_row(frame, keys, one.codes < 0, what)
        refuse_totals(frame, keys, one.those_in((TOTAL,)), one.name)
