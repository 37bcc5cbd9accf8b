import numpy as np
import pytest

from youthjustice.disclosure.assembling import from_tables
from youthjustice.disclosure.attack import ranges
from youthjustice.disclosure.propagation import propagated
from youthjustice.disclosure.sums import core_of
from youthjustice.disclosure.system import Published
from youthjustice.errors import InputProblem


def shown(dimensions, counts, **rest):
    numbers = np.array(list(counts.values()), dtype=float)
    return Published(dimensions, tuple(counts), numbers, numbers, **rest)


def test_an_absent_row_is_nought_where_every_line_through_it_has_a_row():
    counts = {("a", "x"): 1, ("b", "y"): 2, ("a", "All"): 4, ("b", "All"): 2}
    table = shown(("row", "column"), {**counts, ("a", "z"): 3})
    low, high = propagated(from_tables([table]))
    assert (low == high).all()


def test_an_absent_row_is_unknown_in_a_line_that_has_none():
    table = shown(("row", "column"), {("a", "x"): 1, ("a", "y"): 2, ("b", "All"): 4})
    system = from_tables([table])
    lowest, highest = ranges(system)
    assert (lowest < highest).sum() > 0


def test_tables_of_other_counts_share_nothing():
    counts = {("x",): 3, ("y",): 4, ("All",): 7}
    tables = [shown(("sex",), counts), shown(("sex",), counts, counted="offences")]
    system = from_tables([*tables, tables[0]])
    assert system.matrix.shape == (2, 6)
    assert np.array_equal(system.places[0], system.places[2])
    assert not set(system.places[0]) & set(system.places[1])
    assert system.about(int(system.places[0][0])) == ("children", {"sex": frozenset("x")})
    assert system.about(int(system.places[1][2])) == ("offences", {})


def test_only_tables_in_a_circle_need_a_cross():
    ab, bc, ac = frozenset("ab"), frozenset("bc"), frozenset("ac")
    assert core_of([ab, bc]) == []
    assert core_of([ab, ac, bc]) == [ab, ac, bc]
    assert core_of([ab, ac, bc, frozenset("cd")]) == [ab, ac, bc]


def circle(**rest):
    ones = {
        (one, other): 1 if "All" not in (one, other) else (2 if one != other else 4)
        for one in ("0", "1", "All")
        for other in ("0", "1", "All")
    }
    return [shown(pair, ones, **rest) for pair in (("a", "b"), ("b", "c"), ("a", "c"))]


def test_three_tables_in_a_circle_are_linked_by_their_cross():
    system = from_tables(circle())
    assert system.exact
    assert system.inner.sum() == 8
    assert system.outside().inner.sum() == 0
    assert system.outside().matrix.shape[0] == system.matrix.shape[0] - 12


def test_a_cross_that_is_too_large_is_left_out_and_said_to_be():
    system = from_tables(circle(), largest_cross=7)
    assert not system.exact
    assert not system.inner.any()


def test_too_many_dimensions_are_refused_in_one_sentence():
    keys = (tuple("x" for _ in range(70)), tuple("y" for _ in range(70)))
    table = Published(tuple(f"d{at}" for at in range(70)), keys, np.ones(2), np.ones(2))
    with pytest.raises(InputProblem, match="too many dimensions"):
        from_tables([table])


def test_a_total_can_be_said_to_be_made_up_of_more_than_is_listed():
    table = shown(("area",), {("Hackney",): 3, ("All",): 9})
    low, high = ranges(from_tables([table], {"area": {"All": ["Hackney", "rest"]}}))
    assert sorted(low) == [3, 6, 9]
    assert np.array_equal(low, high)


def test_a_table_of_totals_alone_has_no_sums():
    system = from_tables([shown(("sex",), {("All",): 9})])
    assert system.matrix.shape == (0, 1)
    assert propagated(system)[0].tolist() == [9]


def test_hidden_cells_and_further_rows_leave_the_first_system_as_it_was():
    system = from_tables([shown(("sex",), {("x",): 3, ("y",): 4, ("All",): 7})])
    opened = system.hide(system.places[0][:2])
    assert ranges(opened)[1].max() == 7
    more = opened.extend(np.array([2.0]))
    assert more.matrix.shape == (1, 4)
    assert system.lowest.tolist() == system.highest.tolist()
