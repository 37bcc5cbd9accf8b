"""Find directions (rose, lower, over-represented) that no interval in their sentence supports."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from youthjustice.presentation.words.intervals import (
    LEVEL,
    SIZE,
    Interval,
    intervals,
    number,
)

_SENSES = {"up": 1, "down": -1, "either": 0}
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\bSt\.)[\u201d\u2019)\"]?\s+(?=[\"\u201c\u2018(]?[A-Z0-9])")
_P_VALUE = re.compile(
    r"\bp(?:-value)?(?: of| was|:)?\s*(?P<sign>[<>=\u2264\u2265])?\s*(?P<p>0?\.\d+)"
)
_BESIDE = re.compile(r"[^.;:]{0,120}?\((?P<beside>[\u2212-]?\d[\d,]*(?:\.\d+)?)%?[^()]*\)")
_FROM_TO = re.compile(
    r"\bfrom (?P<first>[\u2212-]?\d[\d,]*(?:\.\d+)?)%? to (?P<last>[\u2212-]?\d[\d,]*(?:\.\d+)?)%?"
    r"(?= |[.,;:]|$)(?! (?:in|of) (?:the )?(?:cohort|year))"
)
_LEVEL_OF = 0.05
_MOST = 40  # a text with more is no sentence, and these say enough of it

NO_INTERVAL = "a direction without an interval that supports it"
ACROSS = "a direction whose interval reaches across no difference"
AGAINST = "a direction against its own figures"


class Direction(NamedTuple):
    """A direction that may not stand: the word, where it stands, and what is wrong with it."""

    found: str
    start: int
    wrong: str


class _Hit(NamedTuple):
    found: str
    start: int
    end: int
    sense: int


def unsupported_directions(text: str, *, whole: bool = False) -> list[Direction]:
    """Return the directions in a text that no interval or test beside them supports.

    A direction counts as supported by an interval in its own sentence that leaves out no difference
    (1 for a ratio, 0 for a change) on the side that the direction names, by a p-value under 0.05, or
    by words that name such a test (``interval_support.csv``). ``whole`` looks for one in the whole
    text, as for an item of a list. Words that claim nothing (``not_claims.csv``), such as "no
    evidence that it fell" or another's words in quotation marks, are let be.

    >>> [one.found for one in unsupported_directions("The rate fell. It may have risen elsewhere?")]
    ['fell']
    >>> unsupported_directions("The rate fell by 12% (95% confidence interval 3% to 20%).")
    []
    >>> unsupported_directions("It rose: a change of 5% (95% interval \u22122% to 12%).")[0].wrong
    'a direction whose interval reaches across no difference'
    """
    bounds = [0, *(hit.end() for hit in _SENTENCE.finditer(text)), len(text)]
    found = [
        hit._replace(start=hit.start + start, end=hit.end + start)
        for start, end in pairwise(bounds)
        if may_claim(said := text[start:end]) and _directions()[0].search(small_letters(said))
        for hit in _hits(_masked(said))
    ]
    if not found:
        return []
    found = found[:_MOST]
    printed = intervals(text)
    wrong = []
    for hit in found:
        start = max(bound for bound in bounds if bound <= hit.start)
        end = min(bound for bound in bounds if bound > hit.start)
        said = _judged(text, hit, printed, start, end, found)
        if said == NO_INTERVAL and whole and len(bounds) > 2:
            said = _judged(text, hit, printed, 0, len(text), found)
        if said:
            wrong.append(Direction(hit.found, hit.start, said))
    return wrong


def may_claim(text: str) -> bool:
    """Tell quickly whether a text may hold a direction; most cannot."""
    small = text.lower()
    return any(hint in small for hint in _hints())


def side_of(text: str) -> list[tuple[str, int]]:
    """Return the directions that a text claims and their sense: 1, -1, or 0 for either."""
    return [(hit.found, hit.sense) for hit in _hits(_masked(text))] if may_claim(text) else []


def without_quotations(text: str) -> str:
    """Leave out what stands in quotation marks: it is another's.

    >>> without_quotations("They wrote \u201csignificantly higher\u201d.")
    'They wrote \u2026.'
    """
    return _quotations().sub("\N{HORIZONTAL ELLIPSIS}", text)


def _judged(
    text: str, hit: _Hit, printed: Sequence[Interval], start: int, end: int, hits: list[_Hit]
) -> str:
    """Say what is wrong with one direction between two places of a text; nothing if it stands."""
    here = [one for one in printed if start <= one.start < end]
    if _against_figures(text, hit, end):
        return AGAINST
    for one in _nearest(here, hit, hits):
        if one.kind == LEVEL:
            beside = _BESIDE.match(text, hit.end, end)
            if beside is None or not hit.sense or one.start > hit.start:
                continue
            null = number(beside["beside"])
            side = (one.lower > null) - (one.upper < null)
        else:
            side = one.side
        if side == 0 or any(other.side != side for other in _listed(text, hit, here, hits)):
            return ACROSS
        if one.kind == SIZE:
            side = hit.sense * side
        return AGAINST if side == -hit.sense != 0 else ""
    test = _nearest_test(text, hit, start, end)
    if test is None:
        return "" if _support().search(text, start, end) else NO_INTERVAL
    return "" if test else ACROSS


def _listed(text: str, hit: _Hit, here: list[Interval], hits: list[_Hit]) -> list[Interval]:
    """Give all intervals of a list that a direction heads: "over-represented, A, 1.8 (...), B ..."."""
    if text[hit.end : hit.end + 1] != ",":
        return []
    stops = [other.start for other in hits if other.start > hit.start]
    stops += [place for place in [text.find(";", hit.end)] if place >= 0]
    return [one for one in here if hit.end < one.start < min(stops, default=len(text))]


def _nearest(here: list[Interval], hit: _Hit, hits: list[_Hit]) -> list[Interval]:
    """Order intervals by how likely they speak of a direction: the next one, then those before.

    The size of another direction ("rose, and fell by 12%") is that one's own.
    """
    free = [one for one in here if not _of_another(one, hit, hits)]
    after = [one for one in free if one.start >= hit.start]
    before = [one for one in reversed(free) if one.start < hit.start]
    return [*after[:1], *before[:1], *after[1:], *before[1:]]


def _of_another(one: Interval, hit: _Hit, hits: list[_Hit]) -> bool:
    if one.kind != SIZE or hit.start <= one.cue <= hit.end:
        return False
    return any(
        other != hit and other.sense and other.start <= one.cue <= other.end for other in hits
    )


def _against_figures(text: str, hit: _Hit, end: int) -> bool:
    """Tell whether "fell from 145 to 537" runs against its own two figures."""
    moved = _FROM_TO.match(text, hit.end + 1, end)
    if moved is None or not hit.sense:
        return False
    first, last = number(moved["first"]), number(moved["last"])
    return (last - first) * hit.sense < 0


def _nearest_test(text: str, hit: _Hit, start: int, end: int) -> bool | None:
    """Tell whether the p-value nearest to a direction is under 5%; None where there is none."""
    tests = list(_P_VALUE.finditer(text, start, end))
    if not tests:
        return None
    test = next((one for one in tests if one.start() > hit.start), tests[-1])
    p, sign = float(test["p"]), test["sign"]
    return (
        p <= _LEVEL_OF if sign in ("<", "\u2264") else p < _LEVEL_OF and sign not in (">", "\u2265")
    )


def _masked(text: str) -> str:
    """Blot out what claims nothing, leaving every other letter in its place, all of them small."""
    return _not_claims().sub(lambda hit: "\N{MIDDLE DOT}" * len(hit[0]), small_letters(text))


def small_letters(text: str) -> str:
    """Write small letters, each in the place of its capital."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _hits(text: str) -> list[_Hit]:
    """Find the directions of a text, which is in small letters."""
    every, senses = _directions()
    return [
        _Hit(hit[0], hit.start(), hit.end(), senses[int(str(hit.lastgroup)[1:])])
        for hit in every.finditer(text)
    ]


@cache
def _hints() -> tuple[str, ...]:
    """Give letters of which every direction holds some."""
    return tuple({hint for row in _rows("directions.csv") for hint in row["hints"].split()})


@cache
def _directions() -> tuple[re.Pattern[str], tuple[int, ...]]:
    """Join the directions into one pattern; those that stand first in the list are tried first."""
    rows = _rows("directions.csv")
    every = "|".join(f"(?P<d{at}>{row['pattern']})" for at, row in enumerate(rows))
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)"), tuple(_SENSES[row["sense"]] for row in rows)


@cache
def _not_claims() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in _rows("not_claims.csv")))


@cache
def _quotations() -> re.Pattern[str]:
    return re.compile(_rows("not_claims.csv")[0]["pattern"])


@cache
def _support() -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{row['pattern']})" for row in _rows("interval_support.csv")), re.IGNORECASE
    )


def _rows(name: str) -> list[dict[str, str]]:
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines))
