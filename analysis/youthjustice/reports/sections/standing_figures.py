"""Where an area stands among authorities: a funnel, and the ranks that its numbers leave open."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import funnel, rank_uncertainty, smallest_cohort
from youthjustice.published import load
from youthjustice.reports.once import once
from youthjustice.reports.sections.entrants_figures import all_rates
from youthjustice.reports.sections.pace_figures import PER
from youthjustice.reports.sections.reoffending_figures import PRINTED_DECIMALS

_DRAWS = 4_000  # settles the limits of a rank among 150 to a rank or two
_COUNTS = ["numerator", "denominator"]


@once
def entrants_latest() -> pd.DataFrame:
    """Give every authority's implied counts of first-time entrants in the last year of the table."""
    rates = all_rates()
    # Closed authorities stay where the publication still prints a figure on their line.
    rates = rates[rates["area_type"] == "authority"]
    latest = pd.DataFrame(rates[rates["period_end"] == rates["period_end"].max()])
    return latest.dropna(subset=["numerator"]).reset_index(drop=True)


@once
def entrants_funnel() -> pd.DataFrame:
    """Set every authority beside what chance, and the usual differences, give one of its size."""
    return funnel(
        entrants_latest()[["area_name", *_COUNTS]],
        "area_name",
        numerator="numerator",
        denominator="denominator",
        basis="rate",
        per=PER,
        overdispersion="auto",
    )


@once
def entrants_ranks() -> pd.DataFrame:
    """Draw the ranks that the implied counts leave open."""
    return rank_uncertainty(
        entrants_latest()[["area_name", *_COUNTS]],
        "area_name",
        numerator="numerator",
        denominator="denominator",
        basis="rate",
        per=PER,
        draws=_DRAWS,
    )


@once
def reoffending_cohorts(release: str = "latest") -> pd.DataFrame:
    """Give every authority's printed reoffending rates with the smallest cohorts that fit them."""
    table = load("reoffending_area", release=release)
    rows = table[(table["area_type"] == "authority") & (table["age_band"] == "15-17")]
    rows.attrs = {}  # copied at every step otherwise
    rows = rows.dropna(subset=["value"]).reset_index(drop=True)
    cohorts = smallest_cohort(rows["value"], PRINTED_DECIMALS).astype(float)
    rows[_COUNTS] = cohorts[_COUNTS]
    return rows


@once
def reoffending_ranks(*labels: str, release: str = "latest") -> pd.DataFrame:
    """Draw the ranks that the smallest cohorts leave open, one cell per cohort label.

    Every authority is taken alone: how large its smallest cohort is hangs on the printed decimals,
    so what such sizes have in common says nothing of the authorities.
    """
    cohorts = reoffending_cohorts(release)
    chosen = cohorts[cohorts["cohort"].isin(labels)]
    return rank_uncertainty(
        chosen[["cohort", "area_name", *_COUNTS]],
        "area_name",
        numerator="numerator",
        denominator="denominator",
        by="cohort",
        basis="proportion",
        prior="jeffreys",
        per=100,
        draws=_DRAWS,
    )
