"""Find directions in the cells of a table that no interval in their row supports."""

from __future__ import annotations

import re
from functools import lru_cache

from youthjustice.presentation.words.directions import (
    ACROSS,
    AGAINST,
    NO_INTERVAL,
    Direction,
    side_of,
    unsupported_directions,
)
from youthjustice.presentation.words.intervals import number

_ENDS = re.compile(
    r"(?P<lower>[\u2212+-]?\d[\d,]*(?:\.\d+)?)%? to (?P<upper>[\u2212+-]?\d[\d,]*(?:\.\d+)?)%?"
)
_RATIO = re.compile(r"\b(?:ratios?|times|relative rate)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:change|difference|effect|above|below|fewer|more|added|points)\b", re.IGNORECASE
)
_OWN = re.compile(r"interval|\bCI\b", re.IGNORECASE)


def unsupported_cells(caption: str, heads: list[str], row: list[str]) -> list[tuple[str, str]]:
    """Return the directions in a row's cells that stand without support, and what is wrong.

    A cell is judged by its own interval if it is a sentence, and otherwise by the intervals of its
    row: of a ratio, or of a change, as the heads of their columns or the caption say.

    >>> heads = ["Group", "Ratio to White", "95% interval", "What it allows"]
    >>> unsupported_cells("", heads, ["Black", "2.31", "2.05 to 2.60", "over-represented"])
    []
    >>> unsupported_cells("", heads, ["Black", "1.31", "0.95 to 1.60", "over-represented"])[0][0]
    'over-represented'
    """
    wrong = []
    for cell in row:
        for told in _unsupported(cell):
            if told.wrong != NO_INTERVAL:
                wrong.append((told.found, told.wrong))
                continue
            sense = dict(side_of(cell)).get(told.found, 0)
            said = _judged(sense, _sides(caption, heads, row))
            if said:
                wrong.append((told.found, said))
    return wrong


@lru_cache(maxsize=2048)
def _unsupported(cell: str) -> tuple[Direction, ...]:
    """Read a cell once: the same few words stand in many."""
    return tuple(unsupported_directions(cell))


def _judged(sense: int, sides: list[int]) -> str:
    if not sides:
        return NO_INTERVAL
    if any(side and side != -sense for side in sides):
        return ""
    return AGAINST if any(sides) else ACROSS


def _sides(caption: str, heads: list[str], row: list[str]) -> list[int]:
    """Tell for each interval of a ratio or a change in a row on which side of none it lies."""
    sides, null = [], _null(caption)
    for head, cell in zip(heads, row, strict=False):
        own = _null(head)
        null = own if own is not None else null if _OWN.search(head) else _null(caption)
        ends = _ENDS.search(cell)
        if ends and null is not None:
            lower, upper = number(ends["lower"]), number(ends["upper"])
            sides.append((lower > null) - (upper < null))
    return sides


def _null(words: str) -> float | None:
    return 1.0 if _RATIO.search(words) else 0.0 if _CHANGE.search(words) else None
