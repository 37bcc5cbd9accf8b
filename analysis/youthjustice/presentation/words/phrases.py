"""Turns of phrase that the sentences share."""

from __future__ import annotations

from collections.abc import Iterable

NO_COUNTS = "the counts behind it are not available"
_NAMES_OF_GROUPS = ("Mixed", "Other")


def children_of(group: str, people: str = "children") -> str:
    """Name the people of an ethnic group: Mixed and Other name groups and no person.

    >>> children_of("Black"), children_of("Mixed")
    ('Black children', 'children from the Mixed ethnic group')
    """
    if group in _NAMES_OF_GROUPS:
        return f"{people} from the {group} ethnic group"
    return f"{group} {people}"


def listing(items: Iterable[str]) -> str:
    """Join names as a sentence does.

    >>> listing(["Asian", "Black", "Mixed"])
    'Asian, Black and Mixed'
    """
    names = list(items)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def sentence_case(text: str) -> str:
    """Make the first letter a capital and leave the others alone."""
    return text[:1].upper() + text[1:]
