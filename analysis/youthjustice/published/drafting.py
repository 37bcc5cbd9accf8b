"""Draft a mapping of a table that we do not know, from what its cells look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import labels
from youthjustice.published._looks import (
    SAMPLE,
    YEAR,
    group_of,
    is_figure,
    is_period,
    is_sex,
    meaning,
)
from youthjustice.published.loading import lookup
from youthjustice.published.mapping import RESERVED
from youthjustice.published.symbols import numbers
from youthjustice.sandbox.cells import column_letters, texts
from youthjustice.sandbox.grid import Grid, Workbook

_DEEPEST = 40
_SEEN = 20_000
"""How many rows show what the columns are."""
_NAMED = 60
"""How many texts among the figures are looked at."""
_PERIOD_WORDS = re.compile(
    r"(?:year ending|years? ended) \w+ \d{4}|\d{4}[/-]\d{2,4}|\w{3,9} \d{4} ?(?:-|to) ?\w{3,9} \d{4}",
    re.IGNORECASE,
)
_CHILDREN = r"children|young people|juveniles|young persons"
_UNITS = (
    (r"%|per ?cent|proportion|percentage|\brate \(", "%"),
    (r"\bper\b|\brate", ""),
    (rf"\b(?:{_CHILDREN}|first time entrants)\b", "children"),
    (r"\boffences\b", "offences"),
    (r"\b(?:disposals|outcomes)\b", "disposals"),
    (r"\bepisodes\b", "episodes"),
)


@dataclass(slots=True)
class Draft:
    """What a draft says: guesses, and which of them have to be looked at or filled in."""

    sheet: str
    header: int
    last: int | None = None
    title: str = ""
    publisher: str = ""
    period: str = ""
    bare_years: bool = False
    services: bool = False
    columns: dict[str, str] = field(default_factory=dict)
    figures: list[tuple[list[str], str, str, str]] = field(default_factory=list)
    fill_down: list[str] = field(default_factory=list)
    leave_out: dict[str, list[str]] = field(default_factory=dict)
    symbols: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def drafted(book: Workbook) -> Draft:
    """Guess what the sheet that looks most like a table holds.

    Raises:
        InputProblem: no sheet has a row of names above figures.

    """
    found = [(grid, row) for grid in book.grids if (row := _header(grid)) is not None]
    if not found:
        raise InputProblem(
            f"{shown(book.file)} has no sheet with a row of column names above figures, so no "
            "mapping can be drafted"
        )
    grid, row = max(found, key=lambda one: _figures_below(*one))
    draft = Draft(grid.sheet, row + 1)
    heads = [str(head) for head in labels(grid.cells[row])]
    names = [_named(heads, column) for column in range(len(heads))]
    body = texts(grid.cells[row + 1 : row + 1 + _SEEN])
    figures: dict[int, str] = {}
    for column in range(len(heads)):
        cells = body[:, column]
        filled = cells[cells != ""]
        if not len(filled):
            continue
        ours = meaning(heads[column], filled)
        if ours == "figures":
            figures[column] = names[column]
        else:
            _add(draft, ours or _slug(heads[column]), names[column])
    if not figures:
        raise InputProblem(f"sheet {shown(grid.sheet)} has no column of figures to draft")
    _guess_figures(draft, heads, figures)
    _guess_source(draft, book, grid, row)
    _guess_rows(draft, grid, row, names)
    return draft


def _header(grid: Grid) -> int | None:
    """Find the row with the most names and no figures, above a row that has figures."""
    cells = texts(grid.cells[:_DEEPEST])
    if not cells.size:
        return None
    numeric = _each(cells, lambda text: bool(is_figure(text)))
    filled = (cells != "").sum(axis=1)
    able = [
        row
        for row in range(len(cells) - 1)
        if filled[row] >= 2 and not numeric[row].any() and numeric[row + 1 : row + 9].any()
    ]
    return max(able, key=lambda row: (filled[row], -row), default=None)


def _each(cells: npt.NDArray[np.object_], test: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    codes, distinct = pd.factorize(cells.ravel())
    found = np.array([test(str(text)) for text in distinct], dtype=bool)
    return found[codes].reshape(cells.shape)


def _figures_below(grid: Grid, row: int) -> int:
    return int(_each(texts(grid.cells[row + 1 : row + 1 + SAMPLE]), is_figure).sum())


def _named(heads: Sequence[str], column: int) -> str:
    """Name a column by its heading, or by its letters where that does not tell it apart."""
    words = [plain(head) for head in heads]
    alone = heads[column] and words.count(words[column]) == 1
    return heads[column] if alone else f"column {column_letters(column)}"


def _slug(head: str) -> str:
    words = re.sub("[^a-z0-9]+", "_", plain(head)).strip("_")[:40]
    known = re.match("[a-z]", words) and words not in RESERVED
    return words if known else f"as_printed_{words}".strip("_")


def _add(draft: Draft, ours: str, name: str) -> None:
    """Keep the first column of each meaning; others keep a name of their own."""
    if ours == "region" and "area" not in draft.columns:
        draft.columns["region"] = name
        return
    if ours in draft.columns:
        own = _slug(name)
        if own in draft.columns or own in ("area", "period"):
            draft.unread.append(name)
            return
        ours = own
    draft.columns[ours] = name


def _guess_figures(draft: Draft, heads: list[str], figures: dict[int, str]) -> None:
    """Put columns whose headings tell a period, a sex or an ethnic group together."""
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("period", is_period),
        ("ethnic_group", lambda text: group_of(text) not in ("", "summary")),
        ("sex", is_sex),
    )
    for name, test in tests:
        told = {column: test(heads[column]) for column in figures if heads[column]}
        if name not in draft.columns and sum(told.values()) >= 2:
            wide = [figures[column] for column in figures if told.get(column)]
            draft.figures.append((wide, name, "", ""))
            draft.unread += [figures[column] for column in figures if not told.get(column)]
            draft.bare_years = name == "period" and any(
                YEAR.fullmatch(heads[column]) for column in figures if told.get(column)
            )
            return
    for column, name in figures.items():
        words = plain(heads[column])
        generic = re.fullmatch(r"(?:number|count|value|total|n)s?(?: of .*)?|", words)
        draft.figures.append(([name], "", "" if generic else heads[column], _unit(heads[column])))


def _unit(text: str) -> str:
    return next((unit for shape, unit in _UNITS if re.search(shape, text, re.IGNORECASE)), "")


def _guess_rows(draft: Draft, grid: Grid, row: int, names: list[str]) -> None:
    """Guess where the table ends, and which blanks mean the label above."""
    places = {name: column for column, name in enumerate(names)}
    body = grid.cells[row + 1 :]
    wide = [places[name] for columns, *_ in draft.figures for name in columns]
    holds = np.flatnonzero((body[:, wide] != None).any(axis=1))  # noqa: E711
    if (body[holds[-1] + 1 :] != None).any():  # noqa: E711
        draft.last = row + 2 + int(holds[-1])
    inside = texts(body[holds[:_SEEN]])
    for ours, name in draft.columns.items():
        cells = inside[:, places[name]]
        if len(draft.columns) > 1 and cells[0] != "" and (cells == "").mean() > 0.2:
            draft.fill_down.append(ours)
        if ours == "period":
            draft.bare_years = any(YEAR.fullmatch(text) for text in cells)
        if ours == "ethnic_group" and (
            several := [t for t in dict.fromkeys(cells[:SAMPLE]) if t and group_of(t) == "summary"]
        ):
            draft.leave_out[ours] = several
        if ours == "area":
            draft.services = re.search(r"\byjs\b|\byots?\b|\bservice", plain(name)) is not None
    draft.symbols = _strange(inside[:, wide], draft.publisher)


def _strange(cells: npt.NDArray[np.object_], publisher: str) -> list[str]:
    """List texts among the figures that are neither numbers nor symbols that we know."""
    words = [str(text) for text in pd.unique(cells.ravel()) if text and not is_figure(text)]
    return [text for text in words[:_NAMED] if not _is_read(text, publisher)]


def _is_read(text: str, publisher: str) -> bool:
    try:
        numbers(pd.Series([text], dtype="object"), publisher)
    except InputProblem:
        return False
    return True


def _guess_source(draft: Draft, book: Workbook, grid: Grid, row: int) -> None:
    """Read title, publisher and period off the texts around the table."""
    above = [text for text in texts(grid.cells[:row]).ravel() if text]
    around = above + [t for t in texts(grid.cells[row + 1 :][-60:]).ravel() if len(t) > 20]
    stem = book.file.rsplit(".", 1)[0]
    draft.title = (above[0] if above else stem)[:200]
    said = plain(" ".join(around)[:20_000])
    known = sorted(lookup("sources")["publisher"].dropna().unique(), key=len, reverse=True)
    draft.publisher = next((name for name in known if plain(name) in said), "")
    if "period" not in draft.columns and not any(h == "period" for _, h, *_ in draft.figures):
        found = _PERIOD_WORDS.search(" ".join(above))
        draft.period = found[0] if found and is_period(found[0]) else ""
    unit = _unit(draft.title)
    draft.figures = [(c, h, m, u or unit) for c, h, m, u in draft.figures]
