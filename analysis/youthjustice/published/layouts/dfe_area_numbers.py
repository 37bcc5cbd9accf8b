"""The numbers that the Department for Education gives to authorities and regions."""

from __future__ import annotations

import pandas as pd

from youthjustice.published.layouts._areas import areas_by_number
from youthjustice.published.layouts._headers import columns_of, first_sheet, rows_under
from youthjustice.published.layouts._tidy import tidied
from youthjustice.published.layouts.layout import Layout
from youthjustice.sandbox.grid import Workbook

_HEADER = {
    "dfe_number": ("la number", "la num"),
    "area_name_published": ("la name", "la and regions"),
    "region_published": ("region",),
    "kind_published": ("type",),
}
_COLUMNS = (
    "table", "dfe_number", "area_code", "area_name", "area_type", "region", "closed",
    "area_name_published", "region_published", "kind_published", "release", "source", "sheet",
    "cell",
)  # fmt: skip


def _fits(book: Workbook) -> bool:
    return any(columns_of(grid, _HEADER) is not None for grid in book.grids)


def _read(book: Workbook) -> pd.DataFrame:
    rows = rows_under(*first_sheet(book, _HEADER), "dfe_number")
    rows = rows[rows["dfe_number"].astype("str").str.fullmatch(r"\d+")].reset_index(drop=True)
    areas = areas_by_number(rows["dfe_number"], rows["area_name_published"])
    rows = pd.concat([areas, rows], axis=1)
    rows = rows.assign(table="area_numbers", source="dfe-area-numbers")
    tidy = tidied(rows, _COLUMNS, None)
    title = "Numbers of authorities and regions at the Department for Education"
    tidy.attrs = {"release": None, "tables": {"area_numbers": title}, "left_out": []}
    return tidy


LAYOUT = Layout(
    name="dfe_area_numbers",
    title="Local Authority Interactive Tool, list of local authority codes",
    publisher="Department for Education",
    address="https://github.com/dfe-analytical-services/local-authority-interactive-tool",
    tried=True,
    fits=_fits,
    read=_read,
)
"""One row for each authority, region and country, with its number."""
