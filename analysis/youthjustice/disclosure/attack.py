"""The attacker: the tightest interval of every hidden cell, given all that is published.

First the bounds are passed along the sums until nothing moves; that settles most cells. The rest
are settled by linear programmes. Each solution is a table that fits all that is published, so it
also shows which bounds are reached; where no whole table reaches a bound, whole numbers are asked
for outright.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csc_array, csr_array, eye_array
from scipy.sparse.csgraph import connected_components

from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray, System

_SLACK = 1e-6
_MOST_ROUNDS = 200
_LIGHTEST = 1e-5

#: Children in a cross of more cells may be split where no table shows them; whole, they would take
#: minutes and narrow nothing that was ever seen.
LARGEST_WHOLE_CROSS = 300


class OutOfTime(DisclosureProblem):
    """The attack did not end in time, so that nothing is known about the tables' safety."""


class Contradiction(DisclosureProblem):
    """No table of whole numbers fits what is published."""


def ranges(
    system: System,
    cells: IntArray | None = None,
    *,
    integer: bool = True,
    enough: float = np.inf,
    time_limit: float = 60.0,
) -> tuple[FloatArray, FloatArray]:
    """Return the lowest and the highest number that each cell can have.

    ``cells`` are unknowns of the system (all but those of a cross, if none are given). Without
    ``integer`` children may be split, which is faster and can only widen an interval. An interval
    that is found to be at least ``enough`` wide is not looked at further, and is then only a part
    of the whole one. A cell without an upper end has an infinite one. Raises OutOfTime after
    ``time_limit`` seconds, and Contradiction where no table fits.

    Of a table with rows 3 12 20 and 8 15 30, totals shown, the first two cells of each row hidden:

    >>> from youthjustice.disclosure.system import Published, from_tables
    >>> import numpy as np
    >>> keys = [(row, column) for row in ("a", "b", "All") for column in ("x", "y", "z", "All")]
    >>> shown = np.array([3, 12, 20, 35, 8, 15, 30, 53, 11, 27, 50, 88.0])
    >>> system = from_tables([Published(("row", "column"), tuple(keys), shown, shown)])
    >>> hidden = system.places[0][[0, 1, 4, 5]]
    >>> lowest, highest = ranges(system.hide(hidden), hidden)
    >>> lowest.tolist(), highest.tolist()
    ([0.0, 4.0, 0.0, 12.0], [11.0, 15.0, 11.0, 23.0])
    """
    until = monotonic() + time_limit
    size = len(system.lowest)
    chosen = np.flatnonzero(~system.inner) if cells is None else np.asarray(cells, dtype=np.int64)
    wanted = np.zeros(size, dtype=bool)
    wanted[chosen] = True
    if system.inner.any():
        # What margins alone say is quickly found, and mostly all that the cross says as well.
        low, high = _settled(system.outside(), wanted & ~system.inner, integer, np.inf, until)
        system = system.narrow(np.arange(size), low, high)
    low, high = _settled(system, wanted, integer, enough, until)
    return low[chosen] + 0.0, high[chosen] + 0.0  # no minus nought


def _settled(
    system: System, wanted: BoolArray, integer: bool, enough: float, until: float
) -> tuple[FloatArray, FloatArray]:
    """Return bounds of all unknowns, those of the wanted ones as narrow as can be.

    ``low`` and ``high`` hold for every table that fits; ``least`` and ``most`` were met in one that
    does. An end is settled where the two agree.
    """
    low, high = propagated(system, integer=integer)
    least, most = np.full(len(low), np.inf), np.full(len(low), -np.inf)
    endless = _endless(system, low, high, wanted, until)
    split = system.inner & (system.inner.sum() > LARGEST_WHOLE_CROSS)
    together, asked = True, False
    while True:
        open_ = wanted & (high > low) & ~(most - least >= enough)
        down, up = open_ & (least > low), open_ & (most < high) & ~endless
        if not (down.any() or up.any()):
            break
        part = _Part.of(system, low, high, down | up)
        whole = ~split[part.columns] & integer
        aims = (
            _all_at_once(down, up)
            if together
            else _one_in_each(part, down, up, high - low if integer else None)
        )
        value = part.best(aims, whole & asked, until)
        if not asked and (np.abs(value - np.rint(value))[whole] > _SLACK).any():
            asked, value = True, part.best(aims, whole, until)
        found = low.copy()
        found[part.columns] = np.where(whole, np.rint(value), value)
        least, most = np.minimum(least, found), np.maximum(most, found)
        if together:
            met = (down & (least <= low)) | (up & (most >= high))
            together = met.sum() > len(np.unique(part.islands))
        else:
            low, high = np.where(aims > 0.5, found, low), np.where(aims < -0.5, found, high)
            low, high = propagated(replace(system, lowest=low, highest=high), integer=integer)
    wide = most - least >= enough
    return np.where(wide, np.minimum(least, high), low), np.where(wide, np.maximum(most, low), high)


