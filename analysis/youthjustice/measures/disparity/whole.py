"""Whole children: the two numbers of an index that count children, ready to be shown."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import FloatArray

LABELS = {
    "children_difference": "children above (+) or below (-) the group's proportionate share of all "
    "children counted",
    "parity_number": "children fewer (+) or more (-) that would give the group the rate of the "
    "reference group",
}
_SLACK = 1e-9  # a limit that is a whole number but for rounding error stays that number


def whole_children(index: pd.DataFrame) -> pd.DataFrame:
    """Return the two differences in children of an index as whole children, limits outward.

    ``index`` is a frame of relative_rate_index; its keys come back with ``children_difference`` and
    ``parity_number``, each with ``_lower`` (rounded down) and ``_upper`` (rounded up), so that no
    interval gets narrower; NaN and infinite limits stay as they are. ``attrs["labels"]`` says what
    the two count. They are different things: the first sets the group beside its share of all
    children counted, the second beside the reference group's rate. The first sums to 0 over the
    known groups of a cell before rounding; the whole numbers may miss 0 by a child or two. This
    project's own rule of rounding. Raises InputProblem for a frame without those columns.

    >>> from youthjustice.measures import relative_rate_index
    >>> boys = pd.DataFrame({"ethnic_group": ["White", "Black"], "referred": [159_200, 129_700],
    ...                      "population": [8_752_200, 2_468_900]})
    >>> index = relative_rate_index(boys, numerator="referred", denominator="population")
    >>> whole_children(index)[["ethnic_group", "children_difference", "parity_number"]]
      ethnic_group  children_difference  parity_number
    0        Black              66135.0        84791.0
    1        White             -66135.0            0.0
    """
    wanted = ["numerator", *(f"{name}{end}" for name in LABELS for end in ("", "_lower", "_upper"))]
    columns = list(getattr(index, "columns", ()))
    absent = [name for name in wanted if name not in columns]
    if absent:
        raise InputProblem(
            f"There is no column {absent[0]!r}; give a frame of relative_rate_index."
        )
    twice = [name for name in wanted if columns.count(name) > 1]
    if twice:
        raise InputProblem(f"The column {twice[0]!r} stands twice; give a frame with each once.")
    keys = columns[: columns.index("numerator")]
    whole: dict[str, FloatArray] = {}
    for name in LABELS:
        middle, lower, upper = (_numbers(index, f"{name}{end}") for end in ("", "_lower", "_upper"))
        # Adding 0 turns a negative zero into a plain one.
        whole[name] = np.rint(middle) + 0.0
        whole[f"{name}_lower"] = np.floor(lower + _SLACK) + 0.0
        whole[f"{name}_upper"] = np.ceil(upper - _SLACK) + 0.0
    result = pd.concat([index[keys], pd.DataFrame(whole, index=index.index)], axis=1)
    result.attrs = {**index.attrs, "labels": dict(LABELS)}
    return result


def _numbers(index: pd.DataFrame, name: str) -> FloatArray:
    """Return a column as numbers of any sign; a limit may be infinite."""
    column = pd.to_numeric(index[name], errors="coerce")
    wrong = (column.isna() & index[name].notna()).to_numpy(dtype=bool)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise InputProblem(
            f"{name} is {index[name].iloc[at]!r} in row {index.index[at]}; give a frame of "
            "relative_rate_index as it came."
        )
    return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan))
