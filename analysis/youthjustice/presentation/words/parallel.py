"""Words on stages that are no parts of one another, drawn from a pathway's own reasons."""

from __future__ import annotations

from collections.abc import Mapping

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import listing, sentence_case

_STARTS = "no parent is given"  # a stage where a chain begins has nothing to nest in
_KINDS = {
    "is counted in": "count different things",
    "the periods differ": "cover different periods",
    "is given for": "leave out what they count or when",
}


def parallel_sentence(reasons: Mapping[str, str]) -> Sentence:
    """Say that stages are parallel, and of what kind the reasons are.

    ``reasons`` maps each stage to why it does not nest in its parent, "" where it does, as in
    ``attrs["reasons"]`` of a ``pathway``; see `parallel_reasons` for each of them.

    >>> print(parallel_sentence({"search": "no parent is given", "arrest":
    ...     "arrest is counted in arrests and its parent, search, in searches"}))
    Caution: The stages are not one funnel and their ratios must not be multiplied: arrest is no \
part of the stage before it, since they count different things.
    """
    apart = _apart(reasons)
    later = [why for why in reasons.values() if not why.startswith(_STARTS)]
    if not later:
        return Sentence("No stage is said to follow another, so no ratios are multiplied.", "note")
    if not apart:
        return Sentence("Each stage is a part of the one before it, so ratios multiply.", "note")
    kinds = [said for word, said in _KINDS.items() if any(word in why for why in apart.values())]
    if len(apart) == 1:
        none = f"{next(iter(apart))} is no part of the stage before it"
    elif len(apart) == len(later):
        none = f"none of the {len(later)} that follow another is a part of it"
    else:
        none = (
            f"{numbers.count(len(apart))} of the {len(later)} that follow another are no part of it"
        )
    since = f", since they {listing(kinds)}" if kinds else ""
    return Sentence(
        f"The stages are not one funnel and their ratios must not be multiplied: {none}{since}.",
        "caution",
    )


def parallel_reasons(reasons: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Give the reason of every stage that is no part of the one before it, a sentence each.

    >>> for sentence in parallel_reasons({"arrest": "arrest is counted in arrests and its parent, \
search, in searches"}):
    ...     print(sentence)
    Arrest is counted in arrests and the stage before it, search, in searches.
    """
    return tuple(
        # "Parent" is the word of a tree; beside children it would be read as a mother or father.
        Sentence(sentence_case(why.replace("its parent", "the stage before it")) + ".", "note")
        for why in _apart(reasons).values()
    )


def _apart(reasons: Mapping[str, str]) -> dict[str, str]:
    return {stage: why for stage, why in reasons.items() if why and not why.startswith(_STARTS)}
