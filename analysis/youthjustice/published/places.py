"""Areas and youth justice services by any of their names or codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import did_you_mean, plain
from youthjustice.errors import InputProblem
from youthjustice.published._councils import bears, without_council
from youthjustice.published.loading import load, lookup, version

KINDS = ("country", "region", "subregion", "authority", "service")
_LOOKUPS = ("areas", "area_names", "services")
_LISTED = "places(), or 'youthjustice areas', lists those there are"
_GSS_CODE = re.compile(r"[EKNSW]\d{8}")
# What tables of areas put behind a name: "Islington YOT", "Leeds Youth Justice Service".
_CALLED = re.compile(
    r" (?:yo[ts]|yjs|youth (?:offending|justice) (?:team|service)s?|la|ua|local authority"
    r"|unitary authority)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """An area or a youth justice service; what it does not have is an empty text.

    `kind` is country, region, subregion (inner or outer London), authority (upper tier) or
    service; `closed_on` is the first day on which a closed authority was no more, as an ISO date.

    Examples:
        >>> from youthjustice.published import place
        >>> found = place("islington")
        >>> found.name, found.code, found.kind, found.region
        ('Islington', 'E09000019', 'authority', 'London')

    """

    name: str
    code: str
    kind: str
    region: str
    region_code: str
    country: str
    service: str
    dfe_number: str
    closed_on: str = ""


def place(name: object) -> Place:
    """Find the area or youth justice service that a name or GSS code stands for.

    Case, accents, hyphens, full stops, ampersands and footnote marks make no difference, and an
    authority may be named as its council is, if that is how its council is styled, or as its
    youth justice service (`Islington YOT`). Where an authority and a service share a name, the
    authority is meant. Former GSS codes stand for the area of today.

    Raises:
        InputProblem: no area has that name, or several have; the message suggests names.

    Examples:
        >>> place("ISLINGTON").code
        'E09000019'
        >>> place("Kingston-upon-Thames") == place("Kingston upon Thames")
        True
        >>> place("London Borough of Islington") == place("Islington Council")
        True
        >>> place("E09000019").region
        'London'
        >>> place("Islingtn")
        Traceback (most recent call last):
        ...
        youthjustice.errors.InputProblem: 'Islingtn' is not an area we know; did you mean Islington?

    """
    if not isinstance(name, str) or not name.strip():
        given = "an empty text" if isinstance(name, str) else shown(name)
        raise InputProblem(f"{given} is not an area: give a name or a GSS code")
    found = _meant(name, _book())
    if not found:
        styled = without_council(_spelt(name))
        stem = min((left for left, _ in styled), key=len, default=name)
        hint = did_you_mean(stem, _book().spellings, _LISTED)
        raise InputProblem(f"{shown(name)} is not an area we know; {hint}")
    if len(found) > 1:
        listed = " or ".join(f"{one.name} ({one.code or one.kind})" for one in found)
        raise InputProblem(f"{shown(name)} may mean {listed}: give one of those names or codes")
    return found[0]


def known_places(names: Iterable[object]) -> dict[object, Place]:
    """Give the places of those names that stand for one, as `place` finds them.

    For the names of a whole table: no nearest name is looked for where there is none.
    """
    book = _book()
    meant = {name: _meant(name, book) for name in names if isinstance(name, str)}
    return {name: found[0] for name, found in meant.items() if len(found) == 1}


def _meant(name: str, book: _Book) -> tuple[Place, ...]:
    """Find all that a name may stand for."""
    spelt = _spelt(name)
    if not spelt:  # nothing is left of it: it names nothing
        return ()
    styled = without_council(spelt)
    return book.by_name.get(spelt) or _of_council(styled, book) or _of_service(spelt, book)


def _spelt(name: str) -> str:
    return plain(name) if len(name) <= 200 else ""


def _of_council(styled: list[tuple[str, tuple[str, ...]]], book: _Book) -> tuple[Place, ...]:
    """Find the authorities whose council is styled so, by the first name left that has any."""
    for spelt, styles in styled:
        named = (one for one in book.by_name.get(spelt, ()) if one.kind == "authority")
        found = tuple(one for one in named if all(bears(one.code, one.name, s) for s in styles))
        if found:
            return found
    return ()


def _of_service(spelt: str, book: _Book) -> tuple[Place, ...]:
    """Find the authority or service of which something is called the team, service or authority."""
    found = book.by_name.get(_CALLED.sub("", spelt), ())
    return tuple(one for one in found if one.kind in ("authority", "service"))


def places(
    kind: str | None = None, country: str | None = None, closed: bool = False
) -> list[Place]:
    """List the areas and services in order of name, of one kind and in one country if given.

    Closed authorities are left out unless asked for; services are those of today.

    Raises:
        InputProblem: the kind or the country is not one that there is.

    Examples:
        >>> [one.name for one in places(kind="country")]
        ['England', 'England and Wales', 'Wales']
        >>> len(places(kind="region", country="England"))
        9

    """
    if kind is not None and kind not in KINDS:
        hint = did_you_mean(kind, KINDS, f"use one of {', '.join(KINDS)}")
        raise InputProblem(f"{shown(kind)} is not a kind of area; {hint}")
    everything = _book().places
    countries = {one.country for one in everything}
    if country is not None and country not in countries:
        raise InputProblem(f"{shown(country)} is not a country here; use England or Wales")
    return [
        one
        for one in everything
        if kind in (None, one.kind) and country in (None, one.country)
        if closed or not one.closed_on
    ]


def neighbours(name: object, release: str = "latest") -> pd.DataFrame:
    """List the ten statistical neighbours of an English authority, nearest first.

    Columns: those of the table `statistical_neighbours` (rank, neighbour_code, neighbour_name,
    closeness and the area's own); `attrs` cites the Department for Education.

    Raises:
        InputProblem: the area is unknown, or the Department lists no neighbours for it.

    Examples:
        >>> neighbours("Islington")["neighbour_name"].tolist()[:3]
        ['Camden', 'Southwark', 'Lambeth']

    """
    area = place(name)
    table = load("statistical_neighbours", release)
    own = table[table["area_code"] == area.code] if area.code else table.iloc[:0]
    if own.empty:
        raise InputProblem(
            f"{area.name} has no statistical neighbours in release {table.attrs['release']}: the "
            "Department for Education lists them for the upper-tier authorities of England only"
        )
    order = [c for c in ("release", "rank") if c in own]
    return own.sort_values(order, ignore_index=True)


def known_codes() -> frozenset[str]:
    """Give the GSS codes that the lookups hold."""
    return frozenset(one.code for one in _book().places if one.code)


def known_names() -> frozenset[str]:
    """Give the names that the lookups hold, in plain spelling."""
    return frozenset(_book().by_name)


def closing_days() -> pd.Series:
    """Give the first day on which each closed authority was no more, by GSS code."""
    closed = {one.code: one.closed_on for one in _book().places if one.closed_on}
    return pd.Series(closed, dtype="datetime64[us]")


@dataclass(frozen=True, slots=True)
class _Book:
    """Every place in order of name, and by its names and codes in plain spelling."""

    places: tuple[Place, ...]
    by_name: dict[str, tuple[Place, ...]]
    spellings: tuple[str, ...]


def _book() -> _Book:
    return _written(version(*_LOOKUPS))


@lru_cache(maxsize=4)
def _written(_version: object) -> _Book:
    areas, names, services = (lookup(table) for table in _LOOKUPS)
    codes = dict(zip(areas["area_name"], areas["area_code"], strict=True))
    by_code = {one.code: one for one in (_area(row, codes) for row in _rows(areas))}
    by_service = {one.name: one for one in _services(services, by_code)}
    today = set(services.loc[services["current"].astype(bool), "service"])
    index: dict[str, dict[Place, None]] = {}
    for code, one in by_code.items():
        index[plain(code)] = {one: None}
        index.setdefault(plain(one.name), {})[one] = None
    rows = _rows(names)
    spellings = [*(one.name for one in by_code.values()), *by_service]
    for row in rows:
        if row["area_code"] in by_code:
            index.setdefault(plain(row["name"]), {})[by_code[row["area_code"]]] = None
    # A service takes the names that no area has.
    own = [(name, name) for name in by_service] + [(row["name"], row["service"]) for row in rows]
    taken = frozenset(index)
    for spelling, service in own:
        if service in by_service and plain(spelling) not in taken:
            index.setdefault(plain(spelling), {})[by_service[service]] = None
    spellings += [row["name"] for row in rows if not _GSS_CODE.fullmatch(row["name"])]
    every = [*by_code.values(), *(one for one in by_service.values() if one.name in today)]
    return _Book(
        tuple(sorted(every, key=lambda one: (one.name, one.kind))),
        {key: tuple(found) for key, found in index.items()},
        tuple(dict.fromkeys(spellings)),
    )


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """Give the rows of a lookup with an empty text for what is missing."""
    dates = table.select_dtypes("datetime").columns
    days = {c: table[c].dt.strftime("%Y-%m-%d") for c in dates}
    text = table.assign(**days).astype("object")
    return text.where(text.notna(), "").to_dict("records")  # type: ignore[return-value]


def _area(row: dict[str, Any], codes: dict[str, str]) -> Place:
    return Place(
        name=row["area_name"],
        code=row["area_code"],
        kind=row["area_type"],
        region=row["region"],
        region_code=codes.get(row["region"], ""),
        country=row["country"],
        service=row["service"],
        dfe_number=row["dfe_number"],
        closed_on=row["closed_on"],
    )


def _services(services: pd.DataFrame, by_code: dict[str, Place]) -> list[Place]:
    """Build each service from the authorities it serves; a region only if they share one."""
    made = []
    for name, rows in services.groupby("service", sort=True):
        parts = [by_code[code] for code in rows["area_code"] if code in by_code]
        regions = {(one.region, one.region_code) for one in parts}
        region, region_code = regions.pop() if len(regions) == 1 else ("", "")
        countries = {one.country for one in parts}
        country = countries.pop() if len(countries) == 1 else ""
        made.append(Place(str(name), "", "service", region, region_code, country, str(name), ""))
    return made
