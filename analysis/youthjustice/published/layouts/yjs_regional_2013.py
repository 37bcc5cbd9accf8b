"""Youth Justice Statistics, regional tables to 2012/13: disposals and offences of each team.

One sheet for the nation and one for each region; on each, blocks of areas below one another. The
columns break the rows down by age, by sex and by ethnic group, one at a time.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published.ethnicity import five_groups
from youthjustice.published.layouts._blocks import HEADER_WITHIN, Header, header_of, read_blocks
from youthjustice.published.layouts._children import age_bands, sexes
from youthjustice.published.layouts._teams import is_known, regions, teams
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.periods import periods
from youthjustice.published.symbols import numbers
from youthjustice.sandbox.cells import texts
from youthjustice.sandbox.grid import Grid, Workbook

_DISPOSALS = ("referral order", "reparation order", "conditional discharge", "compensation order",
              "detention and training order", "final warning", "reprimand", "youth caution")  # fmt: skip
_OFFENCES = ("criminal damage", "theft and handling", "violence against", "burglary", "robbery",
             "motoring offences", "public order", "arson", "fraud and forgery")  # fmt: skip
_YEAR = re.compile(r"\b(20\d\d\s?[-/\u2013]\s?(?:20)?\d\d)\b")
_NO_DATA = re.compile(r"\bdata (?:is|are|was|were)? ?(?:missing|not available|unavailable)", re.I)
_DIMENSIONS = ["tier", "disposal", "offence", "ethnic_group", "sex", "age_band"]
_PLACE = ["area_name", "area_type", "period_end"]
_SHIPPED = "disposals_area_2012_13"


def fits(book: Workbook) -> bool:
    """Tell whether a sheet holds stacked blocks of disposals or of offences."""
    headed = ((grid, header_of(grid)) for grid in book.grids)
    return any(header is not None and _what(grid, header) for grid, header in headed)


def _what(grid: Grid, header: Header) -> str:
    """Give what the rows of a sheet count, disposals or offences; an empty text if neither."""
    rows = {plain(str(label)) for label in grid.cells[header.last :, header.labels] if label}
    if not any(row.startswith(("total", "grand total")) for row in rows):
        return ""
    for what, words in (("disposals", _DISPOSALS), ("offences", _OFFENCES)):
        if sum(any(row.startswith(word) for row in rows) for word in words) >= 3:
            return what
    return ""


def read(book: Workbook) -> pd.DataFrame:
    """Read the blocks of every sheet; of a block printed on two sheets the first is kept."""
    parts, left_out = [], []
    for grid in book.grids:
        header = header_of(grid)
        if header is None or not (what := _what(grid, header)):
            left_out.append(f"sheet {grid.sheet}: no blocks of disposals or offences")
            continue
        part, left = read_blocks(grid, header, is_known)
        if part.empty:
            raise InputProblem(
                f"sheet {shown(grid.sheet)} has the header of the regional "
                f"tables, but no figures under the name of an area below row {header.last + 1}"
            )
        parts.append(part.assign(measure=what, year=_year(grid)))
        left_out += left
    frame = _tidy(pd.concat(parts, ignore_index=True))
    frame, repeated = _without_repeats(frame)
    frame = _described(frame)
    frame.attrs = {
        "release": None,
        "left_out": [*left_out, *repeated],
        "tables": _titles(frame),
        "tried": set(frame["table"]) == {_SHIPPED},
    }
    return frame


def _year(grid: Grid) -> str | None:
    """Find the financial year in the title of a sheet."""
    top = " ".join(texts(grid.cells[:HEADER_WITHIN]).ravel().tolist())
    found = _YEAR.search(top)
    return found[1] if found else None


def _tidy(cells: pd.DataFrame) -> pd.DataFrame:
    """Turn the cells of the blocks into rows with the words of our tables."""
    stated = cells["year"].dropna().unique()
    if len(stated) == 1:
        cells = cells.assign(year=stated[0])
    frame = cells.join(periods(cells["year"]))
    heading = frame["area"]
    no_data = heading.str.contains(_NO_DATA)
    name = heading.str.replace(r"\s*[-\u2013:(]\s*data (?:is|are|was|were|not)\b.*$", "", case=False,
                               regex=True)  # fmt: skip
    frame = frame.join(teams(name, frame["period_end"]))
    of_sheet = frame.drop_duplicates(["sheet", "area"]).groupby("sheet")["area"].agg(list)
    of_sheet = pd.Series({s: _region_of(names) for s, names in of_sheet.items()}, dtype="object")
    by_sheet = frame["sheet"].map(of_sheet)
    whole = frame["area_type"].isin(["region", "country"])
    frame["region"] = frame["region"].where(whole | frame["region"].notna(), by_sheet)
    frame["sheet_region"] = by_sheet
    frame["no_data"] = no_data

    for dimension, column in (("ethnic", "ethnic_group"), ("sex", "sex"), ("age", "age_band")):
        frame[column] = frame["band"].where(frame["dimension"] == dimension, "All")
    printed = frame["ethnic_group"]
    frame["ethnic_group_published"] = printed.where(printed.str.contains("Chinese", na=False))
    frame["ethnic_group"] = five_groups(
        printed, frame["period_end"].fillna(pd.Timestamp(2013, 3, 31))
    )
    frame["sex"], frame["age_band"] = sexes(frame["sex"]), age_bands(frame["age_band"])

    figures = _numbers(frame)
    frame["value"] = figures["value"].mask(no_data & (figures["value"] == 0))
    frame["symbol"] = figures["symbol"].mask(no_data & (figures["value"] == 0), "x")
    return _with_rows(frame)


def _numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Read the printed figures; one that cannot be read is named by its cell."""
    cells = frame["printed"].set_axis(frame["sheet"] + "!" + frame["cell"])
    try:
        return numbers(cells, "Youth Justice Board").set_axis(frame.index)
    except InputProblem as problem:
        raise InputProblem(str(problem).replace("row ", "cell ", 1)) from None


