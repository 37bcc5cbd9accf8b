"""Find the two tables in the sheets of a file, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Mapping as Names
from dataclasses import dataclass

import numpy as np

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.records.mapping import TableMapping, columns_of
from youthjustice.records.spellings import headings
from youthjustice.sandbox.cells import Texts, column_letters, texts
from youthjustice.sandbox.grid import Cells, Grid

NEEDED = {
    "children": ("child_id", "date_of_birth"),
    "offences": ("child_id", "offence_date", "outcome_type", "outcome_date"),
}
"""Columns without which a table cannot be read; what becomes of the others is in `ABSENT`."""

_TELLING = {"children": ("date_of_birth",), "offences": ("offence_date", "outcome_type")}
_LOOKED_AT = 20
_LETTERS = re.compile(r"column ([A-Z]{1,3})")
# A heading in words may be repeated; what has a figure or a sign may be a row of a child instead.
_IN_WORDS = re.compile(r"[A-Za-z][A-Za-z _/()'?-]{0,39}")


@dataclass(frozen=True, slots=True)
class Found:
    """A table in a sheet: the place of its heading row and of its columns, counted from 0.

    `unread` are the places of columns that have a heading, and none that we know. `headed` says that
    the row is one of headings for certain; the first row of a file that has none may be a child's.
    """

    table: str
    grid: Grid
    header: int
    places: Names[str, int]
    unread: tuple[int, ...]
    headed: bool

    @property
    def rows(self) -> Cells:
        """The cells below the headings."""
        return self.grid.cells[self.header + 1 :]

    def heading(self, place: int) -> str:
        """Name a column by its letters, and by its heading where that is in words."""
        words = ""
        if self.headed:
            text = str(texts(self.grid.cells[self.header, place : place + 1])[0])
            words = f" ({text})" if _IN_WORDS.fullmatch(text) else ""
        return f"{column_letters(place)}{words}"


def find_table(grid: Grid, table: str, mapping: TableMapping) -> Found | None:
    """Find a table in a sheet, or tell that it holds another.

    Raises:
        InputProblem: the sheet holds the table, but a column that is needed has no heading, or the
            mapping names a heading or column that the sheet does not have.

    """
    if mapping.sheet and plain(mapping.sheet) != plain(grid.sheet):
        return None
    rows = range(min(len(grid.cells), _LOOKED_AT))
    if mapping.header is not None:
        rows = range(mapping.header - 1, min(mapping.header, len(grid.cells)))
    heads = {row: texts(grid.cells[row]) for row in rows if row >= 0}
    if mapping.header == 0:  # no row of headings: columns are named by their letters alone
        heads[-1] = np.full(grid.cells.shape[1], "", dtype=object)
    tried = {row: _places(heads[row], table, mapping) for row in rows}
    best = max(tried, key=lambda row: len(tried[row]), default=None)
    if best is None or not _is_table(tried[best], table, mapping):
        return None
    places = tried[best]
    _check(places, heads[best], table, mapping, best + 1)
    others = {*places.values()}
    unread = tuple(p for p, head in enumerate(heads[best]) if head and p not in others)
    headed = "child_id" in places and not lettered(mapping.columns.get("child_id"))
    return Found(table, grid, best, places, unread, headed)


def lettered(wanted: str | None) -> bool:
    """Tell whether a mapping names a column by its letters."""
    return wanted is not None and _LETTERS.fullmatch(wanted) is not None


def _is_table(places: dict[str, int], table: str, mapping: TableMapping) -> bool:
    telling = any(name in places for name in _TELLING[table])
    return ("child_id" in places and telling) or bool(mapping.sheet)


def _places(heads: Texts, table: str, mapping: TableMapping) -> dict[str, int]:
    """Give the places of the columns that a row of headings names."""
    by_plain: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        if head:
            by_plain.setdefault(plain(head), []).append(place)
    found = {}
    for name, known in headings(table).items():
        if name in mapping.constants:
            continue
        wanted = mapping.columns.get(name)
        if wanted is None:
            likely = next((key for key in known if key in by_plain), None)
            if likely is not None:
                found[name] = by_plain[likely][0]
        elif (mapped := _mapped(heads, wanted)) is not None:
            found[name] = mapped
    return found


def _mapped(heads: Texts, wanted: str) -> int | None:
    """Find the column that a mapping names: by its heading, else by its letters."""
    same = [place for place, head in enumerate(heads) if head == wanted]
    same = same or [p for p, head in enumerate(heads) if head and plain(head) == plain(wanted)]
    if same:
        return same[0]
    letters = [column_letters(place) for place in range(len(heads))]
    lettered = _LETTERS.fullmatch(wanted)
    return letters.index(lettered[1]) if lettered and lettered[1] in letters else None


def _check(
    places: dict[str, int], heads: Texts, table: str, mapping: TableMapping, row: int
) -> None:
    """Refuse headings that leave a needed column out, or name one twice."""
    for name in columns_of(table):
        wanted = mapping.columns.get(name)
        if wanted is not None and name not in places:
            raise InputProblem(
                f"the key {table}.columns.{name} is {shown(wanted)}, but row {row} has no such "
                "heading: write the heading as it stands, or the place, such as 'column D'"
            )
        if wanted is None and name in NEEDED[table] and name not in {*places, *mapping.constants}:
            raise InputProblem(
                f"row {row} names no column for {name}: name it in a mapping under "
                f"[{table}.columns]"
            )
    for name, place in places.items():
        key = plain(heads[place])
        same = np.flatnonzero([bool(head) and plain(head) == key for head in heads])
        if len(same) > 1 and not lettered(mapping.columns.get(name)):
            listed = " and ".join(column_letters(int(one)) for one in same[:3])
            raise InputProblem(
                f"columns {listed} of row {row} are both headed as {name} may be: say in a mapping "
                f"which it is, such as {name} = 'column {column_letters(int(same[0]))}'"
            )
