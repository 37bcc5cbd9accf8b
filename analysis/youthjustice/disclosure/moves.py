"""Moves of an attacker: other tables that fit what is shown, found by linear programmes."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.programmes import in_fractions, in_time, in_whole_numbers
from youthjustice.disclosure.puzzle import Puzzle
from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray

NEAR = 1e-6
_IDLE = 2  # programmes that move all cells at once to no avail, before each is asked for alone
_GAP = 0.5  # how far from the best a move of all cells may be
_NODES = 200  # for one cell in whole numbers; a cell not settled by then is not safe


@dataclass(slots=True)
class Reach:
    """How far the hidden cells are known to move, with the moves that show it."""

    moves: list[FloatArray] = field(default_factory=list)

    def spans(self, cells: int) -> FloatArray:
        """Return for each cell how far apart its highest and its lowest known counts are."""
        if not self.moves:
            return np.zeros(cells)
        moved = np.vstack(self.moves)
        return np.asarray(np.maximum(moved.max(axis=0), 0) - np.minimum(moved.min(axis=0), 0))

    def within(self, free: BoolArray) -> Reach:
        """Return the moves that are left when only these cells can move."""
        return Reach([move for move in self.moves if not move[~free].any()])


@dataclass(frozen=True, slots=True)
class Exposed:
    """A cell whose counts an attacker narrows too far, and what would have to be hidden besides.

    Any safe choice that hides ``cell`` has ``weights @ hidden >= needed``.
    """

    cell: int
    weights: FloatArray
    needed: float


@dataclass(frozen=True, slots=True)
class _Part:
    """The free cells that hang together with a cell, and the sums between them."""

    inside: IntArray
    sums: sparse.csr_array
    down: FloatArray
    up: FloatArray
    whole: BoolArray

    def bounds(self, width: int, cell: int) -> tuple[FloatArray, FloatArray]:
        """Return how far each may move, the one cell not beyond the width."""
        at = self.inside == cell
        return (
            np.where(at, np.minimum(self.down, width), self.down),
            np.where(at, np.minimum(self.up, width), self.up),
        )


def exposed(
    puzzle: Puzzle,
    hidden: BoolArray,
    reach: Reach,
    until: float = inf,
    *,
    only_one: bool = False,
) -> list[Exposed]:
    """Return the secret cells that are not safe (or the first); moves are added to ``reach``.

    Raises DisclosureProblem where time is up.
    """
    spans = reach.spans(len(hidden))
    cells = np.flatnonzero((hidden | puzzle.guarded) & (spans < puzzle.width))
    found = []
    free = hidden | puzzle.open
    component = _components(puzzle, free)
    for label in np.unique(component[cells]):
        inside = np.flatnonzero(component == label)
        part = _Part(
            inside,
            puzzle.sums[:, inside],
            puzzle.down[inside],
            puzzle.up[inside],
            puzzle.whole[inside],
        )
        own = cells[component[cells] == label]
        _move_all(puzzle, part, own, reach, until)
        for cell in own:
            if reach.spans(len(free))[cell] < puzzle.width:
                answer = _move_one(puzzle, part, int(cell), reach, until)
                if answer is not None:
                    found.append(answer)
                    if only_one:
                        return found
    return found


def _components(puzzle: Puzzle, free: BoolArray) -> IntArray:
    """Return for each free cell the number of its group, none of which shares a sum; else -1."""
    sums = puzzle.sums[:, np.flatnonzero(free)]
    rows, columns = sums.shape
    graph = sparse.coo_array(
        (np.ones(sums.nnz), (sums.tocoo().row, rows + sums.tocoo().col)),
        shape=(rows + columns, rows + columns),
    )
    labels = csgraph.connected_components(graph, directed=False)[1]
    found = np.full(len(free), -1, dtype=np.int64)
    found[free] = labels[rows:]
    return found


def _move_all(puzzle: Puzzle, part: _Part, own: IntArray, reach: Reach, until: float) -> None:
    """Move many cells at once, this way and that, so that few are left to ask for alone."""
    turn = np.random.default_rng(0)
    before, idle = len(own) + 1, 0
    while True:
        left = own[reach.spans(len(puzzle.values))[own] < puzzle.width]
        idle = idle + 1 if len(left) == before else 0
        before = len(left)
        if len(left) < 3 or idle == _IDLE:
            return
        in_time(until)
        signs = np.zeros(len(puzzle.values))
        signs[left] = turn.choice([-1.0, 1.0], len(left))
        down, up = np.minimum(part.down, puzzle.width), np.minimum(part.up, puzzle.width)
        goal, nought = -signs[part.inside], np.zeros(part.sums.shape[0])
        answer = in_fractions(goal, part.sums, nought, -down, up)
        if answer is None or _keep(puzzle, part, answer.best, reach):
            continue
        best, _ = in_whole_numbers(
            goal,
            part.sums,
            nought,
            nought,
            -down,
            up,
            until=until,
            nodes=_NODES,
            gap=_GAP,
            whole=part.whole,
        )
        _keep(puzzle, part, best, reach)


def _keep(puzzle: Puzzle, part: _Part, move: FloatArray | None, reach: Reach) -> bool:
    """Keep a move if there is one and it is in whole numbers; say whether it is."""
    if move is None or (np.abs(move - np.rint(move)) > NEAR)[part.whole].any():
        return False
    kept = np.zeros(len(puzzle.values))
    kept[part.inside] = np.where(part.whole, np.rint(move), move)
    reach.moves.append(kept)
    return True


def _move_one(puzzle: Puzzle, part: _Part, cell: int, reach: Reach, until: float) -> Exposed | None:
    """Move one cell as far up and down as it goes; return None where that is far enough."""
    in_time(until)
    span, weights, whole = 0.0, np.zeros(len(puzzle.values)), True
    down, up = part.bounds(puzzle.width, cell)
    for sign in (1.0, -1.0):
        goal = np.where(part.inside == cell, -sign, 0.0)
        answer = in_fractions(goal, part.sums, np.zeros(part.sums.shape[0]), -down, up)
        if answer is None:
            raise DisclosureProblem(
                "What an attacker could work out was not found, so nothing was released; give the "
                "table with fewer categories."
            )
        span -= float(goal @ answer.best)
        whole &= _keep(puzzle, part, answer.best, reach)
        weights += _limits(puzzle, cell, sign, answer.prices)
    if reach.spans(len(puzzle.values))[cell] >= puzzle.width:
        return None
    if span + NEAR >= puzzle.width and not whole:
        return _move_one_whole(puzzle, part, cell, reach, until)
    own = puzzle.open | (np.arange(len(weights)) == cell)
    needed = puzzle.width - weights[own].sum()
    weights[own] = 0
    return Exposed(cell, np.minimum(weights, needed), float(needed))


def _limits(puzzle: Puzzle, cell: int, sign: float, prices: FloatArray) -> FloatArray:
    """Return how much each cell, were it hidden, would allow the one cell to move at these prices.

    Whatever is hidden, the move is at most the sum over hidden cells (linear duality).
    """
    gain = np.zeros(len(puzzle.values))
    gain[cell] = -sign
    gain -= puzzle.sums.T @ prices
    gain[np.abs(gain) < NEAR] = 0
    far = np.where(gain > 0, puzzle.down, puzzle.up)
    return np.asarray(np.abs(gain) * np.minimum(far, puzzle.values.sum() + puzzle.width + 1))


def _move_one_whole(
    puzzle: Puzzle, part: _Part, cell: int, reach: Reach, until: float
) -> Exposed | None:
    """Ask for moves in whole numbers where fractions would go far enough."""
    down, up = part.bounds(puzzle.width, cell)
    nought = np.zeros(part.sums.shape[0])
    at = part.inside == cell
    for sign, room in ((1.0, up), (-1.0, down)):
        # A move that goes all the way is found sooner than the longest one.
        fixed = np.where(at, sign * room, 0.0)
        low, high = np.where(at, fixed, -down), np.where(at, fixed, up)
        asked: dict[str, Any] = {"until": until, "nodes": _NODES, "whole": part.whole}
        goal = np.zeros(len(up))
        best, _ = in_whole_numbers(goal, part.sums, nought, nought, low, high, **asked)
        if best is None:
            goal = np.where(at, -sign, 0.0)
            best, _ = in_whole_numbers(goal, part.sums, nought, nought, -down, up, **asked)
        _keep(puzzle, part, best, reach)
        if reach.spans(len(puzzle.values))[cell] >= puzzle.width:
            return None
    besides = puzzle.may.astype(np.float64)
    besides[part.inside] = 0
    return Exposed(cell, besides, 1.0)
