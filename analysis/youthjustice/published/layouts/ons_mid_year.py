"""Mid-year population estimates of the Office for National Statistics, by single year of age.

Two shapes: one row for each area, sex and age with a column for each year (MYEB1), and one row for
each area with a column for each age, a sheet for each sex (MYE2).
"""

from __future__ import annotations

import re
from types import MappingProxyType

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import labels, melt
from youthjustice.published.layouts._areas import areas_by_code
from youthjustice.published.layouts._headers import Header, columns_of
from youthjustice.published.layouts._populations import (
    OLDEST,
    YOUNGEST,
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
_COUNTED = r"(?:population |mid ?)?(?:19|20)\d\d"
"""How a column of figures is headed."""
_LONG = MappingProxyType(
    {
        "code": (r"lad ?code(?: ?\d\d)?", r"lad\d\dcd", r"lad ?\d{2,4} code", "(?:area )?code"),
        "name": (r"la ?d? ?name(?: ?\d\d)?", r"lad\d\dnm", r"lad ?\d{2,4} name", "(?:area )?name"),
        "sex": ("sex", "gender"),
        "age": ("age",),
        "first": (_COUNTED,),
    }
)
_WIDE = MappingProxyType(
    {
        "code": ("code", "area code", "la code"),
        "name": ("name", "area name", "la name"),
        "all": ("all ages", "all persons", "total"),
        "first": (str(YOUNGEST), f"age {YOUNGEST}", f"aged {YOUNGEST}"),
        "last": (str(OLDEST), f"age {OLDEST}", f"aged {OLDEST}"),
    }
)
_SEXES = MappingProxyType(
    {
        "1": "male", "m": "male", "male": "male", "males": "male", "men": "male",
        "2": "female", "f": "female", "female": "female", "females": "female", "women": "female",
        "persons": "All", "all": "All", "p": "All", "all persons": "All",
    }
)  # fmt: skip
_MID_YEAR = re.compile(
    r"\bmid[-\s\u2010-\u2015]?((?:19|20)\d\d)\b|\b30 june ((?:19|20)\d\d)\b", re.I
)
# The estimates cover England and Wales with their regions, counties and districts; a metropolitan
# county (E11) is a sum of its districts and no authority.
_OURS = r"(?:E(?:06|07|08|09|10|12|13|92)\d{6}|W(?:06|92)\d{6}|K04\d{6})"


def _fits(book: Workbook) -> bool:
    return any(_long(grid) is not None or columns_of(grid, _WIDE) for grid in book.grids)


def _long(grid: Grid) -> Header | None:
    """Find the header of rows by age, on a sheet that counts people and not what changed them."""
    header = columns_of(grid, _LONG)
    if header is None:
        return None
    heads = [plain(text) for text in texts(grid.cells[[header.row]])[0]]
    return None if any(re.match("births|deaths|internal", head) for head in heads) else header


def _read(book: Workbook) -> pd.DataFrame:
    long = [(grid, header) for grid in book.grids if (header := _long(grid))]
    if long:
        grid, header = max(long, key=lambda pair: _boundaries(*pair))
        figures, left_out = _by_age(grid, header)
        used = [grid.sheet]
    else:
        wide = [(grid, header) for grid in book.grids if (header := columns_of(grid, _WIDE))]
        parts = [_by_sex(book, grid, header) for grid, header in wide]
        figures = pd.concat([part for part, _ in parts], ignore_index=True)
        left_out = [sentence for _, left in parts for sentence in left]
        used = [grid.sheet for grid, _ in wide]
    left_out += [f"sheet {shown(g.sheet)}" for g in book.grids if g.sheet not in used]
    rows, ages = children(figures, ["code", "name", "year"])
    areas = areas_by_code(rows["code"], rows["name"])
    rows = pd.concat([areas, rows.drop(columns=["code", "name"])], axis=1)
    rows = with_counties(rows, ["sex", "low", "high", "age_band", "year"])
    rows["year"] = rows["year"].astype("str")
    day = pd.to_datetime(rows["year"] + "-06-30").astype("datetime64[us]")
    newest = rows["year"].dropna().max()
    release = f"mid-{newest}" if isinstance(newest, str) else None
    rows = rows.assign(
        table="population_area",
        period_start=day,
        period_end=day,
        period_basis=np.where(day.isna(), "not stated", "30 June, stated"),
        measure="population",
        unit="children",
        source=f"ons-mye-{newest}" if release else "ons-mye",
        cell=cells_in_words(rows),
    )
    tidy = tidied(rows, _COLUMNS, release)
    tidy.attrs = {
        "release": release,
        "tables": titled(tidy),
        "left_out": list(dict.fromkeys(left_out + ages)),
    }
    return tidy


_COLUMNS = (
    "table", "area_code", "area_name", "area_type", "region", "part_of", "sex", "age_band",
    "period_start", "period_end", "period_basis", "measure", "value", "unit", "symbol", "flag",
    "release", "source", "sheet", "cell",
)  # fmt: skip


def _boundaries(grid: Grid, header: Header) -> int:
    """Give the year of the boundaries in the head of the codes, such as 23 in ladcode23."""
    head = texts(grid.cells[[header.row]])[0][header.columns["code"]]
    year = re.search(r"\d\d", head)
    return int(year[0]) if year else 0


def _by_age(grid: Grid, header: Header) -> tuple[pd.DataFrame, list[str]]:
    """Read one row for each area, sex and age, with a column for each year."""
    heads = [plain(text) for text in texts(grid.cells[[header.row]])[0]]
    counted = [at for at, head in enumerate(heads) if re.fullmatch(_COUNTED, head)]
    years = {at: heads[at][-4:] for at in counted}
    columns, below = header.columns, slice(header.row + 1, None)
    ages = spans(pd.Series(texts(grid.cells[below, columns["age"]])))
    codes = pd.Series(texts(grid.cells[below, columns["code"]]))
    young = (ages["low"] >= YOUNGEST) & (ages["high"] <= OLDEST)
    wanted = codes.str.fullmatch(_OURS) & young
    places = (np.flatnonzero(wanted.to_numpy()) + header.row + 1).tolist()
    keys = {name: columns[name] for name in ("code", "name", "sex", "age")}
    rows = melt(grid, places, keys, years).rename(columns={"label": "year"})
    left_out = _outside(codes)
    if (ages["low"].notna() & ~young).any():
        left_out.append("ages under 10 and over 17")
    return _figures(rows, grid), left_out


def _by_sex(book: Workbook, grid: Grid, header: Header) -> tuple[pd.DataFrame, list[str]]:
    """Read one row for each area, with a column for each age."""
    heads = pd.Series(texts(grid.cells[[header.row]])[0])
    ends = spans(heads)
    young = (ends["low"] >= YOUNGEST) & (ends["high"] <= OLDEST)
    ages = {at: str(heads[at]) for at in np.flatnonzero(young).tolist()}
    codes = pd.Series(labels(grid.cells[header.row + 1 :, header.columns["code"]]))
    places = np.flatnonzero(codes.str.fullmatch(_OURS).to_numpy(dtype=bool)) + header.row + 1
    keys = {name: header.columns[name] for name in ("code", "name")}
    rows = melt(grid, places.tolist(), keys, ages).rename(columns={"label": "age"})
    rows = rows.assign(sex=_sex_of(grid, header.row), year=_year_of(book, grid, header.row))
    return _figures(rows, grid), [*_outside(codes), "ages under 10 and over 17, and all ages"]


def _figures(rows: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    sexes = rows["sex"].str.lower().map(_SEXES)
    strange = rows[sexes.isna()]
    if len(strange):
        raise InputProblem(
            f"sheet {shown(grid.sheet)}, the row of cell {strange['cell'].iloc[0]}: "
            f"{shown(strange['sex'].iloc[0])} is no sex that we know: write M, F or Persons"
        )
    read = numbers(rows["printed"].set_axis(rows["cell"].rename(None)), _PUBLISHER)
    read = read.set_axis(rows.index)
    ends = spans(rows["age"])
    return rows.assign(
        sex=sexes, low=ends["low"], high=ends["high"], value=read["value"], symbol=read["symbol"]
    )


def _outside(codes: pd.Series) -> list[str]:
    coded = codes[codes.str.fullmatch(r"[A-Z]\d{8}")]
    others = coded[~coded.str.fullmatch(_OURS)].nunique()
    return (
        [f"{others} areas outside England and Wales or that are no authorities"] if others else []
    )


def _sex_of(grid: Grid, above: int) -> str:
    """Find the sex of a sheet in its name, else in its titles: persons unless they say one."""
    titles = " ".join(texts(grid.cells[:above]).ravel())
    for words in (grid.sheet, titles):
        found = {str(sex) for sex in re.findall(r"\b(persons|males|females)\b", words.lower())}
        if len(found) == 1:
            return found.pop()
    return "persons"


def _year_of(book: Workbook, grid: Grid, above: int) -> str | float:
    """Find the mid-year in the sheet's titles, else in those of all sheets if they agree."""
    tops = [grid.cells[:above], np.concatenate([g.cells[:12].ravel() for g in book.grids])]
    for cells in tops:
        found = {str(a or b) for a, b in _MID_YEAR.findall(" ".join(texts(cells).ravel()))}
        if len(found) == 1:
            return found.pop()
    return np.nan


LAYOUT = Layout(
    name="ons_mid_year",
    title="Mid-year population estimates by single year of age",
    publisher=_PUBLISHER,
    address="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
    "populationestimates",
    tried=False,
    fits=_fits,
    read=_read,
    caveats=(
        "An estimate is of 30 June: period_start and period_end are that one day.",
        "Ages 10 to 17 together are our sum of single years; girls and boys together too, where no "
        "persons are printed.",
        "Estimates made before and after a census are two series: never join releases.",
        "Lower-tier districts are parts of counties (part_of): add authorities or districts, never "
        "both.",
    ),
)
"""Single years of age for local authorities, CSV or workbook."""
