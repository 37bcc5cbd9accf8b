"""Youth Justice Statistics, chapter 7: children in youth custody."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from youthjustice._spelling import without_notes
from youthjustice.published.layouts._yjs_labels import by_distinct
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
    7, re.compile(r"\bcustod|\bsecure estate\b|\blegal basis\b", re.IGNORECASE), Free()
)
TITLES = {
    "custody_national": "Children in custody, England and Wales",
    "custody_national_breakdowns": "Children in custody by sex, age and accommodation",
    "custody_region": "Children in custody by region of their youth justice service",
}
_ORDER = (
    "table", "area_code", "area_name", "area_type", "region", "measure", "legal_basis", "sex",
    "ethnic_group", "ethnic_group_published", "age_band", "establishment", "offence", "nights",
    "category", "period_start", "period_end", "value", "unit", "symbol", "flag", "closed",
    "release", "source", "published_table", "sheet", "cell",
)  # fmt: skip
_BASES = (
    ("Remand", r"(?:on |custodial )?remands?|remanded?.*"),
    ("Detention and Training Order", r"dtos?|detention (?:and|&) training orders?.*"),
    (
        "Section 90-92 Detention",
        r"s(?:ection)?s? ?9[0-2](?: ?(?:-|/|to|and) ?9[0-2])*(?: detention)?",
    ),
    ("Other", r"other(?: sentences?| legal basis)?"),
)
_MORE = ("sex", "establishment", "offence", "nights", "category")


def fits(book: Workbook) -> bool:
    """Say whether most tables of a workbook are those of chapter 7."""
    return fits_chapter(book, _CHAPTER)


def read(book: Workbook) -> pd.DataFrame:
    """Read populations of children in custody from every sheet that holds them.

    Figures for England and Wales by legal basis and ethnic group are rows of `custody_national`;
    a table by region gives its totals there too.

    Raises:
        InputProblem: no sheet can be read.

    """
    chapter = read_chapter(book, _CHAPTER)
    return finished(custody_rows(chapter.cells), _ORDER, chapter, TITLES, kept=["legal_basis"])


def custody_rows(cells: pd.DataFrame) -> list[pd.DataFrame]:
    """Give the rows of each table of children in custody."""
    by_area = cells["area_name"].notna().groupby(cells["sheet"]).transform("any")
    cells = with_areas(settled(cells))
    words = (cells["title"] + " " + cells["measure"].fillna("") + " " + cells["key"]).str.lower()
    monthly = (cells["month"] != "All") & ~cells["key"].str.contains("average", case=False)
    episodes = words.str.contains(r"\bepisodes?\b|\bending\b.*\bnights\b")
    time = words.str.contains(
        r"\b(?:median|mean|average)\b(?: (?!population)\w+){0,4} \(?(?:nights|days|time)\b"
    )
    counted = _counted_in(words + " " + cells["above"].str.lower())
    middle = words.str.contains(r"\bmedian\b").map({True: "median ", False: "average "})
    said = np.select(
        [episodes, monthly, words.str.contains("average")],
        ["custody episodes ending", "month-end population", "average monthly population"],
        "population in custody",
    )
    measure = pd.Series(said, index=cells.index).mask(time, middle + counted + " in custody")
    present = words.str.contains(r"\bpopulation\b|\bin (?:\w+ ){0,4}(?:custody|estate)\b|\bheld\b")
    other = (measure == "population in custody") & ~present
    measure = measure.mask(other, by_distinct(cells["title"], _of_title))
    unit = np.select(
        [time, episodes, cells["share"], other],
        [counted.replace("time", "not stated"), "episodes", "%", "number, as the title says"],
        "children",
    )
    only = cells["above"].str.contains(r"\bunder[- ]18|\baged 10[- ]?(?:to|-)? ?17", case=False)
    with18 = cells["above"].str.contains(r"includ\w+ 18|18[- ]year[- ]olds|all ages", case=False)
    covered = np.select([only, with18], ["under 18", "all ages"], "All")
    remand = (cells["legal_basis"] == "All") & words.str.contains(r"\bon remand\b|\bremanded\b")
    basis = by_distinct(cells["legal_basis"], _basis).mask(remand, "Remand")
    merged = cells["ethnic_group"] == "Asian and Other"
    one_day = measure == "month-end population"
    ages = cells["age_band"] != "All"
    rows = cells.assign(
        measure=measure,
        unit=unit,
        legal_basis=basis,
        age_band=cells["age_band"].where(ages, covered),
        period_start=cells["period_start"].mask(one_day, cells["period_end"]),
        category=joined(cells["group"], cells["category"]),
        nights=cells["nights"].mask(time, "All"),
        flag=pd.Series(np.nan, index=cells.index, dtype="object").mask(
            merged, "Asian and Other combined in the publication"
        ),
        published_table=cells["number"],
    )
    plain = (rows[list(_MORE)] == "All").all(axis=1) & ~ages & (rows["area_name"] == WHOLE)
    plain &= (rows["unit"] == "children") & (rows["measure"] != "population in custody")
    more = ~plain.groupby(rows["sheet"]).transform("all")
    table = np.where(by_area, "custody_region", "custody_national_breakdowns")
    return [rows[plain].assign(table="custody_national"), rows.assign(table=table)[more]]


def _counted_in(words: pd.Series) -> pd.Series:
    """Say in what time in custody is counted: nights, days, or just time."""
    nights, days = (words.str.contains(rf"\b{unit}\b") for unit in ("nights?", "days?"))
    return pd.Series(np.select([nights, days], ["nights", "days"], "time"), index=words.index)


def _of_title(title: str) -> str:
    """Give what a title says that a table counts.

    >>> _of_title("Table 7.9: Number of transfers by legal basis, year ending March 2021")
    'number of transfers'
    """
    words = re.sub(r"^.*?\d\s*[.:]\s*\d+\w?\s*[:.\u2013-]?\s*", "", title)
    return re.split(r",| by |\(|\[", without_notes(words))[0].strip().lower()


def _basis(label: str) -> str:
    words = " ".join(label.lower().split())
    return next((name for name, form in _BASES if re.fullmatch(form, words)), label)


LAYOUT = Layout(
    name="yjs_custody",
    title="Youth Justice Statistics, supplementary tables: children in youth custody",
    publisher=PUBLISHER,
    address=ADDRESS,
    tried=False,
    fits=fits,
    read=read,
    caveats=(
        "An average is the mean of twelve month-end counts, so it has decimals; it counts children "
        "present, not children who entered custody.",
        "Averages by ethnic group merge Asian and Other in some editions.",
    ),
)
