"""Local-level open data of Youth Justice Statistics: one row for each figure of a service."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import bare, shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import labels
from youthjustice.published.ethnicity import five_groups
from youthjustice.published.layouts._children import age_bands, sexes
from youthjustice.published.layouts._local_sheet import DIMENSIONS, Sheet
from youthjustice.published.layouts._teams import regions, services
from youthjustice.published.periods import periods
from youthjustice.published.symbols import numbers
from youthjustice.sandbox.cells import column_letters
from youthjustice.sandbox.grid import Workbook

PUBLISHER = "Youth Justice Board"
MOST_LOST = 0.05
"""The share of rows that may hold a count without a year or a service, such as totals."""
_TIERS = {"pre court": "Pre-court", "first tier": "First-tier"}
_BARE = re.compile(r"\d{4}")
_UNKNOWN = re.compile(r"^(unknown|not known) ethnic.*$", re.IGNORECASE)
_TIERS |= {"community": "Community", "custody": "Custody", "all": "All", "total": "All"}


def read_sheet(book: Workbook, sheet: Sheet, table: str, measure: str, unit: str) -> pd.DataFrame:
    """Give the tidy rows of a sheet of open data.

    Raises:
        InputProblem: a year is no financial year, or a count is no number; the message names the
            sheet and the cell.

    """
    grid, first = sheet.grid, sheet.header + 1
    cells = grid.cells[first:]
    kept, lost = _figures(sheet, cells)
    rows, places = cells[kept], np.flatnonzero(kept) + first
    if not len(rows):
        raise InputProblem(f"{_where(sheet)} has no row with a service and a count")
    numbered = pd.Series(places + 1).astype("str")
    column = sheet.roles["count"]
    frame = pd.DataFrame({"sheet": grid.sheet, "cell": column_letters(column) + numbered})
    texts = {role: _column(rows, place) for role, place in sheet.roles.items() if role != "count"}
    if sheet.year:
        texts["year"] = pd.Series(sheet.year, index=frame.index, dtype="object")
        frame["period_basis"] = "financial year, of the title"
    at = _Place(grid.sheet, places)

    frame = frame.join(at.explained(_periods, texts["year"]))
    frame = frame.join(services(texts["service"]))
    printed = regions(texts["region"]) if "region" in texts else None
    if printed is not None:
        frame["region"] = frame["region"].where(frame["region"].notna(), printed)
        frame["region"] = frame["region"].where(frame["region"].notna(), texts["region"])
    for name in ("offence", "offence_group", "disposal", "police_area"):
        if name in texts:
            frame[name] = texts[name]
    if "tier" in texts:
        frame["tier"] = _mapped(texts["tier"], lambda text: _TIERS.get(plain(text), text))
    if "ethnic_group" in texts:
        ethnic = texts["ethnic_group"]
        known = _mapped(ethnic, lambda text: _UNKNOWN.sub("Unknown", text))
        frame["ethnic_group"] = at.explained(five_groups, known, frame["period_end"])
        frame["ethnic_group_published"] = _mapped(
            ethnic, lambda text: text if "chinese" in text.lower() else None
        )
    if "sex" in texts:
        frame["sex"] = sexes(texts["sex"])
    if "age_band" in texts:
        frame["age_band"] = age_bands(texts["age_band"])
    for name, place in sheet.others.items():
        frame[name] = _column(rows, place)
    printed_figures = pd.Series(rows[:, column], index=frame["cell"].rename(None), dtype="object")
    figures = at.explained(numbers, printed_figures, PUBLISHER).set_axis(frame.index)
    frame["value"], frame["symbol"] = figures["value"], figures["symbol"]
    frame["flag"] = _flag(texts, printed, frame["region"])
    frame = frame.assign(table=table, measure=measure, unit=unit, release=None)
    frame["source"] = _source(frame["period_end"])
    frame = frame[[c for c in _order(sheet) if c in frame]]
    frame.attrs = {"release": None, "left_out": [*_left_out(book, sheet, texts), *lost]}
    return frame


_ORDER = (
    "table", "area_code", "area_name", "area_type", "region", "police_area", "tier", "disposal",
    "offence_group", "offence", "ethnic_group", "sex", "age_band",
)  # fmt: skip
_ORDER_AFTER = (
    "ethnic_group_published", "period_start", "period_end", "period_basis", "measure", "value",
    "unit", "symbol", "flag", "release", "source", "sheet", "cell",
)  # fmt: skip


def _order(sheet: Sheet) -> list[str]:
    return [*_ORDER, *sheet.others, *_ORDER_AFTER]


def _figures(
    sheet: Sheet, cells: npt.NDArray[np.object_]
) -> tuple[npt.NDArray[np.bool_], list[str]]:
    """Mark the rows that name a year and a service; notes and totals below the table do not.

    Where the table has no column of years, they name a service and what it is broken down by.

    Raises:
        InputProblem: many counts have no year or service, or no year is to be found at all.

    """
    if "year" not in sheet.roles and not sheet.year:
        raise InputProblem(
            f"{_where(sheet)} has no column of years, and no title says which one financial "
            "year it is for: draft a mapping with 'youthjustice import FILE --draft mapping.toml' "
            'and write the year in it, such as text = "2014-15" under [period]'
        )
    named = {role: labels(cells[:, column]) != "" for role, column in sheet.roles.items()}
    broken = np.logical_or.reduce([named[role] for role in DIMENSIONS & set(named)] or [False])
    kept: npt.NDArray[np.bool_] = named["service"] & named.get("year", broken)
    count = cells[:, sheet.roles["count"]]
    lost = np.flatnonzero(~kept & named["count"])
    if len(lost) > MOST_LOST * len(kept):
        raise InputProblem(
            f"{_where(sheet)} has {len(lost)} counts without a year or a service, first in "
            f"cell {_cell_of(sheet, int(lost[0]))}: fill them in"
        )
    return kept, [
        f"sheet {sheet.grid.sheet}: cell {_cell_of(sheet, int(row))}, {shown(count[row])}, in a row "
        "without a year or a service"
        for row in lost
    ]


def _where(sheet: Sheet) -> str:
    return f"sheet {shown(sheet.grid.sheet)}"


def _cell_of(sheet: Sheet, row: int) -> str:
    return f"{column_letters(sheet.roles['count'])}{row + sheet.header + 2}"


def _column(rows: npt.NDArray[np.object_], column: int) -> pd.Series:
    texts = pd.Series(labels(rows[:, column]), dtype="object")
    return texts.where(texts != "")


def _mapped(column: pd.Series, meaning: Callable[[str], object]) -> pd.Series:
    return column.map({text: meaning(text) for text in column.dropna().unique()})


def _periods(column: pd.Series) -> pd.DataFrame:
    """Read financial years; a bare year could be the one that begins in it or that ends in it."""
    for text in column.dropna().unique():
        if _BARE.fullmatch(text):
            row = column.index[column == text][0]
            raise InputProblem(
                f"row {row} holds {shown(text)} for a financial year such as 2013-14"
            )
    return periods(column)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where rows stand, to say it when one of them cannot be read."""

    sheet: str
    rows: npt.NDArray[np.int64]

    def explained(
        self, reader: Callable[..., pd.DataFrame | pd.Series], column: pd.Series, *rest: object
    ) -> pd.DataFrame | pd.Series:
        """Read a column; the row that a problem names is the sheet's."""
        try:
            return reader(column, *rest)
        except InputProblem as problem:
            said = re.sub(
                r"^row (\d+)",
                lambda found: f"row {self.rows[int(found[1])] + 1}",
                str(problem),
            )
            raise InputProblem(f"sheet {shown(self.sheet)}: {said}") from None


