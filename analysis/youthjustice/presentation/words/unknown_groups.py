"""Sentences on children of unknown ethnic group: how many there are, and what they could do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import listing


def unknown_groups_sentence(
    shares: Mapping[str, float], undone: Mapping[str, Iterable[str]]
) -> Sentence:
    """Say what part of each national stage has no known ethnic group, and which ratios hang on it.

    ``shares`` maps what is counted to the unknown in per cent; ``undone`` maps each stage to the
    groups whose ratio could be turned round.

    >>> print(unknown_groups_sentence({"searches": 21.79, "arrests": 14.78}, {"arrest": ["Asian"]}))
    Caution: Ethnic group is not known for about 21.8% of searches and 14.8% of arrests; for \
sentences to custody it is not published. It is what the known groups leave of the printed totals, \
which for searches and arrests are another publication's. These are left out of every ratio. Were \
all of them in one group or the other, the ratios of these ethnic groups could be 1 or lie on its \
other side, so nothing is claimed of them: arrest (Asian).
    """
    parts = [f"{numbers.percent(share, 1, scale=1)} of {what}" for what, share in shares.items()]
    named = [f"{stage} ({listing(groups)})" for stage, groups in undone.items()]
    depends = (
        " Were all of them in one group or the other, the ratios of these ethnic groups could be 1 "
        f"or lie on its other side, so nothing is claimed of them: {'; '.join(named)}."
        if named
        else ""
    )
    return Sentence(
        f"Ethnic group is not known for about {listing(parts)}; for sentences to custody it is not "
        "published. It is what the known groups leave of the printed totals, which for searches and "
        f"arrests are another publication's. These are left out of every ratio.{depends}",
        kind="caution",
    )


def with_unknown_bounds(said: Sentence, lower: float, upper: float) -> Sentence:
    """Add to a sentence on a ratio what it would be with every unknown on one side or the other.

    >>> print(with_unknown_bounds(Sentence("The ratio was 2.40."), 1.73, 7.27))
    The ratio was 2.40; with every child of unknown ethnic group counted on one side or the other it \
would be 1.73 to 7.27.
    """
    bounds = " to ".join(numbers.ratio(bound, apart_from=1.0) for bound in (lower, upper))
    return replace(
        said,
        text=f"{said.text.rstrip('.')}; with every child of unknown ethnic group counted on one side "
        f"or the other it would be {bounds}.",
    )
