"""Read the intervals that a sentence prints, and what each would show: a ratio or a change."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

RATIO, CHANGE, SIZE, LEVEL = "ratio", "change", "size", "level"
"""A ratio (1 is no difference); a signed change and the size of one (0 is); a level (neither)."""

_NUMBER = r"[\u2212+-]?\d[\d,]*(?:\.\d+)?"
_ENDS = (
    rf"(?P<lower>{_NUMBER})%?(?: (?:to|and) | ?\u2013 ?| - |, (?!\d[\d.]*% ))(?P<upper>{_NUMBER})%?"
)
_NAME = r"(?:\d[\d.]*% )?(?:(?:confidence|credible|uncertainty) )?(?:interval|CI|limits|CrI)\b"
_IN_BRACKETS = re.compile(
    rf"[(\[](?P<name>[^()\[\]]*?)(?<![\d.,]){_ENDS}(?P<rest>[^()\[\]]*)[)\]]", re.IGNORECASE
)
_IN_TEXT = re.compile(
    rf"(?P<name>{_NAME})(?:,? (?:inferred|with rounding))?[,:]?(?: (?:of|from|is|was))? ?"
    rf"(?<![\d.,]){_ENDS}(?P<rest>)",
    re.IGNORECASE,
)
_NAME_OF_ONE = re.compile(r"interval|limits|C[Ir]\w?\b")
_NAMED = re.compile(rf"{_NAME}|inferred|with rounding", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20)\d\d")
_VALUE = re.compile(
    rf"(?P<value>{_NUMBER})%?"
    r"(?:,| times\b[^\d;:]*| per [\d,]+[^\d;:]*| percentage points?[^\d;:]*| a year[^\d;:]*"
    r"| (?:fewer|more|higher|lower|less)[^\d;:]*| (?:children|points?|days)[^\d;:]*)?\s*$"
)
_CUES = re.compile(
    r"(?P<ratio>\bratios? of (?:the |its |their )?(?:two )?(?:rates?|changes|shares)\b|\bratios?\b"
    r"|\btimes\b|\brelative (?:risk|rate)|\bodds\b|\bhazard\b)"
    r"|(?P<change>\bchang(?:e|ed|es)\b|\bdifferences?\b|\bdiffer by\b)"
    r"|(?P<size>\b(?:rose|fell|rising|falling|risen|fallen|grew|went (?:up|down)|up|down|increased?"
    r"|decreased?|declined?|dropped|reduced|lower|higher|shrank|climbed|jumped) by\b"
    r"|\b(?:rise|fall|increase|decrease|drop|decline|reduction|growth) (?:in [^;:,()]* )?of\b"
    r"|\b(?:fewer|more|less|higher|lower)\s*$)"
    r"|(?P<level>\b(?:rates?|shares?|proportion|percentage(?! point)|numbers?|level)\b"
    r"|\b(?:rose|fell|grew|increased|decreased|declined|dropped|climbed|jumped|went) (?:from|to)\b)",
    re.IGNORECASE,
)
_STANDING = re.compile(r"\((?:[^()]*[,;] )?ratios?,|\bratio\b[^;:()]* interval:", re.IGNORECASE)
_NEAR, _FAR = 80, 600
_SIGNS = ("\u2212", "-", "+")
_SIZE_AFTER = re.compile(r"\s*(?:(?:is|are|was|were) )?(?P<word>fewer|more|higher|lower|less)\b")
_SIZE_IN_VALUE = re.compile(
    r"\d%?(?: percentage points?)? (?P<word>fewer|more|higher|lower|less)\b"
)


class Interval(NamedTuple):
    """A printed interval: where it stands, its figure (NaN if not found), its ends and its kind.

    ``cue`` is where the words that tell the kind begin, and -1 where none do.
    """

    start: int
    end: int
    value: float
    lower: float
    upper: float
    kind: str
    cue: int = -1

    @property
    def null(self) -> float:
        """The value of no difference; NaN for a level, which has none."""
        return {RATIO: 1.0, CHANGE: 0.0, SIZE: 0.0}.get(self.kind, math.nan)

    @property
    def holds_its_figure(self) -> bool:
        """Tell whether the figure lies within the interval; where none is found, it is taken to."""
        ends = (self.lower, self.upper), (-self.upper, -self.lower)
        return math.isnan(self.value) or any(low <= self.value <= high for low, high in ends)

    @property
    def side(self) -> int:
        """Tell on which side of no difference it lies as a whole: 1, -1, or 0 where it reaches across."""
        return (self.lower > self.null) - (self.upper < self.null)


@lru_cache(maxsize=1024)
def intervals(text: str) -> tuple[Interval, ...]:
    """Find the intervals of a text, in order.

    >>> text = "a change of \u221273% (95% interval \u221283% to \u221257%); ratio 1.3 (0.9 to 1.9)"
    >>> [(one.lower, one.upper, one.kind) for one in intervals(text)]
    [(-83.0, -57.0, 'change'), (0.9, 1.9, 'ratio')]
    """
    if not any(mark in text for mark in ("(", "[", "interval", "CI", "limits", "CrI")):
        return ()
    hits = [*_IN_BRACKETS.finditer(text)]
    covered = [hit.span() for hit in hits]
    if _NAME_OF_ONE.search(text):
        hits += [
            hit
            for hit in _IN_TEXT.finditer(text)
            if not any(start <= hit.start() < end for start, end in covered)
        ]
    standing = _STANDING.search(text) is not None
    found = (_read(text, hit, standing) for hit in sorted(hits, key=re.Match.start))
    return tuple(one for one in found if one)


def number(text: str) -> float:
    """Read a printed number, whose minus may be the typographer's."""
    return float(text.replace("\u2212", "-").replace(",", ""))


