"""Find the sheet of local-level open data, and which of its columns holds what.

Columns are known by the words of their names, on whichever sheet they stand, so that a file is
read though its names, its sheets or the order of its columns drift.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice.published._text import plain
from youthjustice.published.workbooks.cells import labels
from youthjustice.published.workbooks.grid import Grid, Workbook

HEADER_WITHIN = 15
SAMPLE = 500
"""How many rows show whether a column holds numbers."""

_ROLES: tuple[tuple[str, str], ...] = (
    ("count", r"(number|count|total|no)\b.*|.*\b(number|count)|children|offences|outcomes"),
    ("year", r"(financial )?year|fy|time period|period|year ending march"),
    ("service", r"(yjs|yot)( name)?|youth (justice service|offending team)s?( name)?"),
    ("police_area", r"pcc( area)?|police( force)?( area)?|police and crime commissioner( area)?"),
    ("region", r"(wales or english |english |yjb |yjs |yot )?region( name)?|english region or wales"),
    ("country", r"england( and| or)? wales|country|nation"),
    ("age_band", r"age( group| band)?s?|age range"),
    ("sex", r"sex|gender|sex group"),
    ("ethnic_group", r"ethnic(ity|ities)?( group)?s?( .*)?"),
    ("tier", r"(caution or sentence |outcome |disposal |sentence )?tier"),
    ("disposal", r"(caution or sentence|outcome|disposal|sentence)( type| name)?"),
    ("offence_group", r"(main |primary )?offence (group|category|class)"),
    ("offence", r"(proven )?offence( type| name| subgroup| sub group| description)?"),
)  # fmt: skip
_SCORE = re.compile(r"\b(score|seriousness|gravity|severity)\b")
_ALWAYS = frozenset({"year", "service", "count"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of open data: where the header is, and the column of each role."""

    grid: Grid
    header: int
    roles: dict[str, int]
    others: dict[str, int]
    left_out: dict[str, int]


def find_sheet(book: Workbook) -> Sheet | None:
    """Find the sheet of services, years and counts: the one with the most rows, if several are."""
    found = [sheet for grid in book.grids if (sheet := _sheet(grid)) is not None]
    return max(found, key=lambda sheet: len(sheet.grid.cells), default=None)


def _sheet(grid: Grid) -> Sheet | None:
    top = labels(grid.cells[:HEADER_WITHIN, :60])
    for row, texts in enumerate(top):
        names = [_words(text) for text in texts]
        columns = [_role(name) for name in names]
        if set(columns) >= _ALWAYS:
            return _described(grid, row, names, columns)
    return None


def _words(name: str) -> str:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:100])
    return plain(re.sub(r"[_/\\]+", " ", parted))


def _role(name: str) -> str:
    return next((role for role, words in _ROLES if re.fullmatch(words, name)), "")


def _described(grid: Grid, row: int, names: list[str], columns: list[str]) -> Sheet | None:
    """Give each role its column; columns without a role are dimensions, or numbers left out."""
    roles: dict[str, int] = {}
    others: dict[str, int] = {}
    left_out: dict[str, int] = {}
    sample = grid.cells[row + 1 : row + 1 + SAMPLE]
    for column, (name, role) in enumerate(zip(names, columns, strict=True)):
        if not name:
            continue
        number = _share_of_numbers(sample[:, column]) > 0.5
        # A year and an age can be printed as numbers too.
        fitting = number == (role == "count") or role in ("year", "age_band")
        if role and role not in roles and fitting:
            roles[role] = column
        elif number and not _SCORE.search(name):
            left_out[name] = column
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
