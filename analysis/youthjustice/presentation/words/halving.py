"""Sentences that set a claim of a fall by more than half beside the figures."""

from __future__ import annotations

from typing import Any

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence

HALF = 0.5


def halving_sentence(change: Any, *, before: float, after: float, start: str, end: str) -> Sentence:
    """Say whether a rate fell by more than half as printed, and whether its interval says so.

    ``change`` holds ``value, lower, upper``, the ratio of the later rate to the earlier.

    >>> print(halving_sentence({"value": 0.37, "lower": 0.24, "upper": 0.56}, before=537, after=200,
    ...     start="year ending December 2016", end="December 2023"))
    From the year ending December 2016 to that ending December 2023 the rate went from 537 to 200, a \
change of \N{MINUS SIGN}63% (95% confidence interval \N{MINUS SIGN}76% to \N{MINUS SIGN}44%). The \
printed figure is more than a halving; the interval does not rule out a fall of less than half.
    """
    printed = "more than a halving" if change["value"] < HALF else "no more than a half"
    rules = (
        "lies wholly beyond a half"
        if change["upper"] < HALF
        else "does not rule out a fall of less than half"
    )
    return Sentence(
        f"From the {start} to that ending {end} the rate went from {numbers.rate(before)} to "
        f"{numbers.rate(after)}, a change of {_in_whole_percent(change)}. The printed figure is "
        f"{printed}; the interval {rules}."
    )


def counted_from_sentence(change: Any, *, area: str, start: str) -> Sentence:
    """Say what the same change comes to, counted from another first year.

    >>> print(counted_from_sentence({"value": 0.55, "lower": 0.35, "upper": 0.85},
    ...     area="Islington", start="year ending December 2017"))
    Counted from the year ending December 2017, the change in Islington was \N{MINUS SIGN}45% (95% \
confidence interval \N{MINUS SIGN}65% to \N{MINUS SIGN}15%).
    """
    return Sentence(
        f"Counted from the {start}, the change in {area} was {_in_whole_percent(change)}."
    )


def _in_whole_percent(change: Any) -> str:
    value, lower, upper = (change[name] - 1 for name in ("value", "lower", "upper"))
    return numbers.interval(value, lower, upper, form=numbers.whole_percent)
