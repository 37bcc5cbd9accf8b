"""Which cells to hide, and why: first for themselves, then so that they stay hidden."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.disclosure.attack import LARGEST_WHOLE_CROSS
from youthjustice.disclosure.cells import Cells
from youthjustice.disclosure.costs import costs
from youthjustice.disclosure.counts import Counts
from youthjustice.disclosure.policy import Policy
from youthjustice.disclosure.primary import small, telling_zeros
from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.puzzle import Line, Puzzle
from youthjustice.disclosure.secondary import protect
from youthjustice.disclosure.system import BoolArray, IntArray


def reasons_to_hide(
    cells: Cells, besides: BoolArray, policy: Policy, until: float
) -> NDArray[np.object_]:
    """Return for each cell why it is hidden, or nothing; those in ``besides`` are hidden too.

    Raises DisclosureProblem where a cell that must be hidden is shown already, or cannot be kept
    from being worked out.
    """
    reasons = np.full(len(cells.counts), "", dtype=object)
    if not policy.hides:
        return reasons
    reasons[besides] = "secondary"
    reasons[telling_zeros(cells, policy)] = "zero"
    reasons[small(cells, policy)] = "small"
    absent = ~cells.published & (cells.system.lowest == cells.system.highest)
    if ((reasons == "zero") & absent & cells.certain).any():
        raise DisclosureProblem(
            "Rows that are absent say of a group that all or none of it is in a category, so "
            "nothing was released; give a row for every combination, the noughts as well."
        )
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


def more_to_hide(
    cells: Cells,
    read: Sequence[Sequence[Counts]],
    reasons: NDArray[np.object_],
    unsafe: pd.DataFrame,
) -> BoolArray:
    """Return a further cell for each that an audit finds unsafe: the smallest in a line with it.

    Raises DisclosureProblem where there is none.
    """
    columns = [column for one in read for column in one]
    found = np.zeros(len(reasons), dtype=bool)
    shown = (reasons == "") & cells.published & ~cells.missing & ~cells.final
    for row in unsafe.to_dict("records"):
        own = np.zeros(len(reasons), dtype=bool)
        for column, place in zip(columns, cells.system.places, strict=False):
            same = (column.keys == [row[name] for name in column.dimensions]).all(axis=1)
            own[place[same.to_numpy() & (column.column == row["count"])]] = True
        beside = abs(cells.system.matrix).T @ (abs(cells.system.matrix) @ own.astype(np.float64))
        choices = np.flatnonzero(shown & (beside > 0))
        if len(choices):
            found[choices[np.lexsort((choices, cells.counts[choices]))[0]]] = True
    if not found.any():
        raise DisclosureProblem(
            "The audit of the finished tables found what must not be known, and nothing is left to "
            "hide, so nothing was released; give fewer categories or fewer tables."
        )
    return found


def puzzle_of(cells: Cells, must: BoolArray, policy: Policy) -> Puzzle:
    """Write the cells as moves away from their true counts."""
    own = cells.published
    down = cells.counts - np.where(own, 0.0, cells.system.lowest)
    up = np.where(own, np.inf, cells.system.highest) - cells.counts
    open_ = ~own & ~cells.final & (down + up > 0)
    lines = _lines(cells)
    inner = cells.system.inner
    return Puzzle(
        sums=cells.system.matrix,
        values=cells.counts,
        down=down,
        up=up,
        open=open_,
        must=must & own,
        may=~must & own & ~cells.final,
        guarded=must & open_,
        cost=np.where(open_, 0.0, costs(cells.counts, _rows(cells), policy.threshold)),
        whole=~inner | (inner.sum() <= LARGEST_WHOLE_CROSS),
        lines=lines,
        width=policy.width,
        threshold=policy.threshold,
    )


def _rows(cells: Cells) -> IntArray:
    """Return how many rows of all tables show each cell, at least one."""
    rows = np.bincount(np.concatenate(cells.system.places), minlength=len(cells.counts))
    return np.maximum(rows, 1).astype(np.int64)


def _lines(cells: Cells) -> tuple[Line, ...]:
    """Return each line of the cells with its members together."""
    lines = cells.lines
    line, members = lines.line[lines.part], lines.cell[lines.part]
    order = np.argsort(line, kind="stable")
    ends = np.cumsum(np.bincount(line, minlength=len(lines.total)))
    parts = np.split(members[order], ends)[: len(lines.total)]
    return tuple(Line(int(total), part) for total, part in zip(lines.total, parts, strict=True))
