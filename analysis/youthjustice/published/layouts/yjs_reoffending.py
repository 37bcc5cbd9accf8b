"""Youth Justice Statistics, chapter 9: proven reoffending by children."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.published.layouts._reoffending_basis import MEASURE_CHANGED, data_source
from youthjustice.published.layouts._yjs_labels import MONTHS, by_distinct
from youthjustice.published.layouts._yjs_meanings import Free
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

_MEASURES = (
    ("average", r"\baverage\b|\bfrequency\b|\bper (?:re-?)?offender\b|\breoffences per\b"),
    ("value", r"(?:\bproportion|\bpercentage|%|\bbinary|\brate\b).*|.*who re-?offend(?:ed)? *\(?%"),
    ("reoffences", r"\bre-?offences\b"),
    ("numerator", r"\bre-?offenders\b|\bwho re-?offend|\bchildren re-?offending"),
    ("denominator", r"\bcohort\b|\bnumber of (?:children|young people|juveniles|offenders)\b"),
)
_CHAPTER = Chapter(
    9,
    re.compile(r"\bre-?offen", re.IGNORECASE),
    Free(),
    re.compile(
        r"\bre-?offen[cd]|\b(?:in|size of) (?:the )?cohort|^cohort(?: size)?$"
        r"|^number of (?:children|young people|juveniles|offenders)\b",
        re.IGNORECASE,
    ),
)
_TITLES = {
    "reoffending_national": "Proven reoffending by children, England and Wales",
    "reoffending_national_breakdowns": "Proven reoffending by children, by what they were and did",
}
_BREAKDOWNS = (
    "time_to_reoffence", "previous_offences", "offence", "disposal", "ethnic_group", "age_band",
    "sex", "category",
)  # fmt: skip
_ORDER = (
    "table", "area_code", "area_name", "area_type", "region", "breakdown", "sex", "age_band",
    "ethnic_group", "ethnic_group_published", "previous_offences", "tier", "disposal", "offence",
    "time_to_reoffence", "category", "measure", "frequency", "cohort", "period_start",
    "period_end", "numerator", "denominator", "reoffences", "value", "unit", "data_source",
    "symbol", "flag", "release", "source", "published_table", "sheet", "cell",
)  # fmt: skip
_FIRST_TIER = (
    "youth discharge", "youth fine", "youth referral order", "youth reparation order",
)  # fmt: skip
_COMMUNITY = (
    "youth attendance centre", "youth supervision order", "youth action plan order",
    "youth community rehabilitation order", "youth community punishment order",
    "youth curfew order", "other youth community penalty",
)  # fmt: skip
_TIERS = {
    "first tier penalty": "First-tier penalty",
    "youth rehabilitation order": "Youth rehabilitation order",
    "youth community penalty": "Youth community penalty",
    "custody": "Custody",
    "caution": "Caution",
    "youth caution": "Caution",
    "other": "Other",
}


def fits(book: Workbook) -> bool:
    """Say whether most tables of a workbook are those of chapter 9."""
    return fits_chapter(book, _CHAPTER)


def read(book: Workbook) -> pd.DataFrame:
    """Read proven reoffending from every sheet that holds it, one row for each cohort.

    Reoffenders, cohort, reoffences and the proportion are printed under each other; here they
    stand beside each other as numerator, denominator, reoffences and value, and `cell` is that of
    the proportion, else of the count that is printed first.

    Raises:
        InputProblem: no sheet can be read.

    """
    chapter = read_chapter(book, _CHAPTER)
    cells = with_areas(settled(chapter.cells))
    cells["what"] = _what(cells)
    for words, why in (
        ("average", "averages computed from the counts beside them"),
        ("", "a measure that these tables do not hold"),
    ):
        for sheet, part in cells[cells["what"] == words].groupby("sheet", sort=False):
            first = shown(part["measure"].fillna(part["section"]).iloc[0])
            chapter.left_out.append(
                f"sheet {shown(sheet)}, row {part['row'].min() + 1} and others of its kind, "
                f"{first}: {why} ({len(part)} figures)"
            )
    rows = _beside(cells[~cells["what"].isin(["average", ""])])
    return finished([rows], _ORDER, chapter, _TITLES, kept=(*_BREAKDOWNS[:-1], "tier"))


def _what(cells: pd.DataFrame) -> pd.Series:
    """Say what each figure is, by the words of its row, else of its heading, else of the title."""
    said = cells[["measure", "section", "title"]].fillna("")
    known = {one: _meant(*one) for one in set(said.itertuples(index=False, name=None))}
    return pd.Series([known[one] for one in said.itertuples(index=False, name=None)], cells.index)


def _meant(measure: str, section: str, title: str) -> str:
    if not measure and not section:
        if re.search(r"\btime to\b", title, re.IGNORECASE):
            return "reoffences"
        # Titles such as "Proven reoffending data for ..." promise several measures.
        title = "" if re.search(r"reoffending data", title, re.IGNORECASE) else title
    for text in (measure, section, re.sub(r"\bcohort\b.*", "", title, flags=re.IGNORECASE)):
        for name, pattern in _MEASURES:
            if re.search(pattern, text, re.IGNORECASE):
                return name
    return ""


def _beside(cells: pd.DataFrame) -> pd.DataFrame:
    """Put the figures of one cohort beside each other, with the project's own labels."""
    cells = cells.assign(**_labels(cells))
    keys = [
        "number", "sheet", "area_code", "area_name", "area_type", "region", "tier",
        *_BREAKDOWNS, "ethnic_group_published", "period_start", "period_end",
    ]  # fmt: skip
    group = cells.groupby(keys, dropna=False, sort=False).ngroup()
    first = cells[~cells.assign(_group=group).duplicated(["_group"])].set_axis(
        pd.unique(group), axis=0
    )
    once = cells[~cells.assign(_group=group).duplicated(["_group", "what"])]
    wide = once.set_axis(group[once.index], axis=0)
    out = first[keys].copy()
    for name in ("numerator", "denominator", "reoffences", "value"):
        out[name] = wide.loc[wide["what"] == name, "value"]
    rate = wide[wide["what"] == "value"]
    out["cell"] = rate["cell"].reindex(out.index).fillna(first["cell"])
    out["symbol"] = rate["symbol"].replace("c", "low").reindex(out.index)
    return _rates(out.reset_index(drop=True)).assign(published_table=out["number"].to_numpy())


