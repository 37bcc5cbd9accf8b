"""Fingertips, the public health profiles: first-time entrants and violence, by area.

The Office for Health Improvement and Disparities gives one row for each indicator, area, sex, age
and period, with an interval of its own, which is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import bare, shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import labels
from youthjustice.published.layouts._areas import areas_by_code
from youthjustice.published.layouts._children import age_bands, sexes
from youthjustice.published.layouts._headers import Header, columns_of, first_sheet
from youthjustice.published.layouts._tidy import tidied, titled
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.periods import period
from youthjustice.published.symbols import numbers
from youthjustice.sandbox.cells import column_letters
from youthjustice.sandbox.grid import Grid, Workbook

_PUBLISHER = "Office for Health Improvement and Disparities"


@dataclass(frozen=True, slots=True)
class _Indicator:
    table: str
    title: str
    measure: str
    unit: str
    words: str


_INDICATORS = MappingProxyType(
    {
        "10401": _Indicator(
            "first_time_entrants_area",
            "First-time entrants to the youth justice system, by area",
            "first-time entrant rate",
            "per 100,000 children aged 10-17",
            "first time|youth justice",
        ),
        "11201": _Indicator(
            "violence_admissions_area",
            "Hospital admissions for violence, by area",
            "hospital admissions for violence, directly standardised for age",
            "per 100,000 people",
            "violen",
        ),
        "11202": _Indicator(
            "violence_offences_area",
            "Violence offences recorded by the police, by area",
            "violence offences recorded by the police",
            "per 1,000 people",
            "violen",
        ),
    }
)
_NEEDED = MappingProxyType(
    {
        "indicator": ("indicator ?id",),
        "name": ("indicator ?name",),
        "area_code": ("area ?code",),
        "area": ("area ?name",),
        "area_type_published": ("area ?type",),
        "sex": ("sex",),
        "age_band": ("age",),
        "period": ("time ?period",),
        "value": ("value",),
    }
)
_MORE = MappingProxyType(
    {
        "lower": "lower ?ci ?(?:950?)? ?(?:limit)?",
        "upper": "upper ?ci ?(?:950?)? ?(?:limit)?",
        "numerator": "count",
        "denominator": "denominator",
        "note": "value ?note",
        "category_type": "category ?type",
        "category": "category",
    }
)
_FIGURES = ("value", "lower", "upper", "numerator", "denominator")
_YEAR = r"((?:19|20)\d\d)"
_POOLED = re.compile(rf"{_YEAR}(?= - \d+$|/\d\d ?-.*/)(/\d\d)? ?- ?((?:19|20)?\d\d)(/\d\d)?")
_WITHHELD = re.compile(r"suppress|disclos|too small|small numbers?|fewer than", re.IGNORECASE)
_DOUBTED = re.compile(r"quality|unreliable|not reliable", re.IGNORECASE)


def _fits(book: Workbook) -> bool:
    return any(columns_of(grid, _NEEDED) is not None for grid in book.grids)


def _read(book: Workbook) -> pd.DataFrame:
    grid, header = first_sheet(book, _NEEDED)
    columns, left_out = _columns(grid, header)
    first = header.row + 1
    texts = {name: labels(grid.cells[first:, columns[name]]) for name in _NEEDED if name != "value"}
    keys = pd.Series(texts["indicator"])
    kept = keys.isin(_INDICATORS).to_numpy(dtype=bool)
    left_out += _others(pd.DataFrame({"key": keys, "name": texts["name"]})[~kept])
    if "category_type" in columns:
        category = labels(grid.cells[first:, columns["category_type"]])
        left_out += _categories(category[kept])
        kept = kept & (category == "")
    rows = pd.DataFrame(texts)[kept].reset_index(drop=True)
    if rows.empty:
        raise InputProblem(
            f"the file has the columns of Fingertips, but none of the indicators "
            f"{', '.join(_INDICATORS)} for whole areas: fetch one of those"
        )
    places = np.flatnonzero(kept) + first
    rows = _figures(grid, rows, columns, places).assign(sheet=grid.sheet)
    _say_indicators(rows)
    rows = rows.join(_periods(rows["period"].set_axis(rows["cell"]), rows.index))
    once = ~rows.duplicated(_ONE_FIGURE)
    if repeated := int((~once).sum()):
        left_out.append(
            f"{repeated:,} rows that repeat an area, as England is for each kind of area"
        )
    rows = rows[once].reset_index(drop=True)
    rows = pd.concat([rows, areas_by_code(rows["area_code"], rows["area"])], axis=1)
    rows = rows.loc[:, ~rows.columns.duplicated(keep="last")]
    rows["sex"], rows["age_band"] = sexes(rows["sex"]), age_bands(rows["age_band"])
    rows["source"] = "ohid-fingertips-" + rows["indicator"]
    tidy = tidied(rows, _COLUMNS, None)
    titles = {one.table: one.title for one in _INDICATORS.values()}
    tidy.attrs = {"release": None, "tables": titled(tidy, titles), "left_out": left_out}
    return tidy


_ONE_FIGURE = [
    "indicator", "area_code", "area", "sex", "age_band", "period", "value", "lower", "upper",
    "numerator", "denominator",
]  # fmt: skip
_COLUMNS = (
    "table", "area_code", "area_name", "area_type", "region", "part_of", "area_type_published",
    "sex", "age_band", "period_start", "period_end", "period_basis", "measure", "value", "lower",
    "upper", "unit", "numerator", "denominator", "symbol", "flag", "closed", "release", "source",
    "sheet", "cell",
)  # fmt: skip


def _columns(grid: Grid, header: Header) -> tuple[dict[str, int], list[str]]:
    """Give the columns that we know, and say which others hold something that is not read."""
    columns = dict(header.columns)
    left_out = []
    for column, head in enumerate(labels(grid.cells[header.row])):
        words = plain(head)
        if not words or column in columns.values():
            continue
        name = next((name for name, shape in _MORE.items() if re.fullmatch(shape, words)), "")
        if name and name not in columns:
            columns[name] = column
        elif (grid.cells[header.row + 1 :, column] != None).any():  # noqa: E711
            left_out.append(f"column {column_letters(column)} ({bare(head)})")
    return columns, left_out


def _others(rows: pd.DataFrame) -> list[str]:
    """Name the indicators that are not about children who came to notice for offending."""
    sizes = rows[rows["key"] != ""].groupby(["key", "name"], sort=False).size().reset_index()
    return [
        f"indicator {bare(key)} ({bare(name)}), {size:,} rows"
        for key, name, size in sizes.itertuples(index=False, name=None)
    ]


def _categories(kinds: npt.NDArray[np.object_]) -> list[str]:
    sizes = pd.Series(kinds[kinds != ""]).value_counts(sort=False)
    return [
        f"{size:,} rows by {bare(kind)}, which are parts of areas" for kind, size in sizes.items()
    ]


def _figures(
    grid: Grid, rows: pd.DataFrame, columns: dict[str, int], places: npt.NDArray[np.int64]
) -> pd.DataFrame:
    """Put the numbers beside the labels, and the reason where there is none."""
    at = pd.Series(places + 1).astype("str")
    for name in _FIGURES:
        if name not in columns:
            continue
        letter = column_letters(columns[name])
        cells = pd.Series(grid.cells[places, columns[name]], letter + at, dtype="object")
        read = numbers(cells, _PUBLISHER)
        rows[name] = read["value"].to_numpy()
        if name == "value":
            rows["symbol"], rows["cell"] = read["symbol"].to_numpy(), cells.index
    for name in _FIGURES:
        if name not in columns:
            rows[name] = np.nan
    note = pd.Series("", index=rows.index)
    if "note" in columns:
        note = pd.Series(labels(grid.cells[places, columns["note"]]))
    missing = rows["value"].isna()
    said = {text: _reason(text) for text in note.unique()}
    rows["symbol"] = rows["symbol"].mask(missing & (note != ""), note.map(said))
    rows["flag"] = note.where(note != "")
    return rows


def _reason(note: str) -> str:
    """Give the symbol for a missing figure's note."""
    if _WITHHELD.search(note):
        return "c"
    return "u" if _DOUBTED.search(note) else "x"


