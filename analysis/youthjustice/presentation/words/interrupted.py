"""A sentence on what changed at a date: a step and a new slope, in time and not by cause."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates, numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.cautions import cautions
from youthjustice.presentation.words.changes import flags_of, in_percent
from youthjustice.presentation.words.findings import (
    HIGHER,
    LOWER,
    Figures,
    compare,
    figures,
)
from youthjustice.presentation.words.phrases import sentence_case

NOT_A_CAUSE = (
    "That is what happened together in time and not what caused it: whatever else changed then is "
    "in it, and there is no comparator."
)


def interrupted_sentence(
    rows: pd.DataFrame,
    *,
    subject: str,
    event: str,
    at: Any = None,
    approximate: bool = False,
    context: str = "",
) -> Sentence:
    """Say whether a rate stepped up or down at a date, and whether its slope changed.

    ``rows`` holds the rows of ``interrupted_series`` for one series. ``event`` names what began
    then ("the new scheme"), ``at`` is its date (default: the one the rows were made with). A
    direction is written where the interval leaves out 1; where neighbouring periods are alike, the
    interval is the one that allows for it. The sentence always says that it tells no cause.
    Raises InputProblem for rows that hold no step or several, and without a date.

    >>> rows = pd.DataFrame({"term": ["trend_before", "step", "slope_change"], "flags": "",
    ...     "value": [0.9, 0.5, 1.02], "lower": [0.88, 0.4, 0.97], "upper": [0.92, 0.62, 1.07],
    ...     "finding": ["lower", "lower", "no evidence of a change"]})
    >>> print(interrupted_sentence(rows, subject="the rate", event="the scheme", at="2016-01-01"))
    From 1 January 2016, when the scheme began, the rate was lower than its earlier trend would give: \
\N{MINUS SIGN}50% (95% confidence interval \N{MINUS SIGN}60% to \N{MINUS SIGN}38%). There is no \
evidence that its change from year to year was other than before: 2.0% (95% confidence interval \
\N{MINUS SIGN}3.0% to 7.0%). That is what happened together in time and not what caused it: \
whatever else changed then is in it, and there is no comparator.
    """
    terms = rows.set_index("term")
    if "step" not in terms.index or terms.index.has_duplicates:
        raise InputProblem(
            "a sentence on an interrupted series needs the rows of one series, with its term "
            "'step': filter the frame to one series"
        )
    if at is None and "at" not in rows.attrs:
        raise InputProblem(
            "a sentence on an interrupted series needs the date of the event: give it in at"
        )
    when = dates.day(pd.Timestamp(rows.attrs["at"] if at is None else at))
    opening = f"{context}, from {when}" if context else f"from {when}"
    flags = flags_of(terms.loc["step"])
    step = _read(terms, "step", rows.attrs, flags)
    if not step.has_interval or not math.isfinite(step.value):
        why = str(terms.loc["step"].get("finding") or "").removeprefix("not calculated: ")
        text = (
            f"{opening}, when {event} began, no change of {subject} can be told"
            f"{': ' + why if why else ''}."
        )
        return Sentence(sentence_case(text), kind="note")
    parts = [f"{opening}, when {event} began, {_step(step, subject)}."]
    if "slope_change" in terms.index:
        parts.append(f"{_slope(terms, _read(terms, 'slope_change', rows.attrs, flags))}.")
    text = " ".join([*parts, NOT_A_CAUSE]) + cautions(flags, "periods", approximate=approximate)
    return Sentence(sentence_case(text))


def _read(terms: pd.DataFrame, term: str, attrs: Any, flags: set[str]) -> Figures:
    """Read one term, with the limits that allow for neighbours being alike where they are."""
    row = terms.loc[term]
    read = figures(row)
    if "autocorrelated" in flags:
        lower, upper = (numbers.to_float(row.get(f"hac_{end}")) for end in ("lower", "upper"))
        read = replace(read, lower=lower, upper=upper)
    return replace(read, confidence=attrs["confidence"]) if "confidence" in attrs else read


def _claim(read: Figures) -> str:
    """Return higher or lower where the interval leaves out 1, else nothing."""
    side = compare(
        read.value, read.lower, read.upper, p_value=read.p_value, confidence=read.confidence
    )
    return side if side in (HIGHER, LOWER) else ""


def _step(step: Figures, subject: str) -> str:
    side = _claim(step)
    if side:
        return f"{subject} was {side} than its earlier trend would give: {in_percent(step)}"
    return (
        f"there is no evidence that {subject} was higher or lower than its earlier trend would "
        f"give: {in_percent(step)}"
    )


def _slope(terms: pd.DataFrame, slope: Figures) -> str:
    side = _claim(slope)
    if side:
        way = {HIGHER: "upwards", LOWER: "downwards"}[side]
        found = _annual(terms)
        return f"Its change from year to year turned {way}: {in_percent(slope)}{found}"
    return (
        "There is no evidence that its change from year to year was other than before: "
        f"{in_percent(slope)}"
    )


def _annual(terms: pd.DataFrame) -> str:
    """Add the annual change on both sides, where both are known."""
    both = [numbers.to_float(terms["value"].get(f"trend_{side}")) for side in ("before", "after")]
    if not all(map(math.isfinite, both)):
        return ""
    before, after = (in_percent(Figures(value)) for value in both)
    return f", from {before} to {after} a year"
