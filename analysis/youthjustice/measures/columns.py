"""What a measure asks of the columns of a frame: that they are there, each for one part."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Sequence

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.labels import is_missing


def check_frame(frame: object, what: str = "frame") -> None:
    """Raise InputProblem for something that is no frame."""
    if not isinstance(frame, pd.DataFrame):
        raise InputProblem(f"{what} is a {type(frame).__name__}; give a pandas DataFrame.")


def check_names(names: Iterable[object]) -> None:
    """Raise InputProblem for what cannot be the name of a column."""
    for name in names:
        # A missing name equals nothing, and comparing pd.NA with a name is an error of its own.
        if not isinstance(name, Hashable) or is_missing(name):
            raise InputProblem(
                f"A {type(name).__name__} names no column; give the name of one column."
            )


def check_columns(frame: pd.DataFrame, wanted: Sequence[object], what: str = "frame") -> None:
    """Raise InputProblem for something that is no frame, and for absent or repeated columns.

    >>> check_columns(pd.DataFrame({"children": [1]}), ["population"])
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: The frame has no column 'population'; its columns are children.
    """
    check_frame(frame, what)
    columns, names = list[object](frame.columns), list(wanted)
    check_names(names)
    absent = [name for name in names if name not in columns]
    if absent:
        found = ", ".join(map(str, columns)) or "none"
        raise InputProblem(f"The {what} has no column {absent[0]!r}; its columns are {found}.")
    twice = [name for name in names if names.count(name) > 1 or columns.count(name) > 1]
    if twice:
        raise InputProblem(f"The column {twice[0]!r} is used twice; give each column one role.")


def check_keys(keys: Iterable[object], columns: Container[object]) -> None:
    """Raise InputProblem for a key that is called as a column of the result is."""
    for name in keys:
        if name in columns:
            raise InputProblem(f"The key {name!r} is also a column of the result; rename it.")
