"""A sentence on a standardised rate: what an area would show with the make-up of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from youthjustice.measures.estimate import SMALL_NUMERATOR
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.area_rows import approximate_words, joined
from youthjustice.presentation.words.findings import NO_EVIDENCE, Figures, compare, figures
from youthjustice.presentation.words.phrases import in_context

_NOT = "not calculated: "


def standardised_sentence(
    row: Mapping[str, Any] | pd.Series,
    *,
    subject: str,
    standard: str,
    over: str,
    unit: str = "",
    benchmark: float | None = None,
    form: numbers.Form = numbers.rate,
    events: str = "children",
    confidence: float = 0.95,
    context: str = "",
    approximate: str = "",
) -> Sentence:
    """Say what a standardised rate or ratio allows.

    ``row`` is a row of ``standardise``. ``subject`` is singular ("the rate of first-time entrants in
    Islington"), ``standard`` names the standard ("England and Wales") and ``over`` what areas are
    made alike in ("age and sex"). Direct: the rate beside the rate as it is, of which no more is
    said as both are made of the same children; and beside ``benchmark``, the standard's own rate,
    taken as known. Indirect: the number of ``events`` (of which the row has ``expected``) beside
    what the standard's rates would give, and how the ratio stands to 1.

    >>> row = {"numerator": 22, "denominator": 15172, "value": 0.73, "lower": 0.46, "upper": 1.11,
    ...     "p_value": 0.15, "expected": 30.1, "crude_rate": 145.0, "method": "indirect, byar",
    ...     "finding": "calculated", "flags": ""}
    >>> print(standardised_sentence(row, subject="the number of first-time entrants in Islington",
    ...     standard="England", over="age"))
    The number of first-time entrants in Islington was 22, and 30.1 would be expected at the rates of \
England by age: ratio 0.73 (95% confidence interval 0.46 to 1.11), no evidence of a difference.
    """
    read = figures(dict(row) | {"confidence": confidence})
    indirect = str(row["method"]).startswith("indirect")
    if not read.has_interval:
        finding = str(row["finding"])
        why = finding.removeprefix(_NOT) if finding.startswith(_NOT) else "it has no interval"
        text = f"{subject}, standardised for {over}, is not given ({why})"
        return Sentence(in_context(context, f"{text}."), kind="note")
    if indirect:
        text = _ratio(read, row, subject, standard, over)
    else:
        text = _rate(read, row, subject, standard, over, unit, benchmark, form, confidence)
    small = "small_numerator" in str(row["flags"] or "").split(";")
    few = f"Fewer than {SMALL_NUMERATOR} {events} are behind it." if small else ""
    tail = approximate_words(approximate, row["numerator"], row["denominator"])
    whole = joined(f"{text}.", few, tail)
    return Sentence(in_context(context, whole), kind="finding")


def _ratio(
    read: Figures, row: Mapping[str, Any] | pd.Series, subject: str, standard: str, over: str
) -> str:
    side = compare(
        read.value, read.lower, read.upper, p_value=read.p_value, confidence=read.confidence
    )
    ratio = numbers.interval(
        read.value, read.lower, read.upper, confidence=read.confidence, null=1.0
    )
    verdict = side if side == NO_EVIDENCE else f"{side} than expected"
    return (
        f"{subject} was {numbers.count(row['numerator'])}, and "
        f"{numbers.decimal(row['expected'], 1)} would be expected at the rates of {standard} by "
        f"{over}: ratio {ratio}, {verdict}"
    )


def _rate(
    read: Figures,
    row: Mapping[str, Any] | pd.Series,
    subject: str,
    standard: str,
    over: str,
    unit: str,
    benchmark: float | None,
    form: numbers.Form,
    confidence: float,
) -> str:
    unit = f" {unit}" if unit else ""
    value = numbers.interval(
        read.value, read.lower, read.upper, form=form, confidence=confidence, null=benchmark,
        unit=unit,
    )  # fmt: skip
    text = f"with the {over} of {standard}, {subject} would be {value}"
    if benchmark is not None:
        side = compare(read.value, read.lower, read.upper, benchmark, confidence=confidence)
        word = "from" if side == NO_EVIDENCE else "than"
        text += f", {side} {word} that of {standard} itself ({form(benchmark)})"
    crude = form(row["crude_rate"])
    return (
        f"{text}. As it is, it is {crude}{unit}; both rest on the same children, so no claim is made "
        "on how the two differ"
    )
