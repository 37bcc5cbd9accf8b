"""What the words and the charts on areas have in common: one area's row, and counts that are not."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers


def check_made_by(frame: pd.DataFrame, measure: str, columns: Iterable[str]) -> None:
    """Raise InputProblem for a frame without the columns that a measure gives, or without rows."""
    absent = [column for column in columns if column not in frame]
    if absent:
        raise InputProblem(
            f"the frame has no column {absent[0]!r}: give the frame that {measure} returns"
        )
    if frame.empty:
        raise InputProblem(f"the frame of {measure} has no rows: check the filter before it")


def own_row(frame: pd.DataFrame, area: str, focus: str) -> Any:
    """Return the one row of an area, or raise InputProblem: a frame of several periods has more."""
    places = np.flatnonzero(frame[area].to_numpy(object) == focus)
    if len(places) != 1:
        raise InputProblem(
            f"there are {len(places)} rows for {focus!r} in the column {area!r}: give one row for each "
            "area, of one period"
        )
    return frame.iloc[int(places[0])]


def check_one_each(frame: pd.DataFrame, area: str) -> None:
    """Raise InputProblem where an area stands twice, as in a frame of several periods."""
    twice = frame[area][frame[area].duplicated()]
    if len(twice):
        raise InputProblem(
            f"{twice.iloc[0]!r} stands twice in the column {area!r}: give the rows of one period"
        )


def approximate_words(reason: str, *counts: Any) -> str:
    """Return a sentence that says that counts are approximate, or nothing where they are counts.

    Counts that are no whole numbers were worked out from something else, whether said or not.

    >>> approximate_words("children are inferred from printed rates", 22, 15172.4)
    'Approximate: children are inferred from printed rates.'
    >>> approximate_words("", 22, 15172.4)
    'Approximate: the numbers behind it are not whole counts.'
    >>> approximate_words("", 22, 15172)
    ''
    """
    if reason:
        return f"Approximate: {reason}."
    given = np.concatenate([np.ravel(np.asarray(part, dtype=np.float64)) for part in counts])
    given = given[np.isfinite(given)]
    if (np.abs(given - np.round(given)) > 1e-6).any():
        return "Approximate: the numbers behind it are not whole counts."
    return ""


def joined(*sentences: str) -> str:
    """Join sentences, leaving out the empty ones.

    >>> joined("One.", "", "Two.")
    'One. Two.'
    """
    return " ".join(filter(None, sentences))


def chance_words(probability: float) -> str:
    """Write a probability that was drawn, which is never quite none and never quite certain.

    >>> chance_words(0.1234), chance_words(0.0), chance_words(0.998)
    ('12%', 'under 1%', 'over 99%')
    """
    if math.isnan(probability):
        return numbers.NOT_AVAILABLE
    if probability < 0.01:
        return "under 1%"
    return "over 99%" if probability > 0.99 else numbers.percent(probability, 0)
