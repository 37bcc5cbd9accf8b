"""Moves of an attacker in sums that fractions fit and whole numbers do not."""

from time import monotonic

import numpy as np
import pytest
from scipy import sparse

from youthjustice.disclosure import DisclosureProblem, moves, secondary
from youthjustice.disclosure.moves import Reach, exposed
from youthjustice.disclosure.puzzle import Puzzle


def puzzle(rows, down, up, width=4, hidden=None):
    size = len(down)
    must = np.ones(size, dtype=bool) if hidden is None else np.array(hidden)
    return Puzzle(
        sums=sparse.csr_array(np.array(rows, dtype=float)),
        values=np.array(down, dtype=float),
        down=np.array(down, dtype=float),
        up=np.array(up, dtype=float),
        open=np.zeros(size, dtype=bool),
        must=must,
        may=~must,
        guarded=np.zeros(size, dtype=bool),
        cost=np.arange(size) + 1.0,
        whole=np.ones(size, dtype=bool),
        lines=(),
        width=width,
        threshold=5,
    )


def exposed_cells(problem):
    return [found.cell for found in exposed(problem, problem.must, Reach())]


def test_a_cell_that_only_fractions_move_far_enough_is_exposed():
    # The first moves by three for each that the second moves: by 0 or 3, not from -1 to 4.
    assert exposed_cells(puzzle([[1, -3]], [1, 9], [9, 9])) == [0, 1]


def test_whole_numbers_are_asked_for_where_fractions_come_first():
    found = exposed_cells(puzzle([[1, -3]], [5, 9], [4, 9]))
    assert found == [1]


def test_a_move_that_goes_all_the_way_in_whole_numbers_is_found_first():
    assert exposed_cells(puzzle([[1, -3]], [9, 9], [3, 9], width=5)) == [1]


def test_many_cells_are_moved_at_once_in_whole_numbers():
    rows = [[1, 0, 0, -3], [0, 1, 0, -3], [0, 0, 1, -3]]
    reach = Reach()
    problem = puzzle(rows, [9, 9, 9, 9], [9, 9, 9, 9])
    exposed(problem, problem.must, reach)
    assert all(np.array_equal(move, np.rint(move)) for move in reach.moves)
    assert (reach.spans(4)[:3] >= 4).all()


def test_a_cut_says_what_must_be_hidden_besides():
    # Three cells and their total; the total shown, the first hidden alone.
    alone = puzzle([[1, 1, 1, -1]], [3, 9, 2, 14], [99] * 4, hidden=[True, False, False, False])
    found = exposed(alone, alone.must, Reach())[0]
    assert (found.weights @ [0, 1, 0, 0] >= found.needed, found.weights @ alone.must) == (True, 0)


def test_an_attack_that_does_not_end_lets_nothing_leave(monkeypatch):
    monkeypatch.setattr(moves, "in_fractions", lambda *_: None)
    with pytest.raises(DisclosureProblem, match="not found"):
        exposed_cells(puzzle([[1, 1, 1, 1]], [9] * 4, [9] * 4))


def test_an_attack_in_whole_numbers_that_does_not_end_finds_the_cell_unsafe(monkeypatch):
    monkeypatch.setattr(moves, "in_whole_numbers", lambda *_, **__: (None, False))
    assert exposed_cells(puzzle([[1, -3]], [5, 9], [4, 9])) == [0, 1]


def test_moves_in_fractions_are_not_kept_as_proof(monkeypatch):
    # Hiding the third cell lets the first move by the width, but only with half a child.
    problem = puzzle(
        [[1, 1, -2, 0], [1, -1, 0, 0], [0, 0, 0, 1]],
        [4, 9, 9, 4],
        [4, 9, 9, 4],
        hidden=[True, True, False, False],
    )
    hidden, _ = secondary.enough(problem, monotonic() + 60)
    assert hidden.tolist() == [True, True, True, False]
