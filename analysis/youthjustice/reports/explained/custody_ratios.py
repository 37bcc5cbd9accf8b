"""Custody among the disposals of every youth justice service, 2012/13: Black and White children."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.measures import adjust_for_many, risk_ratio
from youthjustice.published import Place
from youthjustice.reports.once import once
from youthjustice.reports.sections.common import load_light
from youthjustice.reports.sections.disparity_figures import REFERENCE

GROUP, TIER = "Black", "Custody"
COUNTS = ("numerator", "denominator", "reference_numerator", "reference_denominator")


@once
def custody_ratios() -> pd.DataFrame:
    """Give the ratio of every service that has disposals of both groups, with all that goes into it.

    One row per service: ``area_code, area_name``, the four counts, ``value, lower, upper, p_value``
    and ``survives``, once all are counted. Disposals are not children.
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
        index=["area_code", "area_name"],
        columns=["ethnic_group", "tier"],
        values="value",
        aggfunc=lambda values: values.sum(min_count=1),
    )
    counts = {
        "numerator": wide[GROUP, TIER],
        "denominator": wide[GROUP, "All"],
        "reference_numerator": wide[REFERENCE, TIER],
        "reference_denominator": wide[REFERENCE, "All"],
    }
    found = pd.DataFrame(counts).astype(float).dropna()
    found = found[(found["denominator"] > 0) & (found["reference_denominator"] > 0)].reset_index()
    x1, n1, x0, n0 = (found[name] for name in COUNTS)
    ratios = risk_ratio(x1, n1, x0, n0).to_frame()
    found[["value", "lower", "upper", "p_value"]] = ratios[["value", "lower", "upper", "p_value"]]
    found = adjust_for_many(found)
    found.attrs = table.attrs
    return found


def of_place(ratios: pd.DataFrame, found: Place) -> pd.Series | None:
    """Give the row of an area or of the service that serves it; None where there is none."""
    rows = ratios[(ratios["area_code"] == found.code) | (ratios["area_name"] == found.service)]
    return None if rows.empty else rows.iloc[0]


def counted(ratios: pd.DataFrame) -> dict[str, int]:
    """Count what would be said of the services with and without their intervals."""
    value = ratios["value"].to_numpy(float)
    finite = np.isfinite(value)
    apart = (ratios["lower"] > 1) | (ratios["upper"] < 1)
    return {
        "services": int(finite.sum()),
        "outside": int((finite & ((value > 1.25) | (value < 0.8))).sum()),
        "apart": int((finite & apart).sum()),
        "stand": int(ratios["survives"].fillna(False).astype(bool).sum()),
    }
