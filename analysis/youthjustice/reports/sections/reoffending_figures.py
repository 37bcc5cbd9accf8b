"""Reoffending of one area: printed rates, the smallest cohorts behind them, and what they allow."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import (
    cohorts_that_fit,
    one_sample_test,
    proportion,
    risk_ratio,
    smallest_cohort,
)
from youthjustice.published import load

PRINTED_DECIMALS = 2
LARGEST_TRIED = 1000


def local_rates(code: str) -> pd.DataFrame:
    """Give the printed rates of an area with the smallest cohort that fits each, and its interval.

    The publication has no cohort sizes. A larger cohort would give a narrower interval, so the one
    drawn from the smallest is the widest that the printed figure allows.
    """
    table = load("reoffending_area")
    rows = table[table["area_code"] == code].reset_index(drop=True)
    cohorts = smallest_cohort(rows["value"], PRINTED_DECIMALS)
    rows["numerator"], rows["denominator"] = cohorts["numerator"], cohorts["denominator"]
    found = proportion(rows["numerator"], rows["denominator"])
    rows["lower"], rows["upper"] = 100 * found.lower, 100 * found.upper
    return rows.sort_values(["age_band", "cohort"], ignore_index=True)


def first_to_last(rates: pd.DataFrame) -> pd.Series | None:
    """Compare the last printed rate with the first, at the smallest cohorts that fit them."""
    known = rates.dropna(subset=["value"])
    if len(known) < 2:
        return None
    first, last = known.iloc[0], known.iloc[-1]
    found = risk_ratio(
        last["numerator"], last["denominator"], first["numerator"], first["denominator"]
    )
    row: pd.Series = pd.concat(
        [
            found.to_frame().iloc[0],
            pd.Series(
                {
                    "first": first["value"],
                    "last": last["value"],
                    "first_cohort": first["cohort"],
                    "last_cohort": last["cohort"],
                    "first_size": first["denominator"],
                    "last_size": last["denominator"],
                }
            ),
        ]
    )
    return row


def national(measure: str) -> pd.DataFrame:
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


def claim_figures(code: str) -> pd.DataFrame | None:
    """Test an inspector's "significantly higher than England and Wales" at every cohort that fits.

    One row per cohort size that prints as the area's rate: ``numerator, denominator, p_value``,
    with both printed rates in ``attrs``. The national rate is taken as known. None where no
    inspection report at hand prints a rate for the area.
    """
    findings = load("inspection_findings", release="all")
    rates = findings[
        (findings["measure"] == "binary reoffending rate") & (findings["kind"] == "figure")
    ]
    local = rates[rates["area_code"] == code]
    national_rate = rates[rates["area_code"] == "K04000001"]
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
        "cited": [one for one in findings.attrs["sources"] if one["name"] in set(local["source"])],
    }
    return tested
