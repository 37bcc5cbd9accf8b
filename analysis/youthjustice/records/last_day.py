"""The last day on which anything in an extract can have happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.records.refusals import AFTER_EXTRACT, AFTER_TODAY


@dataclass(frozen=True, slots=True)
class LastDay:
    """A day, and the reason why a row with a later date is refused."""

    day: np.datetime64
    reason: str


def today() -> dt.date:
    """Give the day of the clock; tests put another in its place."""
    return dt.date.today()


def last_day(extract_date: str | dt.date | None) -> LastDay:
    """Read the day of an extract; without it, nothing can be dated after today.

    >>> last_day("2024-01-31")
    LastDay(day=np.datetime64('2024-01-31T00:00:00.000000'), reason='is after the day of the extract')
    """
    if extract_date is None:
        return LastDay(np.datetime64(today(), "us"), AFTER_TODAY)
    try:
        day = pd.Timestamp(extract_date)
        return LastDay(np.datetime64(dt.date(day.year, day.month, day.day), "us"), AFTER_EXTRACT)
    except (ValueError, TypeError):
        raise InputProblem(
            f"extract_date is {shown(extract_date)}: write a day such as 2024-01-31"
        ) from None
