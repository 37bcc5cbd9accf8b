"""How fast an area's rate moved: year by year along a line, and beside the rates of others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from youthjustice.measures import difference_in_change, rate, trend, trend_line

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


def trends(series: dict[str, pd.DataFrame]) -> Trends:
    """Fit a line to each series of counts by year, by its name."""
    every = pd.concat([frame.assign(series=name) for name, frame in series.items()])
    rows = every[["series", "period_end", *_COUNTS]].reset_index(drop=True)
    x, n = _COUNTS
    return Trends(
        changes=trend(rows, numerator=x, denominator=n, by="series"),
        without_flagged=trend(rows, numerator=x, denominator=n, by="series", exclude_flagged=True),
        lines=trend_line(rows, numerator=x, denominator=n, by="series", per=PER),
    )


def paces(own: pd.DataFrame, others: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Compare the area's change to its last year with that of others, from every year before it.

    One row per comparator (``others`` names them; one of several areas tells them apart in
    ``area_code``) and first year: the eight counts as `difference_in_change` names them, its
    columns, ``first_end``, ``last_end`` and ``areas``. Areas count that have figures in both years:
    were they others in the last year than in the first, their change would be partly one of who
    they are. Empty where the area has one year.
    """
    known = own.dropna(subset=_COUNTS).sort_values("period_end")
    ends = pd.DatetimeIndex(known["period_end"])
    x, n = (known[column].to_numpy(float) for column in _COUNTS)
    parts = [
        _pairs(comparator, rows, ends).assign(
            x1_first=x[:-1], n1_first=n[:-1], x1_last=x[-1:].repeat(len(x) - 1), n1_last=n[-1]
        )
        for comparator, rows in others.items()
        if len(ends) > 1 and len(rows)
    ]
    if not parts:
        return pd.DataFrame(columns=["comparator"])
    pairs = pd.concat(parts, ignore_index=True)
    pairs = pairs[pairs["areas"] > 0].reset_index(drop=True)
    found = difference_in_change(*(pairs[name] for name in EIGHT))
    return pd.concat([pairs, found.to_frame()], axis=1)


def _pairs(comparator: str, rows: pd.DataFrame, ends: pd.DatetimeIndex) -> pd.DataFrame:
    """Add the areas of a comparator together in each year and, the same areas, in the last."""
    rows = rows if "area_code" in rows else rows.assign(area_code=comparator)
    area, areas = pd.factorize(rows["area_code"])
    year = ends.get_indexer(pd.Index(rows["period_end"]))
    there = year >= 0
    counts = np.full((2, len(areas), len(ends)), np.nan)
    counts[:, area[there], year[there]] = rows[_COUNTS].to_numpy(float)[there].T
    x, n = counts
    both = ~np.isnan(x) & ~np.isnan(x[:, -1:])
    sums = {
        "x0_first": np.where(both, x, 0).sum(axis=0),
        "n0_first": np.where(both, n, 0).sum(axis=0),
        "x0_last": np.where(both, x[:, -1:], 0).sum(axis=0),
        "n0_last": np.where(both, n[:, -1:], 0).sum(axis=0),
        "areas": both.sum(axis=0),
    }
    pairs = pd.DataFrame({"first_end": ends, **sums}).iloc[:-1]
    return pairs.assign(comparator=comparator, last_end=ends[-1])


def two_years(row: pd.Series, name: str, other: str) -> pd.DataFrame:
    """Give the rates of both years of a row of `paces` with their intervals, by series."""
    rows = pd.DataFrame(
        [
            {
                "series": series,
                "period_end": row[f"{end}_end"],
                "numerator": row[f"x{whose}_{end}"],
                "denominator": row[f"n{whose}_{end}"],
            }
            for whose, series in ((1, name), (0, other))
            for end in ("first", "last")
        ]
    )
    found = rate(rows["numerator"], rows["denominator"], per=PER)
    return rows.assign(value=found.value, lower=found.lower, upper=found.upper)