def _region_of(headings: list[str]) -> str | None:
    """Give the one region that is among the areas of a sheet."""
    found = regions(pd.Series(headings, dtype="object")).dropna().unique()
    return str(found[0]) if len(found) == 1 else None


def _with_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Put the labels of the rows into tier and disposal, or offence.

    A disposal stands in one tier. Where a block prints no heading of the tier, or not its own, the
    tier is that of the disposal in most blocks.
    """
    disposals = frame["measure"] == "disposals"
    if disposals.any():
        frame["disposal"] = frame["row"].where(disposals)
        one = disposals & (frame["row"] != "All") & (frame["tier"] != "")
        usual = frame[one].groupby("row")["tier"].agg(lambda tiers: tiers.mode().iloc[0])
        inside = disposals & (frame["row"] != "All")
        frame["tier"] = frame["tier"].mask(inside, frame["row"].map(usual)).where(disposals)
    else:
        frame = frame.drop(columns="tier")
    if not disposals.all():
        frame["offence"] = frame["row"].mask(disposals)
    return frame


def _without_repeats(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Keep the first of the figures printed twice, flagged where the second is another."""
    key = [*_PLACE, "measure", *[c for c in _DIMENSIONS if c in frame]]
    again = frame.duplicated(key)
    columns = [*key, "value", "sheet", "cell"]
    first, second = frame.loc[~again, columns], frame.loc[again, columns]
    both = first.reset_index().merge(second, on=key, suffixes=("", "_again"))
    other = both["value"].ne(both["value_again"])
    other &= both["value"].notna() | both["value_again"].notna()
    differs = both[other].drop_duplicates("index").set_index("index")
    flag = pd.Series(pd.NA, index=frame.index, dtype="object")
    flag[differs.index] = [
        f"printed again as {value:g} in {sheet}!{cell}"
        if pd.notna(value)
        else f"blank where it is printed again, in {sheet}!{cell}"
        for value, sheet, cell in zip(
            differs["value_again"], differs["sheet_again"], differs["cell_again"], strict=True
        )
    ]
    said = [
        f"sheet {sheet}: the block of {name}, which sheet {before} holds as well"
        for (sheet, name, before), _ in both.groupby(["sheet_again", "area_name", "sheet"])
    ]
    return frame.assign(repeated=flag)[~again].reset_index(drop=True), said


