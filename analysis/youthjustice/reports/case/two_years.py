"""The first and the last year of a claim on a rate: the area, the rest of its region, both changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from youthjustice.measures import difference_in_change, take_out
from youthjustice.published import Place, load
from youthjustice.reports.case.checked import Claim
from youthjustice.reports.sections.entrants_rates import with_counts

PER = {"first_time_entrants_area": 100_000, "cautioned_or_sentenced_area": 10_000}
_CHANGE = ("change", "change_lower", "change_upper")
_ENDS = ("first", "last")


@dataclass(frozen=True, slots=True)
class TwoYears:
    """The published rates of both years with the counts they imply, and what they come to.

    ``found`` is a row of ``difference_in_change``; ``area`` and ``rest`` hold the rate of the first
    year and of the last, per ``per`` children; ``counts`` the events and children of the area.
    """

    rows: pd.DataFrame
    found: pd.Series
    area: tuple[float, float]
    rest: tuple[float, float]
    counts: tuple[float, float, float, float]
    first_end: pd.Timestamp
    last_end: pd.Timestamp
    per: int

    def change(self) -> tuple[float, float, float]:
        """Give the ratio of the area's last rate to its first, with its limits."""
        return _three(self.found, _CHANGE)

    def change_of_rest(self) -> tuple[float, float, float]:
        """Give the same of the rest of the region."""
        return _three(self.found, tuple(f"reference_{name}" for name in _CHANGE))


def two_years(claim: Claim, found: Place) -> TwoYears | None:
    """Give the two years of a claim from the newest release that has both, for area and region.

    None where there is none.
    """
    name = str(claim["table"])
    table, per = load(name, release="all"), PER[name]
    ends = [pd.Timestamp(str(claim[end])) for end in _ENDS]
    rows = table[
        table["area_code"].isin([found.code, found.region_code])
        & table["period_end"].isin(ends)
        & table["unit"].str.startswith("per ")
        & table["value"].notna()
    ].reset_index(drop=True)
    counted = rows.groupby("release").size()
    whole = counted.index[counted == len(_ENDS) * 2]
    if not len(whole):
        return None
    rates = with_counts(rows[rows["release"] == whole.max()], per)
    own, region = (
        rates[rates["area_code"] == code].sort_values("period_end")
        for code in (found.code, found.region_code)
    )
    x1, n1, x, n = (
        part[column].to_numpy(float)
        for part in (own, region)
        for column in ("numerator", "denominator")
    )
    x0, n0 = take_out(x, n, x1, n1)
    pace = difference_in_change(x1[0], n1[0], x1[1], n1[1], x0[0], n0[0], x0[1], n0[1])
    return TwoYears(
        rows=own,
        found=pace.to_frame().iloc[0],
        area=_pair(per * x1 / n1),
        rest=_pair(per * x0 / n0),
        counts=(x1[1], n1[1], x1[0], n1[0]),
        first_end=ends[0],
        last_end=ends[1],
        per=per,
    )


def _three(row: pd.Series, names: tuple[str, ...]) -> tuple[float, float, float]:
    value, lower, upper = (float(row[name]) for name in names)
    return value, lower, upper


def _pair(rates: Any) -> tuple[float, float]:
    return float(rates[0]), float(rates[1])
