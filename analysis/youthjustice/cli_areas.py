"""The command ``youthjustice areas``: the areas that can be named."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from youthjustice.cli_text import columns, say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from youthjustice.published import Place

_MOST_WORDS = 10
_ABOUT = """\
List the areas by name, with code and region: all of them, or those whose name or code contains
TEXT in any case. A report is of an authority of England; it compares with regions and England."""


def add_areas(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others."""
    areas = commands.add_parser(
        "areas",
        help="list the areas that can be named",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    areas.add_argument("text", nargs="*", metavar="TEXT", help="a part of a name or code")
    areas.set_defaults(run=_areas)


def _areas(options: argparse.Namespace) -> int:
    found = areas_with(" ".join(options.text))
    say(columns([["area", "kind", "code", "region"], *map(list, map(_row, found))]))
    return 0


def areas_with(text: str) -> list[Place]:
    """List the areas whose name or code contains a text; without a text, all.

    Of the services, which have no code, only those are listed that no area shares the name of. A
    text that no name contains may still be another name of an area, such as its council's.

    Raises InputProblem where no area has such a name; the message suggests names.

    >>> [one.code for one in areas_with("WIGHT")]
    ['E06000046']
    >>> [one.name for one in areas_with("London Borough of Camden")]
    ['Camden']
    """
    from youthjustice._spelling import plain
    from youthjustice.published import place, places

    every = places(closed=True)
    named = {one.name for one in every if one.code}
    wanted = plain(text)
    found = [
        one
        for one in every
        if one.code or one.name not in named
        if wanted in plain(one.name) or wanted in plain(one.code)
    ]
    return found if found and (wanted or not text.strip()) else [place(text)]


def name_in_words(given: Sequence[str]) -> str | None:
    """Find the longest name of an area in the words of a command that no quotes held together.

    >>> name_in_words(["report", "Isle", "of", "Wight", "--all"])
    'Isle of Wight'
    """
    from youthjustice.published.places import known_places

    spans = [
        given[at : at + length]
        for length in range(min(_MOST_WORDS, len(given)), 1, -1)
        for at in range(len(given) - length + 1)
    ]
    names = [" ".join(span) for span in spans if not any(word.startswith("-") for word in span)]
    known = known_places(names)
    return next((name for name in names if name in known), None)


def _row(one: Place) -> Iterator[str]:
    """Give the cells of an area's line; what a closed one closed on stands beside its kind."""
    yield one.name
    yield f"{one.kind}, closed on {one.closed_on}" if one.closed_on else one.kind
    yield one.code or "-"
    yield one.region or "-"
