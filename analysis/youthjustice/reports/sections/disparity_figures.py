"""Ethnic disparity: the disposals of 2012/13 with their steps, and the linked cohort."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from youthjustice.measures import (
    Estimate,
    pathway,
    ratio_bounds,
    relative_rate_index,
    risk_ratio,
)
from youthjustice.published import Place
from youthjustice.reports.by_area import ByArea, of_area
from youthjustice.reports.citing import load_light
from youthjustice.reports.once import once
from youthjustice.reports.sections.wording import in_order

REFERENCE = "White"
_DISPOSALS = "disposals_area_2012_13"
_LINKED = "linked_cohort_ethnicity_area"
MINIMUM = 5  # children below which no ratio is given
# In the order in which a disposal grows more serious, and the steps that lead from one to another:
# each is what is left once the disposals of one more tier are taken away.
TIERS = ["Pre-court", "First-tier", "Community", "Custody"]
STEPS = ["disposal", "court", "community or custody", "custody"]
ENGLAND_AND_WALES = "K04000001"
_COUNTS = ("numerator", "denominator")
_RATIO = ("value", "lower", "upper", "p_value", "finding")
# Along the steps: the ratio so far, what a step has of it, and the disposals that it adds.
_CHAIN = [
    f"{part}{end}"
    for part, ends in {
        "cumulative": ("_value", "_lower", "_upper"),
        "share_of_log_ratio": ("", "_lower", "_upper"),
        "children_by_stage": ("", "_lower", "_upper"),
    }.items()
    for end in ends
]
_SHARES = ("share", "symbol", "pupils", "pupils_all", "share_reference", "pupils_reference",
           "value", "lowest", "highest", "lower", "upper", "p_value")  # fmt: skip
_DUST = 1e-9  # of arithmetic in decimals
HALF = 0.5  # a share printed as a whole per cent can be out by half a point


def disposals(place: Place) -> pd.DataFrame:
    """Compare, for each tier, the share of a group's disposals that were of that tier, 2012/13.

    One row per tier and ethnic group, with ``numerator`` (disposals of the tier) and
    ``denominator`` (all disposals of the group). Disposals are not children. They are the area's
    own or, where it has none, those of the service that it belongs to: ``attrs`` say whose.
    """
    return _of(_every_disposal, place)


def national_disposals() -> pd.DataFrame:
    """Compare tiers as `disposals` does, in the published rows of England and Wales."""
    return _national(_every_disposal)


def disposal_steps(place: Place) -> pd.DataFrame:
    """Compare groups along the steps from any disposal to custody, which nest and so multiply.

    A step counts the disposals of its tier and of all tiers above it: all are disposals of one
    year. Totals are sums of the tiers (one service's printed total is out by 1). The rows of the
    base, all disposals, are left out.
    """
    return _of(_every_step, place)


def national_steps() -> pd.DataFrame:
    """Compare groups along the steps in the published rows of England and Wales."""
    return _national(_every_step)


def _national(every: Callable[..., ByArea]) -> pd.DataFrame:
    name = _names().get(ENGLAND_AND_WALES, "")
    return of_area(every, name).of(name)


def _of(every: Callable[..., ByArea], place: Place) -> pd.DataFrame:
    """Take an area's rows, or those of its service, and say whose they are."""
    own = _names().get(place.code)
    whose = place.service if own is None else own
    found = of_area(every, whose).of(whose)
    found.attrs |= {"whose": whose, "own": own is not None}
    return found


@once
def _names() -> dict[str, str]:
    """Give the name under which each area's disposals stand, by its code; some have none."""
    table = load_light(_DISPOSALS)[["area_code", "area_name"]].dropna().drop_duplicates()
    return dict(table.itertuples(index=False))


@once
def _every_disposal(*names: str) -> ByArea:
    """Compare the tiers of every area and service, or of those named."""
    table = load_light(_DISPOSALS)
    rows = table[table["area_name"].isin(names)] if names else table
    rows = rows[(rows["sex"] == "All") & (rows["age_band"] == "All")]
    rows = rows[rows["ethnic_group"] != "All"]
    keys = ["area_name", "tier", "ethnic_group"]
    summed = rows.groupby(keys)["value"].sum(min_count=1).reset_index()
    whole = summed[summed["tier"] == "All"].rename(columns={"value": "denominator"})
    parts = summed[summed["tier"] != "All"].rename(columns={"value": "numerator"})
    if not parts.empty:
        parts = parts.merge(
            whole.drop(columns="tier"), how="left", on=["area_name", "ethnic_group"]
        )
        parts = parts.sort_values("tier", key=lambda tier: tier.map(TIERS.index), kind="stable")
        parts = relative_rate_index(
            parts,
            reference=REFERENCE,
            numerator="numerator",
            denominator="denominator",
            by=["area_name", "tier"],
            basis="stage",
        )
        parts = parts[[*keys, *_COUNTS, "rate", *_RATIO]]
    parts.attrs = table.attrs
    return ByArea(parts, "area_name")


@once
def _every_step(*names: str) -> ByArea:
    """Compare the steps of every area and service, or of those named."""
    tiers = _every_disposal(*names).whole
    keys = ["area_name", "ethnic_group"]
    left = {
        step: tiers[tiers["tier"].isin(TIERS[at:])]
        .groupby(keys)["numerator"]
        .sum(min_count=len(TIERS) - at)
        for at, step in enumerate(STEPS)
    }
    frame = pd.concat(left, names=["stage"]).rename("count").reset_index()
    stages = pd.DataFrame(
        {"stage": STEPS, "parent": [None, *STEPS[:-1]], "unit": "disposals", "period": "2012/13"}
    )
    found = pathway(frame, stages, reference=REFERENCE, count="count", by="area_name")
    found.attrs = tiers.attrs
    wanted = ["area_name", "stage", "ethnic_group", *_COUNTS, *_RATIO, "flags", *_CHAIN]
    return ByArea(found.loc[found["basis"] != "", wanted], "area_name")


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
