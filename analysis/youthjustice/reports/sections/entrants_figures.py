"""First-time entrants of one area: rates, the counts they imply, and fair comparisons."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd

from youthjustice.presentation.lineage import Publication
from youthjustice.published import place
from youthjustice.reports.by_area import Row, of_area
from youthjustice.reports.citing import origins
from youthjustice.reports.comparators import authority
from youthjustice.reports.once import once
from youthjustice.reports.sections.entrants_beside import (
    POOLED_YEARS,
    authorities_beside_rest,
    change_between,
)
from youthjustice.reports.sections.entrants_near import authorities_beside_neighbours
from youthjustice.reports.sections.entrants_rates import (
    all_rates,
    beside_england,
    rates_by_area,
    with_counts,
)
from youthjustice.reports.sections.pace_figures import NEIGHBOURS, REST, first_rows, paces

__all__ = [
    "POOLED_YEARS",
    "Comparisons",
    "Entrants",
    "all_rates",
    "change_between",
    "comparisons",
    "entrants",
    "with_counts",
]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """How one area's rate changed, and how it stands beside others.

    ``last`` is its last year with a rate and ``change`` the change from its first year to that (None
    with one year). ``against_rest`` is the newest year beside the region without it, a row of
    ``compare_with`` (None without any), ``pooled`` the ratio over the last years together,
    person-years as base, and ``against_neighbours`` the row of ``compare_with`` for its statistical
    neighbours together (None without any). ``paces`` sets its change beside that of the rest and of
    the neighbours (see `paces`), and ``first_paces`` holds the row of each from the first year on.
    """

    code: str
    last: Row
    change: Row | None
    against_rest: Row | None
    pooled: Row
    against_neighbours: Row | None
    paces: pd.DataFrame
    first_paces: dict[str, Row]


@once
def comparisons(area: str) -> Comparisons | None:
    """Compare one English authority with others, or give None where the table has no figure."""
    found = place(area)
    rates = rates_by_area()
    if rates.of(found.code)["value"].isna().all():
        return None
    code = authority(found.name).code
    beside, near = of_area(authorities_beside_rest, code), authorities_beside_neighbours()
    others = {
        REST: beside.rest.of(code),
        NEIGHBOURS: rates.of(*near.listed.get(code, ())),
    }
    rows = paces(rates.of(code), others)
    return Comparisons(
        code=code,
        last=beside.last[code],
        change=beside.change.get(code),
        against_rest=beside.latest.get(code),
        pooled=beside.pooled[code],
        against_neighbours=near.together.get(code),
        paces=rows,
        first_paces=first_rows(rows),
    )


@dataclass(frozen=True, slots=True)
class Entrants(Comparisons):
    """The comparisons of one area with the rates behind them, a row per year unless it says otherwise.

    ``area`` and ``rest`` (the region without the area) hold ``period_end, value, lower, upper,
    numerator, denominator``, row by row the same years; ``area`` has the ratio to the rest besides
    (``ratio``, ``ratio_lower``, ``ratio_upper``). ``neighbours`` has one row per statistical
    neighbour in the last year; ``england`` is the older release that has England, with the area
    beside it. ``origins`` are the publications of the rates and of the populations that they imply
    numbers with.
    """

    area: pd.DataFrame
    rest: pd.DataFrame
    neighbours: pd.DataFrame
    england: pd.DataFrame
    origins: tuple[Publication, ...]


@once
def entrants(area: str) -> Entrants | None:
    """Work out the figures for one English authority, or None where the table has no figure."""
    compared = comparisons(area)
    if compared is None:
        return None
    code = compared.code
    beside = of_area(authorities_beside_rest, code)
    local = beside.own.of(code)
    return Entrants(
        **{field.name: getattr(compared, field.name) for field in fields(compared)},
        area=local,
        rest=beside.rest.of(code),
        neighbours=authorities_beside_neighbours().each.of(code),
        england=beside_england().of(code),
        origins=origins(local),
    )
