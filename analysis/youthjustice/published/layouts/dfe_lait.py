"""The Local Authority Interactive Tool of the Department for Education, in long format."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published._cells import labels
from youthjustice.published.layouts._areas import areas_by_number, contradiction
from youthjustice.published.layouts._closed import BEFORE, say_where_closed
from youthjustice.published.layouts._headers import columns_of, first_sheet
from youthjustice.published.layouts._recognising import contradicts, same_release
from youthjustice.published.layouts._tidy import tidied, titled
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.loading import lookup
from youthjustice.published.symbols import numbers
from youthjustice.sandbox.cells import column_letters, texts
from youthjustice.sandbox.grid import Grid, Workbook

_PUBLISHER = "Department for Education"


@dataclass(frozen=True, slots=True)
class _Indicator:
    table: str
    measure: str
    age_band: str
    unit: str


_PER_10_000 = "per 10,000 children aged 10-17"
_PER_1_000 = "per 1,000 children aged 10-17"
_ENTRANTS = _Indicator(
    "first_time_entrants_area", "first-time entrant rate", "10-17",
    "per 100,000 children aged 10-17",
)  # fmt: skip
_INDICATORS = MappingProxyType(
    {
        "firstyjs": _ENTRANTS,
        "reoffyo": _Indicator("reoffending_area", "binary reoffending rate", "10-14", "%"),
        "reoffyo15-17": _Indicator("reoffending_area", "binary reoffending rate", "15-17", "%"),
        "yjs_caution-sentence10-17_yo": _Indicator(
            "cautioned_or_sentenced_area", "children cautioned or sentenced", "10-17", _PER_10_000
        ),
    }
)
_HEADER = MappingProxyType(
    {
        "key": ("short desc", "measure short"),
        "years": ("years", "year"),
        "area": ("la and regions",),
        "printed": ("values", "value"),
        "number": ("la number", "la num"),
    }
)
# England's children cautioned or sentenced fell from 64 to 22 per 10,000 between the years ending
# March 2016 and 2025 (Youth Justice Statistics 2024 to 2025), so the middle authority tells the two
# units apart: it was 6.7 at most per 1,000 and is 23.5 per 10,000.
_BETWEEN_THE_UNITS = 12.0
# The newest years that the tool held while its labels did not mean what they mean now.
_LAST_ENTRANTS_UNSTATED = 2022
_LAST_REOFFENDING_UNSTATED = 2023
_SERIES = ("area_code", "measure", "age_band")


def _fits(book: Workbook) -> bool:
    return any(columns_of(grid, _HEADER) is not None for grid in book.grids)


def _read(book: Workbook) -> pd.DataFrame:
    grid, header = first_sheet(book, _HEADER)
    printed, left_out = _youth(grid, header.row, header.columns)
    rows = _named(printed)
    _put_units(rows)
    _put_periods(rows)
    _say_what_to_know(rows)
    release = _release(rows)
    if not release:
        stated = rows["period_basis"].str.endswith("December, stated")
        rows.loc[stated, "period_basis"] = "year ending December, inferred"
    rows["source"] = f"dfe-lait-{release}" if release else "dfe-lait"
    rows["sheet"] = grid.sheet
    tidy = tidied(rows, _COLUMNS, release)
    tidy.attrs = {"release": release, "tables": titled(tidy), "left_out": left_out}
    return tidy


_COLUMNS = (
    "table", "area_code", "area_name", "area_type", "region", "cohort", "period_start",
    "period_end", "period_basis", "age_band", "measure", "value", "unit", "value_published",
    "unit_published", "symbol", "flag", "closed", "release", "source", "sheet", "cell",
)  # fmt: skip


def _youth(grid: Grid, above: int, columns: dict[str, int]) -> tuple[pd.DataFrame, list[str]]:
    """Give the rows of the youth justice indicators as printed, and say what is left out."""
    codes, keys = pd.factorize(grid.cells[above + 1 :, columns["key"]], use_na_sentinel=True)
    plain = np.array([" ".join(str(key).split()).lower() for key in keys], dtype=object)
    wanted = np.isin(plain, list(_INDICATORS))
    places = np.flatnonzero(np.append(wanted, False)[codes]) + above + 1
    if not len(places):
        one = f"such as {shown(keys[0])} " if len(keys) else ""
        raise InputProblem(
            f"the file has the columns of the Local Authority Interactive Tool, but its indicators "
            f"{one}are none of FirstYJS, ReoffYO, ReoffYO15-17 and YJS_Caution-Sentence10-17_YO"
        )
    others, rows = int((~wanted).sum()), int((codes >= 0).sum()) - len(places)
    left_out = [
        f"{others} indicators ({rows:,} rows) that are not about children who came to notice for "
        "offending"
    ]
    letter = column_letters(columns["printed"])
    printed = pd.DataFrame(
        {
            "key": np.append(plain, "")[codes[places - above - 1]],
            "cohort": labels(grid.cells[places, columns["years"]]),
            "area": texts(grid.cells[places, columns["area"]]),
            "number": texts(grid.cells[places, columns["number"]]),
            "printed": grid.cells[places, columns["printed"]],
            "cell": letter + pd.Series(places + 1).astype("str").to_numpy(dtype=object),
        }
    )
    return printed, left_out if others else []


def _named(printed: pd.DataFrame) -> pd.DataFrame:
    """Put areas, indicators and numbers in our words."""
    indicators = printed["key"].map(_INDICATORS)
    about = pd.DataFrame(
        {
            name: indicators.map(lambda one, name=name: getattr(one, name))
            for name in ("table", "measure", "age_band", "unit")
        }
    )
    read = numbers(_by_cell(printed["printed"], printed["cell"]), _PUBLISHER)
    read = read.set_axis(printed.index)
    if (found := contradiction(printed["number"], printed["area"])) is not None:
        at, by_number, by_name = found
        raise InputProblem(
            f"the row of {printed['cell'].iloc[at]} has the number of {by_number} and the name of "
            f"{by_name}: correct one of them"
        )
    areas = areas_by_number(printed["number"], printed["area"])
    rows = pd.concat([printed[["cohort", "cell"]], areas, about, read], axis=1)
    return rows.assign(flag=pd.Series(np.nan, index=rows.index, dtype="object"))


def _by_cell(column: pd.Series, cells: pd.Series) -> pd.Series:
    """Index a printed column by the cells it stands in, so that a message names the cell."""
    return column.set_axis(cells.rename(None))


def _put_units(rows: pd.DataFrame) -> None:
    """Give rates of children cautioned or sentenced per 10,000, and keep what is printed."""
    rated = rows["unit"] == _PER_10_000
    printed = rows["value"].where(rated)
    middle = printed.groupby(rows["cohort"]).transform("median")
    small = rated & (middle < _BETWEEN_THE_UNITS)
    rows["value_published"] = printed
    rows["unit_published"] = rows["unit"].where(rated).mask(small, _PER_1_000)
    rows["value"] = rows["value"].mask(small, (rows["value"] * 10).round(10))


def _put_periods(rows: pd.DataFrame) -> None:
    """Give each label the period that it has in a release with these years, if that is known.

    `2015-16` is a financial year. A bare year of first-time entrants ends in December since the
    release of February 2025, as the tool's dictionary says; in November 2024, when 2022 was the
    newest, it did not. A bare year of reoffending is inferred to end in March since the release of
    February 2026, when 2024 was the newest.
    """
    year = pd.to_numeric(rows["cohort"].str.extract(r"^(\d{4})", expand=False))
    bare = rows["cohort"].str.fullmatch(r"\d{4}")
    newest = year.where(bare).groupby(rows["measure"]).transform("max")
    entrants = rows["measure"] == _ENTRANTS.measure
    december = bare & entrants & (newest > _LAST_ENTRANTS_UNSTATED)
    reoffending = rows["table"] == "reoffending_area"
    march = bare & reoffending & (newest > _LAST_REOFFENDING_UNSTATED)
    financial = rows["cohort"].str.fullmatch(r"\d{4} ?[-/] ?(?:\d{2})?\d{2}")
    first = (year - march).where(december | march | financial)
    days = {"year": first, "month": np.where(december, 1, 4), "day": 1}
    start = pd.to_datetime(pd.DataFrame(days).dropna().astype("int64"))
    rows["period_start"] = start.reindex(rows.index).astype("datetime64[us]")
    after = rows["period_start"] + pd.DateOffset(years=1)
    rows["period_end"] = (after - pd.Timedelta(days=1)).astype("datetime64[us]")
    rows["period_basis"] = np.select(
        [december, march, financial],
        ["year ending December, stated", "year ending March, inferred", "financial year, stated"],
        "not stated",
    )


def _say_what_to_know(rows: pd.DataFrame) -> None:
    """Flag rates of shared services and figures on the lines of closed authorities."""
    cautioned = rows["unit"] == _PER_10_000
    areas = lookup("areas").query("area_type == 'authority' and not closed")
    shared = areas[areas.groupby("service")["area_code"].transform("size") > 1]["area_code"]
    of_many = cautioned & rows["value"].notna() & rows["area_code"].isin(shared)
    rows.loc[of_many, "flag"] = (
        "rate of the youth justice service, which serves more than this authority"
    )
    say_where_closed(rows)
    empty = cautioned & rows["flag"].eq(BEFORE) & rows["value"].eq(0)
    rows.loc[empty, ["value", "value_published"]] = np.nan
    rows.loc[empty, "symbol"] = "z"
    rows.loc[empty, "flag"] = "printed as 0 after the authority had closed"


def _release(rows: pd.DataFrame) -> str | None:
    """Recognise the release by Islington's figures, unless other areas contradict it."""
    release = same_release(rows, "first_time_entrants_releases", _SERIES, "cohort")
    for table, label in (
        ("first_time_entrants_area", "period_end"),
        ("reoffending_area", "cohort"),
    ):
        part = rows[rows["table"] == table]
        if release and contradicts(part, table, release, _SERIES, label):
            return None
    return release


LAYOUT = Layout(
    name="dfe_lait",
    title="Local Authority Interactive Tool (youth offending indicators)",
    publisher=_PUBLISHER,
    address="https://github.com/dfe-analytical-services/local-authority-interactive-tool",
    tried=True,
    fits=_fits,
    read=_read,
    caveats=(
        "One year label means different periods in different releases: never join releases.",
        "Children cautioned or sentenced are printed per 1,000 up to 2022-23 and per 10,000 in "
        "2024-25 under one title; value is per 10,000 and value_published is as printed.",
        "A dash means suppressed, not available or not applicable, and it does not say which: the "
        "value is missing with symbol x.",
        "Rates are printed without numbers of children, so no interval can be computed from them.",
        "Closed authorities keep their rows, as printed; the flag says so.",
    ),
)
"""Long format, CSV or parquet: one row for each indicator, year and area."""
