"""Sentences on what one release of a table gives otherwise than an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import listing, sentence_case

_TOLD = {
    "revised": "revised",
    "added": "new",
    "withdrawn": "no longer given",
    "newly missing": "withheld or missing now",
    "newly given": "given that had been missing",
    "unchanged": "unchanged",
    "symbol changed": "missing for another reason",
    "unit changed": "in another unit",
    "period changed": "under a label that now means another period",
    "period not stated": "under a label whose period one of the releases does not state, so that "
    "they are no revisions of each other",
}


def revised_sentence(
    counts: Mapping[str, int], *, area: str, table: str, old: str, new: str
) -> Sentence:
    """Say how many figures of an area were revised, are new or are gone, by kind of difference.

    ``counts`` are those of ``compare_releases``.

    >>> print(revised_sentence({"revised": 8, "added": 1, "withdrawn": 1}, area="Islington",
    ...     table="Rates by area", old="2025-02", new="2026-02"))
    Rates by area, release 2026-02 beside release 2025-02: of the figures of Islington 8 are revised, \
1 is new and 1 is no longer given.
    """
    told = [
        f"{number} {'is' if number == 1 else 'are'} {words}"
        for kind, words in _TOLD.items()
        if (number := counts.get(kind, 0))
    ]
    opening = f"{table}, release {new} beside release {old}: "
    if not told:
        return Sentence(f"{opening}neither has a figure of {area}.", kind="note")
    return Sentence(f"{opening}of the figures of {area} {listing(told)}.", kind="note")


def changed_sentence(found: Sequence[Mapping[Any, Any]], *, compared: int) -> Sentence:
    """Say which findings on an area are others with the new release.

    ``found`` are the rows of ``changed_findings``, ``compared`` how many findings there are.

    >>> row = {"finding": "the rate, first year to last", "old": "fell", "new": "no clear change",
    ...     "kind": "is no longer claimed"}
    >>> print(changed_sentence([row], compared=7))
    Of the 7 findings on the area that rest on it, 1 is another at the 5% level: “the rate, first year \
to last” is no longer claimed (was “fell”, is “no clear change”).
    >>> print(changed_sentence([], compared=2))
    Each of the 2 findings on the area that rests on it is as it was.
    """
    if not compared:
        return Sentence("No finding rests on it.", kind="note")
    if not found:
        which = "The one finding" if compared == 1 else f"Each of the {compared} findings"
        return Sentence(f"{which} on the area that rests on it is as it was.", kind="note")
    each = "; ".join(
        f"“{row['finding']}” {row['kind']} (was {_quoted(row['old'])}, is {_quoted(row['new'])})"
        for row in found
    )
    are = "is another" if len(found) == 1 else "are others"
    if compared == 1:
        which = f"The one finding on the area that rests on it {are}"
    else:
        which = f"Of the {compared} findings on the area that rest on it, {len(found)} {are}"
    return Sentence(f"{which} at the 5% level: {each}.")


def nothing_moved_sentence(area: str) -> Sentence:
    """Say that there is no earlier release to set beside.

    >>> print(nothing_moved_sentence("Islington"))
    No table that this report of Islington draws on has an earlier release at hand, so nothing can be \
said of what moved.
    """
    return Sentence(
        f"No table that this report of {area} draws on has an earlier release at hand, so nothing can "
        "be said of what moved.",
        kind="note",
    )


def not_compared_sentence(table: str, *, old: str, new: str, why: str) -> Sentence:
    """Say why two releases cannot be set beside each other.

    >>> print(not_compared_sentence("Rates", old="a", new="b", why="two rows are the same"))
    Rates, release b beside release a: they cannot be compared figure by figure (two rows are the \
same).
    """
    return Sentence(
        f"{sentence_case(table)}, release {new} beside release {old}: they cannot be compared figure by "
        f"figure ({why.rstrip('.')}).",
        kind="note",
    )


def _quoted(verdict: object) -> str:
    return f"“{verdict}”" if isinstance(verdict, str) else "not given"