def _say_indicators(rows: pd.DataFrame) -> None:
    """Put table, measure and unit, which belong to the indicator's number and its name."""
    pairs = rows[["indicator", "name", "cell"]].drop_duplicates(["indicator", "name"])
    for key, name, cell in pairs.itertuples(index=False):
        if not re.search(_INDICATORS[key].words, plain(name)):
            raise InputProblem(
                f"the row of cell {cell} calls indicator {key} {shown(name)}, but it is known as "
                f"{_INDICATORS[key].measure}: check the file"
            )
    about = rows["indicator"].map(_INDICATORS)
    for column in ("table", "measure", "unit"):
        rows[column] = about.map(lambda one, column=column: getattr(one, column))


def _periods(printed: pd.Series, index: pd.Index) -> pd.DataFrame:
    """Read `2010/11`, `2018/19 - 20/21`, and `2010`, as the tool prints calendar years."""
    read = {text: _period(text, printed) for text in printed.unique()}
    rows = pd.DataFrame(printed.map(read).tolist(), index=index)
    rows.columns = pd.Index(["period_start", "period_end", "period_basis"])
    days = {name: pd.to_datetime(rows[name]).astype("datetime64[us]") for name in rows.columns[:2]}
    return rows.assign(**days)


def _period(text: str, printed: pd.Series) -> tuple[object, object, str]:
    words = re.sub("[\u2010-\u2015]", "-", text)
    pooled = _POOLED.fullmatch(words)
    try:
        if pooled is None:
            bare_year = re.fullmatch(r"\d{4}", words) is not None
            basis = "year ending December, inferred" if bare_year else "stated"
            return *period(words, "december" if bare_year else None), basis
        first, split, last, last_split = pooled.groups(default="")
        last = last if len(last) == 4 else first[:2] + last
        start, _ = period(first + split, None if split else "december")
        _, end = period(last + last_split, None if split else "december")
    except InputProblem as problem:
        cell = printed.index[printed == text][0]
        raise InputProblem(f"the row of cell {cell}: {problem}") from None
    return start, end, "several financial years, stated" if split else "calendar years, inferred"


LAYOUT = Layout(
    name="ohid_fingertips",
    title="Fingertips public health profiles",
    publisher=_PUBLISHER,
    address="https://fingertips.phe.org.uk/",
    tried=False,
    fits=_fits,
    read=_read,
    caveats=(
        "lower and upper are the publisher's own 95% limits.",
        "A bare year is taken for a calendar year, which is how the tool prints one; its metadata "
        "(year type) say which it is.",
        "Violence is of people of all ages, not of children.",
        "Rows by deprivation, ethnic group or another category are left out.",
    ),
)
"""A CSV with the columns Indicator ID, Area Code, Sex, Age, Time period, Value and their limits."""