def _described(frame: pd.DataFrame) -> pd.DataFrame:
    """Add table, unit, flags and source, and put the columns in order."""
    frame["unit"] = frame["measure"]
    year = frame["period_end"].dt.year
    named = frame["measure"] + "_area"
    frame["table"] = named.mask((frame["measure"] == "disposals") & (year == 2013), _SHIPPED)
    frame["period_basis"] = np.where(year.isna(), "not stated", "financial year")
    start = year.astype("Int64") - 1
    key = "yjs-" + start.astype("str") + "-" + year.astype("Int64").astype("str").str[-2:]
    frame["source"] = key.where(year.notna())
    frame["flag"], frame["release"] = _flags(frame), None
    order = [
        "table", "area_code", "area_name", "area_type", "region", *_DIMENSIONS,
        "ethnic_group_published", "period_start", "period_end", "period_basis", "measure", "value",
        "unit", "symbol", "flag", "release", "source", "sheet", "cell",
    ]  # fmt: skip
    return frame.reindex(columns=[c for c in order if c in frame])


def _flags(frame: pd.DataFrame) -> pd.Series:
    """Say what to know before using a row, the reasons joined with a semicolon."""
    absent = frame[frame["no_data"]].drop_duplicates("area_name")
    of_area = pd.Series(pd.NA, index=frame.index, dtype="object")
    nation = (frame["area_type"] == "country") & (frame["area_name"] != "Wales")
    whole = frame["area_type"].isin(["region", "country"]) & ~nation
    for region, rows in absent.groupby("sheet_region"):
        names = " and ".join(sorted(rows["area_name"]))
        of_area[whole & (frame["area_name"] == region)] = f"without {names}"
    if len(absent):
        of_area[nation] = "without " + " and ".join(sorted(absent["area_name"]))
    reasons = [
        of_area,
        frame["no_data"].map({True: "zeros in the publication stand for missing data"}),
        frame["printed"].isna().map({True: "blank in the publication"}),
        frame["ethnic_group_published"].notna().map({True: "Chinese counted with Other"}),
        frame["repeated"],
    ]
    joined = pd.Series("", index=frame.index, dtype="object")
    for reason in reasons:
        text = reason.astype("object").where(reason.notna(), "")
        both = (joined != "") & (text != "")
        joined = joined + both.map({True: "; ", False: ""}) + text
    return joined.where(joined != "", None)


def _titles(frame: pd.DataFrame) -> dict[str, str]:
    return {
        str(table): f"{str(rows['measure'].iloc[0]).capitalize()} of youth offending teams"
        for table, rows in frame.groupby("table")
    }


LAYOUT = Layout(
    name="yjs_regional_2013",
    title="Youth Justice Statistics, regional tables to 2012/13",
    publisher="Youth Justice Board and Ministry of Justice",
    address="https://www.gov.uk/government/collections/youth-justice-statistics",
    tried=True,
    fits=fits,
    read=read,
    caveats=(
        "Disposals and offences are not children: one child can have several, so an interval that "
        "takes them as independent is too narrow.",
        "Printed totals are kept as printed; a total can differ from the sum of its parts.",
        "Other is the publication's Chinese or Other Ethnic Group.",
        "The figures come from the teams' case management systems and do not match the national "
        "chapters of the publication.",
        "Only the disposals of 2012/13 were tried on the real file; other years and the offences "
        "are read from a description.",
    ),
)
