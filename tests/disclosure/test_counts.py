"""A frame that cannot be right is refused in one sentence that names the place and no count."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from youthjustice.disclosure import Derived, Table, cells, release, release_together
from youthjustice.disclosure.counts import read_counts
from youthjustice.disclosure.propagation import Contradiction
from youthjustice.errors import InputProblem

GOOD = pd.DataFrame({"group": ["a", "b", "All"], "n": [7, 8, 15]})


def changed(row, column, value):
    frame = GOOD.astype({"n": object})
    frame.loc[row, column] = value
    return frame


def refused(frame, dimensions=("group",), count="n", **more):
    with pytest.raises(InputProblem) as raised:
        release(frame, dimensions, count, **more)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-1, "negative in row 1 (group 'b')"),
        (7.5, "no whole number in row 1"),
        (np.inf, "infinite in row 1"),
        (1e10, "above 10^9 in row 1"),
        ("8", "no number in row 1"),
        (True, "no number in row 1"),
        (9, "does not add up over 'group': the total in row 2 (group 'All')"),
    ],
)
def test_a_count_that_cannot_be_is_named_by_its_row(value, said):
    message = refused(changed(1, "n", value))
    assert said in message
    assert "15" not in message


def test_columns_that_are_no_counts_are_refused():
    assert "is not a number" in refused(GOOD.assign(n=["7", "8", "15"]).astype({"n": "string"}))
    assert "is not a number" in refused(GOOD.assign(n=[True, False, True]))


def test_what_is_no_table_is_refused():
    assert "is a list" in refused([1, 2])
    assert "no rows" in refused(GOOD.iloc[:0])
    assert "reset_index" in refused(GOOD.set_index(pd.Index(["x", "y", "z"])))
    assert "reset_index" in refused(GOOD.set_index(pd.Index([1, 1, 2])))


def test_every_column_is_declared():
    assert "'name' is neither" in refused(GOOD.assign(name="x"))
    assert "no column 'sex'" in refused(GOOD, ["group", "sex"])
    assert "no column 'm'" in refused(GOOD, count="m")
    assert "declared twice" in refused(GOOD, keep=["n"])
    assert "'symbol'" in refused(GOOD.assign(symbol=""))
    assert "called 'n'" in refused(pd.concat([GOOD, GOOD[["n"]]], axis=1))
    assert "once" in refused(GOOD, ["group", "group"])
    assert "list of column names" in refused(GOOD, "group")
    assert "list of column names" in refused(GOOD, [1])


def test_a_kept_column_stays_as_it_is():
    kept = release(GOOD.assign(population=[10, 20, 30]), ["group"], "n", keep=["population"])
    assert kept.frame["population"].tolist() == [10, 20, 30]


def test_the_same_cell_twice_is_refused():
    assert "row 1 (group 'a')" in refused(changed(1, "group", "a"))


def test_a_missing_group_is_refused():
    assert "missing in row 1" in refused(changed(1, "group", None))


def test_a_total_by_another_name_is_refused_for_its_sum_would_not_be_seen():
    assert "total='Total'" in refused(changed(2, "group", "Total"))
    frame = changed(2, "group", "Total").astype({"n": int})
    assert release(frame, ["group"], "n", total="Total").total == "Total"


def test_figures_are_declared_by_their_counts():
    frame = GOOD.assign(rate=1.0, other=2)
    declared = {"derived": [Derived("rate", "rate", "other")]}
    assert "numerator 'other'" in refused(frame, keep=["other"], **declared)
    away = {"derived": [Derived("rate", "ratio", "n", reference=("sex", "male"))]}
    assert "reference in 'sex'" in refused(frame, keep=["other"], **away)
    wholes = [Derived("rate", "percentage", "n", "x"), Derived("other", "percentage", "n", "y")]
    assert "of 'x' and of 'y'" in refused(frame.assign(x=50, y=60), derived=wholes)


def test_a_part_above_its_whole_is_refused():
    frame = GOOD.assign(whole=[9, 7, 16], percent=50.0)
    said = refused(frame, derived=[Derived("percent", "percentage", "n", "whole")])
    assert "row 1 (group 'b')" in said


def test_tables_that_disagree_are_refused():
    other = pd.DataFrame({"group": ["a", "b"], "n": [7, 9]})
    with pytest.raises(
        InputProblem, match=r"twice with different counts 'n', once in row 1 \(group 'b'\)"
    ):
        release_together([Table(GOOD, ["group"], "n"), Table(other, ["group"], "n")])


def test_margins_that_fit_no_table_are_refused():
    two = pd.DataFrame(
        {"a": ["x", "y", "All", "All"], "b": ["All", "All", "u", "v"], "n": [5, 6, 7, 9]}
    )
    with pytest.raises(InputProblem, match="add up"):
        release(two, ["a", "b"], "n")


def test_a_share_above_what_is_left_is_refused():
    frame = pd.DataFrame({"area": ["North", "a", "c", "All"], "n": [5, 9, 25, 30]})
    with pytest.raises(InputProblem, match="add up"):
        release(frame, ["area"], "n", nested={"area": {"North": ["a", "b"]}})


def test_two_names_of_the_same_children_hold_the_same_count():
    frame = pd.DataFrame({"area": ["North", "a", "All"], "n": [15, 9, 30]})
    with pytest.raises(InputProblem, match="twice with different counts"):
        release(frame, ["area"], "n", nested={"area": {"North": ["a", "b"]}})


def test_one_count_is_a_part_of_one_whole():
    frame = GOOD.assign(whole=20, other=[30, 30, 60], percent=1.0).assign(whole=[20, 20, 40])
    tables = [
        Table(
            frame.drop(columns=drop),
            ["group"],
            "n",
            derived=[Derived("percent", "percentage", "n", of)],
        )
        for drop, of in (("other", "whole"), ("whole", "other"))
    ]
    with pytest.raises(InputProblem, match="choose one of them"):
        release_together(tables)


MARGINS = pd.DataFrame(
    {"a": ["x", "y", "All", "All"], "b": ["All", "All", "u", "v"], "n": [9, 7, 6, 10]}
)


@pytest.mark.parametrize(("settled", "said"), [(True, "do not add up"), (False, "in the time")])
def test_margins_beneath_which_nothing_is_found_do_not_leave(monkeypatch, settled, said):
    assert not release(MARGINS, ["a", "b"], "n").hidden.any()
    monkeypatch.setattr(cells, "in_whole_numbers", lambda *_, **__: (None, settled))
    with pytest.raises(InputProblem, match=said):
        release(MARGINS, ["a", "b"], "n")


def test_margins_that_contradict_each_other_beneath_are_refused(monkeypatch):
    def contradicts(_):
        raise Contradiction("none")

    monkeypatch.setattr(cells, "propagated", contradicts)
    with pytest.raises(InputProblem, match="do not add up"):
        release(MARGINS, ["a", "b"], "n")


def test_a_sum_of_cells_in_no_table_is_not_named():
    system = cells.lay_over(read_counts(Table(GOOD, ["group"], "n"))).system
    assert "with each other" in cells._says_wrong(0, replace(system, places=()), [])
