"""Which cells are hidden for themselves: small counts, and zeros that say something of a group."""

from __future__ import annotations

import numpy as np

from youthjustice.disclosure.cells import Cells
from youthjustice.disclosure.policy import Policy
from youthjustice.disclosure.system import BoolArray


def small(cells: Cells, policy: Policy) -> BoolArray:
    """Return where a count is above nought and below the threshold."""
    return np.asarray((cells.values > 0) & (cells.values < policy.threshold))


def telling_zeros(cells: Cells, policy: Policy) -> BoolArray:
    """Return the zeros that the policy hides: all, none, or those of full and of empty lines.

    In a full line one cell holds the whole of a total above nought; an empty line has a total of
    nought and is a category on its own (at most one dimension of its total is no total).
    """
    zero = np.asarray(cells.values == 0)
    if policy.zeros == "shown":
        return np.zeros(len(zero), dtype=bool)
    if policy.zeros == "hidden":
        return zero
    matrix = cells.system.matrix.tocoo()
    member = matrix.col != cells.total[matrix.row]
    member &= cells.total[matrix.row] >= 0
    rows, columns = matrix.row[member], matrix.col[member]
    number = np.bincount(rows, minlength=len(cells.total))
    not_zero = np.bincount(rows, ~zero[columns], minlength=len(cells.total))
    alone = cells.fixed[cells.total] <= 1
    telling = (number > 1) & (cells.total >= 0) & ((not_zero == 1) | ((not_zero == 0) & alone))
    found = np.zeros(len(zero), dtype=bool)
    found[columns[telling[rows]]] = True
    return np.asarray(found & zero)
