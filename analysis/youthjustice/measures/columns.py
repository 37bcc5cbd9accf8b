"""Whether a frame has the columns that a measure reads, each for one part."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pandas as pd

from youthjustice.errors import InputProblem


def check_columns(frame: pd.DataFrame, wanted: Sequence[object]) -> None:
    """Raise InputProblem for something that is no frame, and for absent or repeated columns.

    >>> check_columns(pd.DataFrame({"children": [1]}), ["population"])
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: The frame has no column 'population'; its columns are children.
    """
    if not isinstance(frame, pd.DataFrame):
        raise InputProblem(f"frame is a {type(frame).__name__}; give a pandas DataFrame.")
    columns, names = list[object](frame.columns), list(wanted)
    for name in names:
        if not isinstance(name, Hashable):
            raise InputProblem(f"A column is named {name!r}; give the name of one column.")
    absent = [name for name in names if name not in columns]
    if absent:
        found = ", ".join(map(str, columns)) or "none"
        raise InputProblem(f"The frame has no column {absent[0]!r}; its columns are {found}.")
    twice = [name for name in names if names.count(name) > 1 or columns.count(name) > 1]
    if twice:
        raise InputProblem(f"The column {twice[0]!r} is used twice; give each column one role.")
