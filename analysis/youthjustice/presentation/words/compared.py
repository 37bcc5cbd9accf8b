"""Sentences that set an area beside others that somebody chose."""

from __future__ import annotations

from collections.abc import Sequence

from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import listing


def chosen_sentence(area: str, others: Sequence[str], wholes: Sequence[str]) -> Sentence:
    """Say how the areas were chosen, and which of them are taken without the area.

    >>> print(chosen_sentence("Islington", ["Camden", "London"], ["London"]))
    Whoever made this report chose Camden and London; that they differ from Islington, or do not, says \
nothing of why. Islington is part of London and is taken out of it where numbers allow.
    """
    differ = "it differs" if len(others) == 1 else "they differ"
    do = "does" if len(others) == 1 else "do"
    text = (
        f"Whoever made this report chose {listing(others)}; that {differ} from {area}, or {do} not, "
        "says nothing of why."
    )
    if wholes:
        it = "it" if len(wholes) == 1 else "each of them"
        text += (
            f" {area} is part of {listing(wholes)} and is taken out of {it} where numbers allow."
        )
    return Sentence(text, kind="method")


def lacking_sentence(what: str, names: Sequence[str]) -> Sentence:
    """Say that some areas have no figure.

    >>> print(lacking_sentence("rate of first-time entrants", ["Cardiff", "Swansea"]))
    The table at hand has no rate of first-time entrants for Cardiff and Swansea.
    """
    return Sentence(f"The table at hand has no {what} for {listing(names)}.", kind="note")


def older_release_sentence(
    others: Sequence[str], *, area: str, newest: str, used: str, last: str
) -> Sentence:
    """Say that others are compared in an older release, since the newest has no figure of theirs.

    >>> print(older_release_sentence(["England"], area="Islington", newest="2026-02", used="2025-02",
    ...     last="year ending December 2023"))
    Release 2026-02 has no sound figures of Islington and England for the same year, so they are set \
beside each other in release 2025-02, which stops at the year ending December 2023; the two releases \
are not joined.
    """
    return Sentence(
        f"Release {newest} has no sound figures of {listing([area, *others])} for the same year, so they "
        f"are set beside each other in release {used}, which stops at the {last}; the two releases are "
        "not joined.",
        kind="note",
    )


def whole_rate_sentence(area: str, whole: str) -> Sentence:
    """Say that an area cannot be taken out of a rate that is printed without numbers.

    >>> print(whole_rate_sentence("Islington", "London"))
    The printed reoffending rate of London includes Islington, which cannot be taken out for want of \
numbers of children, so the two are not compared.
    """
    return Sentence(
        f"The printed reoffending rate of {whole} includes {area}, which cannot be taken out for want "
        "of numbers of children, so the two are not compared.",
        kind="note",
    )


def none_inspected_sentence(names: Sequence[str], wholes: Sequence[str]) -> Sentence | None:
    """Say for which areas there is no inspection at hand; a region has none. None where all have.

    >>> print(none_inspected_sentence(["Camden"], ["London"]))
    No inspection of Camden is among those at hand; inspections are of one service each, so there is \
none of London.
    """
    told = []
    if names:
        told.append(f"no inspection of {listing(names)} is among those at hand")
    if wholes:
        told.append(f"inspections are of one service each, so there is none of {listing(wholes)}")
    text = "; ".join(told)
    return Sentence(f"{text[:1].upper()}{text[1:]}.", kind="note") if text else None
