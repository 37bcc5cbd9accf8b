"""Statistical neighbours of English authorities, as the Department for Education lists them."""

from __future__ import annotations

import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import melt
from youthjustice.published.layouts._areas import areas_by_number
from youthjustice.published.layouts._headers import columns_of, first_sheet
from youthjustice.published.layouts._recognising import same_release
from youthjustice.published.layouts._tidy import tidied, titled
from youthjustice.published.layouts.layout import Layout
from youthjustice.sandbox.cells import texts
from youthjustice.sandbox.grid import Grid, Workbook

_HEADER = {
    "number": ("la num", "la number"),
    "name": ("la name",),
    "first": ("sn1",),
    "closeness": ("snp", "snp1"),
}
_CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")


def _fits(book: Workbook) -> bool:
    return any(columns_of(grid, _HEADER) is not None for grid in book.grids)


def _read(book: Workbook) -> pd.DataFrame:
    grid, header = first_sheet(book, _HEADER)
    pairs = _pairs(grid, header.row, header.columns)
    area = areas_by_number(pairs["number"], pairs["name"])
    other = areas_by_number(pairs["neighbour"], "DfE number " + pairs["neighbour"])
    rows = pd.DataFrame(
        {
            "table": "statistical_neighbours",
            "area_code": area["area_code"],
            "area_name": area["area_name"],
            "rank": pairs["rank"],
            "neighbour_code": other["area_code"],
            "neighbour_name": other["area_name"],
            "closeness": pairs["closeness"],
        }
    )
    release = same_release(
        rows, "statistical_neighbours", ["area_code"], "rank", ["neighbour_code", "closeness"]
    )
    rows = rows.assign(
        source=f"dfe-neighbours-{release}" if release else "dfe-neighbours",
        sheet=grid.sheet,
        cell=pairs["cell"],
    )
    tidy = tidied(rows, _COLUMNS, release)
    tidy.attrs = {
        "release": release,
        "tables": titled(tidy),
        "left_out": ["each authority's region and its number"],
    }
    return tidy


_COLUMNS = (
    "table", "area_code", "area_name", "rank", "neighbour_code", "neighbour_name", "closeness",
    "release", "source", "sheet", "cell",
)  # fmt: skip


def _pairs(grid: Grid, above: int, columns: dict[str, int]) -> pd.DataFrame:
    """Give one row for each authority and neighbour, with the rank that heads the column."""
    heads = pd.Series([plain(text) for text in texts(grid.cells[[above]])[0]])
    ranked = heads.str.extract(r"^sn ?(\d{1,2})$", expand=False).dropna()
    ranks = dict(zip(ranked.index.tolist(), ranked.tolist(), strict=True))
    closeness = {place + 1: rank for place, rank in ranks.items()}
    if not all(heads.get(place, "").startswith("snp") for place in closeness):
        raise InputProblem(
            f"sheet {shown(grid.sheet)}, row {above + 1}: a column SN of a neighbour is not "
            "followed by its column SNP, which says how close the neighbour is"
        )
    rows = range(above + 1, len(grid.cells))
    keys = {"number": columns["number"], "name": columns["name"]}
    pairs = melt(grid, rows, keys, ranks)
    close = melt(grid, rows, {}, closeness)["printed"]
    pairs = pairs.assign(
        neighbour=texts(pairs["printed"].to_numpy(dtype=object)),
        closeness=texts(close.to_numpy(dtype=object)),
        rank=pairs["label"].astype("int64"),
    )
    pairs["closeness"] = pairs["closeness"].str.capitalize()
    given = pairs["neighbour"].str.fullmatch(r"\d+")
    pairs = pairs[given & (pairs["number"] != "")].reset_index(drop=True)
    strange = pairs[~pairs["closeness"].isin(_CLOSENESS)]
    if len(strange):
        one = strange.iloc[0]
        raise InputProblem(
            f"sheet {shown(grid.sheet)}: the neighbour in cell {one['cell']} is "
            f"{shown(one['closeness'])}, which is no degree of closeness that we know"
        )
    return pairs


LAYOUT = Layout(
    name="dfe_neighbours",
    title="Children's services statistical neighbours",
    publisher="Department for Education",
    address="https://www.gov.uk/government/publications/local-authority-interactive-tool-lait",
    tried=True,
    fits=_fits,
    read=_read,
    caveats=(
        "Neighbours are chosen for children's services in general, not for youth justice.",
        "Being a neighbour is not mutual: an authority need not be among its neighbours' ten.",
    ),
)
"""One row for each authority, with its neighbours side by side, nearest first."""
