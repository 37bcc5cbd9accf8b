"""First-time entrants of one area: rates, the counts they imply, and fair comparisons."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from youthjustice.presentation.lineage import Publication
from youthjustice.published import load, place
from youthjustice.reports.by_area import Row, of_area
from youthjustice.reports.comparators import authority
from youthjustice.reports.once import once
from youthjustice.reports.sections.common import origins
from youthjustice.reports.sections.entrants_beside import (
    POOLED_YEARS,
    authorities_beside_rest,
    beside_rest,
    change_between,
)
from youthjustice.reports.sections.entrants_near import authorities_beside_neighbours
from youthjustice.reports.sections.entrants_rates import (
    RATES,
    all_rates,
    beside_england,
    rates_by_area,
    with_counts,
)
from youthjustice.reports.sections.pace_figures import NEIGHBOURS, REST, first_rows, paces

__all__ = [
    "POOLED_YEARS",
    "Entrants",
    "all_rates",
    "beside_rest",
    "change_between",
    "entrants",
    "with_counts",
]


@dataclass(frozen=True, slots=True)
class Entrants:
    """The figures of one area; every frame has one row per year unless it says otherwise.

    ``area`` and ``rest`` (the region without the area) hold ``period_end, value, lower, upper,
    numerator, denominator``, row by row the same years; ``area`` has the ratio to the rest besides
    (``ratio``, ``ratio_lower``, ``ratio_upper``). ``last`` is the area's last year with a rate and
    ``against_rest`` the newest year beside the rest, a row of ``compare_with`` (None without any).
    ``neighbours`` has one row per statistical neighbour in the last year, ``against_neighbours`` the
    row of ``compare_with`` for them together (None without any). ``change`` is the area's own, first
    year to last (None with one year); ``paces`` sets it beside that of the rest and of the
    neighbours (see `paces`), ``first_paces`` holds the row of each from the first year on.
    ``pooled`` is the ratio to the rest over the last years together, person-years as base;
    ``england`` is the older release that has England, with the area beside it. ``origins`` are the
    publications of the rates and of the populations that they imply numbers with.
    """

    code: str
    area: pd.DataFrame
    rest: pd.DataFrame
    last: Row
    against_rest: Row | None
    neighbours: pd.DataFrame
    against_neighbours: Row | None
    change: Row | None
    paces: pd.DataFrame
    first_paces: dict[str, Row]
    pooled: Row
    england: pd.DataFrame
    origins: tuple[Publication, ...]

    @property
    def table(self) -> pd.DataFrame:
        """The published table."""
        return load(RATES)


@once
def entrants(area: str) -> Entrants | None:
    """Work out the figures for one English authority, or None where the table has no figure."""
    found = place(area)
    rates = rates_by_area()
    if rates.of(found.code)["value"].isna().all():
        return None
    code = authority(found.name).code
    beside, near = of_area(authorities_beside_rest, code), authorities_beside_neighbours()
    local, rest = beside.own.of(code), beside.rest.of(code)
    others = {REST: rest, NEIGHBOURS: rates.of(*near.listed.get(code, ()))}
    compared = paces(local, others)
    return Entrants(
        code=code,
        area=local,
        rest=rest,
        last=beside.last[code],
        against_rest=beside.latest.get(code),
        neighbours=near.each.of(code),
        against_neighbours=near.together.get(code),
        change=beside.change.get(code),
        paces=compared,
        first_paces=first_rows(compared),
        pooled=beside.pooled[code],
        england=beside_england().of(code),
        origins=origins(local),
    )
