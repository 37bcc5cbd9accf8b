"""Ethnic disparity: the disposals of 2012/13 with their steps."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from youthjustice.measures import (
    pathway,
    relative_rate_index,
)
from youthjustice.published import Place
from youthjustice.reports.by_area import ByArea, of_area
from youthjustice.reports.citing import load_light
from youthjustice.reports.once import once

REFERENCE = "White"
_DISPOSALS = "disposals_area_2012_13"
MINIMUM = 5  # children below which no ratio is given
# In the order in which a disposal grows more serious, and the steps that lead from one to another:
# each is what is left once the disposals of one more tier are taken away.
TIERS = ["Pre-court", "First-tier", "Community", "Custody"]
STEPS = ["disposal", "court", "community or custody", "custody"]
ENGLAND_AND_WALES_CODE = "K04000001"
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
    name = _names().get(ENGLAND_AND_WALES_CODE, "")
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
