"""Read the sheets of an .xlsx, .xls, .xlsb or .ods file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from youthjustice.errors import InputProblem
from youthjustice.sandbox.columns import Column, check_extent, in_columns
from youthjustice.sandbox.kinds import DAMAGED, ENCRYPTED
from youthjustice.sandbox.limits import MOST_SHEETS

if TYPE_CHECKING:
    import python_calamine

Sheet = tuple[str, int, int, Iterator[list[Column]]]
"""Its name, rows and columns counted from A1, and its cells."""


def sheets(raw: bytes) -> Iterator[Sheet]:
    """Give each sheet of cells; charts are passed over, hidden sheets are not.

    Formulas are the values that the file keeps for them; nothing that the file points to is opened.

    Raises:
        InputProblem: the file is damaged or protected, or has too many sheets or cells, no sheet
            at all or two of one name; a second argument names the sheet.

    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except python_calamine.PasswordError:
        raise InputProblem(ENCRYPTED) from None
    except python_calamine.CalamineError:
        raise InputProblem(DAMAGED) from None
    names = [
        (place, sheet.name)
        for place, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    _check_names([name for _, name in names])
    cells = 0
    for place, name in names:
        try:
            sheet = book.get_sheet_by_index(place)
        except python_calamine.CalamineError:
            raise InputProblem(DAMAGED, name) from None
        (top_left, end) = (sheet.start or (0, 0)), (sheet.end or (-1, -1))
        rows, columns = end[0] + 1, end[1] + 1
        try:
            check_extent(rows, columns, cells)
        except InputProblem as problem:
            raise InputProblem(*problem.args, name) from None
        cells += rows * columns
        yield name, rows, columns, _from_a1(sheet, top_left[1], columns)


def _from_a1(sheet: python_calamine.CalamineSheet, left: int, width: int) -> Iterator[list[Column]]:
    """Give a sheet's columns from A on; it comes from row 1, but from its first full column."""
    for part in in_columns(sheet.iter_rows(), width):
        empty = [None] * len(part[0])
        yield [*([empty] * left), *part]


def _check_names(names: list[str]) -> None:
    if not names:
        raise InputProblem("has no sheet of cells: download it again")
    if len(names) > MOST_SHEETS:
        raise InputProblem(
            f"has {len(names):,} sheets, and {MOST_SHEETS} is the most that is read: save the "
            "sheets you need alone"
        )
    for place, name in enumerate(names):
        if name in names[:place]:
            raise InputProblem("stands in the file twice: give one of the two another name", name)
