"""Sentences on the disposals of one place, which are not children, and on the base they lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence


def disposals_sentence(total: float, unknown: float, *, area: str, whose: str = "") -> Sentence:
    """Say how many disposals there are and what a ratio of them compares.

    ``unknown`` counts those to children of unknown ethnic group. ``whose`` names the service the
    figures belong to where it is not the area's own.

    >>> print(disposals_sentence(330, 4, area="Islington"))
    This is the last year for which local disposals by ethnic group are at hand: 330 disposals, of \
which 4 to children of unknown ethnic group. A ratio compares, for each tier, the share of a group's \
disposals that were of that tier with the share for White children.
    """
    others = (
        f"The figures are those of the youth justice service of {whose}, as it was then, and not of "
        f"{area} alone. "
        if whose
        else ""
    )
    return Sentence(
        f"{others}This is the last year for which local disposals by ethnic group are at hand: "
        f"{_disposals(total)}, of which {numbers.count(unknown) if unknown else 'none'} to children "
        "of unknown ethnic group. A ratio compares, for each tier, the share of a group's disposals "
        "that were of that tier with the share for White children.",
        kind="note",
    )


def custodial_counts_sentence(
    said: Sentence | None,
    own: Mapping[str, Any] | pd.Series,
    other: Mapping[str, Any] | pd.Series,
    *,
    context: str,
) -> Sentence:
    """Add to a sentence on custody given a disposal the counts of Black and of White children.

    ``own`` and ``other`` hold ``numerator`` (custodial disposals) and ``denominator`` (all of
    them). ``said`` is None where they were too few to compare.

    >>> own, other = ({"numerator": x, "denominator": n} for x, n in ((3, 20), (10, 136)))
    >>> print(custodial_counts_sentence(None, own, other, context="In 2012/13"))
    In 2012/13, custody given a disposal was not compared, since a count is under 5 or a base under \
30: of 20 disposals of Black children 3 were custodial, of 136 disposals of White children 10.
    """
    counts = (
        f"of {_disposals(own['denominator'])} of Black children {numbers.count(own['numerator'])} "
        f"were custodial, of {_disposals(other['denominator'])} of White children "
        f"{numbers.count(other['numerator'])}"
    )
    if said is None:
        return Sentence(
            f"{context}, custody given a disposal was not compared, since a count is under 5 or a "
            f"base under 30: {counts}.",
            kind="note",
        )
    return replace(said, text=f"{said.text.rstrip('.')}; {counts}.")


def moved_base_sentence(black: tuple[float, float], white: tuple[float, float]) -> Sentence:
    """Say why no ratio to the population is given for 2012/13: the base itself has moved.

    Each group's share of children, in per cent, is given at the censuses of 2011 and of 2021.

    >>> print(moved_base_sentence((4, 5.92), (82, 73.9)))
    No ratio to the population is given for 2012/13: the ethnic groups of children at hand are those \
of 2021. Between the censuses of 2011 and 2021 the share of Black children in England and Wales went \
from 4% to 5.92% and that of White children from 82% to 73.9%; the base alone moves a Black to White \
ratio by a factor of about 1.6.
    """
    factor = (black[1] / black[0]) / (white[1] / white[0])
    return Sentence(
        "No ratio to the population is given for 2012/13: the ethnic groups of children at hand are "
        "those of 2021. Between the censuses of 2011 and 2021 the share of Black children in England "
        f"and Wales went from {black[0]}% to {black[1]}% and that of White children from "
        f"{white[0]}% to {white[1]}%; the base alone moves a Black to White ratio by a factor of "
        f"about {numbers.decimal(factor, 1)}.",
        kind="method",
    )


def _disposals(number: float) -> str:
    return f"{numbers.count(number)} disposal{'' if number == 1 else 's'}"
