"""Youth Justice Statistics, chapter 3: characteristics of children cautioned or sentenced."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from youthjustice.published.layouts._yjs_labels import by_distinct, per_children
from youthjustice.published.layouts._yjs_meanings import Free
from youthjustice.published.layouts._yjs_rows import (
    WHOLE,
    finished,
    joined,
    settled,
    with_areas,
)
from youthjustice.published.layouts._yjs_tables import (
    ADDRESS,
    PUBLISHER,
    Chapter,
    fits_chapter,
    read_chapter,
)
from youthjustice.published.layouts.layout import Layout
from youthjustice.sandbox.grid import Workbook

_CHAPTER = Chapter(
    3,
    re.compile(
        r"\bcaution(?:ed|s)?\b|\bsentenced?\b|\bdisposals?\b|\bcharacteristics\b|\bsubstantive outcome",
        re.IGNORECASE,
    ),
    Free(),
)
_NATIONAL = "cautioned_or_sentenced_national"
_TITLES = {
    _NATIONAL: "Children cautioned or sentenced by age, sex and ethnic group",
    "cautioned_or_sentenced_area": "Children cautioned or sentenced by area",
    "children_by_stage_national": "Children at stages of the youth justice system by ethnic group",
}
_ORDER = (
    "table", "area_code", "area_name", "area_type", "region", "stage", "sex", "age_band",
    "ethnic_group", "ethnic_group_published", "offence", "disposal", "category", "period_start",
    "period_end", "measure", "value", "unit", "symbol", "flag", "closed", "release", "source",
    "published_table", "sheet", "cell",
)  # fmt: skip


def fits(book: Workbook) -> bool:
    """Say whether most tables of a workbook are those of chapter 3."""
    return fits_chapter(book, _CHAPTER)


def read(book: Workbook) -> pd.DataFrame:
    """Read counts of children cautioned or sentenced from every sheet that holds them.

    Counts by ethnic group alone are also given as rows of `children_by_stage_national`.

    Raises:
        InputProblem: no sheet can be read.

    """
    chapter = read_chapter(book, _CHAPTER)
    by_area = chapter.cells["area_name"].notna().groupby(chapter.cells["sheet"]).transform("any")
    cells = with_areas(settled(chapter.cells))
    words = (cells["measure"].fillna("") + " " + cells["section"]).str.lower()
    people = words.str.contains("population")
    per = cells["title"] + " " + words
    unit = np.select(
        [cells["share"], cells["rate"], people],
        ["%", by_distinct(per, per_children), "children aged 10-17"],
        "children",
    )
    measure = np.select([cells["share"], people], ["share", "population"], "")
    rows = cells.assign(
        table=np.where(by_area, "cautioned_or_sentenced_area", _NATIONAL),
        unit=unit,
        measure=pd.Series(measure).replace("", "children cautioned or sentenced"),
        category=joined(cells["group"], cells["category"]),
        flag=np.nan,
        published_table=cells["number"],
    )
    plain = (rows[["sex", "age_band", "category", "offence", "disposal"]] == "All").all(axis=1)
    plain &= (rows["area_name"] == WHOLE) & (rows["unit"] == "children")
    stage = rows[plain & ~by_area & (rows["ethnic_group"] != "All")].assign(
        table="children_by_stage_national", stage="caution or sentence", age_band="10-17"
    )
    return finished([rows, stage], _ORDER, chapter, _TITLES)


LAYOUT = Layout(
    name="yjs_characteristics",
    title="Youth Justice Statistics, supplementary tables: children cautioned or sentenced",
    publisher=PUBLISHER,
    address=ADDRESS,
    tried=False,
    fits=fits,
    read=read,
    caveats=(
        "A child counts once a year, however many cautions or sentences the child received.",
        "Ethnic groups changed: Chinese was counted with Other in older editions.",
    ),
)
