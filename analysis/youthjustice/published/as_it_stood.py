"""A table as it stood on a day: only what had been published, and was over, by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

import pandas as pd

_day: ContextVar[date | None] = ContextVar("youthjustice_as_at", default=None)


def stood() -> date | None:
    """Give the day as at which tables are read; None where they are read as they are now."""
    return _day.get()


@contextmanager
def standing(day: date | None) -> Iterator[None]:
    """Read tables as they stood at the end of a day; None leaves the day of an outer block."""
    before = _day.set(day or _day.get())
    try:
        yield
    finally:
        _day.reset(before)


def by_then(
    table: pd.DataFrame, day: date, library: Mapping[str, Mapping[str, str]], published: str = ""
) -> pd.DataFrame:
    """Keep the rows that had been published by a day about a period that had ended by then.

    A row is as old as its own `publication_date`, else the publication in `library` that its
    `source` names, else ``published`` (an ISO date). Where none of them says a day, it is taken to be
    no older than the newest period that its source covers, or than the month that names its release:
    what is about a later time cannot have been known.
    """
    then = pd.Timestamp(day)
    known = _published(table, library, published) <= then
    if "period_end" in table:
        known &= table["period_end"].isna() | (table["period_end"] <= then)
    return table[known].reset_index(drop=True)


def _published(
    table: pd.DataFrame, library: Mapping[str, Mapping[str, str]], published: str
) -> pd.Series:
    """Give the day of publication of each row, or the earliest that it can have been."""
    day = pd.Series(pd.NaT, index=table.index, dtype="datetime64[ns]")
    if "publication_date" in table:
        day = day.fillna(pd.to_datetime(table["publication_date"], errors="coerce"))
    if "source" in table:
        listed = {name: one.get("release_date", "") for name, one in library.items()}
        day = day.fillna(pd.to_datetime(table["source"].map(listed), errors="coerce"))
    if published:
        one = pd.Series(published, index=table.index, dtype="str")
        day = day.fillna(pd.to_datetime(one, errors="coerce"))
    if "period_end" in table and "source" in table:
        day = day.fillna(table.groupby("source")["period_end"].transform("max"))
    if "release" in table:
        months = pd.to_datetime(table["release"], format="%Y-%m", errors="coerce")
        day = day.fillna(months + pd.offsets.MonthEnd(0))
    return day.fillna(pd.Timestamp.min)
