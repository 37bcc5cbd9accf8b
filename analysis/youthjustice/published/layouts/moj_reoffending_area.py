"""Proven reoffending statistics of the Ministry of Justice: the geographical data.

A row for each area and cohort of adults and of juveniles, with numbers of offenders, reoffenders
and reoffences. Rates are computed from the numbers, which are printed for every area.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import bare, shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import labels
from youthjustice.published.layouts._areas import areas_by_name
from youthjustice.published.layouts._children import age_bands, sexes
from youthjustice.published.layouts._closed import say_where_closed
from youthjustice.published.layouts._headers import Header, columns_of
from youthjustice.published.layouts._reoffending_basis import MEASURE_CHANGED, data_source
from youthjustice.published.layouts._teams import services
from youthjustice.published.layouts._tidy import tidied, titled
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.loading import lookup
from youthjustice.published.periods import periods
from youthjustice.published.symbols import numbers
from youthjustice.sandbox.cells import column_letters
from youthjustice.sandbox.grid import Grid, Workbook

_PUBLISHER = "Ministry of Justice"
_SOURCE = "moj-reoffending-geographical"
_TABLE = "reoffending_cohorts_area"
_TITLES = MappingProxyType({_TABLE: "Proven reoffending by children: cohorts by area"})
_OFFENDERS = (
    r"(?:(?:number|no) of )?(?:juvenile )?(?:offenders|juveniles|children)(?: in (?:the )?cohort)?"
)
_NEEDED = MappingProxyType(
    {
        "who": (r"adults?(?: or)? juveniles?(?: offenders?)?", "adult or child", "offender type"),
        "area": (
            "geography",
            "geography name",
            "geographic area",
            "area",
            "area name",
            "local authority(?: name)?",
        ),
        "cohort": (
            "cohort(?: year| quarter)?",
            "cohort period",
            "offender cohort",
            "time period",
            "period",
        ),
        "denominator": (_OFFENDERS, "(?:size of )?cohort size", "number in cohort"),
        "numerator": (r"(?:(?:number|no) of )?(?:juvenile )?re ?offenders",),
    }
)
_MORE = MappingProxyType(
    {
        "category": r"category|geography type|geographical? (?:level|type)|area type",
        "reoffences": r"(?:(?:number|no) of )?re ?offences",
        "previous_offences_count": r"(?:(?:number|no) of )?prev(?:ious)? ?offences(?: .*)?",
        "sex": r"sex|gender",
        "age_band": r"age(?: group| band)?",
        "printed": r"(?:proportion|percentage) (?:of )?.*re ?offen.*|.*re ?offending rate.*",
    }
)
_Meaning = Callable[[pd.Series], pd.Series]
_MEANT: Mapping[str, _Meaning] = MappingProxyType(
    {"category": lambda texts: texts, "sex": sexes, "age_band": age_bands}
)
_COUNTS = ("numerator", "denominator", "reoffences", "previous_offences_count")
_CHILDREN = re.compile(r"juvenile|youth|child|young", re.IGNORECASE)
_SERVICES = re.compile(r"\b(?:yots?|yjs|youth)\b")
_POLICE = re.compile(r"\b(?:pcc|pfa|police)\b")
_FEWEST = 30
"""Rates on fewer children are not shown (Youth Justice Statistics, chapter 9)."""


def _fits(book: Workbook) -> bool:
    return any(columns_of(grid, _NEEDED) is not None for grid in book.grids)


def _read(book: Workbook) -> pd.DataFrame:
    parts, left_out = [], []
    for grid in book.grids:
        header = columns_of(grid, _NEEDED)
        if header is not None:
            rows, said = _sheet(grid, header)
            parts.append(rows)
            left_out += said
        elif len(grid.cells):
            left_out.append(f"sheet {shown(grid.sheet)}: not the sheet of the data")
    rows = pd.concat(parts, ignore_index=True)
    if rows.empty:
        raise InputProblem("the file has the columns of the geographical data, but no juveniles")
    rows = pd.concat([rows, _areas(rows)], axis=1)
    _say_where_not_split(rows)
    newest = rows["period_end"].max()
    rows["measure"] = "cohorts_3_month" if newest >= MEASURE_CHANGED else "cohort_12_month"
    ages = rows.get("age_band", pd.Series(np.nan, index=rows.index, dtype="object"))
    rows = rows.assign(age_band=ages.fillna("10-17"), table=_TABLE, source=_SOURCE)
    own = [str(name) for name in rows if name not in _BEFORE + _AFTER + _NOT_KEPT]
    tidy = tidied(rows, (*_BEFORE, *own, *_AFTER), None)
    tidy = tidy.astype({name: "Int64" for name in _COUNTS if name in tidy})
    tidy.attrs = {"release": None, "tables": titled(tidy, _TITLES), "left_out": left_out}
    return tidy


_BEFORE = ("table", "area_code", "area_name", "area_type", "region", "part_of", "category", "sex")
_AFTER = (
    "age_band", "measure", "frequency", "cohort", "period_start", "period_end", "numerator",
    "denominator", "reoffences", "previous_offences_count", "value", "unit", "data_source",
    "symbol", "flag", "closed", "release", "source", "sheet", "cell",
)  # fmt: skip
_NOT_KEPT = ("area", "printed")


def _sheet(grid: Grid, header: Header) -> tuple[pd.DataFrame, list[str]]:
    """Read the rows about juveniles, and say what else the sheet holds."""
    columns, others, unread = _columns(grid, header)
    first = header.row + 1
    who = labels(grid.cells[first:, columns["who"]])
    named = labels(grid.cells[first:, columns["area"]]) != ""
    children = _those(who, _CHILDREN) & ~_those(who, re.compile("adult", re.IGNORECASE))
    places = np.flatnonzero(named & children) + first
    adults = int((named & ~children).sum())
    at = pd.Series(places + 1).astype("str")
    rows = pd.DataFrame(
        {name: labels(grid.cells[places, columns[name]]) for name in ("area", "cohort")}
        | {name: _texts(grid, places, column) for name, column in others.items()}
    )
    for name, meaning in _MEANT.items():
        if name in columns:
            rows[name] = meaning(_texts(grid, places, columns[name]))
    # A column that the file lacks is missing throughout, with no symbol to say why.
    symbols = pd.Series(np.nan, index=rows.index, dtype="str")
    for name in (*_COUNTS, "printed"):
        if name in columns:
            letter = column_letters(columns[name])
            cells = pd.Series(grid.cells[places, columns[name]], letter + at, dtype="object")
            read = _read_at(grid, cells).set_axis(rows.index)
            rows[name] = read["value"]
            if name in ("numerator", "denominator", "printed"):
                symbols = symbols.fillna(read["symbol"])
    rows["cell"] = (column_letters(columns["numerator"]) + at).to_numpy()
    rows["sheet"] = grid.sheet
    rows = _rates(_dated(rows, grid), symbols)
    said = [f"{_where(grid)}{adults:,} rows that are not about juveniles"] if adults else []
    if "printed" in columns:
        unread = {columns["printed"]: "the printed proportion", **unread}
    said += [
        f"{_where(grid)}column {column_letters(column)} ({bare(head)}), which is not one of the counts"
        for column, head in unread.items()
    ]
    return rows, said


def _where(grid: Grid) -> str:
    return f"sheet {shown(grid.sheet)}, " if grid.sheet else ""


def _columns(grid: Grid, header: Header) -> tuple[dict[str, int], dict[str, int], dict[int, str]]:
    """Give the columns that we know, other texts by their heads, and numbers that are not read."""
    columns, heads = dict(header.columns), labels(grid.cells[header.row])
    others: dict[str, int] = {}
    unread: dict[int, str] = {}
    for column, head in enumerate(heads):
        words = plain(head)
        if not words or column in columns.values():
            continue
        known = (name for name, shape in _MORE.items() if re.fullmatch(shape, words))
        name = next((name for name in known if name not in columns), "")
        if name:
            columns[name] = column
        elif _is_text(grid.cells[header.row + 1 :, column]):
            others["printed_" + re.sub(r"\W+", "_", words)[:40]] = column
        else:
            unread[column] = head
    return columns, others, unread


def _is_text(cells: npt.NDArray[np.object_]) -> bool:
    """Tell whether a column holds words: averages and percentages are numbers or symbols."""
    words = pd.Series(cells[:500], dtype="object").dropna().astype("str")
    return bool(len(words)) and float(words.str.contains(r"[A-Za-z]{3}").mean()) > 0.5


def _those(words: npt.NDArray[np.object_], shape: re.Pattern[str]) -> npt.NDArray[np.bool_]:
    codes, distinct = pd.factorize(words)
    found = np.array([bool(shape.search(text)) for text in distinct], dtype=bool)
    return np.append(found, False)[codes]


def _texts(grid: Grid, places: npt.NDArray[np.int64], column: int) -> pd.Series:
    texts = pd.Series(labels(grid.cells[places, column]), dtype="object")
    return texts.where(texts != "")


def _read_at(grid: Grid, cells: pd.Series) -> pd.DataFrame:
    try:
        return numbers(cells, _PUBLISHER)
    except InputProblem as problem:
        raise InputProblem(f"{_where(grid)}{problem}") from None


def _dated(rows: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Put the days on which the cohort was entered, and which side of the new data they are."""
    try:
        dates = periods(rows["cohort"].set_axis(rows["cell"]).replace("", np.nan))
    except InputProblem as problem:
        raise InputProblem(f"{_where(grid)}{problem}") from None
    rows = rows.join(dates.set_axis(rows.index))
    start, end = rows["period_start"], rows["period_end"]
    rows["frequency"] = np.where((end - start).dt.days > 100, "annual", "quarterly")
    rows["data_source"] = data_source(start, end)
    return rows


