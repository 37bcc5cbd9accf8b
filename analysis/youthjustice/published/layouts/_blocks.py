"""Sheets of stacked blocks: one block for each area, with groups of children in the columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._spelling import plain
from youthjustice.published._cells import labels, melt
from youthjustice.sandbox.cells import column_letters, texts
from youthjustice.sandbox.grid import Grid

Rows = npt.NDArray[np.bool_]
HEADER_WITHIN = 15
"""How many rows from the top the header begins at most."""

_TIERS = {"pre court": "Pre-court", "first tier": "First-tier"}
_TIERS |= {"community": "Community", "custody": "Custody", "custodial": "Custody"}
_TIER = re.compile(rf"({'|'.join(_TIERS)})( (disposal|penalt|sentence|outcome|order)\w*)?")
_NOTE = re.compile(r"^[*†‡(\[]|^(notes?|source|sources|these figures)\b|[.;:]$", re.IGNORECASE)
_STAR = re.compile(r"\s*\(\*+\)$")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header of a sheet ends, the column of row labels, and what each column holds.

    `columns` gives dimension and label for each column of figures: ("age", "10 - 14"), and
    ("all", "") for the total.
    """

    first: int
    last: int
    labels: int
    columns: dict[int, tuple[str, str]]


def header_of(grid: Grid) -> Header | None:
    """Find the header: Age, Gender and Ethnicity above the labels of their groups."""
    top = labels(grid.cells[: HEADER_WITHIN + 3])
    if not top.size:
        return None
    for row in range(min(HEADER_WITHIN, len(top) - 1)):
        groups = [_dimension(text) for text in top[row]]
        # A group spans its labels, so that the cell beside its name is empty.
        spans = {
            name for name, beside in zip(groups, [*top[row][1:], ""], strict=True) if not beside
        }
        if {"age", "sex", "ethnic"} <= spans:
            return _header(top, row, groups)
    return None


def _dimension(text: str) -> str:
    words = plain(text[:60])
    if words in ("sex", "gender"):
        return "sex"
    if words.startswith("ethnic"):
        return "ethnic"
    return "age" if words in ("age", "age group", "age band") else ""


def _header(top: npt.NDArray[np.object_], row: int, groups: list[str]) -> Header | None:
    first = next(column for column, name in enumerate(groups) if name)
    below = [r for r in range(row + 1, min(row + 4, len(top))) if (top[r, first:] != "").sum() > 2]
    if not below or first == 0:
        return None
    last, group, columns = below[0], "", {}
    for column in range(first, top.shape[1]):
        group = groups[column] or group
        text = top[last, column] or (top[row, column] if not groups[column] else "")
        if _is_total(text):
            columns[column] = ("all", text)
        elif text:
            columns[column] = (group, text)
    named = [(top[:, column] != "").sum() for column in range(first)]
    return Header(row, last, int(np.argmax(named)), columns)


def _is_total(text: str) -> bool:
    return plain(text).startswith(("total", "grand total", "all disposals", "all offences"))


def read_blocks(
    grid: Grid, header: Header, is_area: Callable[[str], bool]
) -> tuple[pd.DataFrame, list[str]]:
    """Give a row for each figure of the blocks, and a sentence for each kind of figure left out.

    Columns: `area` and `tier` (the headings above the row; the tier may be missing), `row` (its
    label, `All` for a total), `dimension`, `band`, `printed`, `sheet`, `cell`.
    """
    cells = grid.cells
    names = _names(cells[:, header.labels])
    totals = [column for column, (group, _) in header.columns.items() if group == "all"]
    details = [column for column in header.columns if column not in totals]
    # Of a total printed twice the last is kept.
    repeated = totals[:-1]
    used = [*details, *totals[-1:]]

    filled = cells != None  # noqa: E711 - elementwise
    numbers = _numeric(cells)
    body = np.arange(len(cells)) > header.last
    body &= ~_like_header(cells, header)
    tiers, whole = _each(names, _tier), _each(names, _is_total).astype(bool)
    zero = ((cells == 0) | ~filled)[:, used].all(axis=1)
    holds = numbers[:, details].any(axis=1) | (filled[:, details].mean(axis=1) > 0.5)
    heading = (names == "") | (tiers != "")
    figures = body & holds & ~(heading & zero) & (names != "")

    of_area, of_tier = _headings(names, tiers, whole, body, figures, is_area)
    inside = figures & (of_area != "")
    left = _left_out(grid, body & ~inside, numbers, used, repeated, figures)
    rows = np.flatnonzero(inside)
    if not len(rows):
        return pd.DataFrame(), left
    columns = {column: str(column) for column in used}
    frame = melt(grid, rows.tolist(), {"row": header.labels}, columns)
    wide = len(used)
    whole &= tiers == ""
    tier = np.where(whole, "All", of_tier)
    frame["row"] = np.repeat(np.where(whole | (tiers != ""), "All", names)[rows], wide)
    frame.insert(0, "tier", np.repeat(tier[rows], wide))
    frame.insert(0, "area", np.repeat(of_area[rows], wide))
    kinds = {str(column): header.columns[column] for column in used}
    frame.insert(3, "dimension", frame["label"].map({k: v[0] for k, v in kinds.items()}))
    frame.insert(4, "band", frame["label"].map({k: v[1] for k, v in kinds.items()}))
    return frame.drop(columns="label"), left


