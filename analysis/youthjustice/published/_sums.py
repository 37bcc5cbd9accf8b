"""Sums of the rows that are parts, and the totals that are printed beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import bare

ALL = "All"
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]
FEWEST = 5
"""From this many sums on, those that mostly miss their totals are no sums of all parts."""

KEYS = (
    "area_code", "area_name", "area_type", "part_of", "period_start", "period_end", "period_label",
    "period_type", "unit", "release", "source",
)  # fmt: skip
_NEVER = frozenset(
    {"table", "measure", "region", "value", "numerator", "denominator", "symbol", "flag", "sheet",
     "cell", "check", "period_basis", "closed", "note", *KEYS}
)  # fmt: skip
_CELLS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Sums:
    """Printed totals, each with the sum of its parts; all arrays have one value for each total.

    `row` is the total's place, `group` the number that it shares with its parts, `total` its value,
    `over` the sum less the total, `parts` the number of parts, and `known` of those with a value.
    """

    row: Codes
    group: Codes
    total: Values
    over: Values
    parts: Codes
    known: Codes

    def only(self, chosen: Mask) -> Sums:
        """Give some of the totals."""
        return Sums(
            self.row[chosen], self.group[chosen], self.total[chosen], self.over[chosen],
            self.parts[chosen], self.known[chosen],
        )  # fmt: skip


def sums_of(whole: Mask, part: Mask, same: Codes, value: Values) -> Sums:
    """Sum the parts of each total; totals without a value or without any known part are left out."""
    size = int(same.max(initial=-1)) + 1
    known = part & np.isfinite(value)
    sums = np.bincount(same[known], weights=value[known], minlength=size)
    counted, parts = (np.bincount(same[rows], minlength=size) for rows in (known, part))
    totals = np.flatnonzero(whole & np.isfinite(value))
    totals = totals[counted[same[totals]] > 0]
    group = same[totals]
    over = sums[group] - value[totals]
    return Sums(totals, group, value[totals], over, parts[group], counted[group])


def places_of(part: Mask, same: Codes, groups: Codes) -> list[Codes]:
    """List the places of the parts of each group."""
    rows = np.flatnonzero(part)
    rows = rows[np.argsort(same[rows], kind="stable")]
    begins = np.searchsorted(same[rows], groups)
    ends = np.searchsorted(same[rows], groups, side="right")
    return [rows[begin:end] for begin, end in zip(begins, ends, strict=True)]


def says_which(column: pd.Series, name: str) -> bool:
    """Tell whether a column says which figure a row is, rather than what it is or where."""
    if name in KEYS:
        return True
    dates_or_numbers = pd.api.types.is_numeric_dtype(column) or column.dtype.kind in "Mm"
    about = name.endswith("_published") or name.startswith("denominator")
    return not (dates_or_numbers or name in _NEVER or about)


def together(columns: list[pd.Series | Codes], length: int) -> Codes:
    """Give one number to the rows that are equal in all columns; missing equals missing."""
    same = np.zeros(length, dtype=np.int64)
    for column in columns:
        code = column if isinstance(column, np.ndarray) else numbered(column)
        if code.any():
            same = pd.factorize(same * (int(code.max()) + 1) + code)[0]
    return same


def numbered(column: pd.Series) -> Codes:
    """Give each distinct value of a column a number from 0, missing ones among them."""
    return pd.factorize(column, use_na_sentinel=False)[0]


def half_step(value: Values) -> float:
    """Give half the step to which the figures look rounded; nothing where they are whole."""
    known = np.abs(value[np.isfinite(value) & (value != 0)])
    if not len(known):
        return 0.0
    if len(known) >= 10:
        for step in (1000.0, 100.0, 10.0, 5.0):
            if not np.any(known % step):
                return step / 2
    for step in (1.0, 0.1, 0.01):
        if np.all(np.abs(known / step - np.round(known / step)) < 1e-6):
            return 0.0 if step == 1.0 else step / 2 + 1e-9
    return 0.005


def cell(frame: pd.DataFrame, row: Any) -> str:
    """Name the cell of one row, by its index label: `London!Q160`, or the row itself."""
    one = frame["cell"].loc[row] if "cell" in frame else None
    if not isinstance(one, str):
        return f"row {bare(row)}"
    sheet = frame["sheet"].loc[row] if "sheet" in frame else None
    return f"{bare(sheet)}!{one}" if isinstance(sheet, str) and sheet else one


def span(frame: pd.DataFrame, rows: list[Any]) -> str:
    """Name the cells of a run of rows by its first and last."""
    cells = [cell(frame, row) for row in (rows[0], rows[-1])]
    return cells[0] if len(rows) == 1 else f"{cells[0]} to {cells[1]}"


def first_cells(frame: pd.DataFrame, rows: list[Any]) -> str:
    """Name the first few cells of some rows, and say how many more there are."""
    named = ", ".join(cell(frame, row) for row in rows[:_CELLS_NAMED])
    more = len(rows) - _CELLS_NAMED
    return f"{named} and {more:,} more" if more > 0 else named
