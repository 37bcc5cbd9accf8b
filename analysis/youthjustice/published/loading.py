"""Load one published table: read, checked and cited."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from youthjustice._shipped import DESCRIPTOR, data_folder
from youthjustice._shown import shown
from youthjustice._spelling import did_you_mean
from youthjustice.errors import InputProblem
from youthjustice.published.as_it_stood import by_then, stood
from youthjustice.published.checks import CHECKS
from youthjustice.published.citation import Citation
from youthjustice.published.editions import chosen, shipped_resource, to_look_through
from youthjustice.published.imported_folder import PUBLICATION
from youthjustice.published.laying_over import (
    kept_release,
    one_below_the_other,
    with_kept_sources,
)
from youthjustice.published.package import Stamp, descriptor, resource_of, stamp
from youthjustice.published.reading import FIRST_ROW, read_recorded, read_table
from youthjustice.published.recorded import as_recorded
from youthjustice.published.schema import check_table

# What was read from each file, with the state that the file and its description had then.
_Read = tuple[Stamp, Stamp, pd.DataFrame, str]
_tables: dict[Path, _Read] = {}
_sound: dict[Path, _Read] = {}
# One release of a table, and of what it was taken: a report asks for the same ones many times.
_Taken = tuple[pd.DataFrame, Mapping[str, Any], pd.DataFrame]
_releases: dict[tuple[Path, str, date | None], _Taken] = {}
_libraries: dict[Path, tuple[_Read, dict[str, dict[str, str]]]] = {}


def load(name: str, release: str = "latest") -> pd.DataFrame:
    """Load one published table, checked, with its source.

    Releases that were imported stand beside the shipped ones (see `keep`). Within `using` with a day
    only the rows are there that had been published by then about periods that had ended: `latest`
    is the newest release that has any, and a table without any is empty. Lookups are as they are.

    Args:
        name: a name that `tables` lists.
        release: an edition of the publication such as `2026-02`; `latest` is the newest at hand;
            `all` gives every edition, one below the other, never to be joined in one series.

    Returns:
        A copy of the table. `attrs["source"]` holds title, publisher, table, address,
        release_date, licence, caveats and sha256 (of the file that was read, or imported),
        `attrs["sources"]` every publication that the rows cite (all of them read-only, since copies
        share them), `attrs["release"]` the edition,
        `attrs["key"]` the columns that tell rows apart. An imported release has the columns of the
        shipped table first, then its own, among them `sheet`, `cell` and `check` (the checks that
        the figure failed); `attrs["kept"]` says from which file it came and what was accepted.

    Raises:
        InputProblem: there is no such table or edition, or the file is damaged, in which case the
            message names the file, the row as a spreadsheet numbers it, and the column.

    Examples:
        >>> areas = load("areas", release="2023-04")
        >>> areas.loc[areas["area_code"] == "E09000019", "area_name"].item()
        'Islington'
        >>> areas.attrs["source"]["publisher"]
        'Office for National Statistics'

    """
    resource = shipped_resource(name)
    if release == "latest" and stood() is not None and not _is_lookup(resource):
        return _newest_that_stood(name)
    wanted = chosen(name, release)
    kept = [edition.entry for edition in wanted if edition.entry is not None]
    parts = [kept_release(entry, resource) for entry in kept]
    if resource is not None and (len(kept) < len(wanted) or not wanted):
        one = release != "all" and wanted
        parts.insert(0, _shipped(resource, wanted[0].name if one else "all"))
    if name == "sources":
        return with_kept_sources(parts[0])
    return parts[0] if len(parts) == 1 else one_below_the_other(parts, wanted[0])


def _newest_that_stood(name: str) -> pd.DataFrame:
    """Give the newest release that has rows on the day as at which tables are read."""
    names = [edition.name for edition in to_look_through(name)]
    tables = (load(name, release) for release in names)
    found = next((table for table in tables if len(table)), None)
    return load(name, names[0]) if found is None else found


def _is_lookup(resource: Mapping[str, Any] | None) -> bool:
    """Tell whether a table holds names and codes, which belong to no day."""
    return resource is not None and str(resource["path"]).startswith("lookups/")


def _shipped(resource: Mapping[str, Any], edition: str) -> pd.DataFrame:
    """Give a shipped table in one of its releases, or in all of them."""
    folder = data_folder()
    package = descriptor(folder)
    whole, digest = _checked(folder, resource, package)
    library = _library(folder, package)
    day = None if _is_lookup(resource) else stood()
    key = folder / resource["path"], edition, day
    kept = _releases.get(key)
    if kept is None or kept[0] is not whole or kept[1] is not library:
        table = whole.copy(deep=False)
        if edition != "all" and "release" in table:
            table = table[table["release"] == edition].reset_index(drop=True)
        if day is not None:
            table = by_then(table, day, library)
        table.attrs = _attributes(table, resource, edition, package, library, digest)
        kept = _releases[key] = (whole, library, table)
    # Shares its data until either is written to, and has attributes of its own.
    return kept[2].copy(deep=False)


def _attributes(
    table: pd.DataFrame,
    resource: Mapping[str, Any],
    edition: str,
    package: Mapping[str, Any],
    library: Mapping[str, Mapping[str, str]],
    digest: str,
) -> dict[Hashable | None, Any]:
    """Say what a table is, where it is from and how its rows are told apart."""
    sources = _cited(table, resource, package, library)
    first = sources[0] if sources else {}
    return {
        "name": resource["name"],
        "title": resource.get("title", ""),
        "release": edition,
        "key": _key(resource),
        "source": Citation(
            {part: first.get(part, "") for part in PUBLICATION},
            caveats=tuple(str(caveat) for caveat in resource.get("caveats", [])),
            sha256=digest,
        ),
        "sources": sources,
    }


def _key(resource: Mapping[str, Any]) -> list[str]:
    key = resource["schema"].get("primaryKey", [])
    return [key] if isinstance(key, str) else list(key)


def _read(folder: Path, resource: Mapping[str, Any]) -> _Read:
    """Read the whole file of a table as its schema says; once, until the file changes."""
    path, file = folder / resource["path"], str(resource["path"])
    try:
        now, described = stamp(path), stamp(folder / DESCRIPTOR)
        if (kept := _tables.get(path)) and kept[:2] == (now, described):
            return kept
        raw = path.read_bytes()
    except OSError as problem:
        raise InputProblem(f"{file} cannot be read: {problem.strerror}") from None
    if as_recorded(folder, descriptor(folder)):
        table = read_recorded(raw, resource["schema"])
    else:
        table = read_table(raw, resource["schema"], file)
        check_table(table, resource["schema"], file)
    table.attrs["key"] = _key(resource)
    _tables[path] = (now, described, table, hashlib.sha256(raw).hexdigest())
    return _tables[path]


def _checked(
    folder: Path, resource: Mapping[str, Any], package: Mapping[str, Any]
) -> tuple[pd.DataFrame, str]:
    """Read a table and run its sanity checks; once, until its file changes."""
    path, read = folder / resource["path"], _read(folder, resource)
    if _sound.get(path) is not read:
        if not as_recorded(folder, package):
            _check_links(read[2], folder, resource, package)
            _run_checks(read[2], resource)
        _sound[path] = read
    return read[2], read[3]


def lookup(name: str) -> pd.DataFrame:
    """Load a lookup that the rooms use themselves: a copy, checked against its schema only.

    Raises:
        InputProblem: there is no such table, or its file is damaged.

    """
    folder = data_folder()
    return _read(folder, resource_of(name, descriptor(folder)))[2].copy()


def version(*names: str) -> tuple[tuple[Path, Stamp], ...]:
    """Give a key that changes when the file of one of the tables, or their description, does."""
    folder = data_folder()
    package = descriptor(folder)
    paths = [folder / DESCRIPTOR, *(folder / resource_of(n, package)["path"] for n in names)]
    try:
        return tuple((path, stamp(path)) for path in paths)
    except OSError as problem:
        raise InputProblem(f"{problem.filename} cannot be read: {problem.strerror}") from None


def _check_links(
    table: pd.DataFrame, folder: Path, resource: Mapping[str, Any], package: Mapping[str, Any]
) -> None:
    """Check the keys into other tables; an empty cell links to nothing."""
    for link in resource["schema"].get("foreignKeys", []):
        reference = link["reference"]
        own, other = _names(link["fields"])[0], _names(reference["fields"])[0]
        target = resource_of(reference["resource"] or resource["name"], package)
        there = _read(folder, target)[2]
        strange = table.index[table[own].notna() & ~table[own].isin(there[other])]
        if len(strange):
            raise InputProblem(
                f"{resource['path']}, row {strange[0] + FIRST_ROW}, column {own} holds "
                f"{shown(table.loc[strange[0], own])}, which {target['path']} does not have"
            )


def _names(fields: str | list[str]) -> list[str]:
    return [fields] if isinstance(fields, str) else fields


def _run_checks(table: pd.DataFrame, resource: Mapping[str, Any]) -> None:
    for name in resource.get("checks", []):
        if name not in CHECKS:
            hint = did_you_mean(name, CHECKS, f"use one of {', '.join(CHECKS)}")
            raise InputProblem(f"{DESCRIPTOR} asks for the check {shown(name)}; {hint}")
        if problems := CHECKS[name](table):
            first = problems[0]
            row = f", row {first.rows[0] + FIRST_ROW}" if first.rows else ""
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            raise InputProblem(
                f"{resource['path']}{row} fails the check {name}: {first.message}{more}"
            )


def _cited(
    table: pd.DataFrame,
    resource: Mapping[str, Any],
    package: Mapping[str, Any],
    library: Mapping[str, Mapping[str, str]],
) -> list[Citation]:
    """List the publications that the rows cite, in the order of the table's description."""
    described = {source["name"]: source for source in resource.get("sources", [])}
    if "source" not in table or resource["name"] == "sources":
        names = list(described)
    else:
        cited = set(table["source"].dropna().unique())
        names = [n for n in described if n in cited] + sorted(cited - set(described))
    licences = resource.get("licenses", package.get("licenses", [{}]))
    listed = []
    for name in names:
        one = {str(k): str(v) for k, v in described.get(name, {}).items()}
        one["address"] = one.pop("path", "")
        one["licence"] = str(licences[0].get("name", "")) if licences else ""
        told = dict.fromkeys(PUBLICATION, "") | one | dict(library.get(name, {}))
        listed.append(Citation({"name": name} | told))
    return listed


def publications() -> dict[str, dict[str, str]]:
    """Give what the table `sources` says of each publication, by its key."""
    folder = data_folder()
    return _library(folder, descriptor(folder))


def _library(folder: Path, package: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Give what the table `sources` says of each publication; once, until its file changes."""
    if not any(resource["name"] == "sources" for resource in package["resources"]):
        return {}
    read = _read(folder, resource_of("sources", package))
    if not (kept := _libraries.get(folder)) or kept[0] is not read:
        kept = _libraries[folder] = (read, _publications(read[2]))
    return kept[1]


def _publications(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    days = table["release_date"].dt.strftime("%Y-%m-%d")
    rows = table.assign(release_date=days).set_index("source").astype("object")
    wanted = [part for part in (*PUBLICATION, "note") if part in rows]
    return {
        str(name): {part: row[part] for part in wanted if isinstance(row[part], str)}
        for name, row in rows[wanted].to_dict("index").items()
    }
