"""Sentences of a report that shows releases which somebody named, such as a service's own import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from youthjustice.presentation.words.phrases import listing


class Named(NamedTuple):
    """A release that somebody named: its table's title, its name, and whether it was imported."""

    title: str
    release: str
    imported: bool


def own_releases_words(named: Sequence[Named], what: str = "It") -> str:
    """Say which releases are shown that a report would not show by itself; nothing without any.

    >>> print(own_releases_words([Named("Rates by area", "2026-04", True)]))
    It shows the service's own release: “Rates by area” is from release 2026-04, imported here, and not \
from the release that comes with the tool.
    >>> print(own_releases_words([Named("Rates by area", "2025-02", False)]))
    It shows an earlier release than the newest: “Rates by area” is from release 2025-02.
    """
    own = [one for one in named if one.imported]
    earlier = [one for one in named if not one.imported]
    said = []
    if own:
        releases, other = (
            _plural(own, "release"),
            _plural(own, "the release that comes", "those that come"),
        )
        said.append(
            f"{what} shows the service's own {releases}: {_listed(own)}, imported here, and not from "
            f"{other} with the tool."
        )
    if earlier:
        which = _plural(earlier, "an earlier release", "earlier releases")
        said.append(f"{what} shows {which} than the newest: {_listed(earlier)}.")
    return " ".join(said)


def _listed(named: Sequence[Named]) -> str:
    return listing([f"“{one.title}” is from release {one.release}" for one in named])


def _plural(named: Sequence[Named], one: str, more: str = "") -> str:
    return one if len(named) == 1 else more or f"{one}s"
