"""Unknown ethnic group: how much of a cell it is, and what it could do to a ratio at worst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from youthjustice.measures.disparity.group_table import GroupTable
from youthjustice.measures.inputs import FloatArray


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is unknown in the cell of each row, and the bounds of the ratio that it allows."""

    percent: FloatArray
    lower: FloatArray
    upper: FloatArray


def unknown_bounds(table: GroupTable, basis: str) -> Unknown:
    """Return the share of unknown ethnic group and the worst-case bounds of every ratio.

    ``percent`` is 100 x the unknown numerator / all numerators of the cell, the unknown among them;
    NaN in a cell without a row for the unknown, because what is not stated is not zero. ``lower``
    and ``upper`` are the ratio when all of the unknown belong where they lower it, or raise it, the
    most: sharp bounds that assume nothing about who is unknown (Manski 1990, 2003). Chance comes on
    top of them. With U unknown events, M unknown people, and O of P in the group and O0 of P0 in
    the reference:

    - per population, events and people are recorded apart, so that either may belong to anyone:
      lower = O / (P + M) over (O0 + U) / P0, upper = (O + U) / P over O0 / (P0 + M). A census knows
      the group of everyone it counts, so an unknown row without a population counts as M = 0;
    - at a stage the unknown who passed and those who did not are the same children's two outcomes:
      lower = O / (P + M - U) over (O0 + U) / (P0 + U), upper = (O + U) / (P + U) over
      O0 / (P0 + M - U). Without M there are no bounds.
    """
    unknown = ~table.known
    events = _per_cell(table, np.where(unknown, table.x, 0.0))
    stated = _per_cell(table, unknown.astype(np.float64)) > 0
    everyone = _per_cell(table, table.x)
    people = np.where(unknown, table.n, 0.0)
    if basis == "population":
        with_events, without = np.zeros(events.shape), _per_cell(table, np.nan_to_num(people))
    else:
        with_events, without = events, _per_cell(table, people) - events
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = 100 * events / everyone
        lower = (table.x * (table.n0 + with_events)) / ((table.n + without) * (table.x0 + events))
        upper = ((table.x + events) * (table.n0 + without)) / ((table.n + with_events) * table.x0)
    return Unknown(*(np.where(stated, part, np.nan) for part in (percent, lower, upper)))


def _per_cell(table: GroupTable, part: FloatArray) -> FloatArray:
    """Return for every row the sum over its cell; a missing part makes it missing."""
    if part.size == 0:
        return part
    return np.bincount(table.cell, weights=part)[table.cell].astype(np.float64)
