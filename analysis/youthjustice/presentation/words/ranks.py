"""A sentence on a rank, which is never given without the ranks it may as well have been."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.area_rows import (
    approximate_words,
    chance_words,
    check_made_by,
    joined,
    own_row,
)
from youthjustice.presentation.words.phrases import in_context

COLUMNS = (
    "rank", "rank_lower", "rank_upper", "highest_quarter", "lowest_quarter", "areas", "numerator",
    "denominator", "flags",
)  # fmt: skip


def rank_sentence(
    ranks: pd.DataFrame,
    focus: str,
    *,
    measure: str,
    area: str = "area_name",
    kind: str = "authorities",
    context: str = "",
    approximate: str = "",
) -> Sentence:
    """Say between which ranks an area could stand, and how likely either quarter is.

    ``ranks`` is the frame of ``rank_uncertainty`` for one period, ``focus`` the label of the area in
    the column ``area``, ``measure`` follows "by its" ("rate of first-time entrants").
    ``approximate`` says why counts are not exact. Raises InputProblem for an area that is absent or
    stands there twice.

    >>> row = {"area_name": "P", "rank": 40.0, "rank_lower": 12.0, "rank_upper": 88.0, "areas": 147,
    ...     "highest_quarter": 0.41, "lowest_quarter": 0.002, "numerator": 40, "denominator": 16000,
    ...     "flags": ""}
    >>> print(rank_sentence(pd.DataFrame([row]), "P", measure="rate"))
    By its rate P could stand anywhere from 12th to 88th of 147 authorities (95% interval, 1st the \
highest): the chance that it is among the highest quarter is 41%, among the lowest under 1%.
    """
    check_made_by(ranks, "rank_uncertainty", [area, *COLUMNS])
    row = own_row(ranks, area, focus)
    if math.isnan(row["rank_lower"] + row["rank_upper"]):
        why = "there is no other with counts" if row["areas"] == 1 else "its counts are missing"
        text = f"no rank of {focus} by its {measure} is given, because {why}."
        return Sentence(in_context(context, text), kind="note")
    interval = f"{ranks.attrs.get('confidence', 0.95) * 100:.4g}% interval, 1st the highest"
    text = (
        f"by its {measure} {focus} {standing_words(row)} of "
        f"{numbers.count(row['areas'])} {kind} ({interval}){quarter_words(row)}."
    )
    whole = joined(
        in_context(context, text),
        no_order_words(ranks, kind),
        approximate_words(approximate, row["numerator"], row["denominator"]),
    )
    return Sentence(whole)


def standing_words(row: Any) -> str:
    """Say between which ranks an area could stand, even where both are the same."""
    if row["rank_lower"] == row["rank_upper"]:
        return f"most likely stands {ordinal(row['rank_lower'])} ({between(row)})"
    return f"could stand anywhere {between(row)}"


def quarter_words(row: Any) -> str:
    """Say how likely either quarter is; fewer than four areas have none."""
    if row["areas"] < 4:
        return ""
    highest, lowest = (chance_words(row[f"{end}_quarter"]) for end in ("highest", "lowest"))
    return (
        f": the chance that it is among the highest quarter is {highest}, among the lowest {lowest}"
    )


def between(row: Any) -> str:
    """Write the two ends of an interval of ranks."""
    return f"from {ordinal(row['rank_lower'])} to {ordinal(row['rank_upper'])}"


def no_order_words(ranks: pd.DataFrame, kind: str) -> str:
    """Say so where areas differ by no more than chance, which leaves them no order."""
    if any("full_shrinkage" in str(flags) for flags in set(ranks["flags"].tolist())):
        return f"These {kind} differ by no more than chance: every rank is as likely as any other."
    return ""


def ordinal(rank: float) -> str:
    """Write a rank as a reader says it.

    >>> [ordinal(rank) for rank in (1, 2, 3, 11, 12, 13, 21, 112, 124)]
    ['1st', '2nd', '3rd', '11th', '12th', '13th', '21st', '112th', '124th']
    """
    whole = round(rank)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{'th' if whole % 100 in (11, 12, 13) else ending}"
