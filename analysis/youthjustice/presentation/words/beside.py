"""Sentences that set the change of others beside an area's own, which has been told."""

from __future__ import annotations

from typing import Any

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.changes import in_percent
from youthjustice.presentation.words.findings import (
    FELL,
    NO_CLAIM,
    ROSE,
    Figures,
    compare,
    figures,
)
from youthjustice.presentation.words.phrases import listing

_SIDES = {"value": "", "lower": "_lower", "upper": "_upper"}


def beside_sentence(
    row: Any, *, area: str, other: str, before: float, after: float, per: int = 100_000
) -> Sentence:
    """Say how the rate of others moved over the same years, and whether the area's moved alike.

    ``row`` is a row of the frame of ``difference_in_change``; ``before`` and ``after`` are the
    others' two rates, per ``per`` children.

    >>> row = {"value": 0.7, "lower": 0.43, "upper": 1.12, "p_value": 0.14,
    ...     "reference_change": 0.38, "reference_change_lower": 0.36, "reference_change_upper": 0.41}
    >>> print(beside_sentence(row, area="Islington", other="the rest of London", before=410.4,
    ...     after=157.1))
    Over the same years the rate in the rest of London went from 410 to 157 per 100,000, a change of \
\N{MINUS SIGN}62% (95% confidence interval \N{MINUS SIGN}64% to \N{MINUS SIGN}59%), with no evidence \
of a different pace: ratio of the two changes 0.70 (95% confidence interval 0.43 to 1.12).
    """
    others = figures({side: row[f"reference_change{end}"] for side, end in _SIDES.items()})
    return Sentence(
        f"Over the same years the rate in {other} went from {numbers.rate(before)} to "
        f"{numbers.rate(after)} per {per:,}, a change of {in_percent(others)}, {pace_verdict(row, area)}."
    )


def pace_verdict(row: Any, area: str) -> str:
    """Say whether the area's rate moved as the others' did, for the end of a sentence on these.

    >>> row = {"value": 0.7, "lower": 0.43, "upper": 1.12, "p_value": 0.14}
    >>> pace_verdict(row, "Islington")
    'with no evidence of a different pace: ratio of the two changes 0.70 (95% confidence interval \
0.43 to 1.12)'
    """
    side = compare(row["value"], row["lower"], row["upper"], change=True, p_value=row["p_value"])
    interval = numbers.interval(row["value"], row["lower"], row["upper"], null=1.0)
    ratio = f"ratio of the two changes {interval}"
    moved = f"so that in proportion to it the rate in {area} moved {{}}: {ratio}"
    return {
        FELL: moved.format("down"),
        ROSE: moved.format("up"),
        NO_CLAIM: "and whether the two changes differ cannot be said",
    }.get(side, f"with no evidence of a different pace: {ratio}")


def along_lines_sentence(others: Figures, without: Figures, *, area: str, other: str) -> Sentence:
    """Say the yearly change of others along a line, and the area's without the years of COVID-19.

    >>> line = Figures(0.87, 0.85, 0.89)
    >>> print(along_lines_sentence(line, Figures(0.9), area="Islington", other="the rest of London"))
    Along a line of its own the rate in the rest of London changed by \N{MINUS SIGN}13% a year (95% \
confidence interval \N{MINUS SIGN}15% to \N{MINUS SIGN}11%).
    """
    text = f"Along a line of its own the rate in {other} changed by {in_percent(others, ' a year')}"
    if without.has_interval:
        text += (
            "; without the years ending in 2020 and 2021, when COVID-19 slowed the courts, that in "
            f"{area} would have changed by {in_percent(without, ' a year')}"
        )
    return Sentence(f"{text}.", kind="note")


def first_years_sentence(found: dict[str, int], *, number: int, last: str) -> Sentence:
    """Say with how many first years a comparison of two changes would have found a difference.

    ``found`` gives that number by whom the area was compared with; ``number`` first years were
    tried, ``last`` ends them all.

    >>> print(first_years_sentence({"the rest of London": 1}, number=8,
    ...     last="year ending December 2024"))
    Caution: Such a comparison hangs on its two years. With each of the 8 earlier years in turn as \
the first, and the year ending December 2024 as the last, there is evidence of a difference (5% \
level) in 1 with the rest of London.
    """
    counted = [f"in {numbers.count(times)} with {other}" for other, times in found.items()]
    return Sentence(
        f"Such a comparison hangs on its two years. With each of the {numbers.count(number)} "
        f"earlier years in turn as the first, and the {last} as the last, there is evidence of a "
        f"difference (5% level) {listing(counted)}.",
        kind="caution",
    )
