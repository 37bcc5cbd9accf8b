"""Sentences of a report that is drawn as at a day that is past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from youthjustice.presentation import dates
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import listing


def as_at_words(day: date | None) -> str:
    """Write what follows a report's title where it is drawn as at a day; nothing otherwise.

    >>> as_at_words(date(2023, 12, 31)), as_at_words(None)
    (', as at 31 December 2023', '')
    """
    return "" if day is None else f", as at {dates.day(day)}"


def stood_words(day: date, undated: Sequence[str] = ()) -> str:
    """Say what a report as at a day rests on; ``undated`` are titles of tables that say no day.

    >>> print(stood_words(date(2023, 12, 31), ["Population by area"]))
    It uses only what had been published by 31 December 2023, as far as that is known. What “Population \
by area” rests on does not say on which day it was published: it counts from the end of the newest \
period, or of the month, that it names, which may be too early.
    >>> print(stood_words(date(2023, 12, 31)))
    It uses only what had been published by 31 December 2023.
    """
    used = f"It uses only what had been published by {dates.day(day)}"
    if not undated:
        return f"{used}."
    named = listing([f"“{title}”" for title in undated])
    rest = "rests" if len(undated) == 1 else "rest"
    return (
        f"{used}, as far as that is known. What {named} {rest} on does not say on which day it was "
        "published: it counts from the end of the newest period, or of the month, that it names, "
        "which may be too early."
    )


def no_ratios_sentence(area: str) -> Sentence:
    """Say that nothing on ethnic disparity is at hand, for the area or the nation.

    >>> print(no_ratios_sentence("Islington"))
    No figure on ethnic disparity is at hand, neither for Islington nor for England and Wales.
    """
    return Sentence(
        f"No figure on ethnic disparity is at hand, neither for {area} nor for England and Wales.",
        kind="note",
    )


def not_yet_sentence(titles: Sequence[str], day: date) -> Sentence:
    """Say that tables had no release by a day.

    >>> print(not_yet_sentence(["Rates by area"], date(2023, 12, 31)))
    By 31 December 2023 no release at hand of “Rates by area” had been published, so nothing is said \
here.
    """
    named = listing([f"“{title}”" for title in titles])
    return Sentence(
        f"By {dates.day(day)} no release at hand of {named} had been published, so nothing is said "
        "here.",
        kind="note",
    )