def _rates(rows: pd.DataFrame, symbols: pd.Series) -> pd.DataFrame:
    """Compute the percentage who reoffended, where the cohort is large enough to show it."""
    reoffenders, cohort = rows["numerator"], rows["denominator"]
    computed = 100 * reoffenders / cohort.where(cohort > 0)
    impossible = reoffenders > cohort
    small = cohort < _FEWEST
    value = computed.mask(small | impossible | symbols.notna())
    symbol = symbols.mask(value.notna()).mask(cohort == 0, "z").mask(small & (cohort > 0), "low")
    flag: pd.Series = pd.Series(np.nan, index=rows.index, dtype="str")
    flag = flag.mask(impossible, "more reoffenders than children in the cohort are printed")
    symbol = symbol.mask(impossible, "u")
    if "printed" in rows:
        hundredfold = 100 if rows["printed"].max() <= 1 and computed.max() > 1 else 1
        printed = rows["printed"] * hundredfold
        value = value.where(value.notna() | small | reoffenders.notna(), printed)
        symbol = symbol.mask(value.notna())
        said = "another proportion is printed: " + printed.map("{:g}%".format)
        flag = flag.mask((printed - value).abs() > 0.6, said)
    return rows.assign(value=value, symbol=symbol, flag=flag, unit="%")


