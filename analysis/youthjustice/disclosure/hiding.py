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


def reasons_to_hide(cells: Cells, policy: Policy, until: float) -> NDArray[np.object_]:
    """Return for each cell why it is hidden, or nothing."""
    reasons = np.full(len(cells.values), "", dtype=object)
    if not policy.hides:
        return reasons
    reasons[telling_zeros(cells, policy)] = "zero"
    reasons[small(cells, policy)] = "small"
    reasons[~cells.certain] = ""
    reasons[cells.gone] = "secondary"
    must = (reasons != "") | cells.missing
    if (must & cells.final & ~cells.gone).any():
        raise DisclosureProblem(
            "A count that must be hidden is shown already, in an earlier release or in a column "
            "that is kept, so nothing was released; leave the table or the column out."
        )
    if policy.secondary:
        hidden = protect(puzzle_of(cells, must, policy), until)
        reasons[hidden & ~must] = "secondary"
    reasons[~cells.published | cells.missing] = ""
    return reasons


def puzzle_of(cells: Cells, must: BoolArray, policy: Policy) -> Puzzle:
    """Write the cells as moves away from their true counts."""
    own = cells.published
    down = cells.values - np.where(own, 0.0, cells.system.lowest)
    up = np.where(own, np.inf, cells.system.highest) - cells.values
    open_ = ~own & ~cells.final & (down + up > 0)
    return Puzzle(
        sums=cells.system.matrix,
        values=cells.values,
        down=down,
        up=up,
        open=open_,
        must=must & own,
        may=~must & own & ~cells.final,
        guarded=must & open_,
        total=cells.total,
        width=policy.width,
        threshold=policy.threshold,
    )
