"""Where a figure comes from: its publications and, where it was worked out, how and from what."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem


@dataclass(frozen=True, slots=True)
class Publication:
    """One table of one release of a publication; what is not known is empty."""

    publisher: str
    title: str
    table: str = ""
    release_date: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """One way of working a figure out: its name, in symbols, in plain words, and who gave it."""

    key: str
    name: str
    formula: str
    words: str
    reference: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """The publications of a figure, and the formulas and inputs it was worked out with, if it was.

    ``inputs`` are pairs of a name and a printed number, such as ("children, Islington", "41").
    ``formulas`` stand in the order of formulas.csv, however they were given.

    >>> one = Lineage((Publication("Office", "Book", "Table 1", "2026-02-01"),), ("rate",))
    >>> one.formulas[0], len(one.identifier)
    ('rate', 8)
    """

    publications: tuple[Publication, ...]
    formulas: tuple[str, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        unknown = [key for key in self.formulas if key not in formulas()]
        if unknown:
            raise InputProblem(
                f"No formula is called {unknown[0]!r}: add it to presentation/formulas.csv"
            )
        listed = tuple(key for key in formulas() if key in self.formulas)
        object.__setattr__(self, "formulas", listed)

    @property
    def identifier(self) -> str:
        """Name it by what it holds: equal lineages are told once."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:8]

    def reference_html(self) -> str:
        """Give the link that leads from a figure to where it comes from.

        A page numbers its references; elsewhere the mark is a plain arrow.
        """
        return (
            f'<a class="yj-from" href="#from-{self.identifier}" '
            'aria-label="Where this comes from">\u2197</a>'
        )


def publication(source: Mapping[str, Any]) -> Publication:
    """Take what is told of a publication's table, as ``attrs["source"]`` of a table tells it."""
    # Lists such as the caveats are told elsewhere; a date may be text or a date.
    told = {
        key: value
        for key, value in source.items()
        if not isinstance(value, list) and pd.notna(value) and value
    }
    released = told.get("release_date")
    return Publication(
        publisher=str(told.get("publisher", "")),
        title=str(told.get("title", "")),
        table=str(told.get("table", "")),
        release_date=pd.Timestamp(released).date().isoformat() if released else "",
        address=str(told.get("address", "")),
    )


def joined(lineages: Iterable[Lineage]) -> Lineage:
    """Put several lineages together, each part once and in order."""
    told = list(lineages)
    return Lineage(
        tuple(dict.fromkeys(one for each in told for one in each.publications)),
        tuple(dict.fromkeys(one for each in told for one in each.formulas)),
        tuple(dict.fromkeys(one for each in told for one in each.inputs)),
    )


@cache
def formulas() -> dict[str, Formula]:
    """Give every formula that a lineage can name."""
    lines = files(__package__).joinpath("formulas.csv").read_text(encoding="utf-8").splitlines()
    return {row["key"]: Formula(**row) for row in csv.DictReader(lines)}
