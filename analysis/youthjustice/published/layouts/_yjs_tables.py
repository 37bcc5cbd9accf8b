"""Read a chapter of Youth Justice Statistics' supplementary tables, sheet by sheet."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.layouts._yjs_cells import cells_of
from youthjustice.published.layouts._yjs_labels import MONTHS
from youthjustice.published.layouts._yjs_meanings import Free
from youthjustice.published.layouts._yjs_sheets import tables_of, title_of
from youthjustice.published.layouts._yjs_values import numbered, with_groups, without_summaries
from youthjustice.sandbox.cells import texts
from youthjustice.sandbox.grid import Grid, Workbook

PUBLISHER = "Youth Justice Board and Ministry of Justice"
ADDRESS = "https://www.gov.uk/government/collections/youth-justice-statistics"
_NEVER = re.compile("(?!)")
_EDITION = re.compile(
    r"youth justice (?:annual )?statistics\W+(20\d\d)\s*(?:to|/|-|\u2013)\s*(?:20)?(\d\d)\b", re.I
)
_PUBLISHED = re.compile(
    r"(?:published|release(?:d| date)?)\W+(?:on )?\d{1,2}(?:st|nd|rd|th)? ([a-z]{3,9}) (20\d\d)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its number, the words of its titles, and where its plain labels belong."""

    number: int
    words: re.Pattern[str]
    free: Free
    measures: re.Pattern[str] = _NEVER


@dataclass(frozen=True, slots=True)
class Read:
    """The figures of a chapter's tables, and what was left out of them."""

    cells: pd.DataFrame
    left_out: list[str]
    titles: dict[str, str]
    release: str
    source: str


def chapter_of(book: Workbook) -> tuple[int, list[str]]:
    """Give the chapter that most sheets of a workbook name, with the titles; 0 if none does."""
    named = [title_of(grid) for grid in book.grids]
    chapters = [int(number.split(".")[0]) for number, _ in named if number]
    if not chapters:
        return 0, [title for _, title in named]
    most = Counter(chapters)
    return min(most, key=lambda one: (-most[one], one)), [title for _, title in named]


def fits_chapter(book: Workbook, chapter: Chapter) -> bool:
    """Say whether most tables of a workbook are of a chapter, by their numbers and titles."""
    number, titles = chapter_of(book)
    return number == chapter.number and any(chapter.words.search(title) for title in titles)


def read_chapter(book: Workbook, chapter: Chapter) -> Read:
    """Read every sheet of a workbook that holds a table of the chapter.

    Raises:
        InputProblem: no sheet can be read; the message says why the first of them cannot.

    """
    frames: list[pd.DataFrame] = []
    left: list[str] = []
    reasons: list[str] = []
    other: list[str] = []
    titles: dict[str, str] = {}
    for grid in book.grids:
        number, _ = title_of(grid)
        if number and int(number.split(".")[0]) != chapter.number:
            other.append(grid.sheet)
            continue
        read = _read_sheet(grid, chapter, left, reasons)
        if not read:
            other.append(grid.sheet)
        for frame in read:
            titles[frame["number"].iloc[0]] = frame["title"].iloc[0]
        frames += read
    if other:
        left.append(f"sheets without a table that we can read: {', '.join(map(shown, other))}")
    if not frames:
        reason = reasons[0] if reasons else "no sheet holds a header with figures under it"
        raise InputProblem(f"no table can be read: {reason}")
    cells = _without_shares(pd.concat(frames, ignore_index=True), left)
    release, source = _edition(book)
    return Read(cells, left + reasons, titles, release, source)


def _read_sheet(
    grid: Grid, chapter: Chapter, left: list[str], reasons: list[str]
) -> list[pd.DataFrame]:
    frames = []
    for table in tables_of(grid):
        if not table.number and not chapter.words.search(table.title):
            continue
        try:
            cells, dropped = cells_of(table, chapter.free, chapter.measures)
            cells = with_groups(numbered(without_summaries(cells, dropped)))
        except InputProblem as problem:
            reasons.append(str(problem))
            continue
        left += dropped
        above = f"{table.title} {table.subtitle}"
        frames.append(cells.assign(number=table.number, title=table.title, above=above))
    return frames


def _without_shares(cells: pd.DataFrame, left: list[str]) -> pd.DataFrame:
    """Leave out the percentages of a sheet that holds the counts too."""
    counts = cells.groupby("sheet")["share"].transform("all")
    drop = cells["share"] & ~counts & (cells["section"] != "")
    for sheet, part in cells[drop].groupby("sheet", sort=False):
        words = shown(part["section"].iloc[0])
        left.append(
            f"sheet {shown(sheet)}, rows {part['row'].min() + 1} to {part['row'].max() + 1}, under "
            f"{words}: percentages computed from the counts above them"
        )
    return cells[~drop].reset_index(drop=True)


def _edition(book: Workbook) -> tuple[str, str]:
    """Give the release (a month) and the source (an edition) that the workbook names itself."""
    release = source = ""
    for grid in book.grids:
        for text in texts(grid.cells[:25, :4]).ravel() if grid.cells.size else ():
            if not source and (found := _EDITION.search(text[:300])):
                source = f"yjs-{found[1]}-{found[2]}"
            if not release and (found := _PUBLISHED.search(text[:300])):
                name = found[1][:3].lower()
                months = [one[:3] for one in MONTHS]
                release = f"{found[2]}-{months.index(name) + 1:02d}" if name in months else ""
    return release, source