def _read(text: str, hit: re.Match[str], standing: bool) -> Interval | None:
    """Tell an interval from other brackets that hold two numbers, such as years or ages."""
    named = bool(_NAMED.search(hit["name"]))
    joint = text[hit.end("lower") : hit.start("upper")].strip("% ")
    if not named and (hit["name"].strip(" ,") or joint != "to" or hit["rest"].strip(" %")):
        return None
    if not named and _YEARS.fullmatch(hit["lower"]) and _YEARS.fullmatch(hit["upper"]):
        return None
    # The brackets may hold the figure too: (ratio 0.9, 95% interval 0.7 to 1.2).
    inside = _NAMED.sub("", hit["name"]).strip(" ,;:")
    before = text[: hit.start()] + (inside if re.search(r"\d", inside) else "")
    if not named and before.rstrip().endswith(("aged", "ages", "years", "age")):
        return None
    start = max(*(before.rfind(end) for end in (";", ". ", "? ")), len(before) - _FAR) + 1
    said = before[start:]
    value = _VALUE.search(said[-_NEAR:])
    kind, cue = _kind(said[: -len(value[0])] if value else said, value[0] if value else "")
    after = _SIZE_AFTER.match(text, hit.end())
    if after and kind in ("", LEVEL):
        kind, cue = SIZE, after.start("word") - start
    if standing and not kind:
        kind, cue = RATIO, -1
    printed = value["value"] if value else ""
    if "limit" in hit["name"].lower():
        kind = LEVEL
    elif printed[:1] in _SIGNS or hit["lower"][0] in _SIGNS:
        kind = CHANGE if kind in ("", LEVEL, SIZE) else kind
    # A year, or a number in another unit than the interval's, is not its figure.
    ours = value and ("%" in value[0]) == ("%" in text[hit.start("lower") : hit.end()])
    return Interval(
        hit.start(),
        hit.end(),
        number(printed) if ours and not _YEARS.fullmatch(printed) else math.nan,
        number(hit["lower"]),
        number(hit["upper"]),
        kind or LEVEL,
        start + cue if cue >= 0 else -1,
    )


def _kind(before: str, value: str) -> tuple[str, int]:
    """Tell what a figure is from the last words before it that say so, and from its unit."""
    if re.search(r"\d%? times\b", value):
        return RATIO, len(before)
    if within := _SIZE_IN_VALUE.search(value):
        return SIZE, len(before) + within.start("word")
    last = next(iter([*_CUES.finditer(before)][-1:]), None)
    if last is not None and not (last.lastgroup == LEVEL and "percentage point" in value):
        return str(last.lastgroup), last.start()
    return (CHANGE, len(before)) if "percentage point" in value else ("", -1)
