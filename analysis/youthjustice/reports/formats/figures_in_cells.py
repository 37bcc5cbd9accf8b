"""From a table as a report prints it to cells that a spreadsheet can reckon with."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from youthjustice.presentation import Table
from youthjustice.reports.formats.printed import Printed, alone, decimals, number, read, symbol
from youthjustice.reports.formats.table_figures import figures
from youthjustice.reports.formats.text import cut, inert

EMPTY, NO_ROWS = "[blank]", "[none]"
MEANINGS = {
    "[x]": "not available",
    EMPTY: "the cell holds nothing",
    NO_ROWS: "the table has no rows",
}

_LONGEST_CELL, _LONGEST_HEAD = 30_000, 250
_WEB = re.compile(r"https?://[^\s\[\]$]{1,500}")
_SAYS = re.compile(r"[A-Za-z0-9]")
_LIMITS = ("lower limit", "upper limit")
_PARTS = {"": "value", "lower limit": "lower", "upper limit": "upper"}


@dataclass(frozen=True, slots=True)
class Cells:
    """A table's cells; ``forms`` tells how a number is shown, by row (0 is the head) and column."""

    frame: pd.DataFrame
    forms: dict[tuple[int, int], str]
    head: int


def cells(table: Table) -> Cells:
    """Give the cells of a table; ``head`` is the place of the column that heads the rows.

    A number stays the unrounded number, and a figure with its interval in one cell becomes three
    columns: unrounded where the table holds them, and as printed where it was handed over as text.
    The column that heads the rows is not taken apart.
    """
    texts = table.texts().to_numpy(dtype=object).T.tolist()
    made: dict[str, list[Any]] = {}
    head = 0
    forms: dict[tuple[int, int], str] = {}
    for (name, label), column in zip(table.columns.items(), texts, strict=True):
        heads_rows = name == table.row_header
        head = len(made) if heads_rows else head
        parts = None if heads_rows else _parted(column)
        held = figures(table, name, column)
        for told, printed in [("", column)] if parts is None else parts:
            at = len(made)
            made[_head(f"{label}: {told}" if told else label, made)] = written = []
            for row, (figure, text) in enumerate(zip(held, printed, strict=True), start=1):
                number, form = _number(getattr(figure, _PARTS[told]), text)
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


def _parted(texts: Sequence[str]) -> list[tuple[str, list[str]]] | None:
    """Take a column of printed figures apart; None where it is not one.

    >>> _parted(["145 (91 to 220)", "[x]"])
    [('', ['145', '[x]']), ('lower limit', ['91', '[x]']), ('upper limit', ['220', '[x]'])]
    >>> _parted(["+5 to +30"]), _parted(["about 5"])
    ([('lower limit', ['+5']), ('upper limit', ['+30'])], None)
    """
    found = [None if symbol(one) else read(one) for one in texts]
    known = [one for one, text in zip(found, texts, strict=True) if not symbol(text)]
    if not known or not all(one and _whole(one) for one in known):
        return None
    valued = [bool(one.value) for one in known if one]
    if len(set(valued)) > 1:  # some have a figure and others an interval alone
        return None
    limited = any(one.lower for one in known if one)
    heads = [*([""] if valued[0] else []), *(_LIMITS if limited else [])]
    return [
        (
            head,
            [
                text if one is None else getattr(one, _PARTS[head]) or "[x]"
                for one, text in zip(found, texts, strict=True)
            ],
        )
        for head in heads
    ]


def _whole(one: Printed) -> bool:
    """Tell whether a figure is exact, and its interval, if any, has both ends."""
    return not one.about and bool(one.lower) == bool(one.upper)


def _number(value: Any, text: str) -> tuple[Any, str | None]:
    """Give a number and the form that shows it as printed; no form where it is told as text.

    The number is the one held, unless it does not print so.
    """
    held = None if value is None else _form(value, text)
    if held is not None:
        return value, held
    found = read(text)
    if found is None or found.about or not found.value or found.lower:
        return None, None
    own = number(found.value)
    assert own is not None
    return own, _form(own, text)


def _form(value: float, text: str) -> str | None:
    """Tell how a spreadsheet shows a number as it is printed; None where it cannot.

    >>> _form(0.5213, "52.1%"), _form(37.4, "37.4%"), _form(1234.0, "1,234"), _form(0.4, "a")
    ('0.0%', '0.0"%"', '#,##0', None)
    """
    told = alone(text)
    if told is None or not math.isfinite(value):
        return None
    places = decimals(told.number)
    near = 0.51 * 10**-places
    form = ("#,##0" if "," in told.number else "0") + (f".{'0' * places}" if places else "")
    if told.unit == "%" and abs(value * 100 - told.value) <= near:
        form += "%"
    elif abs(value - told.value) > near or '"' in told.unit or not told.unit.isprintable():
        return None
    elif told.unit:
        form += f'"{told.unit}"'
    return f"+{form}" if told.sign == "+" else form


def _head(label: Any, taken: dict[str, list[Any]]) -> str:
    """Give a column a name that no other column of the sheet has."""
    number = len(taken) + 1
    name = cut(_text_of(str(label)), _LONGEST_HEAD) if str(label).strip() else f"Column {number}"
    used = {one.lower() for one in taken}
    return name if name.lower() not in used else f"{name} ({number})"
