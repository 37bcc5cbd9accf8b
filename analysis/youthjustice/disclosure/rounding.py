"""Controlled rounding: each count to a multiple of the base beside it, and the sums still add up.

Multiples (nought too) stay as they are. Of all such tables one of the nearest to the counts is taken
(Cox 1987, Journal of the American Statistical Association 82, 520-524). A reader learns of a count
that it is less than the base away from what is shown, and no more: what is shown adds up, so one
child more or less in one cell and in all its sums fits as well.
"""

from __future__ import annotations

import numpy as np

from youthjustice.disclosure.cells import Cells
from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.programmes import in_whole_numbers
from youthjustice.disclosure.system import BoolArray, FloatArray

_GAP = 0.1  # large tables of three and more dimensions take long to the very nearest


def rounded(cells: Cells, base: int, until: float) -> FloatArray:
    """Return the rounded counts of all published cells, NaN elsewhere.

    Raises DisclosureProblem where there is none that adds up (which can be so from three dimensions
    on) or none is found in the time.
    """
    own = cells.published & ~cells.missing
    below = np.floor(cells.counts / base)
    rest = cells.counts - base * below
    lowest = np.where(own, below, 0.0)
    highest = np.where(own, below + (rest > 0), np.inf)
    pinned = ~own & (cells.system.lowest == cells.system.highest)
    highest[pinned] = 0.0
    nought = np.zeros(cells.system.matrix.shape[0])
    best, _ = in_whole_numbers(
        np.where(own, base - 2 * rest, 0.0),
        cells.system.matrix,
        nought,
        nought,
        lowest,
        highest,
        until=until,
        gap=_GAP,
    )
    if best is None or not _keeps_the_rule(cells, own, best, below, rest):
        raise DisclosureProblem(
            f"No table rounded to multiples of {base} that adds up was found, so nothing was "
            "released; give fewer dimensions, or hide small counts instead (PUBLICATION)."
        )
    return np.asarray(np.where(own, base * best, np.nan))


def _keeps_the_rule(
    cells: Cells, own: BoolArray, best: FloatArray, below: FloatArray, rest: FloatArray
) -> bool:
    """Say whether all sums are kept and each count went to a multiple beside it."""
    beside = (best == below) | ((best == below + 1) & (rest > 0))
    return bool(beside[own].all() and not (cells.system.matrix @ best).any())
