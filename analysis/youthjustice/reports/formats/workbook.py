"""A report's tables as an accessible workbook: a cover, contents, notes, and one table a sheet.

It follows the guidance of the Government Analysis Function on spreadsheets, by its own gptables:
shorthand for missing figures is explained, tables are marked as tables, no cell is merged or empty.
A figure is the unrounded number, shown as the report prints it.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import pandas as pd

from youthjustice._files import write_whole
from youthjustice.reports.content import Content
from youthjustice.reports.formats.figures_in_cells import line
from youthjustice.reports.formats.sheets import Sheet, sheets
from youthjustice.reports.formats.steady import AUTHOR, dated
from youthjustice.reports.formats.text import cut, inert

_LONGEST_PROPERTY = 255
_WIDEST, _NARROWEST = 60, 10
_ABOUT = (
    "Each worksheet holds one table of the report, or the figures behind one of its charts.",
    "A figure of a table is held unrounded and shown as the report prints it; a figure behind a chart "
    "and the limits of an interval are held as printed.",
    "A figure that is missing is told by shorthand in square brackets, explained above its table.",
    "Text that a spreadsheet could take for a formula has an apostrophe in front.",
    "Ratios, intervals and the sentences drawn from them are this project's own analysis; they are "
    "not official statistics.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)


def write(content: Content, folder: Path, stem: str) -> list[Path]:
    """Write the workbook."""
    target = folder / f"{stem}.xlsx"
    write_whole(target, workbook(content))
    return [target]


def workbook(content: Content) -> bytes:
    """Give the bytes of the workbook: the same from the same content."""
    tables = _gptables()
    found = sheets(content)
    notes = pd.DataFrame(
        [(one.mark, one.note) for one in found if one.note], columns=["mark", "Note"]
    )
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # Without any note there is no sheet of notes, and nobody needs to be told.
        warnings.filterwarnings("ignore", "No note text provided")
        # gptables calls pandas in ways that pandas means to give up; the lock holds both.
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"gptables\.")
        book = tables.produce_workbook(
            buffer,
            sheets={one.name: _gptable(tables, one) for one in found},
            cover=_cover(tables, content, found),
            contentsheet_options={"title": "Contents: what each worksheet holds"},
            notes_table=None if notes.empty else notes,
            auto_width=False,
            workbook_options={
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        _finish(book, content, found)
        book.close()
    return buffer.getvalue()


def _gptables() -> Any:
    """Import gptables, which leaves the file of its theme to be closed by the interpreter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        import gptables  # type: ignore[import-untyped]
    return gptables


def _gptable(tables: Any, sheet: Sheet) -> Any:
    return tables.GPTable(
        table=sheet.cells,
        table_name=sheet.mark,
        title=f"{sheet.title} $${sheet.mark}$$" if sheet.note else sheet.title,
        subtitles=list(sheet.told),
        instructions="This worksheet contains one table."
        + (" A note on it is on the worksheet called Notes." if sheet.note else ""),
        legend=list(sheet.legend),
        source=sheet.source or None,
        index_columns={2: sheet.head},
        additional_formatting=[
            {"cell": {"cells": place, "format": {"num_format": form}}}
            for place, form in sheet.forms.items()
        ],
    )


def _cover(tables: Any, content: Content, found: list[Sheet]) -> Any:
    shorthand = list(dict.fromkeys(line for one in found for line in one.legend))
    return tables.Cover(
        title=line(content.title),
        intro=[line(content.description)],
        about=[*_ABOUT, *shorthand],
        cover_label="Cover",
    )


def _finish(book: Any, content: Content, found: list[Sheet]) -> None:
    """Set properties, widths and paper: long text wraps, and a head repeats on each printed page."""
    book.set_properties(
        {
            "title": cut(inert(content.title), _LONGEST_PROPERTY),
            "subject": cut(inert(content.description), _LONGEST_PROPERTY),
            "author": AUTHOR,
            "created": dated(content),
        }
    )
    by_name = {one.name: one for one in found}
    for made in book.worksheets():
        made.set_paper(9)  # A4
        made.fit_to_pages(1, 0)
        sheet = by_name.get(made.get_name())
        if sheet is None:
            made.set_column(0, 0, 85 if made.get_name() == "Cover" else 24)
            made.set_column(1, 1, 100)
            continue
        made.set_landscape()
        for at, width in enumerate(_widths(sheet.cells)):
            made.set_column(at, at, width)


def _widths(cells: pd.DataFrame) -> list[int]:
    """Give each column room for its longest text, within reason; what is longer wraps."""
    longest = [
        max(len(_told(cell)) for cell in (*str(head).split(), *cells[head]))
        for head in cells.columns
    ]
    return [min(max(length + 2, _NARROWEST), _WIDEST) for length in longest]


def _told(cell: object) -> str:
    """Tell about as much as a cell shows; a number shows fewer digits than it has."""
    return f"{cell:,.5g}" if isinstance(cell, float) else str(cell)
