"""Pupils cautioned or sentenced, by authority: the linked data of education and offending.

The Department for Education and the Ministry of Justice give whole per cents for each authority,
with the numbers of children on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import labels, melt
from youthjustice.published.layouts._areas import areas_by_name
from youthjustice.published.layouts._headers import Header, columns_of
from youthjustice.published.layouts._recognising import same_release
from youthjustice.published.layouts._tidy import tidied, titled
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.symbols import numbers
from youthjustice.sandbox.cells import texts
from youthjustice.sandbox.grid import Grid, Workbook

_PUBLISHER = "Department for Education and Ministry of Justice"
_AREA = MappingProxyType({"area": ("la", "local authority"), "placed": ("indicator",)})
_SHARES = MappingProxyType({**_AREA, "group": ("group",), "printed": ("perc",)})
# The ethnic groups of the school census; Chinese, a part of Asian elsewhere, stands apart in it.
_ETHNIC = MappingProxyType(
    {
        "asia": "Asian", "blac": "Black", "mixd": "Mixed", "whit": "White", "chin": "Chinese",
        "aoeg": "Other", "uncl": "Unknown",
    }
)  # fmt: skip
_SEXES = MappingProxyType({"male": "male", "female": "female"})
_ALL, _ANY, _SERIOUS = (
    "all pupils", "cautioned or sentenced", "cautioned or sentenced for serious violence",
)  # fmt: skip
_STAGES = MappingProxyType(
    {"all pupils": _ALL, "any offence": _ANY, "serious violence offence": _SERIOUS}
)
# Each column of counts: its stage, its measure, and the stage that its per cent is of.
_EARLIER = "children with an earlier offence"
_ELSEWHERE = "children who live and go to school in different authorities"
_COUNTS = MappingProxyType(
    {
        "all": (_ALL, "children", ""),
        "offenders perc": (_ANY, "children", _ALL),
        "sv perc": (_SERIOUS, "children", _ALL),
        "prev perc": (_SERIOUS, _EARLIER, _SERIOUS),
        "all dif perc": (_ALL, _ELSEWHERE, _ALL),
        "off dif perc": (_ANY, _ELSEWHERE, _ANY),
        "sv dif perc": (_SERIOUS, _ELSEWHERE, _SERIOUS),
    }
)
_OF_ELIGIBLE = "of pupils ever eligible for free school meals, share at this stage"
_ELIGIBLE = MappingProxyType(
    {
        "prop any not fsm": (_ANY, "not eligible", "share by free school meals"),
        "prop sv not fsm": (_SERIOUS, "not eligible", "share by free school meals"),
        "also any prop count fsm": (_ANY, "eligible", _OF_ELIGIBLE),
        "also sv prop count fsm": (_SERIOUS, "eligible", _OF_ELIGIBLE),
    }
)
_COUNT = r"^\s*([\d,]+)\s*(?:\(\s*(\d+)\s*%\s*\))?\s*$"


def _fits(book: Workbook) -> bool:
    found = (columns_of(grid, {**_SHARES, "ethnic": ("ethnicgroupmajor",)}) for grid in book.grids)
    return any(header is not None for header in found)


def _read(book: Workbook) -> pd.DataFrame:
    parts, left_out = [], []
    for grid in book.grids:
        header = columns_of(grid, _AREA)
        if header is None:
            left_out.append(f"sheet {shown(grid.sheet)}, which has no columns LA and indicator")
            continue
        heads = [plain(text) for text in texts(grid.cells[[header.row]])[0]]
        if "offenders perc" in heads:
            parts.append(_counts(grid, header, heads))
        elif "perc" in heads and "group" in heads:
            parts.append(_shares(grid, header, heads))
        elif set(heads) & set(_ELIGIBLE):
            parts.append(_eligible(grid, header, heads))
            left_out += _repeats(grid, heads)
        else:
            left_out.append(f"sheet {shown(grid.sheet)}, whose columns we do not know")
    rows = _placed(_with_denominators(pd.concat(parts, ignore_index=True)))
    release = same_release(
        rows[rows["table"] == _TABLES["ethnicgroupmajor"]],
        "linked_cohort_ethnicity_area",
        ["area_code", "la_basis", "stage"],
        "ethnic_group",
        ["value", "symbol", "denominator"],
    )
    return _finished(rows, release, left_out)


_TABLES = MappingProxyType(
    {
        "ethnicgroupmajor": "linked_cohort_ethnicity_area",
        "gender": "linked_cohort_sex_area",
        "offencestartage": "linked_cohort_age_area",
    }
)
_MEALS = "linked_cohort_free_school_meals_area"
_CHILDREN = "linked_cohort_area"
_TITLES = MappingProxyType(
    {
        "linked_cohort_sex_area": "Pupils cautioned or sentenced, by sex and authority",
        "linked_cohort_age_area": "Pupils cautioned or sentenced, by age at the first offence",
        _MEALS: "Pupils cautioned or sentenced, by free school meals and authority",
        _CHILDREN: "Numbers of pupils cautioned or sentenced, by authority",
    }
)


def _shares(grid: Grid, header: Header, heads: list[str]) -> pd.DataFrame:
    """Read a sheet with one whole per cent in each row."""
    dimension = next((name for name in _TABLES if name in heads), "")
    keys = {**header.columns, "group": heads.index("group")}
    if dimension:
        keys["dimension"] = heads.index(dimension)
    rows = _below(grid, header, keys, {heads.index("perc"): "perc"})
    rows["stage"] = _known(rows, "group", _STAGES, grid)
    rows["table"] = _TABLES.get(dimension, _MEALS)
    rows["measure"] = {
        "ethnicgroupmajor": "share by ethnic group",
        "gender": "share by sex",
        "offencestartage": "share by age at the first offence",
    }.get(dimension, "share by free school meals")
    if dimension == "ethnicgroupmajor":
        rows["ethnic_group"] = _known(rows, "dimension", _ETHNIC, grid)
    elif dimension == "gender":
        rows["sex"] = _known(rows, "dimension", _SEXES, grid)
    elif dimension == "offencestartage":
        rows["age_band"] = rows["dimension"]
    else:
        rows["free_school_meals"] = "eligible"
    return _read_shares(rows)


def _eligible(grid: Grid, header: Header, heads: list[str]) -> pd.DataFrame:
    """Read a sheet with several whole per cents about free school meals in each row."""
    columns = {heads.index(name): name for name in _ELIGIBLE if name in heads}
    rows = _below(grid, header, header.columns, columns)
    what = rows["label"].map(_ELIGIBLE)
    rows["table"], rows["stage"] = _MEALS, what.str[0]
    rows["free_school_meals"], rows["measure"] = what.str[1], what.str[2]
    return _read_shares(rows)


def _repeats(grid: Grid, heads: list[str]) -> list[str]:
    """Say which columns of a sheet on free school meals are not read, and why."""
    return [
        f"sheet {shown(grid.sheet)}, column {shown(head)}, which "
        + ("is what is left to 100 per cent" if head.startswith("not also") else "repeats FSM")
        for head in heads
        if head.endswith("prop count fsm") and head not in _ELIGIBLE
    ]


def _counts(grid: Grid, header: Header, heads: list[str]) -> pd.DataFrame:
    """Read the sheet of numbers of children, such as `596 (5%)`: a count and a whole per cent."""
    columns = {heads.index(name): name for name in _COUNTS if name in heads}
    rows = _below(grid, header, header.columns, columns)
    what = rows["label"].map(_COUNTS)
    rows["table"], rows["stage"], rows["measure"] = _CHILDREN, what.str[0], what.str[1]
    words = pd.Series(texts(rows["printed"].to_numpy(dtype=object)), index=rows.index)
    split = words.str.extract(_COUNT).astype("object")
    counted = _symbolled(rows, split[0].fillna(rows["printed"])).assign(unit="children")
    per_cent = _symbolled(rows, split[1].fillna(rows["printed"])).assign(unit="%", base=what.str[2])
    both = pd.concat([counted, per_cent[rows["label"] != "all"]])
    # No child lives in another country's authorities: England's blanks are no secret.
    away = (both["measure"] == _ELSEWHERE) & (both["area"] == "England")
    both["symbol"] = both["symbol"].mask(away & both["value"].isna(), "x")
    return both.sort_index(kind="stable")


def _read_shares(rows: pd.DataFrame) -> pd.DataFrame:
    base = rows["stage"].where(rows["measure"] != _OF_ELIGIBLE)
    return _symbolled(rows, rows["printed"]).assign(unit="%", base=base)


def _symbolled(rows: pd.DataFrame, printed: pd.Series) -> pd.DataFrame:
    """Give value and symbol; a blank is withheld in this publication."""
    read = numbers(printed.set_axis(rows["cell"].rename(None)), _PUBLISHER).set_axis(rows.index)
    blank = printed.isna()
    return rows.assign(value=read["value"], symbol=read["symbol"].mask(blank, "c"))


def _below(
    grid: Grid, header: Header, keys: Mapping[str, int], columns: Mapping[int, str]
) -> pd.DataFrame:
    """Give one row for each figure under the header, in rows that name an area."""
    named = labels(grid.cells[header.row + 1 :, keys["area"]]) != ""
    placed = texts(grid.cells[header.row + 1 :, keys["placed"]]) != ""
    places = np.flatnonzero(named & placed) + header.row + 1
    return melt(grid, places.tolist(), keys, columns)


def _known(rows: pd.DataFrame, column: str, words: Mapping[str, str], grid: Grid) -> pd.Series:
    """Put a column in our words, and name the first cell's label that has none."""
    found = rows[column].map(lambda text: words.get(plain(text)), na_action="ignore")
    strange = rows[found.isna()]
    if len(strange):
        raise InputProblem(
            f"sheet {shown(grid.sheet)}, the row of cell {strange['cell'].iloc[0]}: "
            f"{shown(strange[column].iloc[0])} is not one of {', '.join(words)}"
        )
    return found


