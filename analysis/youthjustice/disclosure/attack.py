"""The attacker: the tightest interval of every hidden cell, given all that is published.

First the bounds are passed along the sums until nothing moves; that settles most cells. The rest
are settled by linear programmes. Each solution is a table that fits all that is published, so it
also shows which bounds are reached; where no whole table reaches a bound, whole numbers are asked
for outright.
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import block_array, csr_array, eye_array

from youthjustice.disclosure.attack_parts import Part, solved
from youthjustice.disclosure.propagation import SLACK, propagated
from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray, System

_LIGHTEST = 1e-5
_FEW = 3  # open cells that are asked for one by one rather than together
_IDLE = 2  # tables met nearby to no avail, before each cell is asked for alone
_GAP = 0.5  # how far from the best a table nearby may be

#: Children in a cross of more cells may be split where no table shows them; whole, they would take
#: minutes and narrow nothing that was ever seen.
LARGEST_WHOLE_CROSS = 300


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

    >>> from youthjustice.disclosure.assembling import from_tables
    >>> from youthjustice.disclosure.system import Published
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
    if np.isfinite(enough):
        least, most = _met_nearby(system, low, high, wanted, enough, ~split & integer, until)
    together, asked = True, False
    while True:
        open_ = wanted & (high > low) & ~(most - least >= enough)
        down, up = open_ & (least > low), open_ & (most < high) & ~endless
        if not (down.any() or up.any()):
            break
        part = Part.of(system, low, high, down | up)
        whole = ~split[part.columns] & integer
        aims = (
            _all_at_once(down, up)
            if together
            else _one_in_each(part, down, up, high - low if integer else None)
        )
        value = part.best(aims, whole & asked, until)
        if not asked and (np.abs(value - np.rint(value))[whole] > SLACK).any():
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


def _met_nearby(
    system: System,
    low: FloatArray,
    high: FloatArray,
    wanted: BoolArray,
    enough: float,
    whole: BoolArray,
    until: float,
) -> tuple[FloatArray, FloatArray]:
    """Return the lowest and the highest numbers met in tables not far from one that fits.

    Each goes this way in some cells and that way in others, the same ways whenever it is asked.
    """
    least, most = np.full(len(low), np.inf), np.full(len(low), -np.inf)
    turn = np.random.default_rng(0)
    open_ = wanted & (high > low)
    if open_.sum() < _FEW:
        return least, most
    part = Part.of(system, low, high, open_)
    whole, aims, idle = whole[part.columns], np.zeros(len(low)), -1
    while idle < _IDLE:
        found = low.copy()
        value = part.best(aims, whole, until, _GAP)
        found[part.columns] = np.where(whole, np.rint(value), value)
        if idle < 0:
            part = part.near(found, enough)
        least, most = np.minimum(least, found), np.maximum(most, found)
        left = open_ & ~(most - least >= enough)
        idle = idle + 1 if left.sum() == open_.sum() and idle >= 0 else 0
        open_ = left
        if left.sum() < _FEW:
            break
        aims = np.where(left, turn.choice([-1.0, 1.0], len(left)), 0.0)
    return least, most


def _all_at_once(down: BoolArray, up: BoolArray) -> FloatArray:
    """Return what to make small: all cells whose lowest is open, or else minus the others."""
    return np.where(down, 1.0, 0.0) if down.sum() >= up.sum() else np.where(up, -1.0, 0.0)


def _one_in_each(
    part: Part, down: BoolArray, up: BoolArray, widths: FloatArray | None
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
        value = solved(
            np.append(np.zeros(size), np.full(chosen.size, -1.0)),
            LinearConstraint(rows, row_low, row_high),
            Bounds(0.0, np.append(np.where(np.isinf(high), np.inf, 0.0), np.ones(chosen.size))),
            np.zeros(size + chosen.size, dtype=bool),
            until,
        )
        found[chosen] = value[size:] > 0.5
    return found
