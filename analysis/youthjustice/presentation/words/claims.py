"""Sentences that say what the figures allow and nothing beyond it.

A direction (higher, lower, rose, fell, over-represented) is written where the interval leaves out
the value of no difference, and nowhere else. Without an interval a sentence states the figures,
says why there is no interval, and claims nothing. What may be claimed is decided in `findings`;
this file words it.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from youthjustice.errors import InputProblem
from youthjustice.measures.disparity.findings import (
    MISSING,
    NOT_DEFINED,
    OVER,
    POSSIBLE,
    SMALL,
    TOO_FEW,
    UNDER,
    UNKNOWN_GROUPS,
)
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.findings import (
    FELL,
    NO_CLAIM,
    NO_CLEAR_CHANGE,
    NO_EVIDENCE,
    ROSE,
    TOLERANCE,
    Figures,
    compare,
    figures,
    ratio_finding,
)
from youthjustice.presentation.words.phrases import NO_COUNTS, children_of, in_context

_REASONS = {
    TOO_FEW: "there are too few children",
    MISSING: "a count behind it is missing",
    NOT_DEFINED: "it is not defined for these counts",
}


def ratio_sentence(
    estimate: Any,
    *,
    group: str,
    reference: str,
    outcome: str,
    people: str = "children",
    context: str = "",
    why: str = "",
    tolerance: tuple[float, float] = TOLERANCE,
) -> Sentence:
    """Say what the ratio of two groups' rates allows.

    ``outcome`` follows the word "in" ("arrests", "custodial sentences"); ``context`` opens the
    sentence ("In Islington, in the year ending March 2025"); ``why`` follows "because" where there
    is no interval (default: the reason in the estimate's ``finding``).

    >>> row = {"value": 2.31, "lower": 2.05, "upper": 2.6}
    >>> print(ratio_sentence(row, group="Black", reference="White", outcome="arrests"))
    Black children were over-represented in arrests: their rate was 2.31 times that of White \
children (95% confidence interval 2.05 to 2.60).
    """
    read = figures(estimate)
    why = why or _REASONS.get(read.finding, NO_COUNTS)
    finding = ratio_finding(estimate, tolerance)
    who = children_of(group, people)
    both = f"{who} and {reference} {people}"
    was = f"the ratio of the two rates was {_interval(read, numbers.ratio, 1.0)}"
    if finding == OVER:
        times = _interval(read, numbers.ratio, 1.0, f" times that of {reference} {people}")
        text = f"{who} were over-represented in {outcome}: their rate was {times}"
    elif finding == UNDER:
        text = f"{who} were under-represented in {outcome}"
        if read.value > 0:
            often = numbers.ratio(1 / read.value)
            text += f", where they appeared {often} times less often than {reference} {people}"
        text += f": {was}"
    elif finding == SMALL:
        text = f"a difference between {both} was detected in {outcome}, but it is small: {was}"
    elif finding == POSSIBLE:
        text = (
            f"possible difference between {both} in {outcome}; numbers too small to be sure: {was}"
        )
    elif finding == UNKNOWN_GROUPS:
        text = (
            f"possible difference between {both} in {outcome}; too many of unknown ethnic group to "
            f"be sure: {was}"
        )
    elif finding == NO_EVIDENCE:
        text = f"no evidence of a difference between {both} in {outcome}: {was}"
    elif math.isfinite(read.value):
        alone = numbers.ratio(read.value)
        text = f"the ratio of the rates of {both} in {outcome} was {alone}; {_no_claim(why)}"
    else:
        text = f"the ratio of the rates of {both} in {outcome} was not calculated because {why}"
    return _sentence(context, text, claimed=finding != NO_CLAIM)


def change_sentence(
    change: Any,
    *,
    subject: str,
    before: float,
    after: float,
    start: str,
    end: str,
    unit: str = "",
    form: numbers.Form = numbers.rate,
    null: float = 1.0,
    relative: bool = True,
    context: str = "",
    why: str = NO_COUNTS,
) -> Sentence:
    """Say whether something rose or fell between two periods, if its interval says so.

    ``change`` is the estimate of the change: a ratio of after to before (``null=1``) or a
    difference (``null=0``), or None when there is none. ``before`` and ``after`` are the two
    figures, written with ``form`` and ``unit`` ("per 100,000 children"); ``start`` and ``end`` name
    the periods ("the year ending December 2016"). A ratio is written as a change in per cent unless
    ``relative`` is false, as it should be for figures that are themselves per cents. Raises
    InputProblem when the figures go one way and the estimate the other.

    >>> row = {"value": 0.27, "lower": 0.19, "upper": 0.38}
    >>> print(change_sentence(row, subject="the rate of first-time entrants", before=537, after=145,
    ...     start="the year ending 2016", end="the year ending 2024", unit="per 100,000"))
    The rate of first-time entrants fell from 537 to 145 per 100,000 between the year ending 2016 \
and the year ending 2024: a change of \u221273% (95% confidence interval \u221281% to \u221262%).
    """
    read = figures(change)
    side = compare(
        read.value,
        read.lower,
        read.upper,
        null,
        change=True,
        p_value=read.p_value,
        confidence=read.confidence,
    )
    _check_direction(side, before, after, subject)
    unit = f" {unit}" if unit else ""
    first, last = form(before), form(after)
    if null != 1:
        written = f"difference {_interval(read, form, null)}"
    elif relative:
        written = _relative(read, "a change of" if side in (ROSE, FELL) else "the two differ by")
    else:
        written = f"ratio {_interval(read, numbers.ratio, null)}"
    if side in (ROSE, FELL):
        text = f"{subject} {side} from {first} to {last}{unit} between {start} and {end}: {written}"
    elif side == NO_CLEAR_CHANGE:
        text = (
            f"no clear change in {subject} between {start} ({first}{unit}) "
            f"and {end} ({last}{unit}): {written}"
        )
    else:
        text = f"{subject} was {first}{unit} in {start} and {last}{unit} in {end}; {_no_claim(why)}"
    return _sentence(context, text, claimed=side != NO_CLAIM)


def level_sentence(
    estimate: Any,
    *,
    subject: str,
    unit: str = "",
    form: numbers.Form = numbers.rate,
    benchmark: float | None = None,
    benchmark_name: str = "",
    context: str = "",
    why: str = NO_COUNTS,
) -> Sentence:
    """State a level with its interval and, if asked, how it stands to a fixed benchmark.

    The benchmark is taken as known (its own uncertainty is small beside an area's) and should leave
    the area out. ``subject`` is singular ("the rate of first-time entrants in Islington").

    >>> row = {"value": 145, "lower": 110, "upper": 190}
    >>> print(level_sentence(row, subject="the rate in Islington", unit="per 100,000",
    ...     benchmark=157, benchmark_name="London"))
    The rate in Islington was 145 per 100,000 (95% confidence interval 110 to 190): no evidence \
of a difference from London (157).
    """
    read = figures(estimate)
    unit = f" {unit}" if unit else ""
    if not math.isfinite(read.value):
        return _sentence(context, f"{subject} is not available because {why}", claimed=False)
    beside = f"{benchmark_name} ({form(benchmark)})"
    if not read.has_interval:
        other = "" if benchmark is None else f", and {form(benchmark)} in {benchmark_name}"
        text = f"{subject} was {form(read.value)}{unit}{other}; {_no_claim(why)}"
        return _sentence(context, text, claimed=False)
    level = f"{subject} was {_interval(read, form, benchmark, unit)}"
    if benchmark is None:
        return _sentence(context, level)
    side = compare(read.value, read.lower, read.upper, benchmark, confidence=read.confidence)
    verdict = f": {side} from {beside}" if side == NO_EVIDENCE else f", {side} than {beside}"
    return _sentence(context, level + verdict)


def _sentence(context: str, text: str, *, claimed: bool = True) -> Sentence:
    return Sentence(in_context(context, f"{text}."), kind="finding" if claimed else "note")


def _interval(read: Figures, form: numbers.Form, null: float | None, unit: str = "") -> str:
    return numbers.interval(
        read.value,
        read.lower,
        read.upper,
        form=form,
        confidence=read.confidence,
        null=null,
        unit=unit,
    )


def _relative(read: Figures, lead: str) -> str:
    """Write a ratio of two periods as the change in per cent that managers speak of."""
    shown = replace(read, value=read.value - 1, lower=read.lower - 1, upper=read.upper - 1)
    return f"{lead} {_interval(shown, numbers.whole_percent, 0.0)}"


def _no_claim(why: str) -> str:
    return f"no interval can be given because {why}, so no claim is made"


def _check_direction(side: str, before: float, after: float, subject: str) -> None:
    """Refuse a change that runs against its own two figures."""
    if (side == ROSE and before > after) or (side == FELL and before < after):
        raise InputProblem(
            f"by its estimate {subject} {side}, but its figures are {before:g} and then {after:g}: "
            "give the change as after over before, or after minus before"
        )
