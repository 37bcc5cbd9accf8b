"""Youth Justice Statistics, chapter 6: use of remand for children."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from youthjustice._spelling import plain
from youthjustice.published.layouts._yjs_labels import by_distinct
from youthjustice.published.layouts._yjs_meanings import Free
from youthjustice.published.layouts._yjs_rows import (
    WHOLE,
    finished,
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
from youthjustice.published.layouts.yjs_custody import TITLES, custody_rows
from youthjustice.sandbox.grid import Workbook

_CHAPTER = Chapter(
    6, re.compile(r"\bremand", re.IGNORECASE), Free(heading="group", key="remand_type")
)
_TITLES = {
    "remand_national": "Remand episodes of children by kind of remand",
    "remand_outcomes_national": "Outcomes for children after remand",
    "children_by_stage_national": "Children at stages of the youth justice system by ethnic group",
    **TITLES,
}
_STAGE = "remand to youth detention accommodation"
_ORDER = (
    "table", "area_code", "area_name", "area_type", "region", "stage", "remand_group",
    "remand_type", "court", "outcome", "legal_basis", "sex", "ethnic_group",
    "ethnic_group_published", "age_band", "establishment", "category", "period_start",
    "period_end", "measure", "value", "unit", "numerator", "denominator", "denominator_basis",
    "denominator_unit", "symbol", "flag", "closed", "release", "source", "published_table",
    "sheet", "cell",
)  # fmt: skip
_EPISODES = "remand episodes"
_SUBTOTAL = (
    r"^(?:sub )?total (?!(?:number|of|for|children|young|remands?$|remand episodes|episodes)\b)(.+)"
)


def fits(book: Workbook) -> bool:
    """Say whether most tables of a workbook are those of chapter 6."""
    return fits_chapter(book, _CHAPTER)


def read(book: Workbook) -> pd.DataFrame:
    """Read remand episodes, outcomes after remand and children on remand in custody.

    Remand to youth detention accommodation by ethnic group alone is also given as rows of
    `children_by_stage_national`, with all episodes of the group as their denominator.

    Raises:
        InputProblem: no sheet can be read.

    """
    chapter = read_chapter(book, _CHAPTER)
    cells = chapter.cells
    title = cells["title"].str.lower()
    held = title.str.contains("population")
    after = title.str.contains("outcome") & ~held
    parts: list[pd.DataFrame] = []
    if not (held | after).all():
        episodes = _episodes(cells[~held & ~after])
        parts += [episodes, _stage(episodes)]
    if after.any():
        parts.append(_outcomes(cells[after]))
    if held.any():
        parts += custody_rows(cells[held].reset_index(drop=True))
    return finished(parts, _ORDER, chapter, _TITLES)


def _episodes(cells: pd.DataFrame) -> pd.DataFrame:
    """Give the counts of remand episodes; a total without a group is of all groups."""
    rows = with_areas(settled(cells.reset_index(drop=True)))
    key = by_distinct(rows["key"], plain)
    once = rows.groupby(["sheet", "column", key])["value"].transform("size") == 1
    grand = (key == "total") & once
    grand |= key.str.contains(
        r"^(?:grand total|total remands?|total remand episodes|all remands?)$"
    )
    # A total of some kinds, such as "Total bail", is one of its group and not of all.
    some = key.str.extract(_SUBTOTAL, expand=False)
    some = some.where((rows[["group", "remand_type"]] == "All").all(axis=1) & ~grand)
    return rows.assign(
        table="remand_national",
        remand_group=some.fillna(rows["group"].mask(grand, "All")),
        measure=np.where(rows["share"], "share of remand episodes", _EPISODES),
        unit=np.where(rows["share"], "%", _EPISODES),
        flag=np.nan,
        published_table=rows["number"],
    )


def _outcomes(cells: pd.DataFrame) -> pd.DataFrame:
    """Give what courts decided after remand; here the plain labels are courts and outcomes."""
    rows = with_areas(settled(cells.reset_index(drop=True)))
    court = rows["court"].where(rows["court"] != "All", rows["group"])
    outcome = rows["outcome"].where(rows["outcome"] != "All", rows["remand_type"])
    return rows.assign(
        table="remand_outcomes_national",
        court=court,
        outcome=outcome,
        remand_type="All",
        measure="children by outcome after remand",
        unit=np.where(rows["share"], "%", "children"),
        flag=np.nan,
        published_table=rows["number"],
    )


def _stage(rows: pd.DataFrame) -> pd.DataFrame:
    """Give remand to youth detention accommodation among all episodes of each ethnic group."""
    alone = (rows[["sex", "age_band", "category"]] == "All").all(axis=1)
    alone &= (rows["area_name"] == WHOLE) & (rows["unit"] == _EPISODES)
    rows = rows[alone]
    keys = ["ethnic_group", "period_start", "period_end", "sheet"]
    whole = rows[(rows["remand_group"] == "All") & (rows["remand_type"] == "All")]
    total = whole.drop_duplicates(keys).set_index(keys)["value"]
    stage = rows[rows["remand_type"].str.lower() == _STAGE]
    of = pd.MultiIndex.from_frame(stage[keys])
    denominator = pd.Series(total.reindex(of).to_numpy(), index=stage.index, dtype="float64")
    denominator = denominator.where(stage["ethnic_group"] != "Unknown")
    known = denominator.notna()
    return stage.assign(
        table="children_by_stage_national",
        stage=_STAGE,
        remand_group=np.nan,
        remand_type=np.nan,
        age_band="10-17",
        numerator=stage["value"].where(known),
        denominator=denominator,
        denominator_basis=pd.Series(np.nan, index=stage.index, dtype="object").mask(known, "stage"),
        denominator_unit=pd.Series(np.nan, index=stage.index, dtype="object").mask(
            known, _EPISODES
        ),
    )


LAYOUT = Layout(
    name="yjs_remand",
    title="Youth Justice Statistics, supplementary tables: use of remand for children",
    publisher=PUBLISHER,
    address=ADDRESS,
    tried=False,
    fits=fits,
    read=read,
    caveats=(
        "Counts are remand episodes, not children: one child may have several in a year.",
        "Kinds of remand changed between editions; remand to youth detention accommodation began "
        "in December 2012.",
    ),
)
