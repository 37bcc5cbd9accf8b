"""Youth Justice Statistics, chapter 2: first-time entrants, by area and for England and Wales."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from youthjustice.published.layouts._yjs_meanings import Free
from youthjustice.published.layouts._yjs_periods import year_words
from youthjustice.published.layouts._yjs_rows import finished, settled, with_areas
from youthjustice.published.layouts._yjs_tables import (
    ADDRESS,
    PUBLISHER,
    Chapter,
    fits_chapter,
    read_chapter,
)
from youthjustice.published.layouts.layout import Layout
from youthjustice.sandbox.grid import Workbook

_CHAPTER = Chapter(2, re.compile(r"\bfirst[- ]time entrants?\b", re.IGNORECASE), Free())
_TITLES = {
    "first_time_entrants_area": "First-time entrants to the youth justice system by area",
    "first_time_entrants_national": "First-time entrants to the youth justice system",
    "first_time_entrants_national_breakdowns": "First-time entrants by what they were and did",
}
_BREAKDOWNS = ("sex", "age_band", "ethnic_group", "offence", "disposal", "group", "category")
_ORDER = (
    "table", "area_code", "area_name", "area_type", "region", "series", "sex", "age_band",
    "ethnic_group", "ethnic_group_published", "offence", "tier", "disposal", "category",
    "period_start", "period_end", "measure", "value", "unit", "symbol", "flag", "closed",
    "release", "source", "published_table", "sheet", "cell",
)  # fmt: skip
_RATE_UNIT = "per 100,000 children aged 10-17"


def fits(book: Workbook) -> bool:
    """Say whether most tables of a workbook are those of chapter 2."""
    return fits_chapter(book, _CHAPTER)


def read(book: Workbook) -> pd.DataFrame:
    """Read counts and rates of first-time entrants from every sheet that holds them.

    Raises:
        InputProblem: no sheet can be read.

    """
    chapter = read_chapter(book, _CHAPTER)
    by_area = chapter.cells["area_name"].notna().groupby(chapter.cells["sheet"]).transform("any")
    cells = with_areas(settled(chapter.cells))
    broken = (
        (cells[list(_BREAKDOWNS)] != "All").any(axis=1).groupby(cells["sheet"]).transform("any")
    )
    unit = np.select([cells["rate"], cells["share"]], [_RATE_UNIT, "%"], "children")
    names = {_RATE_UNIT: "first-time entrant rate", "%": "share of first-time entrants"}
    area, national, breakdowns = _TITLES
    table = np.select([by_area, broken], [area, breakdowns], national)
    whole_age = (cells["age_band"] == "All") & cells["rate"]
    rows = cells.assign(
        table=table,
        series=("chapter 2 tables, " + year_words(cells["period_end"])).where(~by_area),
        measure=pd.Series(unit).map(names).fillna("first-time entrants"),
        unit=unit,
        age_band=cells["age_band"].mask(whole_age | (by_area & ~broken), "10-17"),
        tier=cells["group"],
        flag=np.nan,
        published_table=cells["number"],
    )
    return finished([rows], _ORDER, chapter, _TITLES)


LAYOUT = Layout(
    name="yjs_entrants",
    title="Youth Justice Statistics, supplementary tables: first-time entrants",
    publisher=PUBLISHER,
    address=ADDRESS,
    tried=False,
    fits=fits,
    read=read,
    caveats=(
        "Children are placed by the home address that the police recorded, and some counts have "
        "decimals in the publication.",
        "Bare years end as the table's title says, in December or in March; the two are never "
        "one series.",
    ),
)
