"""Compare printed totals with the sums of their parts."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice.published._series import present, rate_rows
from youthjustice.published._text import bare
from youthjustice.published.checks import Problem

ALL = "All"
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]
_Gaps = tuple[Any, list[Any], str]
FEWEST = 5
"""From this many sums on, those that mostly miss their totals are no sums of all parts."""

_KEYS = (
    "area_code", "area_name", "area_type", "part_of", "period_start", "period_end", "period_label",
    "period_type", "unit", "release", "source",
)  # fmt: skip
_NEVER = frozenset(
    {"table", "measure", "region", "value", "numerator", "denominator", "symbol", "flag", "sheet",
     "cell", "check", "period_basis", "closed", "note", "denominator_basis", "denominator_unit", *_KEYS}
)  # fmt: skip


def parts_against_totals(frame: pd.DataFrame) -> list[Problem]:
    """Find printed totals that are not the sum of their parts.

    A total is a row that holds `All` in a dimension; its parts are the rows that are equal to it
    but for that dimension. Dimensions that are broken down together, such as tier and disposal,
    are summed together, and each total is compared with the finest parts next to it. Only counts
    are compared. Where a part is missing or suppressed, the known parts may not exceed the total.
    Figures that are all multiples of 5, 10 or more are taken as rounded, and room is given for it.
    Parts that miss their totals in most of five or more sums (selected groups, or overlapping age
    bands) are no parts of a whole, and are left alone.

    Brent's 383 disposals in the year to March 2013 are 384 when added up by disposal, sex, age or
    ethnic group (Youth Justice Board and Ministry of Justice, regional tables 2012/13, 2014).

    Args:
        frame: tidy rows with `value`, and any of table, measure, area, period and dimensions.

    Returns:
        One problem for each total that differs: its message names the cells and both numbers, its
        rows are the total's and those of its parts.

    >>> tidy = pd.DataFrame({"sex": ["female", "male", "All"], "value": [2, 3, 6]})
    >>> parts_against_totals(tidy)[0].message
    'row 2 holds the total 6, but its parts add to 5 by sex (row 0 to row 1)'
    """
    if frame.empty or "value" not in frame:
        return []
    counts = frame[~rate_rows(frame)] if "unit" in frame else frame
    groups = present(counts, "table", "measure")
    tables = counts.groupby(groups, dropna=False, observed=True) if groups else [((), counts)]
    return _problems(frame, [gap for _, rows in tables for gap in _of_table(rows)])


def _of_table(rows: pd.DataFrame) -> list[_Gaps]:
    """Compare every kind of total of one measure with the kinds of rows that are its parts."""
    names = [str(c) for c in rows.columns if _says_which(rows[c], str(c))]
    dimensions = [c for c in names if rows[c].eq(ALL).any()]
    if not dimensions:
        return []
    broken = np.column_stack([rows[c].ne(ALL) & rows[c].notna() for c in dimensions])
    kind = broken @ (1 << np.arange(len(dimensions)))
    kinds = [int(k) for k in np.unique(kind)]
    codes = {c: pd.factorize(rows[c], use_na_sentinel=False)[0] for c in names}
    value = rows["value"].to_numpy(dtype=float, na_value=np.nan)
    room = _rounding(value)
    found = []
    for fine in kinds:
        coarser = [k for k in kinds if k != fine and k & fine == k]
        # A total of totals is compared with those totals, not with their parts again.
        nearest = [k for k in coarser if not any(k != m and k & m == k for m in coarser)]
        for coarse in nearest:
            summed = [c for i, c in enumerate(dimensions) if (fine & ~coarse) >> i & 1]
            same = _together([codes[c] for c in names if c not in summed], len(rows))
            found += _gaps(kind == coarse, kind == fine, same, value, room, _words(summed))
    return [(rows.index[one], rows.index[parts].tolist(), by) for one, parts, by in found]


def _words(names: list[str]) -> str:
    return " and ".join(name.replace("_", " ") for name in names)


def _says_which(column: pd.Series, name: str) -> bool:
    """Tell whether a column says which figure a row is, rather than what it is or where."""
    if name in _KEYS:
        return True
    dates_or_numbers = pd.api.types.is_numeric_dtype(column) or column.dtype.kind in "Mm"
    return not (dates_or_numbers or name in _NEVER or name.endswith("_published"))


def _together(codes: list[Codes], length: int) -> Codes:
    """Give one number to the rows that are equal in all columns."""
    same = np.zeros(length, dtype=np.int64)
    for code in codes:
        if code.any():
            same = pd.factorize(same * (int(code.max()) + 1) + code)[0]
    return same


def _gaps(
    whole: Mask, part: Mask, same: Codes, value: Values, room: float, by: str
) -> list[tuple[int, Codes, str]]:
    """List the totals of one kind that differ from the sums of one kind of parts."""
    size = int(same.max()) + 1
    known = part & np.isfinite(value)
    sums = np.bincount(same[known], weights=value[known], minlength=size)
    counted, parts = (np.bincount(same[rows], minlength=size) for rows in (known, part))
    totals = np.flatnonzero(whole & np.isfinite(value))
    totals = totals[counted[same[totals]] > 0]
    group = same[totals]
    over = sums[group] - value[totals]
    slack = np.where(room > 0, room * (parts[group] + 1), 1e-6)
    wrong = (over > slack) | ((over < -slack) & (counted[group] == parts[group]))
    if len(totals) >= FEWEST and wrong.mean() > 0.5:
        return []
    rows = np.flatnonzero(part)
    rows = rows[np.argsort(same[rows], kind="stable")]
    begins = np.searchsorted(same[rows], group[wrong])
    ends = np.searchsorted(same[rows], group[wrong], side="right")
    return [
        (int(row), rows[begin:end], by)
        for row, begin, end in zip(totals[wrong], begins, ends, strict=True)
    ]


def _rounding(value: Values) -> float:
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


def _problems(frame: pd.DataFrame, gaps: list[_Gaps]) -> list[Problem]:
    """Put the differences of each total into one sentence."""
    ways: dict[Any, list[tuple[list[Any], str]]] = {}
    for row, parts, by in gaps:
        ways.setdefault(row, []).append((parts, by))
    found = []
    for row, sums in ways.items():
        said = []
        for parts, by in sums:
            value = frame["value"].loc[parts].astype(float)
            known = " without those that are missing" if value.isna().any() else ""
            said.append(f"to {value.sum():,g} by {by} ({_span(frame, parts)}){known}")
        area = f" of {bare(frame['area_name'].loc[row])}" if "area_name" in frame else ""
        total = float(frame["value"].loc[row])
        sentence = (
            f"{_cell(frame, row)} holds the total {total:,g}{area}, "
            f"but its parts add {', '.join(said)}"
        )
        cells = [row, *(part for parts, _ in sums for part in parts)]
        found.append(Problem("parts_against_totals", sentence, tuple(dict.fromkeys(cells))))
    return found


def _span(frame: pd.DataFrame, rows: list[Any]) -> str:
    """Name the cells of some parts: each run of them by its first and last."""
    cells = [_cell(frame, row) for row in rows]
    return cells[0] if len(cells) == 1 else f"{cells[0]} to {cells[-1]}"


def _cell(frame: pd.DataFrame, row: Any) -> str:
    cell = frame["cell"].loc[row] if "cell" in frame else None
    if not isinstance(cell, str):
        return f"row {bare(row)}"
    sheet = frame["sheet"].loc[row] if "sheet" in frame else None
    return f"{bare(sheet)}!{cell}" if isinstance(sheet, str) and sheet else cell
