"""Citing: the publications that figures are from, in a source line and behind a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pandas as pd

from youthjustice.presentation import Chart, Sentence, Table, dates
from youthjustice.presentation.lineage import Lineage, Publication, publication
from youthjustice.published import load
from youthjustice.published.citation import Citation
from youthjustice.reports.once import once

CITED = ("publisher", "title", "table", "release_date", "address")
Traced = TypeVar("Traced", Sentence, Table, Chart)


def cite(*what: pd.DataFrame | str) -> str:
    """Write the source line of the publications of frames, and of published tables by name.

    A frame with a ``source`` column is cited row by row; one without it carries what it was worked
    out from in ``attrs["cited"]`` (see `cited`), or the publication of its table.

    >>> frame = pd.DataFrame()
    >>> frame.attrs["source"] = {"publisher": "Office", "title": "Book",
    ...     "release_date": "2026-02-01"}
    >>> cite(frame)
    'Office, Book (released 1 February 2026)'
    """
    sources = (_of_table(one) if isinstance(one, str) else cited(one) for one in what)
    return "; ".join(dict.fromkeys(_one(source) for each in sources for source in each))


@once
def _of_table(name: str) -> list[Citation]:
    return cited(load(name))


def cited(frame: pd.DataFrame, *columns: str) -> list[Citation]:
    """List the publications of a frame's rows, named in ``source`` or in the columns given."""
    if "cited" in frame.attrs:
        found: list[Citation] = frame.attrs["cited"]
        return found
    named = [column for column in columns or ("source",) if column in frame]
    if not named:
        return [frame.attrs["source"]]
    used = {one for column in named for one in frame[column].to_numpy(object)}
    return [source for name, source in _library().items() if name in used]


@once
def _library() -> dict[str, Citation]:
    """Read the list of publications, each under the name that rows give as their source."""
    rows = load("sources").to_dict("records")
    return {
        str(row["source"]): Citation({str(key): value for key, value in row.items()})
        for row in rows
    }


def origins(*what: pd.DataFrame | str) -> tuple[Publication, ...]:
    """List the publications of frames, row by row, and of published tables by name, each once.

    A row's population may have a publication of its own, in ``population_source``.
    """
    each = [_behind(one) if isinstance(one, str) else _behind_rows(one) for one in what]
    return tuple(dict.fromkeys(one for listed in each for one in listed))


@once
def _behind(table: str) -> list[Publication]:
    return [publication(source) for source in load(table).attrs["sources"]]


def _behind_rows(frame: pd.DataFrame) -> list[Publication]:
    return [publication(source) for source in cited(frame, "source", "population_source")]


def traced(
    thing: Traced,
    origins: Sequence[Publication],
    *formulas: str,
    inputs: Mapping[str, str] | None = None,
) -> Traced:
    """Say of a sentence, table or chart which publications its figures are from, and how computed.

    ``formulas`` are keys of presentation/formulas.csv, none where figures stand as published;
    ``inputs`` are the numbers that went in, printed, by what they are. A table or chart that shows
    its inputs needs none.
    """
    told = Lineage(tuple(origins), formulas, tuple((inputs or {}).items()))
    return replace(thing, lineage=told)


def load_light(name: str) -> pd.DataFrame:
    """Load a table with no more attributes than it is cited by.

    pandas copies all attributes at every step, which takes longer than the figures themselves.
    """
    table = load(name)
    kept = Citation({key: table.attrs["source"][key] for key in CITED})
    table.attrs = {"cited": [kept]}
    return table


def _one(source: Mapping[str, Any]) -> str:
    """Write publisher, title and release; the sources section has the tables and addresses."""
    text = f"{source['publisher']}, {source['title']}"
    if pd.notna(source["release_date"]) and source["release_date"]:
        text += f" (released {dates.day(pd.Timestamp(source['release_date']))})"
    return text
