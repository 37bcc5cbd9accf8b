"""Published rates of first-time entrants of every area, with the counts that they imply."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import implied_counts, rate
from youthjustice.published import load
from youthjustice.reports.by_area import ByArea
from youthjustice.reports.once import once
from youthjustice.reports.sections.pace_figures import PER

RATES = "first_time_entrants_area"
_COUNTS = ["numerator", "denominator"]
# Every step carries all columns along, so those that nobody asks for are left out.
_COLUMNS = [
    "area_code", "area_name", "area_type", "period_end", "value", "symbol", "release", "source"
]  # fmt: skip


@once
def all_rates(release: str = "latest") -> pd.DataFrame:
    """Give every area's published rates with the counts they imply and their intervals.

    The publication gives no counts. Each is inferred from the rate and the population aged 10 to
    17 of the nearest year at hand (mid-2021 to the year ending 2021, mid-2022 after it).
    """
    return with_counts(load(RATES, release=release)[_COLUMNS], PER)


def with_counts(rates: pd.DataFrame, per: float) -> pd.DataFrame:
    """Add the number of children that each published rate per ``per`` implies, and its interval.

    ``rates`` has ``area_code, area_name, period_end, value``; `all_rates` says whose populations.
    """
    people = load("population_area")
    # Rows name their publications; pandas would copy the attributes at every step.
    rates.attrs, people.attrs = {}, {}
    # Estimates of 2011 rest on another census.
    people = people[(people["age_band"] == "10-17") & (people["period_end"] >= "2021-01-01")]
    people = people.drop_duplicates(["area_code", "period_end"])
    names = {
        "value": "population", "period_end": "population_date", "source": "population_source"
    }  # fmt: skip
    people = people[["area_code", *names]].rename(columns=names)
    joined = pd.merge_asof(
        rates.sort_values("period_end"),
        people.dropna().sort_values("population_date"),
        left_on="period_end",
        right_on="population_date",
        by="area_code",
        direction="nearest",
    )
    joined[_COUNTS] = implied_counts(joined["value"], joined["population"], per)
    found = rate(joined["numerator"], joined["denominator"], per=per)
    joined["lower"], joined["upper"] = found.lower, found.upper
    return joined.sort_values(["area_name", "period_end"], ignore_index=True)


@once
def rates_by_area() -> ByArea:
    """Give the rates of `all_rates` so that the rows of one area, or of several, can be taken."""
    return ByArea(all_rates()[["area_code", "period_end", "value", *_COUNTS]])


@once
def beside_england() -> ByArea:
    """Set every area beside England in the one release that has both, never spliced.

    The rows of `all_rates` in that release with England's rate in ``value_england``; none where no
    release has both.
    """
    everything = load(RATES, release="all")
    england = everything[(everything["area_code"] == "E92000001") & everything["value"].notna()]
    release = england["release"].iloc[0] if len(england) else "latest"
    england = england.loc[england["release"] == release, ["period_end", "value"]]
    england.attrs = {}
    older = all_rates(str(release))
    return ByArea(older.merge(england, on="period_end", suffixes=("", "_england")))
