"""Why numbers are hidden, and why the parts that are shown do not add up: for readers."""

from __future__ import annotations

from collections.abc import Iterable

from youthjustice.disclosure import Policy
from youthjustice.presentation.display import Note

_TITLE, _OPEN_TITLE = "Why some numbers are hidden", "For the service's own work"
_WHY = (
    "These figures are about children whom people in the area may know. A small number could tell "
    "who a child is, or tell more about a child to somebody who knows the child already."
)
_BESIDE = (
    "[c] stands for a number that is kept confidential. Other numbers are hidden beside small ones: "
    "a total less all of its other parts would give a small number back. A zero, or a group that is "
    "the same as its whole, is hidden where it would say something about every child of a group. So "
    "[c] may stand for a small number, for a large one or for none at all."
)
_SUM = (
    "The parts that are shown therefore do not add up to their totals. Percentages, rates and "
    "comparisons that would give a hidden number back are hidden as well."
)


def hidden_words(policies: Policy | Iterable[Policy]) -> Note:
    """Tell a reader why numbers are hidden or rounded under one policy or several.

    The words depend on the policies, never on the figures: what is hidden here is not told by how
    much is said about it.

    >>> from youthjustice.disclosure import PUBLICATION
    >>> hidden_words(PUBLICATION).paragraphs[1]
    'Every number from 1 to 4 is hidden.'
    """
    given = [policies] if isinstance(policies, Policy) else list(policies)
    told: dict[str, None] = {_WHY: None}
    for policy in given:
        told |= dict.fromkeys(_of(policy))
    return Note(*told, title=_TITLE if any(map(_changes, given)) else _OPEN_TITLE)


def _changes(policy: Policy) -> bool:
    return policy.hides or policy.base is not None


def _of(policy: Policy) -> list[str]:
    if policy.base is not None:
        return [
            f"Every number is rounded to a multiple of {policy.base}, up or down, so that the parts "
            "of a table may not add up to its totals."
        ]
    if not policy.hides:
        return [
            "Nothing is hidden in these tables. They are for the service's own work: keep them as "
            "the case records are kept, and pass on a version in which small numbers are hidden."
        ]
    most = policy.threshold - 1
    small = [f"Every number {'of 1' if most == 1 else f'from 1 to {most}'} is hidden."]
    return [*(small if most else []), _BESIDE, _SUM]
