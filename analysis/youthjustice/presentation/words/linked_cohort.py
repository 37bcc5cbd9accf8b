"""A sentence on who is in the cohort of pupils whose offences were linked to their schooling."""

from __future__ import annotations

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence


def linked_cohort_sentence(area: str, pupils: float, dealt_with: float) -> Sentence:
    """Say how many pupils the cohort of an area has and how many were cautioned or sentenced.

    >>> print(linked_cohort_sentence("Islington", 8490, 547))
    Of 8,490 pupils living in Islington who finished key stage 4 between 2012/13 and 2017/18, 547 \
were cautioned or sentenced at ages 10 to 17. Shares by ethnic group are printed as whole per cents.
    """
    return Sentence(
        f"Of {numbers.count(pupils)} pupils living in {area} who finished key stage 4 between "
        f"2012/13 and 2017/18, {numbers.count(dealt_with)} were cautioned or sentenced at ages 10 to "
        "17. Shares by ethnic group are printed as whole per cents.",
        kind="note",
    )
