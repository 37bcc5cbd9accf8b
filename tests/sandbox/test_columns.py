"""Cells change hands without changing."""

import datetime

import pytest

from youthjustice.errors import InputProblem
from youthjustice.sandbox import columns
from youthjustice.sandbox.columns import check_extent, in_columns


def test_rows_come_back_as_columns_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(columns, "CELLS_AT_ONCE", 4)
    rows = [["a", 1.0], ["b", 2.0], ["c", 3.0]]
    assert list(in_columns(rows, 2)) == [[["a", "b"], [1.0, 2.0]], [["c"], [3.0]]]


def test_short_rows_are_filled_and_empty_texts_are_none():
    assert list(in_columns([["a", ""], [], ["b"]], 2)) == [[["a", None, "b"], [None, None, None]]]
    assert list(in_columns([[], []], 0)) == [[[None, None]]]


def test_equal_texts_are_one_object():
    first, second = "".join(["Kin", "gston"]), "".join(["King", "ston"])
    assert first is not second
    (column,) = next(in_columns([[first], [second]], 1))
    assert column[0] is column[1]


def test_a_truth_does_not_become_a_number():
    cells = [True, 1.0, False, 0.0, "", datetime.date(2020, 1, 2)]
    (column,) = next(in_columns([[one] for one in cells], 1))
    assert [type(one) for one in column] == [bool, float, bool, float, type(None), datetime.date]


@pytest.mark.parametrize(
    ("extent", "told"),
    [
        ((1_048_577, 1), "has more than 1,048,576 rows"),
        ((1_048_576, 16_384), "reaches over 1,048,576 rows and 16,384 columns"),
        ((1000, 1000, 7_500_000), "8,000,000 cells"),
    ],
)
def test_too_many_rows_or_cells_are_told(extent, told):
    check_extent(641_071, 7)
    with pytest.raises(InputProblem, match=told):
        check_extent(*extent)
