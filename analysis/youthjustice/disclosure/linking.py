"""How the values of a dimension contain each other: areas, bands of age, overlapping periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from youthjustice.errors import InputProblem

Nested = Mapping[str, Mapping[str, Sequence[str]]]
Atoms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Dimension:
    """The sets of smallest values that the tables speak of, and what each set is the sum of.

    ``numbers`` gives each set its number; ``parts``, for each number, the numbers of the disjoint
    sets that make it up (none for a smallest value); ``whole`` is the number of the set of all.
    """

    name: str
    numbers: dict[Atoms, int]
    parts: tuple[tuple[int, ...], ...]
    whole: int


def smallest_values(
    dimension: str, value: str, nested: Mapping[str, Sequence[str]], above: tuple[str, ...] = ()
) -> Atoms:
    """Return the smallest values that a value of a dimension is made up of.

    Raises InputProblem where a value is said to be made up of itself or of nothing.

    >>> sorted(smallest_values("age", "10-17", {"10-17": ["10-14", "15-17"]}))
    ['10-14', '15-17']
    """
    if value in above:
        raise InputProblem(f"nested says that {value!r} of {dimension!r} is a part of itself.")
    parts = nested.get(value)
    if parts is None:
        return frozenset([value])
    if isinstance(parts, str) or not len(parts):
        raise InputProblem(
            f"nested gives {parts!r} as the parts of {value!r} of {dimension!r}; give a list of "
            "values."
        )
    found: set[str] = set()
    for part in parts:
        atoms = smallest_values(dimension, part, nested, (*above, value))
        if found & atoms:
            raise InputProblem(
                f"nested counts {sorted(found & atoms)[0]!r} twice in {value!r} of {dimension!r}; "
                "parts must not overlap."
            )
        found |= atoms
    return frozenset(found)


def dimension(name: str, used: Iterable[Atoms]) -> Dimension:
    """Order the sets that tables use of one dimension, with their smallest values and their whole.

    Each set is cut into the largest of the other sets that fit into it, so that a country is the
    sum of its regions and a region that of its services.
    """
    sets = dict.fromkeys(atoms for atoms in used if atoms)
    whole: Atoms = frozenset[str]().union(*sets)
    sets.update(dict.fromkeys([*(frozenset([atom]) for atom in sorted(whole)), whole]))
    by_size = sorted(sets, key=len, reverse=True)
    numbers = {atoms: number for number, atoms in enumerate(sets)}
    parts = []
    for atoms in sets:
        left, chosen = set(atoms), []
        for part in by_size if len(atoms) > 1 else ():
            if part < atoms and part <= left:
                chosen.append(numbers[part])
                left -= part
        parts.append(tuple(chosen))
    return Dimension(name, numbers, tuple(parts), numbers[whole])


def overlapping_periods(periods: Mapping[str, tuple[object, object]]) -> dict[str, list[str]]:
    """Cut periods that overlap into the shortest that they are all made up of.

    ``periods`` gives the first and the last day of each label. The answer is what ``nested`` takes
    for the dimension of periods; a label that needs no cutting stands for itself and is left out.
    Adding up is right for counts that fall into one day each (first-time entrants, offences,
    sentences), not for children who are counted anew in each period. Raises InputProblem for a day
    that is no date or a period that ends before it starts.

    Two rolling years that differ by a quarter share nine months:

    >>> overlapping_periods({"2023": ("2023-01-01", "2023-12-31"),
    ...                      "to March": ("2023-04-01", "2024-03-31")})["2023"]
    ['2023-01-01 to 2023-03-31', '2023-04-01 to 2023-12-31']
    """
    days = {
        label: (_day(label, first), _day(label, last)) for label, (first, last) in periods.items()
    }
    for label, (first, last) in days.items():
        if last < first:
            raise InputProblem(
                f"The period {label!r} ends before it starts; give the first day first."
            )
    cuts = sorted({day for first, last in days.values() for day in (first, last + timedelta(1))})
    pieces = list(zip(cuts, (cut - timedelta(1) for cut in cuts[1:]), strict=False))
    return {
        label: [f"{start} to {end}" for start, end in pieces if first <= start and end <= last]
        for label, (first, last) in days.items()
    }


def _day(label: str, given: object) -> date:
    """Read one day of a period."""
    found = pd.to_datetime(pd.Series([given], dtype=object), errors="coerce")[0]
    if pd.isna(found):
        raise InputProblem(
            f"The period {label!r} has {given!r} where a day is needed; write it as 2024-03-31."
        )
    return date(found.year, found.month, found.day)
