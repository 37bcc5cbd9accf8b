"""Census 2021 by ethnic group, sex and age: extracts that users make at ONS or at Nomis.

Two shapes: the CSV of "Create a custom dataset", one row for each combination, and that of Nomis
(table RM032), blocks of areas by ethnic group or age with the rest said above each block.
"""

from __future__ import annotations

import re
from types import MappingProxyType

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import melt
from youthjustice.published.ethnicity import five_groups
from youthjustice.published.layouts._areas import areas_by_code
from youthjustice.published.layouts._headers import Header, columns_of
from youthjustice.published.layouts._nomis import blocks, is_nomis
from youthjustice.published.layouts._populations import (
    added,
    cells_in_words,
    children,
    spans,
    with_counties,
)
from youthjustice.published.layouts._tidy import tidied, titled
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.symbols import numbers
from youthjustice.sandbox.cells import texts
from youthjustice.sandbox.grid import Grid, Workbook

_PUBLISHER = "Office for National Statistics"
_CENSUS_DAY = pd.Timestamp("2021-03-21")
_PLACE = (
    r"(?:(?:lower|upper) tier )?local authorit(?:ies|y)|regions?|countr(?:ies|y)|england and wales"
)
_CUSTOM = MappingProxyType(
    {
        "code": (rf"(?:{_PLACE}) code",),
        "name": (rf"(?:{_PLACE})",),
        "ethnic": (r"ethnic group(?: \w)? \d+ categories",),
        "age": (r"age(?: \w)? \d+ categories",),
        "printed": ("observation", "count", "value"),
    }
)
_SEXES = MappingProxyType(
    {
        "female": "female", "females": "female", "male": "male", "males": "male",
        "all persons": "All", "persons": "All", "total": "All", "": "All",
    }
)  # fmt: skip
_TOTAL = r"(?i)^(?:total|all (?:usual residents|categories|ethnic groups|persons))\b.*$"


def _fits(book: Workbook) -> bool:
    return any(columns_of(grid, _CUSTOM) is not None or is_nomis(grid) for grid in book.grids)


def _read(book: Workbook) -> pd.DataFrame:
    parts, left_out = [], []
    for grid in book.grids:
        header = columns_of(grid, _CUSTOM)
        if header is not None:
            parts.append(_custom(grid, header))
        elif is_nomis(grid):
            parts.append(blocks(grid))
        else:
            left_out.append(f"sheet {shown(grid.sheet)}")
    figures, left = _figures(pd.concat(parts, ignore_index=True))
    rows, ages = children(figures, ["code", "name", "ethnic_group"])
    if "All" not in set(rows["ethnic_group"]):
        every = ["code", "name", "sex", "low", "high", "age_band"]
        total = added(rows, every).assign(ethnic_group="All")
        rows = pd.concat([rows, total], ignore_index=True)
    areas = areas_by_code(rows["code"], rows["name"])
    rows = pd.concat([areas, rows.drop(columns=["code", "name"])], axis=1)
    rows = with_counties(rows, ["sex", "low", "high", "age_band", "ethnic_group"])
    rows = rows.assign(
        table="population_ethnicity_area",
        period_start=_CENSUS_DAY,
        period_end=_CENSUS_DAY,
        measure="population",
        unit="children",
        source="ons-census-2021",
        cell=cells_in_words(rows),
    ).astype({"period_start": "datetime64[us]", "period_end": "datetime64[us]"})
    tidy = tidied(rows, _COLUMNS, "2021")
    tidy.attrs = {"release": "2021", "tables": titled(tidy), "left_out": [*left_out, *left, *ages]}
    return tidy


_COLUMNS = (
    "table", "area_code", "area_name", "area_type", "region", "part_of", "period_start",
    "period_end", "age_band", "ethnic_group", "sex", "measure", "value", "unit", "symbol", "flag",
    "release", "source", "sheet", "cell",
)  # fmt: skip


def _custom(grid: Grid, header: Header) -> pd.DataFrame:
    """Read a custom dataset; its codes of ages are the ages if it has them all."""
    heads = [plain(text) for text in texts(grid.cells[[header.row]])[0]]
    keys = {name: header.columns[name] for name in ("code", "name", "ethnic", "age")}
    sexes = [at for at, head in enumerate(heads) if re.fullmatch(r"sex \d+ categories", head)]
    keys |= {"sex": sexes[0]} if sexes else {}
    printed = header.columns["printed"]
    codes = texts(grid.cells[header.row + 1 :, keys["code"]])
    places = np.flatnonzero(codes != "") + header.row + 1
    rows = melt(grid, places.tolist(), keys, {printed: "Observation"})
    return rows if sexes else rows.assign(sex="")


def _figures(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Put ages, sexes and ethnic groups in our words, without what counts children twice."""
    left_out = []
    ages = spans(rows["age"])
    sexes = rows["sex"].map({sex: _SEXES.get(plain(sex)) for sex in rows["sex"].unique()})
    groups = rows["ethnic"].str.replace(_TOTAL, "All", regex=True)
    ours = rows["code"].str.fullmatch(r"[EW]\d{8}|K04000001")
    outside = groups.map(plain) == "does not apply"
    # A part such as "White: Irish" stands beside its whole in Nomis' tables.
    wholes = set(groups.unique())
    parts = {one for one in wholes if one.split(":")[0] in wholes and ":" in one}
    for what, drop in (
        ("rows of people to whom the table does not apply", outside),
        ("detailed ethnic groups, whose broad groups are printed too", groups.isin(parts)),
        ("rows of all ages together, or without an age", ages["low"].isna()),
        ("areas that are not of England and Wales", ~ours),
    ):
        if drop.any():
            left_out.append(what)
    keep = ~outside & ~groups.isin(parts) & ages["low"].notna() & ours
    strange = rows[keep & sexes.isna()]
    if len(strange):
        raise InputProblem(
            f"the row of cell {strange['cell'].iloc[0]}: {shown(strange['sex'].iloc[0])} is no sex "
            "that we know: make the table with Female and Male, or with all persons"
        )
    if not keep.any():
        raise InputProblem("the table has no row for an age and an area of England and Wales")
    rows, groups, ages = rows[keep], groups[keep], ages[keep]
    read = numbers(rows["printed"].set_axis(rows["cell"].rename(None)), _PUBLISHER)
    figures = rows.assign(
        ethnic_group=five_groups(groups, _CENSUS_DAY.date()),
        sex=sexes[keep],
        low=ages["low"],
        high=ages["high"],
        value=read["value"].to_numpy(),
        symbol=read["symbol"].set_axis(rows.index),
    )
    return figures, left_out


LAYOUT = Layout(
    name="ons_census_2021",
    title="Census 2021: population by ethnic group, sex and age",
    publisher=_PUBLISHER,
    address="https://www.ons.gov.uk/datasets/create",
    tried=False,
    fits=_fits,
    read=_read,
    caveats=(
        "Census day was 21 March 2021: period_start and period_end are that one day.",
        "Five groups are our sums of the census's groups, and so are ages 10 to 17, girls and boys "
        "together, and all groups where no total is printed.",
        "Chinese is part of Asian. There is no unknown group: the census fills in missing answers.",
        "Counts are changed a little by the publisher so that no one can be recognised, so sums can "
        "differ from printed totals.",
    ),
)
"""Extracts for local authorities with single years of age, or bands within 10 to 17."""
