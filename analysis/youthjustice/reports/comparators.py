"""Which areas an area's report may be set beside: up to three authorities, regions or England."""

from __future__ import annotations

from collections.abc import Sequence

from youthjustice.errors import InputProblem
from youthjustice.presentation.words.phrases import listing
from youthjustice.published import Place, load, place

MOST = 3
_KINDS = ("authority", "region")


def authority(area: str) -> Place:
    """Find the authority, since the sections compare one authority with others."""
    found = place(area)
    if found.kind != "authority":
        raise InputProblem(
            f"'{found.name}' is a {found.kind}, and a report is about one local authority; "
            "name one of its authorities instead."
        )
    return _open(found)


def comparators(area: str, names: Sequence[str] | str) -> tuple[Place, ...]:
    """Find the areas that an area is set beside, in the order given.

    Raises InputProblem for a name that is not known, the area itself, one named twice, a closed
    authority, anything but an authority, a region or England, and more than three.

    >>> [one.name for one in comparators("Islington", ["camden", "London"])]
    ['Camden', 'London']
    >>> comparators("Islington", ["Islington Council"])
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: Islington cannot be set beside itself: name another area.
    """
    own, found = place(area), set_beside(names)
    if own in found:
        raise InputProblem(f"{own.name} cannot be set beside itself: name another area.")
    return found


def set_beside(names: Sequence[str] | str) -> tuple[Place, ...]:
    """Find the areas that any area is set beside, in the order given; see `comparators`.

    >>> [one.name for one in set_beside("York")]
    ['York']
    """
    given = [names] if isinstance(names, str) else list(names)
    if len(given) > MOST:
        raise InputProblem(
            f"An area is set beside {MOST} others at most, and {len(given)} are named: leave some out."
        )
    found = tuple(_comparator(name) for name in given)
    twice = [one.name for one in dict.fromkeys(found) if found.count(one) > 1]
    if twice:
        raise InputProblem(f"{listing(twice)} is named twice: leave one out.")
    return found


def others_than(area: Place, found: Sequence[Place]) -> list[str]:
    """Name the areas that one of many areas is set beside: all but itself."""
    return [one.name for one in found if one != area]


def _comparator(name: str) -> Place:
    """Find one area that another may be set beside."""
    found = place(name)
    if found.kind not in _KINDS and found.name != "England":
        raise InputProblem(
            f"'{found.name}' is a {found.kind}, and an area is set beside local authorities, regions "
            "or England: name one of these."
        )
    return _open(found)


def _open(found: Place) -> Place:
    """Refuse an authority that is no more, and name those that took its place."""
    if found.closed_on:
        areas = load("areas").set_index("area_code")
        after = str(areas["replaced_by"].get(found.code, "")).split(";")
        names = [areas["area_name"][code.strip()] for code in after if code.strip() in areas.index]
        instead = f": {' or '.join(names)}" if names else ""
        raise InputProblem(
            f"'{found.name}' closed on {found.closed_on}; name an authority that took its place"
            f"{instead}."
        )
    return found