def _with_denominators(rows: pd.DataFrame) -> pd.DataFrame:
    """Put beside each per cent the number of children it is of, and totals by ethnic group."""
    key = ["area", "placed", "stage"]
    counts = rows[(rows["table"] == _CHILDREN) & (rows["unit"] == "children")]
    counts = counts[counts["measure"] == "children"]
    sizes = counts.set_index(key)["value"]
    sizes = sizes[~sizes.index.duplicated()]
    wanted = pd.MultiIndex.from_frame(rows[["area", "placed", "base"]])
    rows = rows.assign(denominator=sizes.reindex(wanted).to_numpy())
    totals = counts.assign(table=_TABLES["ethnicgroupmajor"], ethnic_group="All")
    return pd.concat([rows, totals], ignore_index=True)


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    # Beside Bournemouth and Poole, which closed with it, Dorset is the county of before 2019.
    old = {"Dorset": "E10000009"} if rows["area"].eq("Poole").any() else {}
    areas = areas_by_name(rows["area"], old)
    return pd.concat([rows, areas], axis=1).assign(la_basis=rows["placed"].str.lower())


def _finished(rows: pd.DataFrame, release: str | None, left_out: list[str]) -> pd.DataFrame:
    """Put cohort and period, which only the release tells, and the columns in order."""
    known = release is not None
    start, end = map(pd.Timestamp, ("2012-09-01", "2018-08-31")) if known else (pd.NaT, pd.NaT)
    ages = rows.get("age_band", pd.Series(np.nan, index=rows.index, dtype="object"))
    tidy = rows.assign(
        cohort="KS4 2012/13 to 2017/18" if known else None,
        period_start=pd.Series(start, index=rows.index, dtype="datetime64[us]"),
        period_end=pd.Series(end, index=rows.index, dtype="datetime64[us]"),
        period_basis="cohort, stated" if known else "not stated",
        age_band=ages.fillna("10-17"),
        source=f"dfe-moj-linked-{release}" if known else "dfe-moj-linked",
    )
    tidy = tidied(tidy, _COLUMNS, release).astype({"denominator": "Int64"})
    tidy.attrs = {"release": release, "tables": titled(tidy, _TITLES), "left_out": left_out}
    return tidy


_COLUMNS = (
    "table", "area_code", "area_name", "area_type", "region", "la_basis", "cohort",
    "period_start", "period_end", "period_basis", "age_band", "stage", "ethnic_group", "sex",
    "free_school_meals", "measure", "value", "unit", "denominator", "symbol", "closed",
    "release", "source", "sheet", "cell",
)  # fmt: skip

LAYOUT = Layout(
    name="dfe_linked",
    title="Education, children's social care and offending: local authority level dashboard",
    publisher=_PUBLISHER,
    address="https://github.com/dfe-analytical-services/childrens_social_services_offenders_dashboard",
    tried=True,
    fits=_fits,
    read=_read,
    caveats=(
        "Shares are whole per cents, so they can be out by half a point and need not add to 100; 0 "
        "is less than half of one per cent, or none.",
        "A blank share is withheld (symbol c).",
        "la_basis says how a pupil was placed: by home address or by school.",
        "Chinese is a group of its own here; Census 2021 counts it with Asian.",
        "Pupils of state schools only, by the ethnic group in the school census.",
    ),
)
"""A workbook with a sheet for each breakdown and a sheet of numbers of children."""
