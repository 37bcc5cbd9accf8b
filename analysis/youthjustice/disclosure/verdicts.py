"""Which cells are known too well, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from youthjustice.disclosure.attack import ranges
from youthjustice.disclosure.groups import groups_told, lines_of, small_sums
from youthjustice.disclosure.knowledge import Knowledge
from youthjustice.disclosure.propagation import propagated
from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray

_CLOSE = ("known", "narrow", "few")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is known of each cell: bounds, and a reason where it is known too well.

    ``hidden`` marks the hidden counts of the tables that are audited, ``shown`` their others.
    ``groups`` are cells that disclose a group with the noughts that do it, ``between`` small counts
    that no table holds but that follow.
    """

    low: FloatArray
    high: FloatArray
    hidden: BoolArray
    shown: BoolArray
    reasons: NDArray[np.object_]
    groups: list[tuple[int, str, IntArray]]
    between: IntArray

    @property
    def known_too_well(self) -> bool:
        """Whether the ends of a hidden count are too close together."""
        return bool(np.isin(self.reasons[self.hidden], _CLOSE).any())


def judge(
    knowledge: Knowledge, columns: int, width: float, threshold: int, until: float, quick: bool
) -> Verdicts:
    """Judge the hidden cells of the first ``columns`` columns. Raises OutOfTime.

    With ``quick`` the ends of a safe cell are only as far apart as they must be.
    """
    system = knowledge.system
    own = list(zip(knowledge.columns, knowledge.places, strict=True))[:columns]
    hidden, shown, telling, listed = (np.zeros(len(system.lowest), dtype=bool) for _ in range(4))
    fixed = np.full(len(system.lowest), np.iinfo(np.int64).max)
    for column, place in own:
        hidden[place[column.hidden]] = True
        shown[place[~column.hidden]] = True
        telling[place] |= column.policy.zeros != "shown"
        np.minimum.at(fixed, place, column.level)
    for place in knowledge.places:
        listed[place] = True
    shown &= ~hidden
    quick &= bool((listed | system.inner).all()) and not knowledge.left
    enough = width if quick else np.inf
    low, high = _bounds(knowledge, np.flatnonzero(hidden), enough, until)
    reasons = np.full(len(low), "", dtype=object)
    lines = lines_of(system)
    for column, place in own:
        if column.policy.hides:
            sums, ones = small_sums(lines, low, high, threshold)
            reasons[place[sums[place]]] = "sum"
            reasons[place[ones[place] & ~sums[place]]] = "ones"
    for cell, counts in knowledge.left.items():
        possible = ((counts >= low[cell]) & (counts <= high[cell])).sum()
        if possible <= width:
            reasons[cell] = "few"
    reasons[high - low < width] = "narrow"
    reasons[(high == low) & (width > 0)] = "known"
    between = _between(knowledge, ~listed & ~system.inner, width, threshold, until)
    groups = groups_told(lines, high, telling, fixed)
    for cell, how, _ in groups:
        reasons[cell] = how
    return Verdicts(low, high, hidden, shown, reasons, groups, between)


def blame(
    verdicts: Verdicts,
    knowledge: Knowledge,
    less: Knowledge,
    columns: int,
    width: float,
    reason: str,
    until: float,
) -> Verdicts:
    """Give a reason to the cells that are known within the width only by what ``less`` leaves out."""
    reasons = verdicts.reasons.copy()
    for column, place, other in list(
        zip(knowledge.columns, knowledge.places, less.places, strict=False)
    )[:columns]:
        bad = column.hidden & np.isin(reasons[place], _CLOSE)
        if bad.any():
            low, high = ranges(
                less.system, other[bad], enough=width, time_limit=until - monotonic()
            )
            reasons[place[bad][high - low >= width]] = reason
    return replace(verdicts, reasons=reasons)


def _bounds(
    knowledge: Knowledge, cells: IntArray, enough: float, until: float
) -> tuple[FloatArray, FloatArray]:
    """Return the bounds of all cells, those of some as narrow as can be, or as is enough to know."""
    system = knowledge.system
    least, most = ranges(system, cells, enough=enough, time_limit=until - monotonic())
    wide = most - least >= enough
    low, high = propagated(system.narrow(cells[~wide], least[~wide], most[~wide]))
    low[cells[wide]], high[cells[wide]] = least[wide], most[wide]
    return low, high


def _between(
    knowledge: Knowledge, unlisted: BoolArray, width: float, threshold: int, until: float
) -> IntArray:
    """Return the cells in no table that are known to be small, and not nought."""
    unlisted[knowledge.size :] = False
    low, high = propagated(knowledge.system)
    cells = np.flatnonzero(unlisted & (high > 0) & (low < threshold))
    least, most = ranges(knowledge.system, cells, enough=width, time_limit=until - monotonic())
    return cells[(least >= 1) & (most < threshold) & (most - least < width)]
