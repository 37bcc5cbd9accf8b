"""The layouts of local-level open data: one publication, a file for each kind of count."""

from __future__ import annotations

from functools import partial

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.published.layouts._local_open_data import read_sheet
from youthjustice.published.layouts._local_sheet import Sheet, find_sheet
from youthjustice.published.layouts.layout import Layout
from youthjustice.sandbox.grid import Workbook


def local_layout(kind: str, counted: str, unit: str, title: str, *caveats: str) -> Layout:
    """Make the layout of one kind of file.

    Args:
        kind: children, outcomes or offences.
        counted: the measure of our table.
        unit: the unit of the counts.
        title: the title of our table, and of the file.
        caveats: what to know of the counts, beside what holds for every kind.

    """
    return Layout(
        name=f"yjs_local_{kind}",
        title=f"Youth Justice Statistics, local level open data: {counted}",
        publisher="Youth Justice Board and Ministry of Justice",
        address="https://www.gov.uk/government/collections/youth-justice-statistics",
        tried=False,
        fits=partial(_fits, kind),
        read=partial(_read, kind, counted, unit, title),
        caveats=(
            *caveats,
            "Areas are youth justice services, some of which serve several authorities; they have "
            "no GSS code.",
            "Combinations without a figure are not in the file: whether they are zero or were left "
            "out is for the publication's notes to say.",
        ),
    )


def _kind_of(sheet: Sheet) -> str:
    """Say what a sheet counts, by what it breaks the counts down by."""
    if "offence" in sheet.roles:
        return "offences"
    return "outcomes" if {"disposal", "tier"} & set(sheet.roles) else "children"


def _fits(kind: str, book: Workbook) -> bool:
    sheet = find_sheet(book)
    return sheet is not None and _kind_of(sheet) == kind


def _read(kind: str, counted: str, unit: str, title: str, book: Workbook) -> pd.DataFrame:
    """Read the sheet of the data, wherever it stands."""
    sheet = find_sheet(book)
    if sheet is None:
        raise InputProblem("no sheet has a service, a year and a count")
    table = f"{kind}_service"
    frame = read_sheet(book, sheet, table, counted, unit)
    frame.attrs["tables"] = {table: title}
    return frame
