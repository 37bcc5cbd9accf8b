"""Which releases a report is asked to show in place of those that it shows by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from youthjustice._shipped import data_folder
from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.presentation.words.own_releases import Named
from youthjustice.presentation.words.phrases import listing
from youthjustice.published.editions import (
    editions_of,
    fixed,
    shipped_editions,
    shipped_resource,
)
from youthjustice.published.imported_folder import entries
from youthjustice.published.package import descriptor
from youthjustice.reports.formats.text import in_one_line


def read_releases(given: Iterable[str]) -> dict[str, str]:
    """Read the releases that a command names, each as TABLE=NAME.

    Raises InputProblem for anything else, and for a table that is named twice.

    >>> read_releases(["first_time_entrants_area=2025-02"])
    {'first_time_entrants_area': '2025-02'}
    >>> read_releases(["2025-02"])
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: '2025-02' names no release: write a table and its release, such \
as first_time_entrants_area=2025-02.
    """
    found: dict[str, str] = {}
    for one in given:
        table, between, release = (part.strip() for part in str(one).partition("="))
        if not (table and between and release):
            raise InputProblem(
                f"{shown(one)} names no release: write a table and its release, such as "
                "first_time_entrants_area=2025-02."
            )
        if found.setdefault(table, release) != release:
            raise InputProblem(
                f"Two releases of {shown(table)} are named, and a report rests on one: leave one out."
            )
    return found


def checked_releases(releases: Mapping[str, str] | None) -> dict[str, str]:
    """Give the releases named, once it is known that there are such tables and releases.

    Raises InputProblem otherwise, with a list of those that there are.

    >>> checked_releases({"first_time_entrants_area": "2019"})
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: There is no release '2019' of first_time_entrants_area: it has \
2026-02 and 2025-02.
    """
    found = {str(table): str(release) for table, release in (releases or {}).items()}
    for table, release in found.items():
        if table not in (listed := _tables()):
            raise InputProblem(f"There is no table {shown(table)}: there are {listing(listed)}.")
        names = [edition.name for edition in editions_of(table)]
        if release not in names:
            has = f"it has {listing(names)}" if names else "it comes in no releases"
            raise InputProblem(f"There is no release {shown(release)} of {table}: {has}.")
    return found


def _tables() -> list[str]:
    """List the tables of figures, shipped and imported."""
    shipped = [
        str(one["name"])
        for one in descriptor(data_folder())["resources"]
        if one.get("releases") and not str(one["path"]).startswith("lookups/")
    ]
    return sorted({*shipped, *(entry["table"] for entry in entries())})


def told(releases: Mapping[str, str] | None = None) -> list[Named]:
    """Tell releases that a report would not show by itself: those given, else those in force."""
    given = fixed() or {} if releases is None else releases
    return [one for table, release in given.items() if (one := _named(table, release)) is not None]


def _named(table: str, release: str) -> Named | None:
    """Tell one release, unless it is the one that a report shows by itself."""
    resource = shipped_resource(table)
    shipped = [edition.name for edition in shipped_editions(resource)]
    if shipped[:1] == [release]:
        return None
    titles = [edition.title for edition in editions_of(table) if edition.name == release]
    title = str(resource.get("title", "")) if resource else "".join(titles)
    return Named(in_one_line(title) or table, release, imported=release not in shipped)