def _rates(rows: pd.DataFrame) -> pd.DataFrame:
    """Write proportions as percentages, and compute those that are not printed at all."""
    whole = rows["denominator"].where(rows["denominator"] > 0)
    computed = 100 * rows["numerator"] / whole
    fraction = (rows["value"] <= 1) & ((100 * rows["value"] - computed).abs() < 1)
    unsure = computed.isna() & (rows.groupby("sheet")["value"].transform("max") <= 1)
    printed = rows["value"].mask(fraction | unsure, 100 * rows["value"])
    value = printed.where(printed.notna() | rows["symbol"].notna(), computed)
    small = value.notna() & printed.isna() & (rows["denominator"] < 30)
    symbol = (
        rows["symbol"].mask(small, "low").where(rows["symbol"].notna() | small | value.notna(), "z")
    )
    start, end = rows["period_start"], rows["period_end"]
    days = (end - start).dt.days
    new = end.groupby(rows["sheet"]).transform("max").max() >= MEASURE_CHANGED
    source = data_source(start, end)
    broken = {name: rows[name] != "All" for name in _BREAKDOWNS if name != "category"}
    broken["disposal"] |= rows["tier"] != "All"
    first = np.select(list(broken.values()), list(broken), "total")
    alone = pd.Series(first).groupby(rows["sheet"]).transform(lambda one: (one == "total").all())
    return rows.assign(
        table=np.where(alone, "reoffending_national", "reoffending_national_breakdowns"),
        breakdown=first,
        value=value.mask(small),
        symbol=symbol,
        unit="%",
        flag=np.nan,
        measure="cohorts_3_month" if new else "cohort_12_month",
        frequency=np.where(days > 100, "annual", "quarterly"),
        cohort=_cohort(start, end),
        data_source=source,
    )


def _cohort(start: pd.Series, end: pd.Series) -> pd.Series:
    """Write the entry period of a cohort: `Apr 2009-Mar 2010`, `Apr-Jun 2019`."""
    first, last = (
        days.dt.month.map(lambda one: MONTHS[one - 1][:3].title()) for days in (start, end)
    )
    years = [" " + days.dt.year.astype("str") for days in (start, end)]
    cohort: pd.Series = first + years[0].mask(years[0] == years[1], "") + "-" + last + years[1]
    return cohort


def _labels(cells: pd.DataFrame) -> dict[str, pd.Series]:
    """Write each label as the shipped tables do."""
    disposal = by_distinct(cells["disposal"], lambda text: re.sub(r"\W+", " ", text).strip())
    low = disposal.str.lower()
    tier = low.map(_TIERS)
    tier = tier.mask(low.isin(_FIRST_TIER), "First-tier penalty")
    tier = tier.mask(low.isin(_COMMUNITY), "Youth community penalty").fillna("All")
    return {
        "tier": tier,
        "disposal": disposal.mask(low.isin(_TIERS), "All"),
        "previous_offences": by_distinct(cells["previous_offences"], _previous),
        "time_to_reoffence": by_distinct(cells["time_to_reoffence"], _month),
    }


def _previous(label: str) -> str:
    words = plain(label)
    if found := re.search(r"\b(\d+) (?:to )?(\d+)\b", words):
        return f"{found[1]}-{found[2]}"
    if found := re.search(r"\b(\d+)\b(?=.*\b(?:more|over)\b)|\b(\d+)\b(?= plus)", words):
        return f"{found[1] or found[2]}+"
    if words.startswith("no ") or words in {"none", "0", "0 previous offences"}:
        return "0"
    return f"{words.split()[0]}+" if re.match(r"\d+ ?\+", label) else label


def _month(label: str) -> str:
    found = re.search(r"\bmonths? (\d{1,2})\b", label, re.IGNORECASE)
    return f"month {int(found[1]):02d}" if found else label


LAYOUT = Layout(
    name="yjs_reoffending",
    title="Youth Justice Statistics, supplementary tables: proven reoffending by children",
    publisher=PUBLISHER,
    address=ADDRESS,
    tried=False,
    fits=fits,
    read=read,
    caveats=(
        "Cohorts to October 2015 were measured over 12 months and later ones over 3 months; editions "
        "whose newest cohort is later give all their years by the 3-month measure.",
        "Rates on fewer than 30 children are withheld by the publisher.",
        "In annual rows of the 3-month measure a child counts once for each quarter entered.",
    ),
)