def propagated(system: System, *, integer: bool = True) -> tuple[FloatArray, FloatArray]:
    """Return the bounds of every unknown after passing them along the rows until nothing moves.

    In a row, an unknown is at most what is left when all others are as low as they can be, and at
    least what is left when all others are as high. Raises Contradiction where none is left.
    """
    low, high = system.lowest.copy(), system.highest.copy()
    matrix = system.matrix.tocoo()
    row, column = matrix.row.astype(np.int64), matrix.col.astype(np.int64)
    data = matrix.data
    order = np.argsort(column, kind="stable")
    row, column, data = row[order], column[order], data[order]
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    touched = column[starts]
    positive = data > 0
    rows = len(system.low)
    for _ in range(_MOST_ROUNDS):
        least = _others(row, data * np.where(positive, low[column], high[column]), rows, -np.inf)
        most = _others(row, data * np.where(positive, high[column], low[column]), rows, np.inf)
        one, other = (system.high[row] - least) / data, (system.low[row] - most) / data
        down, up = np.where(positive, one, other), np.where(positive, other, one)
        new_high, new_low = high.copy(), low.copy()
        if touched.size:
            new_high[touched] = np.minimum(high[touched], np.minimum.reduceat(down, starts))
            new_low[touched] = np.maximum(low[touched], np.maximum.reduceat(up, starts))
        if integer:
            new_low, new_high = np.ceil(new_low - _SLACK) + 0.0, np.floor(new_high + _SLACK)
        if (new_low > new_high + _SLACK).any():
            raise _contradiction()
        still = (new_low <= low + _SLACK).all() and (new_high >= high - _SLACK).all()
        low, high = new_low, new_high
        if still:
            break
    return low, np.maximum(high, low)


def _others(row: IntArray, terms: FloatArray, rows: int, endless: float) -> FloatArray:
    """Return, for each entry of a matrix, the sum of the other terms of its row.

    Terms without an end all point the same way, which is what the sum is if there is another one.
    """
    infinite = np.isinf(terms)
    finite = np.where(infinite, 0.0, terms)
    others = np.bincount(row, finite, rows)[row] - finite
    without_end = np.bincount(row, infinite, rows)[row] - infinite
    return np.where(without_end > 0, endless, others)


def _contradiction() -> Contradiction:
    return Contradiction(
        "No table of whole numbers fits what is published; look for totals that are not the sum "
        "of their parts."
    )


def _all_at_once(down: BoolArray, up: BoolArray) -> FloatArray:
    """Return what to make small: all cells whose lowest is open, or else minus the others."""
    return np.where(down, 1.0, 0.0) if down.sum() >= up.sum() else np.where(up, -1.0, 0.0)


def _one_in_each(
    part: _Part, down: BoolArray, up: BoolArray, widths: FloatArray | None
) -> FloatArray:
    """Return one open end for each set of unknowns that share no row with the others.

    The other open ends weigh so little that all of them together are not worth one child, and so
    change no answer in whole numbers; but one programme may then meet several.
    """
    aims = np.zeros(len(down))
    if widths is not None:
        room = np.where((down | up) & np.isfinite(widths), widths, 0.0)
        worth = 0.25 / max(room.sum(), 1.0)
        if worth > _LIGHTEST:
            aims = np.where(room > 0, worth * (down * 1.0 - up), 0.0)
    waiting = np.flatnonzero((down | up)[part.columns])
    _, first = np.unique(part.islands[waiting], return_index=True)
    chosen = part.columns[waiting[first]]
    aims[chosen] = np.where(down[chosen], 1.0, -1.0)
    return aims


