"""Find the sheet of local-level open data, and which of its columns holds what.

Columns are known by the words of their names, on whichever sheet they stand, so that a file is
read though its names, its sheets or the order of its columns drift. The files of 2014/15 and
2015/16 have no column of years: their year is the one that the titles name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._spelling import plain
from youthjustice.published._cells import labels
from youthjustice.published.layouts._blocks import HEADER_WITHIN
from youthjustice.sandbox.grid import Grid, Workbook

SAMPLE = 500
"""How many rows show whether a column holds numbers."""

_ROLES: tuple[tuple[str, str], ...] = (
    ("count", r"(number|count|total|no)\b.*|.*\b(number|count)|children|offences|outcomes"),
    ("year", r"(financial )?year|fy|time period|period|year ending march"),
    ("service", r"(yjs|yot)s?( name)?|youth (justice service|offending team)s?( name)?"),
    ("police_area", r"pcc( area)?|police( force)?( area)?|police and crime commissioner( area)?"),
    ("region", r"(wales or english |english |yjb |yjs |yot )?region( name)?|english region or wales"),
    ("country", r"england( and| or)? wales|country|nation"),
    ("age_band", r"age( group| band)?s?|age range"),
    ("sex", r"sex|gen(der)?|sex group"),
    ("ethnic_group", r"ethn(ic(ity|ities)?)?( group)?s?( .*)?"),
    ("tier", r"(caution or sentence |outcome |disposal |sentence )?tier"),
    ("disposal", r"(caution or sentence|out(come)?|disposal|sentence)( type| name)?"),
    ("offence_group", r"(main |primary )?offence (group|category|class)"),
    ("offence", r"(proven )?off(ence)?( type| name| subgroup| sub group| description)?"),
)  # fmt: skip
_SCORE = re.compile(r"\b(score|seriousness|gravity|severity)\b")
_ALWAYS = frozenset({"service", "count"})
DIMENSIONS = frozenset(
    {"age_band", "sex", "ethnic_group", "tier", "disposal", "offence_group", "offence"}
)
"""What a figure may be broken down by."""

# What queries of a database leave at the ends of names: YOT2, OutRevised.
_OF_QUERIES = re.compile(r"(?<=[a-z])( revised| ?\d)$")
_YEARS = re.compile(
    r"\b(20\d\d)\s?(?:[-/\u2013]|to)\s?(?:20)?(\d\d)\b|\byear end(?:ing|ed) (?:31 )?march (20\d\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of open data: where the header is, and the column of each role.

    `year` is the financial year of all its figures where no column says it, empty if no title
    says it either.
    """

    grid: Grid
    header: int
    roles: dict[str, int]
    others: dict[str, int]
    left_out: dict[str, int]
    year: str = ""


def find_sheet(book: Workbook) -> Sheet | None:
    """Find the sheet of services, years and counts: the one with the most rows, if several are.

    A sheet without years comes after those with them.
    """
    found = [sheet for grid in book.grids if (sheet := _sheet(grid)) is not None]
    best = max(found, key=lambda one: ("year" in one.roles, len(one.grid.cells)), default=None)
    if best is None or "year" in best.roles:
        return best
    return replace(best, year=_year_of(book, best))


def _year_of(book: Workbook, sheet: Sheet) -> str:
    """Find the one financial year in the sheet's titles and name, else in those of all sheets."""
    others = [one for grid in book.grids for one in _titles(grid, HEADER_WITHIN)]
    for words in (_titles(sheet.grid, sheet.header), others):
        found = [match.groups() for text in words for match in _YEARS.finditer(text[:300])]
        pairs = {(int(first), int(last)) for first, last, end in found if not end}
        ends = {int(end) for _, _, end in found if end}
        # Two years that do not follow each other are a month and a day, or several years.
        ends |= {first + 1 for first, last in pairs if (first + 1) % 100 == last}
        if len(ends) == 1:
            last_year = ends.pop()
            return f"{last_year - 1}-{last_year % 100:02d}"
    return ""


def _titles(grid: Grid, rows: int) -> list[str]:
    return [grid.sheet, *(text for text in labels(grid.cells[:rows, :6]).ravel() if text)]


def _sheet(grid: Grid) -> Sheet | None:
    top = labels(grid.cells[:HEADER_WITHIN, :60])
    for row, texts in enumerate(top):
        names = [_words(text) for text in texts]
        columns = [_role(name) for name in names]
        if set(columns) >= _ALWAYS and ("year" in columns or DIMENSIONS & set(columns)):
            sheet = _described(grid, row, names, columns)
            # Without years, one dimension is too few to tell open data from tables of a chapter.
            if sheet and ("year" in sheet.roles or len(DIMENSIONS & set(sheet.roles)) > 1):
                return sheet
    return None


def _words(name: str) -> str:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:100])
    return _OF_QUERIES.sub("", plain(re.sub(r"[_/\\]+", " ", parted)))


def _role(name: str) -> str:
    return next((role for role, words in _ROLES if re.fullmatch(words, name)), "")


def _described(grid: Grid, row: int, names: list[str], columns: list[str]) -> Sheet | None:
    """Give each role its column; columns without a role are dimensions, or numbers left out."""
    roles: dict[str, int] = {}
    others: dict[str, int] = {}
    left_out: dict[str, int] = {}
    sample = grid.cells[row + 1 : row + 1 + SAMPLE]
    for column, (name, role) in enumerate(zip(names, columns, strict=True)):
        number = _share_of_numbers(sample[:, column]) > 0.5
        if not name and not number:
            continue
        # A year and an age can be printed as numbers too.
        fitting = number == (role == "count") or role in ("year", "age_band")
        if role and role not in roles and fitting:
            roles[role] = column
        elif number and not _SCORE.search(name):
            left_out[name or "without a heading"] = column
        else:
            others[re.sub(r"\W+", "_", name)] = column
    if not set(roles) >= _ALWAYS:
        return None
    if "offence_group" in roles and "offence" not in roles:
        roles["offence"] = roles.pop("offence_group")
    return Sheet(grid, row, roles, others, left_out)


def _share_of_numbers(cells: npt.NDArray[np.object_]) -> float:
    """Give the share of the cells that are numbers, or are printed like numbers or symbols."""
    texts = pd.Series(cells, dtype="object").dropna().astype("str").str.strip()
    like = texts.str.fullmatch(r"[+-]?[\d,]*\.?\d+(?:\s*\[\w+\])?|[*~:.-]{1,2}|\[\w+\]|<\s?\d+")
    return float(like.mean()) if len(texts) else 0.0
