"""Which releases of a table there are, shipped and imported, and which of them is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from youthjustice._shipped import data_folder
from youthjustice._shown import shown
from youthjustice._spelling import did_you_mean
from youthjustice.errors import InputProblem
from youthjustice.published.as_it_stood import standing
from youthjustice.published.imported_folder import TABLE_NAME, entries, entries_of
from youthjustice.published.package import descriptor

_chosen: ContextVar[Mapping[str, str] | None] = ContextVar("youthjustice_releases", default=None)


@dataclass(frozen=True, slots=True)
class Edition:
    """One release of a table; `entry` describes it where it was imported, None where shipped."""

    name: str
    title: str
    release_date: str
    entry: Mapping[str, Any] | None = None


@contextmanager
def using(releases: Mapping[str, str], as_at: date | None = None) -> Iterator[None]:
    """Fix which releases a block of work reads, as a report does.

    Within the block `latest` means the release named here for a table, and the newest shipped one
    for all others; `all` means those shipped and the one named. An imported release looks as a
    shipped one does there: the same columns, and no figure that failed a check, accepted or not.
    Other threads are not touched.

    Args:
        releases: table to release, such as `{"first_time_entrants_area": "2025-02"}`; `{}` leaves
            the shipped ones alone.
        as_at: a day: within the block every table is as it stood at its end (see `load`); None
            leaves the day of an outer block.

    Raises:
        InputProblem: a table has no such release.

    Examples:
        >>> from youthjustice.published import load
        >>> with using({"first_time_entrants_area": "2025-02"}):
        ...     load("first_time_entrants_area").attrs["release"]
        '2025-02'

    """
    for table, release in releases.items():
        _named(editions_of(table), table, release)
    before = _chosen.set(MappingProxyType(dict(releases)))
    try:
        with standing(as_at):
            yield
    finally:
        _chosen.reset(before)


def fixed() -> Mapping[str, str] | None:
    """Give the releases that `using` has fixed; None outside of it."""
    return _chosen.get()


def shipped_resource(table: object) -> dict[str, Any] | None:
    """Describe a shipped table; None where there is none of that name."""
    resources = descriptor(data_folder())["resources"]
    return next((resource for resource in resources if resource["name"] == table), None)


def shipped_editions(resource: Mapping[str, Any] | None) -> list[Edition]:
    """List the shipped releases of a table, newest first."""
    found = resource.get("releases", []) if resource else []
    return [
        Edition(str(one["name"]), str(one.get("title", "")), str(one.get("release_date", "")))
        for one in found
    ]


def to_look_through(table: str) -> list[Edition]:
    """List the releases to look through for what stood on a day: shipped ones before imported ones.

    An import thus changes nothing that a shipped release says. A release that `using` names stands
    alone.
    """
    only = (fixed() or {}).get(table)
    if only is not None:
        return chosen(table, only)
    return sorted(editions_of(table), key=lambda edition: edition.entry is not None)


def editions_of(table: object) -> list[Edition]:
    """List the releases of a table, shipped and imported, newest first.

    Raises:
        InputProblem: there is no such table; the message suggests the nearest.

    """
    resource = shipped_resource(table)
    kept = entries_of(table) if isinstance(table, str) and TABLE_NAME.fullmatch(table) else []
    if resource is None and not kept:
        names = [one["name"] for one in descriptor(data_folder())["resources"]]
        names += [entry["table"] for entry in entries()]
        hint = did_you_mean(table, names, "tables(), or 'youthjustice tables', lists them")
        raise InputProblem(f"{shown(table)} is not a table of the data package; {hint}")
    found = shipped_editions(resource)
    local = [
        Edition(e["release"], e["publication"]["title"], e["publication"]["release_date"], e)
        for e in kept
    ]
    for edition in sorted(local, key=age):
        older = (at for at, other in enumerate(found) if age(other) < age(edition))
        found.insert(next(older, len(found)), edition)
    return found


def chosen(table: object, release: object) -> list[Edition]:
    """Give the releases that are meant, newest first: one, or those of `all`.

    A shipped release that is named is found whatever the imported ones are like.

    Raises:
        InputProblem: there is no such table or release.

    """
    shipped = shipped_editions(shipped_resource(table))
    named = [edition for edition in shipped if edition.name == release]
    if named:
        return named
    if (only := fixed()) is None:
        found = editions_of(table)
    else:
        wanted = only.get(table) if isinstance(table, str) else None
        imports = wanted is not None or release not in ("latest", "all")
        found = editions_of(table) if imports or not shipped else shipped
        found = [one for one in found if one.entry is None or one.name in (wanted, release)]
        found = found or editions_of(table)
        if release == "latest" and wanted is not None:
            release = wanted
    if release == "all":
        return found
    if release == "latest":
        return found[:1]
    return [_named(found, table, release)]


def _named(found: list[Edition], table: object, release: object) -> Edition:
    names = [edition.name for edition in found]
    if release in names:
        return found[names.index(release)]
    hint = did_you_mean(release, names, f"it has {', '.join(names) or 'no editions'}")
    raise InputProblem(f"{table} has no release {shown(release)}; {hint}")


def age(edition: Edition) -> tuple[int, ...]:
    """Give what puts releases in order: year and month of the name, else the day of publication.

    >>> age(Edition("2026-04", "", "")) > age(Edition("2026-02", "", "2026-02-09"))
    True
    >>> age(Edition("yjs-2024-25", "", "2026-01-29")), age(Edition("mid-2024", "", ""))
    ((2026, 1, 29), (2024,))
    """
    for text in (edition.name, edition.release_date):
        if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?", text):
            return tuple(map(int, text.split("-")))
    year = re.search(r"(?:19|20)\d\d", edition.name)
    return (int(year[0]),) if year else (0,)
