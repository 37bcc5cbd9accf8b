"""Sentences on what is not published of an area, as its report begins."""

from __future__ import annotations

from collections.abc import Sequence

from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import listing


def no_rate_sentence(what: str, area: str) -> Sentence:
    """Say that a published table has no figure of an area.

    >>> print(no_rate_sentence("rate of first-time entrants", "Rutland"))
    The published table has no rate of first-time entrants for Rutland.
    """
    return Sentence(f"The published table has no {what} for {area}.", kind="note")


def not_drawn_sentence(area: str, missing: Sequence[str]) -> Sentence:
    """Say once which charts there is too little for.

    >>> print(not_drawn_sentence("Rutland", ["reoffending", "ratios between ethnic groups"]))
    Not drawn for Rutland, since too little is published or numbers are too few: reoffending and \
ratios between ethnic groups.
    """
    return Sentence(
        f"Not drawn for {area}, since too little is published or numbers are too few: "
        f"{listing(missing)}.",
        kind="note",
    )
