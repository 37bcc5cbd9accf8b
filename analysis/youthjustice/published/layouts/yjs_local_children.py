"""Youth Justice Statistics, local level: children cautioned or sentenced, by service.

The file crosses age, sex and ethnic group for every youth justice service and financial year.
"""

from __future__ import annotations

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.published._text import shown
from youthjustice.published.layouts._local_open_data import read_sheet
from youthjustice.published.layouts._local_sheet import find_sheet
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.workbooks.grid import Workbook


def fits(book: Workbook) -> bool:
    """Tell whether a sheet counts children by service and year."""
    sheet = find_sheet(book)
    return sheet is not None and not {"offence", "disposal", "tier"} & set(sheet.roles)


def read(book: Workbook) -> pd.DataFrame:
    """Read the sheet of the data, wherever it stands."""
    sheet = find_sheet(book)
    if sheet is None:
        raise InputProblem(f"{shown(book.file)} has no sheet with a service, a year and a count")
    frame = read_sheet(
        book, sheet, "children_service", "children cautioned or sentenced", "children"
    )
    frame.attrs["tables"] = {
        "children_service": "Children cautioned or sentenced, by youth justice service"
    }
    return frame


LAYOUT = Layout(
    name="yjs_local_children",
    title="Youth Justice Statistics, local level open data: children cautioned or sentenced",
    publisher="Youth Justice Board and Ministry of Justice",
    address="https://www.gov.uk/government/collections/youth-justice-statistics",
    tried=False,
    fits=fits,
    read=read,
    caveats=(
        "Areas are youth justice services, some of which serve several authorities; they have no "
        "GSS code.",
        "Combinations without a figure are not in the file: whether they are zero or were left out "
        "is for the publication's notes to say.",
    ),
)
