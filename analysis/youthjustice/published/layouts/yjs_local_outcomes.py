"""Youth Justice Statistics, local level: cautions and sentences, by service and type."""

from __future__ import annotations

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.published._text import shown
from youthjustice.published.layouts._local_open_data import read_sheet
from youthjustice.published.layouts._local_sheet import find_sheet
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.workbooks.grid import Workbook


def fits(book: Workbook) -> bool:
    """Tell whether a sheet counts cautions and sentences by service and year."""
    sheet = find_sheet(book)
    return sheet is not None and (
        {"disposal", "tier"} & set(sheet.roles) != set() and "offence" not in sheet.roles
    )


def read(book: Workbook) -> pd.DataFrame:
    """Read the sheet of the data, wherever it stands."""
    sheet = find_sheet(book)
    if sheet is None:
        raise InputProblem(f"{shown(book.file)} has no sheet with a service, a year and a count")
    frame = read_sheet(book, sheet, "outcomes_service", "cautions and sentences", "disposals")
    frame.attrs["tables"] = {
        "outcomes_service": "Cautions and sentences of children, by youth justice service"
    }
    return frame


LAYOUT = Layout(
    name="yjs_local_outcomes",
    title="Youth Justice Statistics, local level open data: cautions and sentences",
    publisher="Youth Justice Board and Ministry of Justice",
    address="https://www.gov.uk/government/collections/youth-justice-statistics",
    tried=False,
    fits=fits,
    read=read,
    caveats=(
        "Cautions and sentences are not children: one child can receive several, so an interval "
        "that takes them as independent is too narrow.",
        "Areas are youth justice services, some of which serve several authorities; they have no "
        "GSS code.",
        "Combinations without a figure are not in the file: whether they are zero or were left out "
        "is for the publication's notes to say.",
    ),
)
