"""Sentences on rates that are printed without the number of children behind them."""

from __future__ import annotations

from dataclasses import replace

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence


def with_children(said: Sentence, before: float, after: float) -> Sentence:
    """Add to a sentence on two rates the numbers of children that they imply.

    >>> print(with_children(Sentence("The rate fell from 537 to 145."), 83, 22))
    The rate fell from 537 to 145; that is about 83 and 22 children.
    """
    children = f"about {numbers.count(before)} and {numbers.count(after)} children"
    return replace(said, text=f"{said.text.rstrip('.')}; that is {children}.")


def only_year_sentence(rate: float, *, area: str, period: str) -> Sentence:
    """Say that there is one year's rate, from which no change can be told.

    >>> print(only_year_sentence(145.2, area="Islington", period="year ending December 2024"))
    There is one year's rate for Islington, 145 per 100,000 in the year ending December 2024, so no \
change can be told.
    """
    return Sentence(
        f"There is one year's rate for {area}, {numbers.rate(rate)} per 100,000 in the {period}, so "
        "no change can be told.",
        kind="note",
    )
