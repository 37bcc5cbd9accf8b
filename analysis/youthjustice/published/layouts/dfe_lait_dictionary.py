"""The dictionary of the Local Authority Interactive Tool: what each indicator is."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from youthjustice.published.layouts._headers import columns_of, first_sheet, rows_under
from youthjustice.published.layouts._tidy import tidied
from youthjustice.published.layouts.layout import Layout
from youthjustice.sandbox.grid import Workbook

_HEADER = MappingProxyType(
    {
        "code": ("measure short",),
        "topic": ("topic",),
        "title": ("measure",),
        "unit": ("y axis name",),
        "year_type": ("year type",),
        "decimals": ("dps",),
        "last_update_published": ("last update",),
    }
)
_COLUMNS = (
    "table", "code", "topic", "title", "unit", "year_type", "decimals", "last_update",
    "last_update_published", "release", "source", "sheet", "cell",
)  # fmt: skip
# Spreadsheets count days from here; the 18 thousandth day is in 1949, the 80 thousandth in 2119.
_DAY_ZERO = pd.Timestamp("1899-12-30")
_DAY = r"[2-7]\d{4}"


def _fits(book: Workbook) -> bool:
    return any(columns_of(grid, _HEADER) is not None for grid in book.grids)


def _read(book: Workbook) -> pd.DataFrame:
    rows = rows_under(*first_sheet(book, _HEADER), "code")
    rows = rows.dropna(subset=["code"]).reset_index(drop=True)
    day = rows["last_update_published"].astype("str")
    counted = pd.to_numeric(day.where(day.str.fullmatch(_DAY)))
    printed = pd.to_datetime(day.where(counted.isna()), format="ISO8601", errors="coerce")
    updated = (_DAY_ZERO + pd.to_timedelta(counted, unit="D")).fillna(printed)
    rows = rows.assign(
        table="lait_dictionary",
        decimals=pd.to_numeric(rows["decimals"], errors="coerce"),
        last_update=updated.astype("datetime64[us]"),
        source="dfe-lait-dictionary",
    )
    tidy = tidied(rows, _COLUMNS, None)
    tidy.attrs = {
        "release": None,
        "tables": {"lait_dictionary": "Indicators of the Local Authority Interactive Tool"},
        "left_out": ["descriptions, methods, addresses, polarity and dates of next updates"],
    }
    return tidy


LAYOUT = Layout(
    name="dfe_lait_dictionary",
    title="Local Authority Interactive Tool, data dictionary",
    publisher="Department for Education",
    address="https://github.com/dfe-analytical-services/local-authority-interactive-tool",
    tried=True,
    fits=_fits,
    read=_read,
    caveats=("The dictionary describes the newest release and not those before it.",),
)
"""One row for each indicator, CSV or workbook."""
