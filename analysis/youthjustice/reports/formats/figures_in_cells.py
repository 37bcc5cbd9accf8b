"""From a table as a report prints it to cells that a spreadsheet can reckon with."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.presentation import Table
from youthjustice.reports.formats.text import cut, inert

EMPTY, NO_ROWS = "[blank]", "[none]"
MEANINGS = {
    "[x]": "not available",
    EMPTY: "the cell holds nothing",
    NO_ROWS: "the table has no rows",
}

_LONGEST_CELL, _LONGEST_HEAD = 30_000, 250
_NUMBER = r"[+\u2212-]?\d[\d,]*(?:\.\d+)?%?"
_ONE = re.compile(rf"({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER}) to ({_NUMBER})")
_WITH_RANGE = re.compile(rf"({_NUMBER}) \(({_NUMBER}) to ({_NUMBER})\)")
_WITHOUT = re.compile(rf"({_NUMBER}) \(no interval available\)")
_PRINTED = re.compile(
    r"(?P<sign>[+\u2212-]?)(?P<number>\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<unit>.*)"
)
_SYMBOL = re.compile(r"\[\w+\]")
_WEB = re.compile(r"https?://[^\s\[\]$]{1,500}")
_SAYS = re.compile(r"[A-Za-z0-9]")
_LIMITS = ("lower limit", "upper limit")


@dataclass(frozen=True, slots=True)
class Cells:
    """A table's cells; ``forms`` tells how a number is shown, by row (0 is the head) and column."""

    frame: pd.DataFrame
    forms: dict[tuple[int, int], str]
    head: int


def cells(table: Table) -> Cells:
    """Give the cells of a table; ``head`` is the place of the column that heads the rows.

    A number stays the unrounded number. One that was handed over as text becomes a number again, and
    a figure with its interval in one cell becomes three columns, as printed. The column that heads
    the rows is not taken apart.
    """
    texts = table.texts()
    names = {label: name for name, label in table.columns.items()}
    made: dict[str, list[Any]] = {}
    head = 0
    forms: dict[tuple[int, int], str] = {}
    for label in texts.columns:
        name, printed = names[label], list(texts[label])
        heads_rows = name == table.row_header
        head = len(made) if heads_rows else head
        parts = None if heads_rows else _parted(printed)
        columns = [("", printed)] if parts is None else parts
        for told, column in columns:
            at = len(made)
            values = list(table.frame[name]) if len(columns) == 1 else [None] * len(column)
            made[_head(f"{label}: {told}" if told else label, made)] = written = []
            for row, (value, text) in enumerate(zip(values, column, strict=True), start=1):
                number, form = _number(value, text, parsed=parts is not None)
                written.append(_cell(text) if form is None else number)
                if form is not None:
                    forms[row, at] = form
    filled = {title: column or [NO_ROWS] for title, column in made.items()}
    return Cells(pd.DataFrame(filled, dtype=object), forms, head)


def _cell(told: str) -> str | dict[str, str]:
    """Give a cell of text; an address of the web becomes a link, as gptables takes one."""
    found = _text_of(told)
    return {found: found} if _WEB.fullmatch(found) else found


def text(told: Any) -> str:
    """Give text as a cell holds it: never empty, never a formula, never a link by accident.

    gptables refuses a cell without a letter or digit of the Latin alphabet, so one gets a word.
    """
    return _text_of(str(told))


def line(told: Any) -> str:
    """Give inert text in which gptables finds neither a reference to a note nor a link."""
    found = inert(cut(str(told), _LONGEST_CELL))
    while "$$" in found:
        found = found.replace("$$", "$ $")
    return re.sub(r"\](?=\()", "] ", found)


def _text_of(told: str) -> str:
    found = line(told)
    if not found.strip(" '\t\r\n"):
        return EMPTY
    return found if _SAYS.search(found) else f"Text: {found}"


def _parted(printed: Sequence[str]) -> list[tuple[str, list[str]]] | None:
    """Take a column of printed figures apart; None where it is not one.

    >>> _parted(["145 (91 to 220)", "[x]"])
    [('', ['145', '[x]']), ('lower limit', ['91', '[x]']), ('upper limit', ['220', '[x]'])]
    >>> _parted(["+5 to +30"]), _parted(["about 5"])
    ([('lower limit', ['+5']), ('upper limit', ['+30'])], None)
    """
    figures = [one for one in printed if not _SYMBOL.fullmatch(one)]
    if not figures:
        return None
    for kinds, heads in (
        ((_ONE,), ("",)),
        ((_RANGE,), _LIMITS),
        ((_WITH_RANGE, _WITHOUT, _ONE), ("", *_LIMITS)),
    ):
        found = [
            next(filter(None, (kind.fullmatch(one) for kind in kinds)), None) for one in figures
        ]
        if all(found):
            rows = [_row(one, kinds, len(heads)) for one in printed]
            return [(head, [row[at] for row in rows]) for at, head in enumerate(heads)]
    return None


def _row(printed: str, kinds: Sequence[re.Pattern[str]], width: int) -> list[str]:
    if _SYMBOL.fullmatch(printed):
        return [printed] * width
    groups = next(found.groups() for kind in kinds if (found := kind.fullmatch(printed)))
    return [*groups, *["[x]"] * (width - len(groups))]


def _number(value: Any, printed: str, *, parsed: bool) -> tuple[Any, str | None]:
    """Give a number and the form that prints it so; no form where it is better told as text."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        form = _form(value, printed)
        if form is not None:
            return value, form
    if not parsed or not _ONE.fullmatch(printed):
        return None, None
    number = float(printed.strip("%").replace("\u2212", "-").replace(",", ""))
    return number, _form(number, printed)


def _form(value: float, printed: str) -> str | None:
    """Tell how a spreadsheet shows a number as it is printed; None where it cannot.

    >>> _form(0.5213, "52.1%"), _form(37.4, "37.4%"), _form(1234.0, "1,234"), _form(0.4, "a")
    ('0.0%', '0.0"%"', '#,##0', None)
    """
    told = _PRINTED.fullmatch(printed)
    if told is None or not math.isfinite(value):
        return None
    shown = float(told["number"].replace(",", "")) * (-1 if told["sign"] in {"-", "\u2212"} else 1)
    decimals = len(told["decimals"] or "")
    near = 0.51 * 10**-decimals
    form = ("#,##0" if "," in told["number"] else "0") + (f".{'0' * decimals}" if decimals else "")
    if told["unit"] == "%" and abs(value * 100 - shown) <= near:
        form += "%"
    elif abs(value - shown) > near or '"' in told["unit"] or not told["unit"].isprintable():
        return None
    elif told["unit"]:
        form += f'"{told["unit"]}"'
    return f"+{form}" if told["sign"] == "+" else form


def _head(label: Any, taken: dict[str, list[Any]]) -> str:
    """Give a column a name that no other column of the sheet has."""
    number = len(taken) + 1
    name = cut(_text_of(str(label)), _LONGEST_HEAD) if str(label).strip() else f"Column {number}"
    used = {one.lower() for one in taken}
    return name if name.lower() not in used else f"{name} ({number})"
