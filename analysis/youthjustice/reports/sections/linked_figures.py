"""The linked school cohort: groups' shares of an outcome beside their shares of pupils."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.measures import Estimate, ratio_bounds, risk_ratio
from youthjustice.published import Place
from youthjustice.reports.by_area import ByArea, of_area
from youthjustice.reports.citing import load_light
from youthjustice.reports.once import once
from youthjustice.reports.sections.disparity_figures import MINIMUM, REFERENCE
from youthjustice.reports.sections.wording import in_order

_LINKED = "linked_cohort_ethnicity_area"
_SHARES = ("share", "symbol", "pupils", "pupils_all", "share_reference", "pupils_reference",
           "value", "lowest", "highest", "lower", "upper", "p_value")  # fmt: skip
_DUST = 1e-9  # of arithmetic in decimals
HALF = 0.5  # a share printed as a whole per cent can be out by half a point


def linked_cohort(place: Place) -> pd.DataFrame:
    """Compare groups' shares of children cautioned or sentenced with their shares of pupils.

    One row per outcome and group: ``pupils`` and ``share`` are whole per cents as printed;
    ``value`` is the ratio to White children; ``lowest`` and ``highest`` are what rounding allows, of
    whole numbers of children, and ``value`` stays between them; ``lower`` and ``upper`` are the 95%
    limits at the least and the most favourable counts that print as those per cents, so they allow
    for both rounding and chance; ``p_value`` does too.
    """
    return of_area(_every_cohort, place.code).of(place.code)


def linked_children(place: Place) -> dict[str, float]:
    """Give the number of children of an area at each stage of the linked cohort."""
    rows = _every_count().of(place.code)
    return dict(zip(rows["stage"], rows["value"], strict=True))


def unprinted(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of `linked_cohort` with a per cent that no whole number of children prints as.

    >>> rows = pd.DataFrame({"share": [30, 33], "denominator": 20, "pupils": 8, "pupils_all": 8490})
    >>> unprinted(rows)["share"].tolist()
    [33]
    """
    of_outcome = furthest_count(rows["share"], HALF, rows["denominator"])
    of_pupils = furthest_count(rows["pupils"], HALF, rows["pupils_all"])
    return rows[(of_outcome % 1 > 0) | (of_pupils % 1 > 0)]


@once
def _every_count() -> ByArea:
    table = load_light(_LINKED)
    rows = table[(table["la_basis"] == "home") & (table["measure"] == "children")]
    return ByArea(rows[["area_code", "stage", "value"]])


@once
def _every_cohort(*codes: str) -> ByArea:
    """Compare the shares of pupils living in every area, or in those named."""
    table = load_light(_LINKED)
    rows = table[table["area_code"].isin(codes)] if codes else table
    rows = rows[(rows["la_basis"] == "home") & (rows["measure"] == "share by ethnic group")]
    told = ["area_code", "ethnic_group", "value", "denominator"]
    pupils = rows.loc[rows["stage"] == "all pupils", told]
    pupils = pupils.rename(columns={"value": "pupils", "denominator": "pupils_all"})
    found = rows[rows["stage"] != "all pupils"].rename(columns={"value": "share"})
    found = found.merge(pupils, how="left", on=["area_code", "ethnic_group"])
    cell = ["area_code", "stage"]
    white = found["ethnic_group"] == REFERENCE
    reference = found.loc[white, [*cell, "share", "pupils"]]
    found = found.merge(reference, how="left", on=cell, suffixes=("", "_reference"))
    implied = found["share"] / 100 * found["denominator"].astype(float)
    enough = implied >= MINIMUM
    # Too few in the reference group leave nothing to compare with.
    enough &= (enough & white).groupby([found[name] for name in cell]).transform("any")
    others = enough & ~found["ethnic_group"].isin([REFERENCE, "Unknown"])
    printed = ratio_bounds(
        found["share"].where(others),
        found["pupils"].where(others),
        found["share_reference"],
        found["pupils_reference"],
    )
    found = pd.concat([found, printed], axis=1)
    least, most = _at(found, -HALF), _at(found, HALF)
    # Of whole children fewer ratios print so than of whole per cents alone.
    found["lowest"], found["highest"] = least.value, most.value
    found["value"] = found["value"].clip(found["lowest"], found["highest"])
    found["lower"], found["upper"] = least.lower, most.upper
    # The p-value at the counts nearest to no difference: 1 where rounding itself allows none.
    found["p_value"] = least.p_value.where(found["value"] > 1, most.p_value)
    found.loc[(found["lowest"] <= 1) & (found["highest"] >= 1), "p_value"] = 1.0
    found.loc[~others, ["lowest", "highest", "lower", "upper", "p_value"]] = float("nan")
    found = found.sort_values("ethnic_group", key=in_order, kind="stable")
    found = found.sort_values("stage", kind="stable")
    found = found[["area_code", "ethnic_group", "stage", "denominator", "source", *_SHARES]]
    found.attrs = table.attrs
    return ByArea(found)


def _at(rows: pd.DataFrame, away: float) -> Estimate:
    """Compare at the counts furthest to one side that rounding allows: ``away`` is -0.5 or 0.5."""
    events = furthest_count(rows["share"], away, rows["denominator"])
    people = furthest_count(rows["pupils"], -away, rows["pupils_all"])
    events_reference = furthest_count(rows["share_reference"], -away, rows["denominator"])
    people_reference = furthest_count(rows["pupils_reference"], away, rows["pupils_all"])
    return risk_ratio(
        events.clip(upper=people), people, events_reference.clip(upper=people_reference),
        people_reference,
    )  # fmt: skip


def furthest_count(share: pd.Series, away: float, whole: pd.Series) -> pd.Series:
    """Give the whole number of children furthest to one side that prints as a whole per cent.

    Where no whole number prints so, the publication counted among others than ``whole``, and the end
    of the per cent itself is given, which is further still.

    >>> shares, whole = pd.Series([29.0, 33.0]), pd.Series([547, 20])
    >>> [furthest_count(shares, away, whole).round(2).tolist() for away in (-0.5, 0.5)]
    [[156.0, 6.5], [161.0, 6.7]]
    """
    low, high = ((share + side).clip(0, 100) / 100 * whole.astype(float) for side in (-HALF, HALF))
    first, last = np.ceil(low - _DUST), np.floor(high + _DUST)
    inside, end = (first, low) if away < 0 else (last, high)
    furthest: pd.Series = inside.where(first <= last, end)
    return furthest
