"""What the area report claims, finding by finding, as the figures at hand allow it.

The verdicts are those of the report's sentences, drawn from the same figures by the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

import pandas as pd

from youthjustice.measures import adjust_for_many
from youthjustice.presentation.words.findings import (
    CLAIMED,
    FELL,
    NO_CLAIM,
    ROSE,
    compare,
    figures,
    ratio_finding,
)
from youthjustice.presentation.words.funnel import side_of
from youthjustice.published import Place
from youthjustice.reports.by_area import records
from youthjustice.reports.once import once
from youthjustice.reports.sections.disparity_figures import REFERENCE, disposals
from youthjustice.reports.sections.entrants_figures import comparisons
from youthjustice.reports.sections.linked_figures import linked_cohort
from youthjustice.reports.sections.national_figures import national_stages
from youthjustice.reports.sections.pace_figures import NEIGHBOURS, REST
from youthjustice.reports.sections.reoffending_figures import first_to_last, local_rates
from youthjustice.reports.sections.standing_figures import entrants_funnel
from youthjustice.reports.sections.wording import region_name

Claim = tuple[str, str]
"""A finding in words that hold for every release, and its verdict."""

NOT_COUNTED = "not once all comparisons are counted"


def verdicts(found: Place, table: str) -> dict[str, str]:
    """Give the verdict on each key finding that rests on a table.

    A verdict is a direction such as `fell`, `higher` or `over-represented`; or that there is none,
    such as `no evidence of a difference`.
    """
    return dict(claim for tables, told in _TOLD.items() if table in tables for claim in told(found))


def _entrants(found: Place) -> Iterator[Claim]:
    rates = comparisons(found.name) if found.country == "England" else None
    if rates is None:
        return
    what = f"first-time entrants in {found.name}"
    others = {
        REST: f"the rest of {region_name(found.region)}",
        NEIGHBOURS: "statistical neighbours",
    }
    if rates.change is not None:
        yield f"{what}, first year to last", _side(rates.change, change=True)
    for key, words in others.items():
        if key in rates.first_paces:
            verdict = _side(rates.first_paces[key], change=True)
            yield f"{what}, in proportion to {words}", verdict
    yield f"{what}, last years together, beside {others[REST]}", _side(rates.pooled)
    if rates.against_rest is not None:
        yield f"{what}, last year, beside {others[REST]}", _side(rates.against_rest)
    if rates.against_neighbours is not None:
        verdict = _side(rates.against_neighbours)
        yield f"{what}, last year, beside {others[NEIGHBOURS]} together", verdict
    if found.name in (sides := _sides()):
        verdict = f"{sides[found.name]} the limits" if sides[found.name] else NO_CLAIM
        yield f"{what}, last year, among authorities of its size", verdict


@once
def _sides() -> dict[str, str]:
    """Say of each authority on which side of the funnel's limits it lies, if it can be said."""
    return {row["area_name"]: side_of(row) for row in records(entrants_funnel())}


def _reoffending(found: Place) -> Iterator[Claim]:
    rates = local_rates(found.code)
    change = first_to_last(rates[rates["age_band"] == "15-17"])
    if change is None:
        return
    # Cohort sizes are not published: a direction is claimed where every size that fits agrees.
    side = ROSE if change.last > change.first else FELL
    verdict = side if change.undetected == 0 and change.last != change.first else NO_CLAIM
    yield f"reoffending at ages 15 to 17 in {found.name}, first cohort to last", verdict


def _linked(found: Place) -> Iterator[Claim]:
    if found.country == "England":
        rows = linked_cohort(found)
        yield from _ratios(rows, rows["stage"], f"school leavers of {found.name}")


def _disposals(found: Place) -> Iterator[Claim]:
    rows = disposals(found)
    if len(rows):
        yield from _ratios(rows, rows["tier"], f"disposals of {found.name}")


def _national(_: Place) -> Iterator[Claim]:
    rows = national_stages()
    rows = rows[rows["ethnic_group"] == "Black"]
    for row in rows.to_dict("records"):
        words = f"England and Wales, {row['stage']}: Black children beside {REFERENCE} children"
        yield words, ratio_finding(row)


def _ratios(rows: pd.DataFrame, outcome: pd.Series, where: str) -> Iterator[Claim]:
    """Give the finding of each ratio; one that falls when all are counted is none."""
    verdicts = pd.Series([ratio_finding(row) for row in rows.to_dict("records")], index=rows.index)
    made = rows[verdicts != NO_CLAIM]
    if made.empty:
        return
    stands = adjust_for_many(made, level=0.05)["survives"].fillna(False).astype(bool)
    falls = verdicts.isin(CLAIMED) & ~stands.reindex(rows.index, fill_value=False)
    verdicts = verdicts.mask(falls, NOT_COUNTED)
    for at in made.index:
        group = rows.loc[at, "ethnic_group"]
        words = f"{where}, {outcome[at]}: {group} children beside {REFERENCE} children"
        yield words, str(verdicts[at])


def _side(row: Any, *, change: bool = False) -> str:
    """Give the verdict on one estimate, as its sentence words it."""
    read = figures(row)
    return compare(
        read.value, read.lower, read.upper, change=change, p_value=read.p_value,
        confidence=read.confidence,
    )  # fmt: skip


_TOLD: MappingProxyType[tuple[str, ...], Callable[[Place], Iterator[Claim]]] = MappingProxyType(
    {
        ("first_time_entrants_area", "population_area", "statistical_neighbours"): _entrants,
        ("reoffending_area",): _reoffending,
        ("linked_cohort_ethnicity_area",): _linked,
        ("disposals_area_2012_13",): _disposals,
        ("children_by_stage_national",): _national,
    }
)
"""The tables that each part of the findings rests on."""
