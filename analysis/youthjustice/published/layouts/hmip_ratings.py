"""Ratings of youth justice services by HM Inspectorate of Probation, as read from its reports.

The inspectorate publishes a report for each service. Tables of the ratings are made by others, who
read them from the reports' pages: a row for each inspection with a column for each standard, or a
row for each rating.
"""

from __future__ import annotations

import re
from types import MappingProxyType

import numpy as np
import pandas as pd

from youthjustice._shown import bare, shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import labels, melt
from youthjustice.published.layouts._headers import Header, columns_of
from youthjustice.published.layouts._inspections import (
    DOMAINS,
    RATINGS,
    flags,
    points,
    service_areas,
    standard_of,
)
from youthjustice.published.layouts._recognising import same_release
from youthjustice.published.layouts._tidy import tidied, titled
from youthjustice.published.layouts.layout import Layout
from youthjustice.sandbox.cells import column_letters, texts
from youthjustice.sandbox.grid import Grid, Workbook

_AREA = (
    r"(?:la|area|service|yjs|yos|yot|youth (?:justice|offending) (?:service|team)|local authority"
    r"|organisation)(?: name)?",
    r"(?:authority|inspected) ?(?:service)?",
)
_DATE = (
    r"(?:report )?(?:publication|published|inspection) ?(?:date|on)",
    "date(?: published)?",
    "published",
    "date of publication",
)
_WIDE = MappingProxyType(
    {"area": _AREA, "date": _DATE, "overall": (r"overall(?: rating| judgement)?",)}
)
_LONG = MappingProxyType(
    {"area": _AREA, "date": _DATE, "standard": ("standard",), "rating": ("rating", "judgement")}
)
_MORE = MappingProxyType(
    {
        "percent": r"(?:overall )?score(?: percent| percentage)?|score per cent",
        "points": r"(?:overall )?score out of 36|points(?: out of 36| of 36)?|value",
        "url": r"(?:report )?(?:url|link|address)",
        "inspection": r"inspection(?: ref| reference)?|(?:la|yjs|yot|service) ref",
        "domain": r"domain",
    }
)
_KEYS = ("area", "date", "url", "inspection")
_FEWEST_STANDARDS = 3
_COLUMNS = (
    "table", "area_code", "area_name", "area_type", "region", "inspection", "publication_date",
    "domain", "standard", "rating", "value", "unit", "symbol", "flag", "report_url", "release",
    "source", "sheet", "cell",
)  # fmt: skip


def _fits(book: Workbook) -> bool:
    return any(_found(grid) is not None for grid in book.grids)


def _found(grid: Grid) -> tuple[Header, dict[int, tuple[str, str]]] | None:
    """Find the header; the standards that have columns, none if each rating has a row."""
    wide = columns_of(grid, _WIDE)
    if wide is not None:
        heads = labels(grid.cells[wide.row])
        taken = set(wide.columns.values())
        standards = {
            column: known
            for column, head in enumerate(heads)
            if column not in taken and (known := standard_of(head)) is not None
        }
        if len(standards) >= _FEWEST_STANDARDS:
            return wide, standards
    long = columns_of(grid, _LONG)
    if long is not None and _rated(grid, long):
        return long, {}
    return None


def _rated(grid: Grid, header: Header) -> bool:
    """Tell whether the ratings are the inspectorate's words."""
    printed = labels(grid.cells[header.row + 1 :, header.columns["rating"]])
    distinct = {_squeezed(text) for text in set(printed) if text}
    return bool(distinct & set(RATINGS))


def _read(book: Workbook) -> pd.DataFrame:
    grid, (header, standards) = next(
        (grid, found) for grid in book.grids if (found := _found(grid)) is not None
    )
    columns = _more(grid, header, standards)
    rows, left_out = (_wide if standards else _long)(grid, header, columns, standards)
    note = (rows["area"] != "") & (rows["date"] == "") & (rows["printed"] == "")
    left_out += [f"cell {cell}: a row without a day and a rating" for cell in rows["cell"][note]]
    rows = rows[(rows["area"] != "") & ~note].reset_index(drop=True)
    rows["publication_date"] = _days(rows["date"], rows["cell"])
    rows["rating"] = rows["printed"].map(
        {text: RATINGS.get(_squeezed(text), np.nan) for text in rows["printed"].unique()}
    )
    rows = pd.concat([rows, service_areas(rows["area"])], axis=1)
    rows["inspection"] = _identifiers(rows)
    rows["report_url"] = rows["url"].where(rows["url"] != "") if "url" in rows else np.nan
    rows = points(rows)
    rows["flag"] = flags(rows)
    tidy = rows.assign(table="inspection_ratings", source="hmip-youth-inspections")
    series = ["area_name", "publication_date"]
    figures = ["rating", "value", "symbol"]
    release = same_release(tidy, "inspection_ratings", series, "standard", figures)
    tidy = tidied(tidy, _COLUMNS, release)
    tidy.attrs = {"release": release, "tables": titled(tidy), "left_out": left_out}
    return tidy


def _squeezed(text: str) -> str:
    """Take out spaces, which stand within words where a page broke its lines."""
    return re.sub(r"\W+", "", text).lower()


