"""Ethnic disparity: the disposals of 2012/13 with their steps, and the linked cohort."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import (
    Estimate,
    pathway,
    ratio_bounds,
    relative_rate_index,
    risk_ratio,
)
from youthjustice.published import Place
from youthjustice.reports.once import once
from youthjustice.reports.sections.common import in_order, load_light

REFERENCE = "White"
MINIMUM = 5  # children below which no ratio is given
# In the order in which a disposal grows more serious, and the steps that lead from one to another:
# each is what is left once the disposals of one more tier are taken away.
TIERS = ["Pre-court", "First-tier", "Community", "Custody"]
STEPS = ["disposal", "court", "community or custody", "custody"]
ENGLAND_AND_WALES = "K04000001"
_HALF = 0.5  # a share printed as a whole per cent can be out by half a point


@once
def disposals(place: Place) -> pd.DataFrame:
    """Compare, for each tier, the share of a group's disposals that were of that tier, 2012/13.

    One row per tier and ethnic group, with ``numerator`` (disposals of the tier) and
    ``denominator`` (all disposals of the group). Disposals are not children.
    """
    table = load_light("disposals_area_2012_13")
    mine = (table["area_code"] == place.code) | (table["area_name"] == place.service)
    rows = table[mine]
    index = _by_tier(rows)
    if not index.empty:
        index.attrs = table.attrs | {
            "whose": str(rows["area_name"].iloc[0]),
            "own": bool((rows["area_code"] == place.code).all()),
        }
    return index


def national_disposals() -> pd.DataFrame:
    """Compare tiers as `disposals` does, in the published rows of England and Wales."""
    table = load_light("disposals_area_2012_13")
    index = _by_tier(table[table["area_code"] == ENGLAND_AND_WALES])
    index.attrs = table.attrs
    return index


def _by_tier(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[(rows["sex"] == "All") & (rows["age_band"] == "All")]
    rows = rows[rows["ethnic_group"] != "All"]
    whole = rows[rows["tier"] == "All"].groupby("ethnic_group")["value"].sum(min_count=1)
    keys = ["tier", "ethnic_group"]
    summed = rows[rows["tier"] != "All"].groupby(keys)["value"].sum(min_count=1)
    parts = summed.rename("numerator").reset_index()
    if parts.empty:
        return parts
    parts["denominator"] = parts["ethnic_group"].map(whole)
    parts = parts.sort_values("tier", key=lambda tier: tier.map(TIERS.index))
    return relative_rate_index(
        parts,
        reference=REFERENCE,
        numerator="numerator",
        denominator="denominator",
        by="tier",
        basis="stage",
    )


def disposal_steps(index: pd.DataFrame) -> pd.DataFrame:
    """Compare groups along the steps from any disposal to custody, which nest and so multiply.

    ``index`` is that of `disposals`. A step counts the disposals of its tier and of all tiers above
    it: all are disposals of one year. Totals are sums of the tiers (one service's printed total is
    out by 1). The rows of the base, all disposals, are left out.
    """
    counts = index.set_index(["tier", "ethnic_group"])["numerator"]
    left = {
        step: counts.loc[TIERS[at:]].groupby("ethnic_group").sum(min_count=len(TIERS) - at)
        for at, step in enumerate(STEPS)
    }
    frame = pd.concat(left, names=["stage"]).rename("count").reset_index()
    stages = pd.DataFrame(
        {"stage": STEPS, "parent": [None, *STEPS[:-1]], "unit": "disposals", "period": "2012/13"}
    )
    found = pathway(frame, stages, reference=REFERENCE, count="count")
    found.attrs = index.attrs
    return found[found["basis"] != ""].reset_index(drop=True)


@once
def linked_cohort(place: Place, basis: str = "home") -> pd.DataFrame:
    """Compare groups' shares of children cautioned or sentenced with their shares of pupils.

    One row per outcome and group: ``pupils`` and ``share`` are whole per cents as printed;
    ``value`` is the ratio to White children; ``lowest`` and ``highest`` are what rounding allows;
    ``lower`` and ``upper`` are the 95% limits at the least and the most favourable counts that
    print as those per cents, so they allow for both rounding and chance; ``p_value`` does too.
    """
    table = load_light("linked_cohort_ethnicity_area")
    rows = table[(table["area_code"] == place.code) & (table["la_basis"] == basis)]
    shares = rows[rows["measure"] == "share by ethnic group"]
    if shares.empty:
        return shares
    pupils = shares[shares["stage"] == "all pupils"].set_index("ethnic_group")
    found = shares[shares["stage"] != "all pupils"].rename(columns={"value": "share"})
    found["pupils"] = found["ethnic_group"].map(pupils["value"])
    found["pupils_all"] = found["ethnic_group"].map(pupils["denominator"])
    reference = found[found["ethnic_group"] == REFERENCE].set_index("stage")
    for name in ("share", "pupils"):
        found[f"{name}_reference"] = found["stage"].map(reference[name])
    implied = found["share"] / 100 * found["denominator"].astype(float)
    enough = implied >= MINIMUM
    # Too few in the reference group leave nothing to compare with.
    for stage in found["stage"].unique():
        here = found["stage"] == stage
        if not enough[here & (found["ethnic_group"] == REFERENCE)].any():
            enough &= ~here
    others = enough & ~found["ethnic_group"].isin([REFERENCE, "Unknown"])
    printed = ratio_bounds(
        found["share"].where(others),
        found["pupils"].where(others),
        found["share_reference"],
        found["pupils_reference"],
    )
    found = pd.concat([found, printed], axis=1)
    least, most = _at(found, -_HALF), _at(found, _HALF)
    found["lower"], found["upper"] = least.lower, most.upper
    # The p-value at the counts nearest to no difference: 1 where rounding itself allows none.
    found["p_value"] = least.p_value.where(found["value"] > 1, most.p_value)
    found.loc[(found["lowest"] <= 1) & (found["highest"] >= 1), "p_value"] = 1.0
    found.loc[~others, ["lower", "upper", "p_value"]] = float("nan")
    found = found.sort_values("ethnic_group", key=in_order, kind="stable")
    found = found.sort_values("stage", kind="stable")
    found.attrs = table.attrs
    return found.reset_index(drop=True)


def _at(rows: pd.DataFrame, away: float) -> Estimate:
    """Compare at the counts furthest to one side that rounding allows: ``away`` is -0.5 or 0.5."""
    events = _count(rows["share"], away, rows["denominator"])
    people = _count(rows["pupils"], -away, rows["pupils_all"])
    events_reference = _count(rows["share_reference"], -away, rows["denominator"])
    people_reference = _count(rows["pupils_reference"], away, rows["pupils_all"])
    return risk_ratio(
        events.clip(upper=people), people, events_reference.clip(upper=people_reference),
        people_reference,
    )  # fmt: skip


def _count(share: pd.Series, away: float, whole: pd.Series) -> pd.Series:
    return (share + away).clip(0, 100) / 100 * whole.astype(float)
