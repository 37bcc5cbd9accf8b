"""Sentences on how far a rate moved, and on whether one moved faster than another."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import Any

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.findings import (
    FELL,
    NO_CLAIM,
    NO_CLEAR_CHANGE,
    ROSE,
    Figures,
    compare,
    figures,
)
from youthjustice.presentation.words.phrases import NO_COUNTS, sentence_case

APPROXIMATE = "The counts are approximate, and so are the intervals."
TWO_ALONE = "With two periods alone, the intervals hold the chance of a count and no other scatter."
_FASTER = {
    (FELL, True): "fell faster",
    (FELL, False): "fell more slowly",
    (ROSE, True): "rose more slowly",
    (ROSE, False): "rose faster",
}


def difference_in_change_sentence(
    found: Any,
    *,
    subject: str,
    other: str,
    start: str,
    end: str,
    approximate: bool = False,
    context: str = "",
    why: str = "",
) -> Sentence:
    """Say how far an area's rate and its comparator's moved, and whether one moved faster.

    ``found`` is what ``difference_in_change`` returns for one area, or a row of its frame.
    ``subject`` and ``other`` name the two rates ("the rate in Islington", "that of the rest of
    London"), ``start`` and ``end`` the periods. Faster is in proportion to the first figure, and is
    written where both moved the same way and the interval of the ratio of the two changes leaves
    out 1. ``approximate`` says that the counts are implied or rounded; counts that are not whole
    say so themselves. ``why`` follows "because" where there is no interval (default: what the flags
    tell).

    >>> row = {"value": 0.71, "lower": 0.5, "upper": 1.004, "change": 0.27, "change_lower": 0.19,
    ...     "change_upper": 0.38, "reference_change": 0.38, "reference_change_lower": 0.37,
    ...     "reference_change_upper": 0.4}
    >>> print(difference_in_change_sentence(row, subject="the rate in Islington",
    ...     other="that of the rest of London", start="2016", end="2024"))
    Between 2016 and 2024 the rate in Islington fell by 73% (95% confidence interval 62% to 81%) \
and that of the rest of London fell by 62% (95% confidence interval 60% to 63%). That is no \
evidence that the first fell faster: ratio of the two changes 0.71 (95% confidence interval 0.50 to \
1.004). With two periods alone, the intervals hold the chance of a count and no other scatter.
    """
    both = figures(found)
    own, others = (_part(found, name, both.confidence) for name in ("change", "reference_change"))
    flags = flags_of(found)
    why = why or _reason(flags)
    first, second = moved(own, why=why), moved(others, why=why)
    opening = f"{context}, between" if context else "between"
    text = (
        f"{opening} {start} and {end} {subject} {first} and {other} {second}. "
        f"{_verdict(both, _side(own), _side(others), why)}."
    )
    claimed = {_side(own), _side(others), _side(both)} != {NO_CLAIM}
    if claimed:
        text += f" {TWO_ALONE}"
    if approximate or "not_whole" in flags:
        text += f" {APPROXIMATE}"
    return Sentence(sentence_case(text), kind="finding" if claimed else "note")


def moved(read: Figures, *, each: str = "", why: str = NO_COUNTS) -> str:
    """Say what a ratio of a later figure to an earlier one allows, as the rest of a sentence.

    ``each`` follows the figure (" a year on average"). A change is written in per cent, one that
    may be none with its sign.

    >>> moved(Figures(0.5, 0.34, 0.73)), moved(Figures(1.02, 0.98, 1.07), each=" a year")
    ('fell by 50% (95% confidence interval 27% to 66%)', 'showed no evidence of a change: 2.0% a \
year (95% confidence interval \N{MINUS SIGN}2.0% to 7.0%)')
    """
    side = _side(read)
    if side == NO_CLAIM:
        if not math.isfinite(read.value):
            return "has no change that can be given"
        figure = in_percent(replace(read, lower=math.nan, upper=math.nan), each)
        return f"differed by {figure}, of which no claim is made because {why}"
    if side == NO_CLEAR_CHANGE:
        return f"showed no evidence of a change: {in_percent(read, each)}"
    if side == FELL:
        read = replace(read, value=2 - read.value, lower=2 - read.upper, upper=2 - read.lower)
    return f"{side} by {in_percent(read, each)}"


def in_percent(read: Figures, each: str = "") -> str:
    """Write a ratio as a change in per cent with its interval: whole from 10%, else one decimal.

    >>> in_percent(Figures(0.93, 0.9, 0.96), " a year")
    '\N{MINUS SIGN}7.0% a year (95% confidence interval \N{MINUS SIGN}10.0% to \N{MINUS SIGN}4.0%)'
    """
    places = 0 if round(abs(read.value - 1), 9) >= 0.1 else 1
    form = partial(numbers.percent, decimals=places)
    value, lower, upper = (bound - 1 for bound in (read.value, read.lower, read.upper))
    if math.isnan(lower + upper):
        return f"{form(value, apart_from=0.0)}{each}"
    return numbers.interval(
        value, lower, upper, form=form, confidence=read.confidence, null=0.0, unit=each
    )


def flags_of(row: Any) -> set[str]:
    """Return the flags of one result."""
    given = row.get("flags") if hasattr(row, "get") else getattr(row, "flags", "")
    return set(str(given or "").split(";")) - {""}


def _part(found: Any, name: str, confidence: float) -> Figures:
    """Read one of the two changes, of a result or of a row of its frame."""
    if not hasattr(found, "get"):
        return figures(getattr(found, name))
    columns = {"value": name, "lower": f"{name}_lower", "upper": f"{name}_upper"}
    columns["p_value"] = f"{name}_p_value"
    row = {key: found.get(column) for key, column in columns.items()}
    return figures({**row, "confidence": confidence})


def _side(read: Figures) -> str:
    if not math.isfinite(read.value):
        return NO_CLAIM
    return compare(
        read.value,
        read.lower,
        read.upper,
        change=True,
        p_value=read.p_value,
        confidence=read.confidence,
    )


def _verdict(both: Figures, own: str, others: str, why: str) -> str:
    side = _side(both)
    if side == NO_CLAIM:
        return f"Whether the two changes differ cannot be said because {why}"
    ratio = "ratio of the two changes " + numbers.interval(
        both.value, both.lower, both.upper, confidence=both.confidence, null=1.0
    )
    same = own == others and own in (ROSE, FELL)
    faster = _FASTER[own, both.value < 1] if same else "changed differently from the second"
    if side == NO_CLEAR_CHANGE:
        return f"That is no evidence that the first {faster}: {ratio}"
    if same:
        return f"In proportion, the first {faster}: {ratio}"
    level = "lower" if side == FELL else "higher"
    return f"Set against the second, the first was {level} at the end than at the start: {ratio}"


def _reason(flags: set[str]) -> str:
    """Say what the flags tell of why something has no interval."""
    if "denominator_zero" in flags:
        return "one of the populations is 0"
    return "one of the counts is 0" if "zero_numerator" in flags else NO_COUNTS