def _names(column: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    bare = labels(column)
    return _each(bare, lambda text: _STAR.sub("", text))


def _each(
    names: npt.NDArray[np.object_], meaning: Callable[[str], object]
) -> npt.NDArray[np.object_]:
    """Apply a function to each distinct text."""
    codes, distinct = pd.factorize(names)
    return np.array([meaning(text) for text in distinct], dtype=object)[codes]


def _numeric(cells: npt.NDArray[np.object_]) -> Rows:
    codes, distinct = pd.factorize(cells.ravel())
    numbers = [isinstance(one, int | float) and not isinstance(one, bool) for one in distinct]
    flat: Rows = np.array([*numbers, False], dtype=bool)[codes]
    return flat.reshape(cells.shape)


def _tier(name: str) -> str:
    words = plain(name)
    words = re.sub(r"^(?:sub ?)?total\s+|\s+(?:sub ?)?total$", "", words)
    found = _TIER.fullmatch(words)
    return _TIERS[found[1]] if found else ""


def _like_header(cells: npt.NDArray[np.object_], header: Header) -> Rows:
    """Mark the rows that repeat the header."""
    columns = list(header.columns)
    words = texts(cells[:, columns])
    same: Rows = (words == texts(cells[header.last, columns])).mean(axis=1) > 0.5
    groups: Rows = (labels(cells[:, columns]) == labels(cells[header.first, columns])).all(axis=1)
    return same | groups


def _headings(
    names: npt.NDArray[np.object_],
    tiers: npt.NDArray[np.object_],
    totals: Rows,
    body: Rows,
    figures: Rows,
    is_area: Callable[[str], bool],
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Give the area and the tier that each row stands under.

    A heading is a label without figures. One that is no tier and no note begins a block, if the
    block before it has ended with its total, or if it is an area that we know.
    """
    areas = np.full(len(names), "", dtype=object)
    under = np.full(len(names), "", dtype=object)
    area = tier = ""
    begun = ended = False
    last = 0
    for row in map(int, np.flatnonzero(body & (names != ""))):
        areas[last:row], under[last:row] = area, tier
        last = row
        name = names[row]
        if tiers[row]:
            tier = tiers[row]
        if figures[row]:
            begun, ended = True, ended or bool(totals[row])
        elif tiers[row] or _NOTE.search(name) or len(name) > 120:
            continue
        elif ended or not area or is_area(name) or not (begun or is_area(area)):
            area, tier, begun, ended = name, "", False, False
        else:
            tier = name
    areas[last:], under[last:] = area, tier
    return areas, under


def _left_out(
    grid: Grid, rest: Rows, numbers: Rows, used: list[int], repeated: list[int], figures: Rows
) -> list[str]:
    """Say which numbers of the sheet are in no row of the result."""
    stray = np.argwhere(numbers & rest[:, None])
    said = []
    if len(stray):
        values = pd.unique(pd.Series([str(grid.cells[r, c]) for r, c in stray]))
        some = ", ".join(f"{column_letters(int(c))}{r + 1}" for r, c in stray[:6])
        more = f" and {len(stray) - 6} more" if len(stray) > 6 else ""
        only = f" ({values[0]})" if len(values) == 1 else ""
        said.append(f"sheet {grid.sheet}: numbers{only} beside no label of a figure: {some}{more}")
    beside = numbers & figures[:, None]
    beside[:, used] = False
    for column in np.flatnonzero(beside.any(axis=0)):
        what = "which repeats the total" if int(column) in repeated else "which has no heading"
        count = int(beside[:, column].sum())
        letters = column_letters(int(column))
        said.append(f"sheet {grid.sheet}: {count} numbers in column {letters}, {what}")
    return said
