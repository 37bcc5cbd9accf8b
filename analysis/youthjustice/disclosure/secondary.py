"""Secondary suppression: which further cells to hide, so that the small ones stay hidden.

First cells are hidden until everything is safe, which is quick and good. Then the fewest cells are
looked for (``fewest``); where that would take too long, cells are shown again that are not needed.
The answer depends on the counts, never on the order of the rows nor on how fast a machine is.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from youthjustice.disclosure.fewest import fewest
from youthjustice.disclosure.moves import NEAR, Reach, exposed
from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.programmes import in_fractions, in_time
from youthjustice.disclosure.puzzle import Line, Puzzle, lacking
from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray

MOST_TRIED = 20  # cells tried one by one whether they can be shown again, where all is not tried
_NO_CHOICE = (
    "No choice of cells makes the table safe, so nothing was released; give it without what else "
    "is shown beside it, or with fewer categories."
)


def protect(puzzle: Puzzle, until: float) -> BoolArray:
    """Return which cells to hide so that an attacker knows none within the width.

    Raises DisclosureProblem where that cannot be done in the time.
    """
    hidden, reach = enough(puzzle, until)
    hidden, settled = fewest(puzzle, hidden, reach, until)
    return hidden if settled else without_needless(puzzle, hidden, reach, until)


def enough(puzzle: Puzzle, until: float) -> tuple[BoolArray, Reach]:
    """Hide cells, the cheapest first, until everything is safe."""
    hidden, reach = puzzle.must.copy(), Reach()
    while True:
        complete_lines(puzzle, hidden)
        unsafe = exposed(puzzle, hidden, reach, until)
        if not unsafe:
            return hidden, reach
        before, known = hidden.copy(), len(reach.moves)
        for found in sorted(unsafe, key=lambda one: one.cell):
            in_time(until)
            if reach.spans(len(hidden))[found.cell] < puzzle.width:
                move = cheapest_move(puzzle, hidden, found.cell)
                hidden |= (move != 0) & ~puzzle.open
                if np.array_equal(move[puzzle.whole], np.rint(move[puzzle.whole])):
                    reach.moves.append(move)
        if len(reach.moves) == known and np.array_equal(before, hidden):
            hidden[_one_more(puzzle, hidden, unsafe[0].cell)] = True


def _one_more(puzzle: Puzzle, hidden: BoolArray, cell: int) -> int:
    """Choose the cheapest cell that shares a sum with one that only fractions would make safe."""
    near = abs(puzzle.sums).T @ (abs(puzzle.sums) @ (np.arange(len(hidden)) == cell).astype(float))
    choices = np.flatnonzero(puzzle.may & ~hidden)
    if not len(choices):
        raise DisclosureProblem(_NO_CHOICE)
    return int(choices[np.lexsort((puzzle.cost[choices], near[choices] == 0))[0]])


def complete_lines(puzzle: Puzzle, hidden: BoolArray) -> None:
    """Hide the cheapest cells until no line gives a hidden cell or a small sum away by itself."""
    weight = abs(puzzle.sums)
    waiting = True
    while waiting:
        waiting = False
        for line in puzzle.lines:
            short = lacking(puzzle, hidden, line)
            cells = np.append(line.members, line.total)
            choices = cells[~hidden[cells] & puzzle.may[cells]]
            if short is not None and len(choices):
                begun = (weight @ (hidden | puzzle.open).astype(np.float64)) > 0
                fresh = weight[:, choices].T @ (~begun).astype(np.float64)
                alone = (puzzle.values[choices] >= short) | (choices == line.total)
                order = np.lexsort((puzzle.cost[choices], fresh, ~alone))
                hidden[choices[order[0]]] = True
                waiting = True


def cheapest_move(puzzle: Puzzle, hidden: BoolArray, cell: int) -> FloatArray:
    """Return a move of one cell by the whole width that takes few cells not yet hidden.

    Raises DisclosureProblem where there is no such move.
    """
    moves = [_least_cost(puzzle, hidden, cell, sign * puzzle.width) for sign in (1, -1)]
    possible = [move for move in moves if move is not None]
    if not possible:
        raise DisclosureProblem(_NO_CHOICE)
    return min(possible, key=lambda move: float(puzzle.cost[(move != 0) & ~hidden].sum()))


def _least_cost(puzzle: Puzzle, hidden: BoolArray, cell: int, target: int) -> FloatArray | None:
    """Look for the move with few new cells: a programme that charges by the child, asked twice.

    The second time a child costs less where more were moved, which charges about by the cell.
    """
    usable = np.flatnonzero(hidden | puzzle.open | puzzle.may)
    number = len(usable)
    cost = np.where(hidden, 0.0, puzzle.cost)[usable] / puzzle.cost.max()
    cost = np.tile(cost, 2)
    tie = np.tile(1e-6 * (1 + np.arange(number) / number), 2)
    up, down = puzzle.up[usable], puzzle.down[usable]
    room = np.append(np.ones(number), puzzle.width / np.clip(down, 0.5, puzzle.width))
    this = (usable == cell).astype(np.float64)
    sums = puzzle.sums[:, usable]
    rows = sparse.csr_array(
        sparse.vstack([sparse.hstack([sums, -sums]), sparse.csr_array([np.append(this, -this)])])
    )
    right = np.append(np.zeros(sums.shape[0]), float(target))
    weights = cost * room + tie
    moved = np.zeros(number)
    for _ in range(2):
        answer = in_fractions(weights, rows, right, np.zeros(2 * number), np.append(up, down))
        if answer is None:
            return None
        moved = answer.best[:number] - answer.best[number:]
        weights = cost / (np.tile(np.abs(moved), 2) + 0.5) + tie
    whole = np.rint(moved)
    move = np.zeros(len(hidden))
    move[usable] = np.where(np.abs(moved - whole) < NEAR, whole, moved)
    return move


def without_needless(puzzle: Puzzle, hidden: BoolArray, reach: Reach, until: float) -> BoolArray:
    """Show again, the dearest first, each cell without which all others stay safe."""
    hidden = hidden.copy()
    through = _lines_through(puzzle)
    for cell in _dearest_first(puzzle, hidden & ~puzzle.must)[:MOST_TRIED]:
        hidden[cell] = False
        left = reach.within(hidden | puzzle.open)
        if any(lacking(puzzle, hidden, line) is not None for line in through[cell]) or exposed(
            puzzle, hidden, left, until, only_one=True
        ):
            hidden[cell] = True
        else:
            reach = left
    return hidden


def _dearest_first(puzzle: Puzzle, chosen: BoolArray) -> list[int]:
    cells: IntArray = np.flatnonzero(chosen)
    return [int(cell) for cell in cells[np.argsort(-puzzle.cost[cells])]]


def _lines_through(puzzle: Puzzle) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {cell: [] for cell in range(len(puzzle.values))}
    for line in puzzle.lines:
        for cell in (*line.members, line.total):
            found[int(cell)].append(line)
    return found