@dataclass(frozen=True, slots=True)
class _Part:
    """The unknowns that are not settled, with what the settled ones leave of each row."""

    matrix: Any
    low: FloatArray
    high: FloatArray
    lowest: FloatArray
    highest: FloatArray
    columns: IntArray
    islands: IntArray

    @classmethod
    def of(cls, system: System, low: FloatArray, high: FloatArray, wanted: BoolArray) -> _Part:
        """Take the unknowns that the wanted ones hang together with."""
        free = np.flatnonzero(high > low)
        settled = np.where(high > low, 0.0, low)
        left = system.matrix @ settled
        matrix: Any = system.matrix[:, free]
        islands = _islands(matrix)
        near = np.isin(islands, islands[wanted[free]])
        matrix = csc_array(matrix[:, near])
        rows = np.unique(matrix.indices)
        return cls(
            csc_array(matrix[rows]),
            (system.low - left)[rows],
            (system.high - left)[rows],
            low[free[near]],
            high[free[near]],
            free[near],
            islands[near],
        )

    def best(self, aims: FloatArray, whole: BoolArray, until: float) -> FloatArray:
        """Return the numbers that make the aims small. Raises OutOfTime, Contradiction."""
        return _solved(
            aims[self.columns],
            LinearConstraint(self.matrix, self.low, self.high),
            Bounds(self.lowest, self.highest),
            whole,
            until,
        )


def _islands(matrix: Any) -> IntArray:
    """Return a number for each column: the same where a chain of rows joins two of them."""
    rows = matrix.shape[0]
    graph: Any = block_array([[None, matrix], [matrix.T, None]], format="csr")
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels[rows:], dtype=np.int64)


def _endless(
    system: System, low: FloatArray, high: FloatArray, wanted: BoolArray, until: float
) -> BoolArray:
    """Say which cells can grow for ever: those that a direction along all rows leads up.

    One programme finds them all: ``x`` is the direction, ``y`` at most 1 and at most ``x``.
    """
    chosen = np.flatnonzero(wanted & np.isinf(high))
    found = np.zeros(len(low), dtype=bool)
    if chosen.size:
        size = len(low)
        picks = csr_array(
            (np.ones(chosen.size), (np.arange(chosen.size), chosen)), shape=(chosen.size, size)
        )
        rows: Any = block_array(
            [[system.matrix, None], [picks, -eye_array(chosen.size)]], format="csr"
        )
        row_low = np.append(np.where(np.isinf(system.low), -np.inf, 0.0), np.zeros(chosen.size))
        row_high = np.append(
            np.where(np.isinf(system.high), np.inf, 0.0), np.full(chosen.size, np.inf)
        )
        value = _solved(
            np.append(np.zeros(size), np.full(chosen.size, -1.0)),
            LinearConstraint(rows, row_low, row_high),
            Bounds(0.0, np.append(np.where(np.isinf(high), np.inf, 0.0), np.ones(chosen.size))),
            np.zeros(size + chosen.size, dtype=bool),
            until,
        )
        found[chosen] = value[size:] > 0.5
    return found


def _solved(
    aims: FloatArray, rows: LinearConstraint, bounds: Bounds, whole: BoolArray, until: float
) -> FloatArray:
    """Ask the solver. Raises OutOfTime where it does not finish, whatever it says of it."""
    left = until - monotonic()
    if left > 0:
        result = milp(
            aims,
            constraints=rows,
            bounds=bounds,
            integrality=whole.astype(np.int64),
            options={"time_limit": left, "mip_rel_gap": 0.0},
        )
        if result.status == 0:
            return np.asarray(result.x, dtype=np.float64)
        if result.status == 2:
            raise _contradiction()
    raise OutOfTime(
        "The tables could not be audited in the time allowed, so nothing is known about what they "
        "give away; allow more time or audit fewer tables together."
    )
