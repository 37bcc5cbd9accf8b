"""The figures of a table's cells: unrounded where the table holds them, otherwise as printed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from youthjustice.presentation import Behind, Table
from youthjustice.reports.formats.printed import first_number, number, read, symbol, whole

Number = int | float | None
PER_CENT, SHARE = "per cent", "share of 1"


class Figure(NamedTuple):
    """One cell: its figure and the limits of its interval, as printed, why it is missing, its unit."""

    value: Number
    lower: Number
    upper: Number
    printed: str
    symbol: str
    unit: str


def figures(table: Table, name: str, texts: Sequence[str]) -> list[Figure]:
    """Give the figure of each cell of a column, whose cells print as ``texts``.

    What the column does not show has no figure here either, whatever the frame holds.

    >>> frame = pd.DataFrame({"group": ["All"], "rate": ["145 (91 to 220)"], "value": [144.6]})
    >>> held = {"rate": Behind("value", unit="per 100,000")}
    >>> both = {"group": "Group", "rate": "Rate"}
    >>> table = Table(frame, "Rates", columns=both, align_right=["rate"], behind=held)
    >>> figures(table, "rate", ["145 (91 to 220)"])[0][:3]
    (144.6, 91, 220)
    """
    held = table.behind.get(name) or Behind(name)
    written = name in table.align_right or name in table.behind
    columns = [_column(table, one) for one in held[:3]]
    units = _units(table, name, held)
    found = []
    for row, text in enumerate(texts):
        own = tuple(column[row] for column in columns)
        found.append(
            _figure(
                text,
                own,
                units[row],
                expected=name in table.behind and bool(held.value),
                written=written,
            )
        )
    return found


def _column(table: Table, name: str) -> list[Number]:
    return [_number(one) for one in table.frame[name]] if name else [None] * len(table.frame)


def _units(table: Table, name: str, held: Behind) -> list[str]:
    """Give the unit of each row, where the table knows it."""
    if held.unit or name != "value" or "unit" not in table.frame:
        return [held.unit] * len(table.frame)
    return [one if isinstance(one, str) and one != "%" else "" for one in table.frame["unit"]]


def _figure(
    text: str, own: tuple[Number, ...], unit: str, *, expected: bool, written: bool
) -> Figure:
    """Give one cell's figure: what is held comes before what is read from the print."""
    if missing := symbol(text):
        return Figure(None, None, None, text, missing, "")
    parts = read(text) if written else None
    shown = tuple(number(one) for one in parts[:3]) if parts else (None, None, None)
    if not any(letter.isdigit() for letter in text):  # words that say why there is no figure
        return Figure(None, None, None, text, "", "")
    value, lower, upper = (a if a is not None else b for a, b in zip(own, shown, strict=True))
    if expected and value is None:  # limits of nothing
        return Figure(None, None, None, text, "", "")
    return Figure(value, lower, upper, text, "", _unit(unit, text, value, lower))


def _unit(known: str, text: str, *own: Number) -> str:
    """Tell whether what is printed in per cent is held in per cent or as a share of one."""
    if "%" not in text:
        return known
    mine = next((one for one in own if one is not None), None)
    there = first_number(text)
    if mine is None or there is None:
        return PER_CENT
    return PER_CENT if abs(mine - there) <= abs(100 * mine - there) else SHARE


def _number(value: Any) -> Number:
    """Give a number as it is, unrounded; anything else is no number."""
    if isinstance(value, bool) or not pd.api.types.is_number(value):
        return None
    one: float = float(value)  # type: ignore[arg-type]
    return whole(one) if math.isfinite(one) else None
