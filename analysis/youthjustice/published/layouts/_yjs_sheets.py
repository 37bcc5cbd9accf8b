"""Find the tables on a sheet of Youth Justice Statistics: title, header, columns, rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._spelling import without_notes
from youthjustice.errors import InputProblem
from youthjustice.published.layouts._yjs_ages import rows_of_ages
from youthjustice.published.periods import period
from youthjustice.sandbox.cells import Texts, texts
from youthjustice.sandbox.grid import Grid

Rows = npt.NDArray[np.intp]
_Mask = npt.NDArray[np.bool_]

TABLE = re.compile(
    r"(?:\btable\s*|^(?=\d+\.\d+[a-z]?\W+[a-z]))(\d{1,2})\s*[._:]\s*(\d{1,2}[a-z]?)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-+]?(?:[\d,]+(?:\.\d+)?|\.\d+)(?:e-?\d+)?\s*%?|<\s*\d+", re.IGNORECASE)
_SYMBOL = re.compile(r"(?:\*+|\.{1,3}|-|:|~|0~|…|n/?a|\[(?:c|x|z|w|u|k|low)\])", re.IGNORECASE)
_MARKS = re.compile(r"(?:\s*\[(?:c|x|z|w|e|p|r|b|u|k|low)\])+$", re.IGNORECASE)
# Keys that are numbers themselves.
_COUNTED = re.compile(r"ages?(?: group| band)?|years?", re.IGNORECASE)
_LONG = 150
_HEADER_ROWS = 5
EMPTY, TEXT, NUMBER, SYMBOL, YEAR, PERIOD = range(6)
"""What a cell is; a bare year may still turn out to be a number."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet; rows and columns are places counted from 0.

    `title` is the printed title, `subtitle` the other text above the header. `columns` gives the
    header's labels of each column of figures from top to bottom, `keys` those of the columns that
    say what a row is. `rows` hold figures; `headings` are rows with a label alone.
    """

    grid: Grid
    number: str
    title: str
    subtitle: str
    header: Rows
    keys: dict[int, str]
    columns: dict[int, tuple[str, ...]]
    rows: Rows
    headings: Rows


def tables_of(grid: Grid) -> list[Table]:
    """List the tables of a sheet from top to bottom; a sheet of text alone has none."""
    if not grid.cells.size:
        return []
    words = texts(grid.cells)
    kinds = _kinds(grid.cells, words)
    _head_by_ages(kinds, words)
    found: list[Table] = []
    before = 0
    for header, until in _headers(kinds, words):
        above = _above(words, kinds, before, header[0])
        table = _table(grid, words, kinds, header, until, above, found[-1] if found else None)
        if table is not None:
            found.append(table)
            before = int(table.rows[-1]) + 1
    return found


def title_of(grid: Grid) -> tuple[str, str]:
    """Give the number and the title of the first table that a sheet names near its top."""
    top: list[str] = texts(grid.cells[:8, :6]).ravel().tolist() if grid.cells.size else []
    named = [text for text in top if TABLE.search(text[:_LONG])]
    long = [text for text in top if len(text) > 25]
    title = next(iter(named or long), "")
    found = TABLE.search(title[:_LONG]) or re.match(
        r"(?:table\s*|t)?(\d{1,2})[._](\d{1,2}[a-z]?)$", grid.sheet.strip(), re.IGNORECASE
    )
    return (f"{found[1]}.{found[2].lower()}" if found else ""), title


def is_period(text: str) -> bool:
    """Say whether a label reads as a period, a bare year included."""
    if len(text) > 60 or not re.search(r"(?:19|20)\d\d", text):
        return False
    try:
        start, end = period(text, basis="march")
    except InputProblem:
        return False
    # "March 2010 to March 2020" heads a change.
    return (end - start).days <= 366


def _kinds(cells: npt.NDArray[np.object_], words: Texts) -> npt.NDArray[np.int8]:
    """Say of each cell what it is, looking at each distinct text once."""
    codes, distinct = pd.factorize(words.ravel())
    by_text = np.array([_kind(text) for text in distinct], dtype=np.int8)
    return by_text[codes].reshape(cells.shape)


def _kind(text: str) -> int:
    if not text:
        return EMPTY
    bare = without_notes(text)
    if re.fullmatch(r"(?:19[89]|20[0-4])\d(?:\s*\[[a-z]+\])?", bare):
        return YEAR
    stripped = _MARKS.sub("", bare)
    if _NUMBER.fullmatch(stripped):
        return NUMBER
    if _SYMBOL.fullmatch(bare) or (not stripped and bare):
        return SYMBOL
    return PERIOD if is_period(bare) else TEXT


def _head_by_ages(kinds: npt.NDArray[np.int8], words: Texts) -> None:
    """Take the single ages that head columns for words, and the word for age for that of theirs."""
    for row, ages, beside in rows_of_ages(words, kinds == NUMBER):
        kinds[row, ages] = TEXT
        for column, text in beside.items():
            words[row, column] = text
            kinds[row, column] = TEXT if text else EMPTY


def _headers(kinds: npt.NDArray[np.int8], words: Texts) -> Iterator[tuple[Rows, int]]:
    """Give the rows of each header with the row before which its table ends at the latest."""
    used = kinds != EMPTY
    first = int(np.flatnonzero(used.any(axis=0))[0]) if used.any() else 0
    right = used[:, first + 1 :]
    figures = np.isin(kinds, (NUMBER, SYMBOL))
    plain = ~figures.any(axis=1) & right.any(axis=1)
    dated = plain & np.isin(kinds[:, first + 1 :], (YEAR, PERIOD)).any(axis=1)
    dated &= ~np.isin(kinds[:, first], (YEAR, PERIOD)) & _in_order(kinds, words)
    data = np.isin(kinds[:, first + 1 :], (NUMBER, SYMBOL, YEAR)).any(axis=1) & ~dated
    # Right under figures, what looks like years is figures.
    dated[1:] &= ~data[:-1]
    lone = (kinds == YEAR).sum(axis=1) + (kinds == PERIOD).sum(axis=1) == 1
    dated &= ~(lone & (np.cumsum(data) > 0))
    data = np.isin(kinds[:, first + 1 :], (NUMBER, SYMBOL, YEAR)).any(axis=1) & ~dated
    titled = np.array([bool(TABLE.match(text[:_LONG])) for text in words[:, first]])
    worded = plain & ~dated & ~data & ~titled
    headerish = dated | worded
    runs = _runs(headerish)
    starts: list[Rows] = []
    columns = np.zeros(kinds.shape[1], dtype=bool)
    for position, run in enumerate(runs):
        after = runs[position + 1][0] if position + 1 < len(runs) else len(kinds)
        follows = data[run[-1] + 1 : after].any()
        if not follows or not _opens(run, dated, used, columns, first):
            continue
        block = run[-_HEADER_ROWS:]
        rows = np.arange(block[-1] + 1, after)[data[block[-1] + 1 : after]]
        columns = columns | np.isin(kinds[rows], (NUMBER, SYMBOL, YEAR)).any(axis=0)
        columns[first] = False
        starts.append(block)
    for place, block in enumerate(starts):
        yield block, int(starts[place + 1][0]) if place + 1 < len(starts) else len(kinds)


def _opens(run: Rows, dated: _Mask, used: _Mask, columns: _Mask, first: int) -> bool:
    """Say whether a run of rows without figures is a header, not labels inside a table."""
    if dated[run].any():
        return True
    if not columns.any():
        return bool((used[run, first + 1 :].sum(axis=1) >= 1).any())
    return bool((used[np.ix_(run, np.flatnonzero(columns))].sum(axis=1) >= 2).any())


def _in_order(kinds: npt.NDArray[np.int8], words: Texts) -> _Mask:
    """Say of each row whether its bare years follow each other, as in a header.

    Counts between 1990 and 2049 may look like years; they do not follow each other.
    """
    fine = np.ones(len(kinds), dtype=bool)
    for row in np.flatnonzero((kinds == YEAR).any(axis=1)):
        years = {int(text[:4]) for text in words[row, kinds[row] == YEAR]}
        fine[row] = max(years) - min(years) + 1 <= 2 * len(years)
    return fine


def _runs(mask: _Mask) -> list[Rows]:
    """Split the places where a mask holds into runs of neighbours."""
    places = np.flatnonzero(mask)
    return [run for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(run)]


def _above(words: Texts, kinds: npt.NDArray[np.int8], start: int, end: int) -> list[str]:
    """List the texts of the rows between the last table and a header."""
    part = words[start:end]
    return [text for text in part[np.isin(kinds[start:end], (TEXT, PERIOD))] if text]


def _table(
    grid: Grid,
    words: Texts,
    kinds: npt.NDArray[np.int8],
    header: Rows,
    until: int,
    above: list[str],
    last: Table | None,
) -> Table | None:
    """Make a table of a header and the rows under it; none if no figures stand there."""
    body = np.arange(header[-1] + 1, until)
    figures = np.isin(kinds, (NUMBER, SYMBOL, YEAR))
    used = kinds != EMPTY
    within = np.concatenate([header, body])
    columns = np.flatnonzero(used[within].any(axis=0))
    keys = _key_columns(kinds, words, header, body, columns)
    wide = columns[columns > keys[-1]]
    rows = body[figures[np.ix_(body, wide)].any(axis=1)]
    wide = wide[figures[np.ix_(rows, wide)].any(axis=0)]
    if not len(rows) or not len(wide):
        return None
    labelled = used[np.ix_(body, keys)]
    lone = labelled.any(axis=1) & ~used[np.ix_(body, wide)].any(axis=1) & (body < rows[-1])
    blank = lone & labelled[:, -1] & (len(keys) > 1) & (body > rows[0])
    short = np.array([len(words[row, keys[0]]) <= _LONG for row in body])
    number, title = _title(above, last, grid)
    rest = [text for text in above if text != title]
    return Table(
        grid=grid,
        number=number,
        title=title,
        subtitle=" ; ".join(rest if last is None or title != last.title else rest[-2:]),
        header=header,
        keys={int(key): _joined(words[header, key]) for key in keys},
        columns=_paths(words, header, wide, used, rows),
        rows=np.sort(np.concatenate([rows, body[blank]])),
        headings=body[lone & ~blank & short],
    )


def _title(above: list[str], last: Table | None, grid: Grid) -> tuple[str, str]:
    for text in above:
        if found := TABLE.search(text[:_LONG]):
            return f"{found[1]}.{found[2].lower()}", text
    if last is not None:
        return last.number, last.title
    number, title = title_of(grid)
    return number, title or next(iter(above), "")


def _key_columns(
    kinds: npt.NDArray[np.int8], words: Texts, header: Rows, body: Rows, columns: Rows
) -> Rows:
    """Give the columns on the left that say what a row is: labels, ages or years, no figures."""
    dates = np.isin(kinds[header], (YEAR, PERIOD)).any(axis=0)
    end = int(np.flatnonzero(dates)[0]) if dates.any() else int(columns[-1]) + 1
    part = kinds[body]
    text = np.isin(part, (TEXT, PERIOD)).sum(axis=0)
    number = np.isin(part, (NUMBER, SYMBOL, YEAR)).sum(axis=0)
    keys = [columns[0]]
    for column in columns[1:]:
        says = bool(_COUNTED.fullmatch(_joined(words[header, column])))
        if column >= end or (number[column] >= text[column] and not says):
            break
        keys.append(column)
    return np.array(keys, dtype=np.intp)


def _joined(parts: Texts) -> str:
    return " ".join(without_notes(text) for text in parts if text)


def _paths(
    words: Texts, header: Rows, wide: Rows, used: _Mask, rows: Rows
) -> dict[int, tuple[str, ...]]:
    """Give each column its labels from the top of the header, through merged cells.

    A label reaches over the empty cells on its right up to a column that is empty throughout, if
    something stands under it; a column without any label takes those of its left neighbour.
    """
    span = np.arange(wide[0], wide[-1] + 1)
    top = words[np.ix_(header, span)].copy()
    spacer = ~used[np.ix_(np.concatenate([header, rows]), span)].any(axis=0)
    for level in range(len(header) - 1):
        held = ""
        for place in range(len(span)):
            if spacer[place]:
                held = ""
            elif top[level, place]:
                held = top[level, place] if top[level + 1 :, place].any() else ""
            elif top[level + 1 :, place].any():
                top[level, place] = held
    paths: dict[int, tuple[str, ...]] = {}
    for place, column in enumerate(span):
        if column in wide:
            path = tuple(without_notes(text) for text in top[:, place] if text)
            paths[int(column)] = path or paths.get(int(column) - 1, ())
    return paths
