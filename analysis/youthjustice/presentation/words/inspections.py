"""Sentences on the rating and the score of an inspection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from youthjustice.presentation import dates, numbers
from youthjustice.presentation.display import Sentence

_MOST = 36  # points: up to 3 for each of twelve standards


def inspection_sentence(overall: Mapping[str, Any] | pd.Series) -> Sentence:
    """Say the overall rating and the score of an inspection, and what is doubtful about them.

    ``overall`` holds ``area_name`` (of the service), ``rating``, ``value`` (points),
    ``publication_date`` and ``flag``, the doubt.

    >>> print(inspection_sentence({"area_name": "Islington", "rating": "Outstanding", "value": 34,
    ...                            "publication_date": "2024-08-13", "flag": ""}))
    Inspectors rated the youth justice service of Islington outstanding, 34 of 36 points (report of \
August 2024).
    """
    rating = (
        str(overall["rating"]).lower()
        if pd.notna(overall["rating"])
        else "in words that could not be read"
    )
    score = (
        f", {numbers.count(overall['value'])} of {_MOST} points"
        if pd.notna(overall["value"])
        else "; the score could not be read"
    )
    if " " in rating and pd.notna(overall["rating"]):
        rating = f"“{rating}”"  # two words are no part of the sentence
    flag = overall["flag"]
    doubt = f" ({flag})" if isinstance(flag, str) and flag else ""
    reported = dates.month_year(pd.Timestamp(overall["publication_date"]))
    return Sentence(
        f"Inspectors rated the youth justice service of {overall['area_name']} {rating}{score} "
        f"(report of {reported}){doubt}."
    )


def standards_sentence(rating: str, points: float, counted: pd.Series[Any]) -> Sentence:
    """Say how a score is made up; ``counted`` are the ratings of the standards that count.

    >>> ratings = pd.Series(["Outstanding"] * 10 + ["Good"] * 2)
    >>> print(standards_sentence("Outstanding", 34, ratings))
    Overall Outstanding, 34 of 36: the twelve standards that count, up to 3 points each, are 10 \
Outstanding, 2 Good. Resettlement is rated and not counted.
    """
    spread = ", ".join(f"{count} {one}" for one, count in counted.value_counts().items())
    return Sentence(
        f"Overall {rating}, {numbers.count(points)} of {_MOST}: the twelve standards that count, up "
        f"to 3 points each, are {spread}. Resettlement is rated and not counted."
    )


def no_inspection_sentence(service: str, first: int | None, last: int | None) -> Sentence:
    """Say that no inspection of a service is at hand; ``first`` and ``last`` are the years of those.

    >>> print(no_inspection_sentence("Wirral", 2021, 2023))
    No inspection of Wirral is among those at hand (2021 to 2023).
    >>> print(no_inspection_sentence("Wirral", None, None))
    No report of an inspection is at hand, of Wirral or of any other service.
    """
    if first is None:
        none = f"No report of an inspection is at hand, of {service} or of any other service."
        return Sentence(none, kind="note")
    years = f"{first}" if first == last else f"{first} to {last}"
    return Sentence(
        f"No inspection of {service} is among those at hand ({years}).",
        kind="note",
    )
