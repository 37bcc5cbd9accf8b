"""A sentence on how many children lived in an area at the census."""

from __future__ import annotations

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence


def census_sentence(area: str, children: float | None) -> Sentence:
    """Say how many children aged 10 to 17 lived in an area in March 2021; None where withheld.

    >>> print(census_sentence("Islington", 15341))
    At the census of March 2021, 15,341 children aged 10 to 17 lived in Islington.
    """
    text = (
        f"The census figures by ethnic group for {area} are withheld by the publisher."
        if children is None
        else f"At the census of March 2021, {numbers.count(children)} children aged 10 to 17 lived "
        f"in {area}."
    )
    return Sentence(text, kind="note")
