"""Compare printed totals with the sums of their parts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from youthjustice._shown import bare
from youthjustice.published._problem import Problem
from youthjustice.published._series import present, rate_rows
from youthjustice.published._sums import (
    ALL,
    FEWEST,
    Codes,
    Mask,
    Values,
    cell,
    half_step,
    numbered,
    places_of,
    says_which,
    span,
    sums_of,
    together,
)

_NAME = "parts_against_totals"
_Gaps = tuple[Any, list[Any], str]
MOST_TOLD = 20
"""How many totals are told one by one; the others are told together."""


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
    names = [str(c) for c in rows.columns if says_which(rows[c], str(c))]
    dimensions = [c for c in names if rows[c].eq(ALL).any()]
    if not dimensions:
        return []
    broken = np.column_stack([rows[c].ne(ALL) & rows[c].notna() for c in dimensions])
    kind = broken @ (1 << np.arange(len(dimensions)))
    kinds = [int(k) for k in np.unique(kind)]
    codes = {c: numbered(rows[c]) for c in names}
    value = rows["value"].to_numpy(dtype=float, na_value=np.nan)
    room = half_step(value)
    found = []
    for fine in kinds:
        coarser = [k for k in kinds if k != fine and k & fine == k]
        # A total of totals is compared with those totals, not with their parts again.
        nearest = [k for k in coarser if not any(k != m and k & m == k for m in coarser)]
        for coarse in nearest:
            summed = [c for i, c in enumerate(dimensions) if (fine & ~coarse) >> i & 1]
            same = together([codes[c] for c in names if c not in summed], len(rows))
            found += _gaps(kind == coarse, kind == fine, same, value, room, _words(summed))
    return [(rows.index[one], rows.index[parts].tolist(), by) for one, parts, by in found]


def _words(names: list[str]) -> str:
    return " and ".join(name.replace("_", " ") for name in names)


def _gaps(
    whole: Mask, part: Mask, same: Codes, value: Values, room: float, by: str
) -> list[tuple[int, Codes, str]]:
    """List the totals of one kind that differ from the sums of one kind of parts."""
    sums = sums_of(whole, part, same, value)
    slack = np.where(room > 0, room * (sums.parts + 1), 1e-6)
    wrong = (sums.over > slack) | ((sums.over < -slack) & (sums.known == sums.parts))
    if len(wrong) >= FEWEST and wrong.mean() > 0.5:
        return []
    missed = sums.only(wrong)
    parts = places_of(part, same, missed.group)
    return [(int(row), places, by) for row, places in zip(missed.row, parts, strict=True)]


def _problems(frame: pd.DataFrame, gaps: list[_Gaps]) -> list[Problem]:
    """Put the differences of each total into one sentence."""
    ways: dict[Any, list[tuple[list[Any], str]]] = {}
    for row, parts, by in gaps:
        ways.setdefault(row, []).append((parts, by))
    found = []
    for row, sums in list(ways.items())[:MOST_TOLD]:
        said = []
        for parts, by in sums:
            value = frame["value"].loc[parts].astype(float)
            known = " without those that are missing" if value.isna().any() else ""
            said.append(f"to {value.sum():,g} by {by} ({span(frame, parts)}){known}")
        area = f" of {bare(frame['area_name'].loc[row])}" if "area_name" in frame else ""
        total = float(frame["value"].loc[row])
        sentence = (
            f"{cell(frame, row)} holds the total {total:,g}{area}, "
            f"but its parts add {', '.join(said)}"
        )
        found.append(Problem(_NAME, sentence, _of_all(row, sums)))
    if others := list(ways.items())[MOST_TOLD:]:
        rows = tuple(dict.fromkeys(one for row, sums in others for one in _of_all(row, sums)))
        sentence = f"{len(others):,} more totals differ from the sums of their parts"
        found.append(Problem(_NAME, sentence, rows))
    return found


def _of_all(row: Any, sums: list[tuple[list[Any], str]]) -> tuple[Any, ...]:
    """List a total and its parts, each once."""
    return tuple(dict.fromkeys([row, *(part for parts, _ in sums for part in parts)]))
