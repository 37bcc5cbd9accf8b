"""A sentence on how one area's figure stands to another's, no stronger than their ratio allows."""

from __future__ import annotations

from typing import Any

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.findings import NO_CLAIM, NO_EVIDENCE, compare, figures
from youthjustice.presentation.words.phrases import NO_COUNTS, in_context


def comparison_sentence(
    ratio: Any,
    *,
    subject: str,
    level: float,
    other: str,
    other_level: float,
    unit: str = "",
    form: numbers.Form = numbers.rate,
    context: str = "",
    why: str = NO_COUNTS,
) -> Sentence:
    """Say whether ``subject`` was higher or lower than ``other``, if their ratio allows it.

    ``ratio`` is the estimate of subject to other. Both levels are printed with ``form`` and
    ``unit``. ``context`` opens the sentence; ``why`` follows "because" where there is no interval.

    >>> row = {"value": 0.92, "lower": 0.58, "upper": 1.41}
    >>> print(comparison_sentence(row, subject="the rate in Islington", level=145,
    ...     other="the rest of London", other_level=157, unit="per 100,000"))
    No evidence of a difference between the rate in Islington (145 per 100,000) and that of the \
rest of London (157): ratio 0.92 (95% confidence interval 0.58 to 1.41).
    """
    read = figures(ratio)
    side = compare(
        read.value, read.lower, read.upper, 1.0, p_value=read.p_value, confidence=read.confidence
    )
    unit = f" {unit}" if unit else ""
    first, second = form(level), form(other_level)
    written = numbers.interval(
        read.value, read.lower, read.upper, confidence=read.confidence, null=1.0
    )
    if side == NO_CLAIM:
        text = (
            f"{subject} was {first}{unit} and that of {other} {second}; no interval can be given "
            f"because {why}, so no claim is made"
        )
    elif side == NO_EVIDENCE:
        text = (
            f"no evidence of a difference between {subject} ({first}{unit}) and that of {other} "
            f"({second}): ratio {written}"
        )
    else:
        text = (
            f"{subject} ({first}{unit}) was {side} than that of {other} ({second}): ratio {written}"
        )
    return Sentence(in_context(context, f"{text}."), kind="note" if side == NO_CLAIM else "finding")