def _areas(rows: pd.DataFrame) -> pd.DataFrame:
    """Find areas by name within their kind: a police area may have the name of a county."""
    found = areas_by_name(rows["area"])
    lower = lookup("population_area").query("area_type == 'lower_tier'")
    lower = lower.drop_duplicates("area_code").assign(name=lambda one: one["area_name"].map(plain))
    lower = lower.set_index("name")
    words = rows["area"].map({name: plain(name) for name in rows["area"].unique()})
    district = found["area_code"].isna() & words.isin(lower.index)
    found["part_of"] = words.map(lower["part_of"]).where(district)
    for name in ("area_code", "area_name", "area_type", "region"):
        found[name] = found[name].mask(district, words.map(lower[name]))
    kinds = rows.get("category", pd.Series("", index=rows.index)).fillna("").map(plain)
    for kind in kinds.unique():
        those = kinds == kind
        if _POLICE.search(kind):
            nothing = {"area_code": None, "region": None, "part_of": None, "closed": False}
            police = found[those].assign(area_type="police_area", **nothing)
            found.loc[those] = police.assign(area_name=rows["area"])
        elif _SERVICES.search(kind):
            served = services(rows.loc[those, "area"])
            found.loc[those, served.columns] = served
            found.loc[those, "closed"] = False
    return found


def _say_where_not_split(rows: pd.DataFrame) -> None:
    """Flag the rows of authorities that had closed, such as Northamptonshire after April 2021."""
    given = rows["flag"].copy()
    say_where_closed(rows)
    rows["flag"] = given.where(given.notna(), rows["flag"])


LAYOUT = Layout(
    name="moj_reoffending_area",
    title="Proven reoffending statistics: geographical data",
    publisher=_PUBLISHER,
    address="https://www.gov.uk/government/collections/proven-reoffending-statistics",
    tried=False,
    fits=_fits,
    read=_read,
    caveats=(
        "The percentage who reoffended is 100 x numerator / denominator, not rounded; rates on "
        "fewer than 30 children are withheld here (symbol low), and their counts kept.",
        "Files whose newest cohort is from October 2015 on give all their years by the 3-month "
        "measure, in whose annual rows a child counts once for each quarter entered.",
        "Northamptonshire is not split: its figures stay those of the county that closed in 2021.",
        "Categories overlap: an authority of one tier is in those of upper and of lower tiers.",
    ),
)
"""A sheet, or a CSV, with a row for each category, area, cohort, and adults or juveniles."""
