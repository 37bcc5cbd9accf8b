"""No message of this room holds a count or a child: they end in logs, tickets and notebooks."""

import logging

import numpy as np
import pandas as pd
import pytest

from tests.disclosure.twins import with_margins
from youthjustice.disclosure import Derived, Table, audit, release, release_together, scan
from youthjustice.disclosure.sought import sought_of
from youthjustice.errors import InputProblem
from youthjustice.presentation import released_bars, released_lines, released_table
from youthjustice.reports.own_tables import own_table

CHILDREN = pd.DataFrame(
    {
        "child_id": ["KX-20714", "KX-20715"],
        "name": ["Zebedee Quillfeather", "Ann Jones"],
        "date_of_birth": pd.to_datetime(["2008-03-04", "2009-11-13"]),
    }
)
SOUGHT = sought_of(CHILDREN)
COUNTS = np.array([[3, 20_011, 7_919], [8_123, 15_013, 7_727]])
NUMBERS = {str(number) for number in with_margins(COUNTS)["children"] if number > 100} | {"7654"}


def frame():
    return with_margins(COUNTS).astype({"children": object})


def with_count(value, row=2):
    made = frame()
    made["children"] = [value if at == row else count for at, count in enumerate(made["children"])]
    return made


def with_label(value, column="outcome"):
    made = frame().astype({column: object})
    made.loc[[0, 1], column] = value
    return made


def of_children():
    """A table in which each child is a category of its own."""
    made = CHILDREN.assign(children=[7_654, -1])[["child_id", "date_of_birth", "name", "children"]]
    return made.astype({"date_of_birth": str})


WRONG_COUNTS = [-7654, 7654.5, np.inf, -np.inf, 7654e9, "7654", "KX-20714", "Zebedee Quillfeather",
                "2008-03-04", pd.Timestamp("2008-03-04"), b"KX-20714", ["KX-20714"], 7654, True,
                {"KX-20714": 7654}, 7654 + 1j]  # fmt: skip
TWO, ONE = ["outcome", "sex"], ["child_id"]
CALLS = {
    **{f"count {type(value).__name__} {at}": lambda value=value: release(
        with_count(value), TWO, "children")
       for at, value in enumerate(WRONG_COUNTS)},
    **{f"label {at} {column}": lambda value=value, column=column: release(
        with_label(value, column), TWO, "children")
       for at, value in enumerate((None, "total")) for column in TWO},
    "each child a category": lambda: release(of_children()[["child_id", "children"]], ONE, "children"),
    "days of birth": lambda: release(
        of_children()[["date_of_birth", "children"]], ["date_of_birth"], "children"),
    "names of children": lambda: release(
        of_children().rename(columns={"name": "surname"})[["surname", "children"]], ["surname"],
        "children"),
    "children kept": lambda: release(
        with_margins(COUNTS).assign(child_id="KX-20714"), TWO, "children", keep=["child_id"]),
    "columns of children": lambda: release(of_children(), ONE, "children"),
    "rows named after children": lambda: release(
        frame().set_index(pd.Index([f"KX-{at}" for at in range(20_714, 20_726)])), TWO, "children"),
    "a row twice": lambda: release(pd.concat([frame(), frame().iloc[[0]]], ignore_index=True), TWO,
                                   "children"),
    "totals by another name": lambda: release(frame().replace("All", "Total"), TWO, "children"),
    "no frame": lambda: release(CHILDREN.to_dict(), TWO, "children"),
    "no rows": lambda: release(frame().iloc[:0], TWO, "children"),
    "derived from a child": lambda: release(
        frame().assign(share="KX-20714"), TWO, "children",
        derived=[Derived("share", "percentage", "children", denominator="sex")]),
    "tables that disagree": lambda: release_together(
        [Table(with_margins(COUNTS), TWO, "children"),
         Table(with_margins(COUNTS + 7_654).query("sex == 'All'")[["outcome", "children"]]
               .reset_index(drop=True), ["outcome"], "children")]),
    "no time": lambda: release(with_margins(COUNTS), TWO, "children", time_limit=0.0),
    "audit of a frame": lambda: audit([frame()]),
    "audit of children": lambda: audit(
        [of_children()[["child_id", "children"]]], dimensions=ONE, count="children"),
    "scan of what is not there": lambda: scan("KX-20714.csv", children=CHILDREN),
    **{f"{use.__name__} of {type(thing).__name__}": lambda use=use, thing=thing: use(
        thing, title="x", **({"measure": "children"} if use is not own_table else {}))
       for use in (own_table, released_bars, released_lines)
       for thing in (CHILDREN, CHILDREN["name"], {"KX-20714": 7654}, COUNTS)},
    "table of a frame": lambda: released_table(of_children(), "x"),
}  # fmt: skip
# Names of columns and of categories are told, since they say where: but no table may be broken down
# by a column that tells children apart, and such a table is refused before its labels are read.


def said_by(call):
    """Everything that an exception says, with those it came from."""
    try:
        call()
    except Exception as problem:
        told, one = [], problem
        while one is not None:
            told += [str(one), repr(one), *getattr(one, "__notes__", [])]
            one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        return problem, "\n".join(told)
    return None, ""


def leaks(text):
    numbers = {number for number in NUMBERS if number in text.replace(",", "")}
    return numbers | (SOUGHT.kinds(text) - {"field of case records"})


@pytest.mark.parametrize("name", CALLS)
def test_no_message_holds_a_count_or_a_child(name, caplog, capsys, recwarn):
    caplog.set_level(logging.DEBUG)
    problem, told = said_by(CALLS[name])
    assert isinstance(problem, InputProblem) or problem is None
    assert "\n" not in str(problem or "")
    printed = capsys.readouterr()
    heard = [record.getMessage() for record in caplog.records]
    assert not leaks("\n".join([told, printed.out, printed.err, *heard]))
    assert not leaks("".join(str(warning.message) for warning in recwarn.list))


def test_a_message_that_holds_one_is_noticed():
    assert leaks("row 2 (outcome 'KX-20714')") and leaks("the count is 7,919")
    assert leaks("born 4 March 2008") and not leaks("the column 'child_id' in row 2")
