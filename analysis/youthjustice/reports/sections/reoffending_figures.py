"""Reoffending of one area: printed rates, the smallest cohorts behind them, and what they allow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from youthjustice.measures import (
    cohorts_that_fit,
    one_sample_test,
    proportion,
    risk_ratio,
    smallest_cohort,
)
from youthjustice.published import load
from youthjustice.reports.by_area import ByArea, of_area, records
from youthjustice.reports.once import once
from youthjustice.reports.sections.disparity_figures import ENGLAND_AND_WALES_CODE

PRINTED_DECIMALS = 2
LARGEST_TRIED = 1000
_COMPARED = ["cohort", "value", "denominator"]


def local_rates(code: str) -> pd.DataFrame:
    """Give the printed rates of an area with the smallest cohort that fits each, and its interval.

    The publication has no cohort sizes. A larger cohort would give a narrower interval, so the one
    drawn from the smallest is the widest that the printed figure allows.
    """
    return of_area(_every_rate, code).of(code)


@once
def _every_rate(*codes: str) -> ByArea:
    """Give the printed rates of every area, or of those named."""
    table = load("reoffending_area")
    table.attrs = {}  # rows name their publications
    rows = table[table["area_code"].isin(codes)] if codes else table
    rows = rows.reset_index(drop=True)
    cohorts = smallest_cohort(rows["value"], PRINTED_DECIMALS)
    rows["numerator"], rows["denominator"] = cohorts["numerator"], cohorts["denominator"]
    found = proportion(rows["numerator"], rows["denominator"])
    rows["lower"], rows["upper"] = 100 * found.lower, 100 * found.upper
    return ByArea(rows.sort_values(["age_band", "cohort"]))


@dataclass(frozen=True, slots=True)
class Change:
    """Two printed rates, and the cohort sizes at which they can be told apart.

    ``undetected`` is the largest number of children in the smaller cohort at which some pair of
    cohorts that fit is not told apart at the 5% level: 0 when every pair is, and ``tried`` when
    the largest pairs tried still are not.
    """

    first: float
    last: float
    first_cohort: str
    last_cohort: str
    first_size: int
    last_size: int
    undetected: int
    tried: int


def first_to_last(rates: pd.DataFrame) -> Change | None:
    """Compare the last printed rate with the first at every pair of cohorts that fit them.

    Cohort sizes are not published, so a test at one size would answer for that size alone.
    """
    known = [row for row in records(rates[_COMPARED]) if pd.notna(row["value"])]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    undetected, tried = _told_apart(float(first["value"]), float(last["value"]))
    return Change(
        first=float(first["value"]),
        last=float(last["value"]),
        first_cohort=str(first["cohort"]),
        last_cohort=str(last["cohort"]),
        first_size=int(first["denominator"]),
        last_size=int(last["denominator"]),
        undetected=undetected,
        tried=tried,
    )


@lru_cache(maxsize=8)
def _told_apart(first: float, last: float) -> tuple[int, int]:
    """Test two printed rates at all cohorts that fit; a report asks more than once for the same.

    Gives the largest number of children in the smaller cohort at which a pair is not told apart,
    and that of all pairs tried.
    """
    before, after = (
        cohorts_that_fit(value, PRINTED_DECIMALS, LARGEST_TRIED).to_numpy(float)
        for value in (first, last)
    )
    earlier, later = np.repeat(before, len(after), axis=0), np.tile(after, (len(before), 1))
    found = risk_ratio(later[:, 0], later[:, 1], earlier[:, 0], earlier[:, 1])
    smaller = np.minimum(earlier[:, 1], later[:, 1])
    hidden = smaller[~(found.p_value < 1 - found.confidence)]
    return int(hidden.max()) if len(hidden) else 0, int(smaller.max())


@once
def national_measure(measure: str) -> pd.DataFrame:
    """Give one national measure, annual, as the publication with the longest series has it."""
    table = load("reoffending_national")
    rows = table[(table["measure"] == measure) & (table["frequency"] == "annual")]
    # Years end in March; older rows for calendar years overlap with them.
    rows = rows[rows["period_end"].dt.month == 3].dropna(subset=["value"])
    longest = rows.groupby("source")["period_end"].max().idxmax()
    rows = pd.DataFrame(rows[rows["source"] == longest])
    rows = rows.sort_values("period_end", ignore_index=True)
    found = proportion(rows["numerator"], rows["denominator"])
    rows["lower"], rows["upper"] = 100 * found.lower, 100 * found.upper
    rows.attrs = table.attrs
    return rows


@once
def claim_figures(code: str) -> pd.DataFrame | None:
    """Test an inspector's "significantly higher than England and Wales" at every cohort that fits.

    One row per cohort size that prints as the area's rate: ``numerator, denominator, p_value``,
    with both printed rates in ``attrs``. The national rate is taken as known. None where no
    inspection report at hand prints a rate for the area.
    """
    claimed = _claimed_rates()
    local, national_rate = claimed.of(code), claimed.of(ENGLAND_AND_WALES_CODE)
    if local.empty or national_rate.empty:
        return None
    printed, benchmark = float(local["value"].iloc[0]), float(national_rate["value"].iloc[0])
    fits = cohorts_that_fit(printed, 1, maximum=LARGEST_TRIED)
    tested = fits.copy()
    tested["p_value"] = one_sample_test(fits["numerator"], fits["denominator"], benchmark / 100)
    tested.attrs = {
        "local": printed,
        "national": benchmark,
        "published": local["publication_date"].iloc[0],
        "cited": [one for one in local.attrs["sources"] if one["name"] in set(local["source"])],
    }
    return tested


@once
def _claimed_rates() -> ByArea:
    """Give the reoffending rates that inspection reports print, by area."""
    findings = load("inspection_findings", release="all")
    rates = (findings["measure"] == "binary reoffending rate") & (findings["kind"] == "figure")
    return ByArea(findings[rates])
