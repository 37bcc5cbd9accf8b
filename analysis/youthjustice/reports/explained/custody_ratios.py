"""Custody among the disposals of every youth justice service, 2012/13: Black and White children."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import adjust_for_many, relative_rate_index
from youthjustice.published import Place
from youthjustice.reports.citing import load_light
from youthjustice.reports.once import once
from youthjustice.reports.sections.disparity_figures import REFERENCE

GROUP, TIER = "Black", "Custody"
COUNTS = ("numerator", "denominator", "reference_numerator", "reference_denominator")
_SERVICE = ["area_code", "area_name"]
_LARGE = (0.8, 1.25)


@once
def custody_ratios() -> pd.DataFrame:
    """Give the ratio of every service with figures of both groups, and all that goes into it.

    One row per service: ``area_code, area_name``, the four counts, ``value, lower, upper, p_value``
    (missing where a number is under the least that a report compares) and ``survives``, once all
    are counted. Disposals are not children.
    """
    table = load_light("disposals_area_2012_13")
    rows = table[
        table["area_type"].isin(["authority", "service"])
        & (table["sex"] == "All")
        & (table["age_band"] == "All")
        & table["ethnic_group"].isin([GROUP, REFERENCE])
        & table["tier"].isin(["All", TIER])
    ]
    rows = rows.assign(
        area_code=rows["area_code"].astype(object).where(rows["area_code"].notna(), "")
    )
    wide = rows.pivot_table(
        index=[*_SERVICE, "ethnic_group"],
        columns="tier",
        values="value",
        aggfunc=lambda values: values.sum(min_count=1),
    )
    wide = wide.astype(float).dropna().reset_index()
    both = wide.groupby(_SERVICE)["ethnic_group"].transform("nunique") == 2
    index = relative_rate_index(
        wide[both], numerator=TIER, denominator="All", by=_SERVICE, basis="stage"
    )
    white = index[index["ethnic_group"] == REFERENCE].set_index(_SERVICE)
    found = index[index["ethnic_group"] == GROUP].set_index(_SERVICE)
    found = found.assign(
        reference_numerator=white["numerator"], reference_denominator=white["denominator"]
    )
    found = adjust_for_many(found.reset_index())
    found.attrs = table.attrs
    return found


def of_place(ratios: pd.DataFrame, found: Place) -> pd.Series | None:
    """Give the row of an area or of the service that serves it; None where there is none."""
    rows = ratios[(ratios["area_code"] == found.code) | (ratios["area_name"] == found.service)]
    return None if rows.empty else rows.iloc[0]


def counted(ratios: pd.DataFrame) -> dict[str, int]:
    """Count what would be said of the services with and without their intervals."""
    value = ratios["value"]
    known = value.notna()
    apart = (ratios["lower"] > 1) | (ratios["upper"] < 1)
    return {
        "too_few": int((~known).sum()),
        "services": int(known.sum()),
        "outside": int(((value > _LARGE[1]) | (value < _LARGE[0])).sum()),
        "apart": int((known & apart).sum()),
        "stand": int(ratios["survives"].fillna(False).astype(bool).sum()),
    }
