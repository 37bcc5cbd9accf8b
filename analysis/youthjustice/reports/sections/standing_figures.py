"""Where an area stands among authorities: which of them it can be told apart from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from youthjustice.measures import Estimate, proportion, rate_ratio, risk_ratio, smallest_cohort
from youthjustice.published import load
from youthjustice.reports.sections.entrants_figures import all_rates
from youthjustice.reports.sections.reoffending_figures import PRINTED_DECIMALS


@dataclass(frozen=True, slots=True)
class Standing:
    """Every authority's figure in one period, and what can be said of the focus beside each.

    ``authorities`` has ``area_code, area_name, value, lower, upper``; ``higher`` and ``lower``
    count the authorities whose figure is higher or lower than the focus with p under 0.05,
    ``unclear`` the others that have a figure. ``above`` counts those whose printed figure is below
    the focus, which says nothing of chance.
    """

    authorities: pd.DataFrame
    period: str
    higher: int
    lower: int
    unclear: int
    above: int

    @property
    def others(self) -> int:
        """How many other authorities have a figure."""
        return self.higher + self.lower + self.unclear


def entrants_standing(code: str) -> Standing | None:
    """Stand an authority's latest rate of first-time entrants beside every other's."""
    rates = all_rates()
    # Closed authorities stay where the publication still prints a figure on their line.
    rates = rates[rates["area_type"] == "authority"]
    latest = rates[rates["period_end"] == rates["period_end"].max()].dropna(subset=["numerator"])
    latest = latest.reset_index(drop=True)
    mine = latest[latest["area_code"] == code]
    if mine.empty:
        return None
    focus = mine.iloc[0]
    ratios = rate_ratio(
        latest["numerator"], latest["denominator"], focus["numerator"], focus["denominator"]
    )
    end = latest["period_end"].iloc[0]
    return _standing(latest, ratios, code, f"the year ending {end:%B %Y}")


def reoffending_standing(
    code: str, age_band: str = "15-17", *, first: bool = False
) -> Standing | None:
    """Stand an authority's latest (or first) printed reoffending rate beside every other's.

    Each is taken at the smallest cohort that fits its printed rate, so differences are understated.
    """
    table = load("reoffending_area")
    rows = table[(table["area_type"] == "authority") & (table["age_band"] == age_band)]
    rows = rows.dropna(subset=["value"])
    chosen = rows["cohort"].min() if first else rows["cohort"].max()
    latest = rows[rows["cohort"] == chosen].reset_index(drop=True)
    cohorts = smallest_cohort(latest["value"], PRINTED_DECIMALS).astype(float)
    latest["numerator"], latest["denominator"] = cohorts["numerator"], cohorts["denominator"]
    found = proportion(latest["numerator"], latest["denominator"])
    latest["lower"], latest["upper"] = 100 * found.lower, 100 * found.upper
    mine = latest[latest["area_code"] == code]
    if mine.empty:
        return None
    focus = mine.iloc[0]
    ratios = risk_ratio(
        latest["numerator"], latest["denominator"], focus["numerator"], focus["denominator"]
    )
    return _standing(latest, ratios, code, f"the cohort labelled {focus['cohort']}")


def _standing(latest: pd.DataFrame, ratios: Estimate, code: str, period: str) -> Standing:
    others = latest["area_code"] != code
    clear = others & (ratios.p_value < 1 - ratios.confidence)
    higher, lower = int((clear & (ratios.value > 1)).sum()), int((clear & (ratios.value < 1)).sum())
    columns = ["area_code", "area_name", "region", "value", "lower", "upper"]
    unclear = int(others.sum()) - higher - lower
    own = latest.loc[~others, "value"].iloc[0]
    above = int((latest["value"] < own).sum())
    return Standing(latest[columns], period, higher, lower, unclear, above)
