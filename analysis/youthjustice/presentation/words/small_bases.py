"""Find percentages on few children that are printed without their count."""

from __future__ import annotations

import re

from youthjustice.presentation.words.intervals import number

FEWEST = 30
"""A percentage on fewer than this is printed with its count."""

_NUMBERS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_SPELT = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_PERCENT = re.compile(
    r"(?<![\d.])(?P<value>\d[\d,]*(?:\.\d+)?)(?:%| per ?cent\b)"
    r"(?! (?:confidence|credible|prediction|uncertainty|interval|limits?|level|CI|CrI|significance))"
)
_WHO = (
    r"(?:children|young people|pupils|boys|girls|entrants|people|disposals|arrests|cases|searches"
    r"|sentences|episodes|remands|who|in|aged|were|\w+ children|\w+ pupils)"
)
_BASE = re.compile(
    r"\b(?:of|among|out of|from|in) (?:(?:the|these|its|our|their|all|just|only|about|a cohort of) )*"
    rf"(?P<base>\d+)(?= {_WHO}\b|[.,;)]|$)"
    r"|\bn ?= ?(?P<n>\d+)\b"
    r"|\b(?:base|cohort|denominator|total)(?: of| is| was|:)? (?P<named>\d+)\b"
    r"|\b(?P<few>\d+) (?:children|young people|pupils|boys|girls) in (?:the|its) (?:cohort|base)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?P<count>\d+)(?: (?:\w+ ){0,3}(?:out )?of (?:the |its |our |their |all |a cohort of )*| ?/ ?)"
    r"(?P<base>\d+)\b"
)
_HEAD_OF_BASE = re.compile(
    r"\b(?:base|cohort|denominator|total|all|of|population|sample)\b|^n$", re.IGNORECASE
)
_WHOLE = re.compile(r"(?:about )?\d[\d,]*")
_CELL_PERCENT = re.compile(r"[\u2212+-]?\d[\d,]*(?:\.\d+)?%(?: \(.*\))?")
_NO_COUNT = re.compile(
    r"\b(?:year|label|rank|rate|cohort|ratio|chance|quarter|released?|per)\b", re.IGNORECASE
)


def uncounted_percentages(text: str) -> list[tuple[str, int]]:
    """Return percentages that a text gives on fewer than 30 without "3 of 11", and where.

    >>> uncounted_percentages("27% of 11 children reoffended."), uncounted_percentages(
    ...     "27% (3 of 11 children) reoffended."), uncounted_percentages("27% of 11,000 reoffended.")
    ([('27%', 0)], [], [])
    """
    if "%" not in text and "per cent" not in text and "percent" not in text:
        return []
    figures = _SPELT.sub(lambda hit: str(_NUMBERS.index(hit[0].lower()) + 2), text)
    if figures != text:
        return uncounted_percentages(figures)
    bases = [
        (int(next(part for part in hit.groups() if part)), hit.end())
        for hit in _BASE.finditer(text)
        if not _goes_on(text, hit.end())
    ]
    few = [base for base, _ in bases if 0 < base < FEWEST]
    if not few:
        return []
    told = {
        int(hit["base"]) for hit in _COUNT.finditer(text) if int(hit["count"]) <= int(hit["base"])
    }
    if set(few) <= told:
        return []
    found = [(hit[0], hit.start()) for hit in _PERCENT.finditer(text)]
    return found[:1]


def names_base(head: str) -> bool:
    """Tell whether the head of a column announces what shares are shares of."""
    return _HEAD_OF_BASE.search(head) is not None


def uncounted_cells(heads: list[str], row: list[str]) -> list[str]:
    """Return the percentages of a row whose base is under 30 and whose count is not there.

    >>> uncounted_cells(["Group", "Base", "Share"], ["Asian", "18", "5.6%"])
    ['5.6%']
    >>> uncounted_cells(["Group", "Custody", "Base", "Share"], ["Asian", "1", "18", "5.6%"])
    []
    """
    shares = [cell for cell in row if _CELL_PERCENT.fullmatch(cell)]
    if not shares:
        return []
    whole = [
        (head, number(cell.removeprefix("about ")))
        for head, cell in zip(heads, row, strict=False)
        if _WHOLE.fullmatch(cell)
    ]
    bases = [value for head, value in whole if names_base(head) and 0 < value < FEWEST]
    if not bases or any(_COUNT.search(cell) for cell in row):
        return []
    counted = any(
        value <= min(bases) and not names_base(head) and not _NO_COUNT.search(head)
        for head, value in whole
    )
    return [] if counted else shares


def _goes_on(text: str, end: int) -> bool:
    """Tell whether a number is the start of a longer one, such as 11,000 or 11.5."""
    return bool(re.match(r"[.,]\d|%|/", text[end : end + 2]))