def _flag(texts: dict[str, pd.Series], printed: pd.Series | None, region: pd.Series) -> pd.Series:
    """Say where the printed region or country is not that of the service."""
    nothing = pd.Series(None, index=region.index, dtype="object")
    places = pd.DataFrame(
        {
            "region": region,
            "printed": nothing if printed is None else printed,
            "country": texts.get("country", nothing),
        }
    )
    kinds = places.drop_duplicates()
    said = [_misplaced(*kind) for kind in kinds.itertuples(index=False, name=None)]
    codes = places.groupby(list(places), sort=False, dropna=False).ngroup()
    return pd.Series(np.array(said, dtype=object)[codes.to_numpy()], index=region.index)


def _misplaced(region: object, printed: object, country: object) -> str | None:
    said = []
    if isinstance(printed, str) and printed != region:
        said.append(f"printed in {printed}")
    if isinstance(country, str) and country != ("Wales" if region == "Wales" else "England"):
        said.append(f"country printed as {bare(country)}")
    return "; ".join(said) or None


def _source(until: pd.Series) -> pd.Series:
    """Name the publication by the newest year of the file, which it is the edition of."""
    newest = until.max().year
    return pd.Series(f"yjb-local-{newest - 1}-{str(newest)[-2:]}", index=until.index)


def _left_out(book: Workbook, sheet: Sheet, texts: dict[str, pd.Series]) -> list[str]:
    said = [
        f"sheet {other.sheet}: not the sheet of the data"
        for other in book.grids
        if other is not sheet.grid and len(other.cells)
    ]
    said += [
        f"sheet {sheet.grid.sheet}: column {column_letters(column)} ({name}), numbers of another kind"
        for name, column in sheet.left_out.items()
    ]
    if "country" in texts:
        stray = texts["country"].dropna()
        stray = stray[~stray.isin(["England", "Wales"])]
        slip = f"; {len(stray)} rows hold {shown(stray.iloc[0])}" if len(stray) else ""
        said.append(f"the column of England or Wales, which the region says as well{slip}")
    return said