def _more(grid: Grid, header: Header, standards: dict[int, tuple[str, str]]) -> dict[str, int]:
    columns = dict(header.columns)
    for column, head in enumerate(labels(grid.cells[header.row])):
        words = plain(head.replace("%", " percent "))
        name = next((name for name, shape in _MORE.items() if re.fullmatch(shape, words)), "")
        if name and name not in columns and column not in {*columns.values(), *standards}:
            columns[name] = column
    return columns


def _wide(
    grid: Grid, header: Header, columns: dict[str, int], standards: dict[int, tuple[str, str]]
) -> tuple[pd.DataFrame, list[str]]:
    """Make a row of each rating, and of each overall score."""
    keys = {name: place for name, place in columns.items() if name in _KEYS}
    places = range(header.row + 1, len(grid.cells))
    score = columns.get("percent", columns.get("points", columns["overall"]))
    rows = melt(grid, places, keys, {score: "Overall"} | {c: s for c, (_, s) in standards.items()})
    by_letter = {column_letters(column): domain for column, (domain, _) in standards.items()}
    letter = rows["cell"].str.extract(r"^([A-Z]+)", expand=False)
    rows["domain"] = letter.map(by_letter).fillna("Overall")
    rows["standard"] = rows.pop("label")
    overall = rows["standard"] == "Overall"
    rows["score"] = rows["printed"].where(overall & (score != columns["overall"]))
    rows["score_unit"] = "percent" if "percent" in columns else "points"
    printed = pd.Series(texts(rows["printed"].to_numpy(dtype=object)), index=rows.index)
    rows["printed"] = printed
    rows.loc[overall, "printed"] = texts(grid.cells[header.row + 1 :, columns["overall"]])
    empty = (rows["printed"] == "") & ~overall
    count = int(empty.sum())
    said = [f"{count:,} empty cells under standards: no rating was found"] if count else []
    read = {*columns.values(), *standards}
    return rows[~empty], said + _unread(grid, header, read)


def _long(
    grid: Grid, header: Header, columns: dict[str, int], _: dict[int, tuple[str, str]]
) -> tuple[pd.DataFrame, list[str]]:
    """Take each row as a rating."""
    body = grid.cells[header.row + 1 :]
    rows = pd.DataFrame({name: texts(body[:, column]) for name, column in columns.items()})
    numbers = pd.Series(range(header.row + 2, header.row + 2 + len(body))).astype("str")
    score = "points" if "points" in columns else "percent"
    rows["cell"] = column_letters(columns.get(score, columns["rating"])) + numbers
    rows["printed"] = rows["rating"]
    known = {text: standard_of(text) for text in rows["standard"].unique()}
    domain = rows["standard"].map({text: one[0] for text, one in known.items() if one})
    rows["domain"] = rows["domain"].mask(rows["domain"] == "") if "domain" in rows else None
    rows["domain"] = rows["domain"].fillna(domain).map(lambda text: DOMAINS.get(plain(text), text))
    rows["standard"] = rows["standard"].map({t: one[1] if one else t for t, one in known.items()})
    rows["score"] = rows.get(score, np.nan)
    rows["score_unit"] = score
    return rows.assign(sheet=grid.sheet), _unread(grid, header, set(columns.values()))


def _unread(grid: Grid, header: Header, read: set[int]) -> list[str]:
    heads = labels(grid.cells[header.row])
    return [
        f"column {column_letters(column)} ({bare(head)})"
        for column, head in enumerate(heads)
        if head and column not in read
    ]


def _days(printed: pd.Series, cells: pd.Series) -> pd.Series:
    """Read days as 2024-08-20, 20/08/24, 20/08/2024 or 20 August 2024."""
    words = printed.str.replace(r"[T ]00:00(?::00)?$", "", regex=True)
    days = pd.Series(pd.NaT, index=printed.index, dtype="datetime64[us]")
    for style in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y"):
        days = days.fillna(pd.to_datetime(words, format=style, errors="coerce"))
    if (strange := days.isna()).any():
        raise InputProblem(
            f"the row of cell {cells[strange].iloc[0]} holds {shown(printed[strange].iloc[0])} for "
            "the day of publication: write it like 2024-08-20"
        )
    return days.astype("datetime64[us]")


def _identifiers(rows: pd.DataFrame) -> pd.Series:
    """Name each inspection by the end of its report's address, else as the file does."""
    nothing = pd.Series("", index=rows.index)
    ends = rows.get("url", nothing).str.extract(r"([^/]+)/*$", expand=False)
    named = rows.get("inspection", nothing)
    slug = rows["area_name"].map(lambda text: plain(text).replace(" ", "-"))
    return ends.fillna(named.mask(named == "")).fillna(slug)


LAYOUT = Layout(
    name="hmip_ratings",
    title="Inspections of youth offending and youth justice services",
    publisher="HM Inspectorate of Probation",
    address="https://www.justiceinspectorates.gov.uk/hmiprobation/inspections/",
    tried=True,
    fits=_fits,
    read=_read,
    caveats=(
        "Third parties read the ratings from the report pages; standards without a rating were not "
        "found there, which says nothing about the service.",
        "Scores are out of 36: twelve standards of up to 3 points; resettlement is not counted. The "
        "bands of scores fit the published ratings, but the text of the rule was not found.",
        "Inspections published from 2025 on use another framework.",
    ),
)
"""A CSV with a row for each inspection or for each rating."""
