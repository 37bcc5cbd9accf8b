"""A sentence on a target that a service has set itself, beside the latest published figure."""

from __future__ import annotations

from datetime import date
from typing import Any

from youthjustice.presentation import dates, numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.findings import HIGHER, LOWER, NO_CLAIM, compare, figures

_STANDS = {
    HIGHER: "above the target",
    LOWER: "below the target",
    NO_CLAIM: "with no interval at hand, so how it stands to the target is not said",
}
_UNCLEAR = "cannot be told apart from the target"


def target_sentence(
    latest: Any,
    *,
    measure: str,
    target: float,
    by: date,
    unit: str = "",
    period: str = "",
    form: numbers.Form = numbers.rate,
    counted: str = "",
    note: str = "",
) -> Sentence:
    """Set the latest figure beside a target, and say which side it is on if its interval allows.

    ``latest`` is the estimate, or None where no figure is published; ``period`` says of when it is
    and ``counted`` gives its count and base. ``note`` is the service's own and comes last.

    >>> row = {"value": 145, "lower": 91, "upper": 220}
    >>> print(target_sentence(row, measure="first-time entrants", target=150, unit="per 100,000",
    ...     by=date(2027, 3, 31), period="year ending December 2024"))
    Target of the service for first-time entrants: 150 per 100,000 by March 2027; latest (year \
ending December 2024) 145 (95% confidence interval 91 to 220): cannot be told apart from the target.
    """
    set_ = f"Target of the service for {measure}: {form(target)}{f' {unit}' if unit else ''}"
    text = f"{set_} by {dates.month_year(by)}"
    read = figures(latest)
    if latest is None or read.value != read.value:
        text += "; no figure is published to set beside it"
    else:
        side = compare(read.value, read.lower, read.upper, target, confidence=read.confidence)
        written = numbers.interval(
            read.value, read.lower, read.upper, form=form, confidence=read.confidence, null=target
        )
        when = f" ({period})" if period else ""
        base = f", {counted}" if counted else ""
        text += f"; latest{when} {written}{base}: {_STANDS.get(side, _UNCLEAR)}"
    said = f"{text}."
    return Sentence(f"{said} Note by the service: {note.strip()}" if note.strip() else said)


def marked_sentence(told: str, *, drawn: bool) -> str:
    """Say how a chart marks a target, such as "150 by March 2027", or why it does not.

    >>> print(marked_sentence("900 by March 2027", drawn=False))
    The target of the service, 900 by March 2027, lies above what is drawn.
    """
    if drawn:
        return f"A line of dashes and dots marks the target of the service, {told}."
    return f"The target of the service, {told}, lies above what is drawn."
