"""Rows that can be used and are to be read with care, by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice.records.breakdowns import age_on
from youthjustice.records.last_day import LastDay
from youthjustice.records.refusals import Marks

_AGES = (
    (-np.inf, 10, "before the age of 10, at which nobody answers for one: check the dates"),
    (18, 25, "at 18 to 24, which lets no child into a cohort and may be a reoffence of one"),
    (25, np.inf, "at 25 or older, which no child has: check the dates"),
)
"""From which age to before which age of an offence, and what is to be thought of it."""


def with_care(
    offences: pd.DataFrame, born: pd.Series, origin: pd.DataFrame, last: LastDay
) -> Iterator[str]:
    """Say which of the offences that stand have dates that are possible and odd.

    ``born`` is the date of birth of each offence's child, and ``origin`` says where its row is from.
    The age is that on the day of the offence, or of the outcome where that day is not known.
    """
    day = offences["offence_date"].fillna(offences["outcome_date"])
    known = (day.notna() & born.notna()).to_numpy()
    age = np.full(len(day), np.nan)
    age[known] = age_on(born[known], day[known])
    for low, high, what in _AGES:
        if said := _rows((age >= low) & (age < high), origin):
            many, have, where = said
            yield f"offences: {many} {have} an offence {what} {where}"
    planned = (offences["release_date"] > last.day).to_numpy()
    if said := _rows(planned, origin):
        many, have, where = said
        is_taken = "is" if have == "has" else "each is"
        yield (
            f"offences: {many} {have} a release_date that is still to come, and {is_taken} taken as "
            f"planned {where}"
        )


def _rows(marks: Marks, origin: pd.DataFrame) -> tuple[str, str, str] | None:
    """Count the rows that are marked, if any, and name the first of them."""
    places = np.flatnonzero(marks)
    if not len(places):
        return None
    first = origin.iloc[places[0]]
    sheet = f", sheet {shown(first['sheet'])}" if first["sheet"] else ""
    words = ("1 row", "has") if len(places) == 1 else (f"{len(places):,} rows", "have")
    return *words, f"(first: row {first['row']} of {shown(first['file'])}{sheet})"
