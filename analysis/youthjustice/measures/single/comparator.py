"""A comparator without the area that is compared with it."""

from __future__ import annotations

from typing import Any, NamedTuple

from youthjustice.measures.inputs import read


class Comparator(NamedTuple):
    """Events and population of a comparator, in the order ``rate_ratio`` takes its reference.

    >>> from youthjustice.measures import rate_ratio, take_out
    >>> rest = take_out(900, 850_000, 24, 16_600)
    >>> rest
    Comparator(events=876.0, population=833400.0)
    >>> round(rate_ratio(24, 16_600, *rest).value, 2)
    1.38
    """

    events: Any
    population: Any


def take_out(
    total_events: object, total_population: object, events: object, population: object
) -> Comparator:
    """Return a region's events and population with one area's own taken out.

    An area inside its comparator is compared with itself, which draws the ratio towards 1. All four
    are counts (scalars, arrays or Series that broadcast). Raises InputProblem where the part is
    larger than the whole. This project's own rule (docs/methods/areas.md).

    >>> from youthjustice.measures import rate_ratio
    >>> london = take_out(1_000, 800_000, 40, 16_000)
    >>> london
    Comparator(events=960.0, population=784000.0)
    >>> round(rate_ratio(40, 16_000, *london).value, 3)
    2.042
    """
    arguments = read(
        {
            "total_events": total_events,
            "total_population": total_population,
            "events": events,
            "population": population,
        }
    )
    arguments.refuse_part_above_whole(2, 0)
    arguments.refuse_part_above_whole(3, 1)
    whole_events, whole_population, part_events, part_population = arguments.numbers
    return Comparator(
        arguments.back(whole_events - part_events, "events"),
        arguments.back(whole_population - part_population, "population"),
    )
