"""How fast an area's rate moved: year by year along a line, and beside the rates of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.measures import difference_in_change, rate, trend, trend_line
from youthjustice.reports.by_area import Row, records

FloatArray: TypeAlias = NDArray[np.float64]
Days: TypeAlias = NDArray[np.datetime64]
PER = 100_000
REST, NEIGHBOURS = "rest", "neighbours"
EIGHT = [f"{what}{whose}_{end}" for whose in (1, 0) for end in ("first", "last") for what in "xn"]
_COUNTS = ["numerator", "denominator"]


@dataclass(frozen=True, slots=True)
class Trends:
    """The trends of several series (``series`` names them): their annual changes and their lines.

    Years ending in 2020 and 2021, of COVID-19, are flagged; ``without_flagged`` holds the annual
    changes with them left out of the fit.
    """

    changes: pd.DataFrame
    without_flagged: pd.DataFrame
    lines: pd.DataFrame


def trends(rows: pd.DataFrame, by: str | list[str] = "series") -> Trends:
    """Fit a line to each series of counts by year; ``by`` names the columns that tell them apart."""
    x, n = _COUNTS
    return Trends(
        changes=trend(rows, numerator=x, denominator=n, by=by),
        without_flagged=trend(rows, numerator=x, denominator=n, by=by, exclude_flagged=True),
        lines=trend_line(rows, numerator=x, denominator=n, by=by, per=PER),
    )


def paces(own: pd.DataFrame, others: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Compare the area's change to its last year with that of others, from every year before it.

    One row per comparator (``others`` names them; one of several areas tells them apart in
    ``area_code``) and first year, in order of time: the eight counts as `difference_in_change`
    names them, its columns, ``first_end``, ``last_end`` and ``areas``. Areas count that have
    figures in both years: were they others in the last year than in the first, their change would
    be partly one of who they are. Empty where the area has one year.
    """
    ends = own["period_end"].to_numpy()
    x, n = (own[column].to_numpy(float) for column in _COUNTS)
    known = np.flatnonzero(~np.isnan(x + n))
    known = known[np.argsort(ends[known], kind="stable")]
    ends, x, n = ends[known], x[known], n[known]
    parts = [
        _pairs(comparator, rows, ends, x, n)
        for comparator, rows in others.items()
        if len(ends) > 1 and len(rows)
    ]
    if not any(len(part["areas"]) for part in parts):
        return pd.DataFrame(columns=["comparator"])
    pairs = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    found = difference_in_change(*(pairs[name] for name in EIGHT)).to_frame()
    return pd.DataFrame(pairs | {name: found[name].to_numpy() for name in found})


def _pairs(
    comparator: str, rows: pd.DataFrame, ends: Days, x1: FloatArray, n1: FloatArray
) -> dict[str, NDArray[Any]]:
    """Set the area beside the areas of a comparator together, the same in both years."""
    area = pd.factorize(rows["area_code"])[0] if "area_code" in rows else np.zeros(len(rows), int)
    days = rows["period_end"].to_numpy()
    year = np.searchsorted(ends, days).clip(max=len(ends) - 1)
    there = ends[year] == days
    counts = np.full((2, area.max() + 1, len(ends)), np.nan)
    counts[:, area[there], year[there]] = rows[_COUNTS].to_numpy(float)[there].T
    x, n = counts
    both = ~np.isnan(x) & ~np.isnan(x[:, -1:])
    areas = both.sum(axis=0)[:-1]
    some = np.flatnonzero(areas)

    def together(part: FloatArray) -> FloatArray:
        return np.asarray(np.where(both, part, 0).sum(axis=0)[some])

    return {
        "comparator": np.full(len(some), comparator, dtype=object),
        "first_end": ends[some],
        "last_end": ends[-1:].repeat(len(some)),
        "x1_first": x1[some],
        "n1_first": n1[some],
        "x1_last": x1[-1:].repeat(len(some)),
        "n1_last": n1[-1:].repeat(len(some)),
        "x0_first": together(x),
        "n0_first": together(n),
        "x0_last": together(x[:, -1:]),
        "n0_last": together(n[:, -1:]),
        "areas": areas[some],
    }


def first_rows(rows: pd.DataFrame) -> dict[str, Row]:
    """Give the row of each comparator of `paces` that goes from the first year on."""
    first = np.unique(rows["comparator"].to_numpy(object), return_index=True)[1]
    return {row["comparator"]: row for row in records(rows.take(np.sort(first)))}


def two_years(name: str, others: Mapping[str, Row]) -> pd.DataFrame:
    """Give the rates of both years of rows of `paces` with their intervals, by series.

    The area has ``name``, and each row the name of its comparator; a year stands once in a series.
    """
    ends = {
        (series, row[f"{end}_end"]): (row[f"x{whose}_{end}"], row[f"n{whose}_{end}"])
        for other, row in others.items()
        for whose, series in ((1, name), (0, other))
        for end in ("first", "last")
    }
    series, period_end = zip(*ends, strict=True)
    numerator, denominator = np.array(list(ends.values())).T
    found = rate(numerator, denominator, per=PER)
    rates = {"value": found.value, "lower": found.lower, "upper": found.upper}
    columns = {"series": series, "period_end": period_end, "numerator": numerator}
    return pd.DataFrame({**columns, "denominator": denominator, **rates})
