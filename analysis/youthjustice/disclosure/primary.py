"""Which cells are hidden for themselves: small counts, and zeros that say something of a group."""

from __future__ import annotations

import numpy as np

from youthjustice.disclosure.cells import Cells
from youthjustice.disclosure.policy import Policy
from youthjustice.disclosure.system import BoolArray


def small(cells: Cells, policy: Policy) -> BoolArray:
    """Return where a count is above nought and below the threshold."""
    return np.asarray((cells.counts > 0) & (cells.counts < policy.threshold))


def telling_zeros(cells: Cells, policy: Policy) -> BoolArray:
    """Return the zeros that the policy hides: all, none, or those of full and of empty lines.

    In a full line one cell holds the whole of a total above nought; an empty line has a total of
    nought and is a category on its own (at most one dimension of its total is no total).
    """
    zero = np.asarray(cells.counts == 0)
    if policy.zeros == "shown":
        return np.zeros(len(zero), dtype=bool)
    if policy.zeros == "hidden":
        return zero
    lines = cells.lines
    line, cell = lines.line[lines.part], lines.cell[lines.part]
    number = np.bincount(line, minlength=len(lines.total))
    not_zero = np.bincount(line, ~zero[cell], minlength=len(lines.total))
    alone = cells.fixed[lines.total] <= 1
    telling = (number > 1) & ((not_zero == 1) | ((not_zero == 0) & alone))
    found = np.zeros(len(zero), dtype=bool)
    found[cell[telling[line]]] = True
    return np.asarray(found & zero)
