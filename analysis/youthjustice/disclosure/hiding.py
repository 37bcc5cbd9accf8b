"""Which cells to hide, and why: first for themselves, then so that they stay hidden."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from youthjustice.disclosure.cells import Cells
from youthjustice.disclosure.policy import Policy
from youthjustice.disclosure.primary import small, telling_zeros
from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.puzzle import Puzzle
from youthjustice.disclosure.secondary import protect
from youthjustice.disclosure.system import BoolArray


def reasons_to_hide(
    cells: Cells, policy: Policy, final: BoolArray, until: float
) -> NDArray[np.object_]:
    """Return for each cell why it is hidden, or nothing.

    ``final`` is true for cells that have been shown before and cannot be hidden any more.
    """
    reasons = np.full(len(cells.values), "", dtype=object)
    reasons[telling_zeros(cells, policy)] = "zero"
    reasons[small(cells, policy)] = "small"
    if policy.secondary:
        must = (reasons != "") | cells.missing
        if (must & final).any():
            raise DisclosureProblem(
                "A count that must be hidden was shown in an earlier release, so nothing was "
                "released; leave the table out, or ask who may have read the earlier one."
            )
        hidden = protect(puzzle_of(cells, must, ~final, policy), until)
        reasons[hidden & ~must] = "secondary"
    reasons[~cells.published | cells.missing] = ""
    return reasons


def puzzle_of(cells: Cells, must: BoolArray, may: BoolArray, policy: Policy) -> Puzzle:
    """Write the cells as moves away from their true counts."""
    own = cells.published
    lowest = np.where(own, 0.0, cells.system.lowest)
    highest = np.where(own, np.inf, cells.system.highest)
    down, up = cells.values - lowest, highest - cells.values
    return Puzzle(
        sums=cells.system.matrix,
        values=cells.values,
        down=down,
        up=up,
        open=~own & (down + up > 0),
        must=must & own,
        may=may & own,
        total=cells.total,
        width=policy.width,
        threshold=policy.threshold,
    )
