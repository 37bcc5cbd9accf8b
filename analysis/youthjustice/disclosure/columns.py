"""What the columns of a table of counts are: every one is declared, or the table is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from youthjustice.disclosure.derived import Derived
from youthjustice.disclosure.sought import tells_children_apart
from youthjustice.errors import InputProblem


@dataclass(frozen=True, slots=True)
class Table:
    """A frame of counts and what its columns are: one part of what ``release_together`` takes.

    ``frame`` is long: the columns ``dimensions``, one ``count`` column, and rows that hold
    ``total`` in the dimensions they sum over. ``derived`` declares the columns worked out from
    counts; ``keep`` names the columns that are public as they are. Anything else is refused.
    Margins may be absent. An absent row is a zero where its line adds up without it, and otherwise
    a count that is not published.

    The same children by sex and by age, to be released together:

    >>> from youthjustice.disclosure import release_together
    >>> by_sex = pd.DataFrame({"sex": ["female", "male", "All"], "children": [3, 81, 84]})
    >>> by_age = pd.DataFrame({"age": ["10 to 14", "15 to 17", "All"], "children": [30, 54, 84]})
    >>> tables = [Table(by_sex, ["sex"], "children"), Table(by_age, ["age"], "children")]
    >>> [released.hidden.tolist() for released in release_together(tables)]
    [[True, True, False], [False, False, False]]
    """

    frame: pd.DataFrame
    dimensions: Sequence[str]
    count: str
    total: str = "All"
    derived: Sequence[Derived] = ()
    keep: Sequence[str] = ()


def names_of(given: Any, what: str) -> tuple[str, ...]:
    """Return column names as a tuple, or raise InputProblem."""
    if isinstance(given, str) or not all(isinstance(name, str) for name in given):
        raise InputProblem(f"{what} is {given!r}; give a list of column names.")
    return tuple(given)


def whole_of(table: Table) -> str | None:
    """Return the column of children that percentages of a table are shown of, if there is one."""
    found = {
        item.denominator
        for item in table.derived
        if item.kind == "percentage" and item.denominator not in table.dimensions
    }
    if len(found) > 1:
        raise InputProblem(
            f"Percentages are shown of {' and of '.join(map(repr, sorted(map(str, found))))}; one "
            "count can be a part of one whole in a table, so give two tables."
        )
    return found.pop() if found else None


def _check_children(names: tuple[str, ...]) -> None:
    """Refuse a table by child before any of its labels is read, or told in a message."""
    found = next(filter(tells_children_apart, names), None)
    if found is not None:
        raise InputProblem(
            f"The column {found!r} tells one child from another, so that no table with it can "
            "leave; count the children, and drop it."
        )


def check_columns(table: Table, dimensions: tuple[str, ...]) -> None:
    """Raise InputProblem about the first column that is missing, undeclared or declared twice."""
    frame = table.frame
    if not dimensions or len(set(dimensions)) < len(dimensions):
        raise InputProblem(
            f"dimensions is {list(dimensions)!r}; name each column that the table is broken down by once."
        )
    if not frame.columns.is_unique:
        again = frame.columns[frame.columns.duplicated()][0]
        raise InputProblem(f"The table has two columns called {again!r}; keep one of them.")
    _check_children((*dimensions, *table.keep))
    derived = [column.column for column in table.derived]
    shares = [d.denominator for d in table.derived if d.denominator not in (None, *dimensions)]
    for name in (*dimensions, table.count, *derived, *table.keep, *shares):
        if name not in frame.columns:
            raise InputProblem(
                f"The table has no column {name!r}; it has {', '.join(map(repr, frame.columns))}."
            )
    roles = [*dimensions, table.count, *derived, *table.keep]
    if len(set(roles)) < len(roles):
        again = next(name for name in roles if roles.count(name) > 1)
        raise InputProblem(
            f"The column {again!r} is declared twice; it is a dimension, the count, derived or "
            "kept, one of them."
        )
    if "symbol" in frame.columns:
        raise InputProblem(
            "The table has a column 'symbol', which is where release says what is hidden; drop it."
        )
    for column in frame.columns:
        if column not in roles and column not in shares:
            raise InputProblem(
                f"The column {column!r} is neither a dimension, the count nor derived; drop it, "
                "declare it in derived, or name it in keep if it says nothing about the counts."
            )
    for item in table.derived:
        if item.numerator != table.count:
            raise InputProblem(
                f"The derived column {item.column!r} has the numerator {item.numerator!r}; it must "
                f"be the count, {table.count!r}."
            )
        if item.reference is not None and item.reference[0] not in dimensions:
            raise InputProblem(
                f"The derived column {item.column!r} has its reference in {item.reference[0]!r}; "
                f"name one of the dimensions, {', '.join(dimensions)}."
            )
