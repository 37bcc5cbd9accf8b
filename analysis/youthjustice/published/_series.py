"""Which rows of a frame belong to one series, and how to name rows in a message."""

from __future__ import annotations

import re

import pandas as pd

from youthjustice._months import day_in_words
from youthjustice._spelling import plain
from youthjustice.published.periods import label

DIMENSIONS = (
    "measure", "unit", "cohort", "stage", "tier", "disposal", "offence",
    "ethnic_group", "sex", "age_band",
)  # fmt: skip
"""Columns that, with area, period and release, say which series a figure belongs to."""

_RATE = re.compile(r"\bper\b|%|\brate\b|\bratio\b|proportion|percent|average", re.IGNORECASE)
_YEAR = r"((?:19|20)\d\d)"


def present(frame: pd.DataFrame, *columns: str) -> list[str]:
    """List those of the columns that the frame has."""
    return [c for c in columns if c in frame.columns]


def series_keys(frame: pd.DataFrame) -> list[str]:
    """List the columns that say which series of an area a row belongs to.

    Besides the columns that every table shares, these are the table's own key columns (in
    `attrs["key"]`); a cohort that names one period only is a label, not a series.
    """
    own = [c for c in frame.attrs.get("key", []) if c not in _NOT_SERIES]
    keys = present(frame, *dict.fromkeys([*DIMENSIONS, *own]))
    if "cohort" in keys and "period_end" in frame:
        periods = frame.groupby("cohort", observed=True)["period_end"].nunique()
        if periods.empty or periods.max() <= 1:
            keys.remove("cohort")
    return keys


_NOT_SERIES = frozenset(
    {"area_code", "area_name", "area_type", "region", "service", "source", "release", "symbol",
     "period_start", "period_end", "flag", "value", "numerator", "denominator"}
)  # fmt: skip


def rate_rows(frame: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows that hold a rate, by their unit; all of them when there is no unit."""
    if "unit" not in frame:
        return pd.Series(True, index=frame.index)
    units = frame["unit"].drop_duplicates()
    rates = [u for u in units.dropna() if _RATE.search(str(u))]
    return frame["unit"].isin(rates)


def wholes_of(frame: pd.DataFrame) -> pd.Series[str]:
    """Name the next larger area that each row is a part of (plain spelling), or missing."""
    parent = pd.Series(pd.NA, index=frame.index, dtype="str")
    kind = frame["area_type"]
    region = frame.get("region", parent)
    parent = parent.mask(kind == "authority", region)
    english = kind == "region"
    if "area_code" in frame:
        english &= ~frame["area_code"].fillna("E12").str.startswith("W")
    parent = parent.mask(english, "England")
    nations = (kind == "country") & frame["area_name"].isin(["England", "Wales"])
    parent = parent.mask(nations, "England and Wales")
    names = parent.dropna().unique()
    return parent.map({name: plain(name) for name in names}).astype("str")


def years(frame: pd.DataFrame) -> pd.Series[float]:
    """Give the year that a row's period goes by: of its last day, else the first in its cohort."""
    year = frame["period_end"].dt.year.astype("float64")
    if "cohort" in frame:
        printed = frame["cohort"].astype("str").str.extract(_YEAR, expand=False)
        year = year.fillna(pd.to_numeric(printed))
    return pd.Series(year, dtype="float64")


def period_words(frame: pd.DataFrame, row: object) -> str:
    """Say in words the period of one row, by its index label."""
    one = frame.loc[[row]].iloc[0]
    start, end = one.get("period_start"), one.get("period_end")
    if pd.notna(start) and pd.notna(end):
        return label(start, end)
    if pd.notna(end):
        return f"to {day_in_words(end)}"
    return str(one.get("cohort", "an undated period"))


def subject(frame: pd.DataFrame, row: object) -> str:
    """Say in words which series a row belongs to: its measure and release where it has them."""
    one = frame.loc[[row]].iloc[0]
    words = str(one.get("measure", "the series"))
    return f"{words} in release {one['release']}" if "release" in frame else words
