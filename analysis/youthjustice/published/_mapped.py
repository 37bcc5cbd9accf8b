"""Read a table as a mapping says, into tidy rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import bare, shown
from youthjustice._spelling import did_you_mean, plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import labels, melt
from youthjustice.published.ethnicity import five_groups
from youthjustice.published.layouts._areas import areas_by_code, areas_by_name
from youthjustice.published.layouts._children import age_bands, sexes
from youthjustice.published.layouts._teams import services
from youthjustice.published.layouts._tidy import tidied
from youthjustice.published.periods import periods
from youthjustice.published.symbols import SYMBOLS, numbers
from youthjustice.sandbox.cells import column_letters, texts
from youthjustice.sandbox.grid import Grid, Workbook

if TYPE_CHECKING:
    from youthjustice.published.mapping import Figures, Mapping

COUNTED = ("numerator", "denominator")
_LETTERS = re.compile(r"column ([A-Z]{1,3})")
_BARE_YEAR = re.compile(r"\d{4}")
_FIRST = ("table", "area_code", "area_name", "area_type", "region", "part_of")
_LAST = (
    "ethnic_group_published", "period_start", "period_end", "period_basis", "measure", "value",
    "unit", *COUNTED, "symbol", "flag", "closed", "release", "source", "sheet", "cell",
)  # fmt: skip


def mapped_rows(book: Workbook, mapping: Mapping) -> pd.DataFrame:
    """Give the tidy rows of the table that a mapping describes.

    Raises:
        InputProblem: the file has no such sheet, row or column, or holds what the mapping does not
            explain; the message names the key or the cell.

    """
    grid = _sheet(book, mapping.sheet)
    try:
        return _rows(grid, mapping)
    except InputProblem as problem:
        where = f"sheet {shown(grid.sheet)}, " if grid.sheet else ""
        raise InputProblem(f"{where}{problem}") from None


def _rows(grid: Grid, mapping: Mapping) -> pd.DataFrame:
    heads = _heads(grid, mapping)
    keys = {
        name: _place(heads, head, f"columns.{name}", mapping)
        for name, head in mapping.columns.items()
    }
    groups = [
        {_place(heads, head, f"figures[{n}].columns", mapping): head for head in one.columns}
        for n, one in enumerate(mapping.figures, 1)
    ]
    every = list(dict.fromkeys(column for group in groups for column in group))
    places, left_out = _places(grid, mapping, keys, every)
    filled = _filled_down(grid, mapping, keys, places)
    parts = [
        _group(grid, mapping, one, columns, keys, places, filled)
        for one, columns in zip(mapping.figures, groups, strict=True)
    ]
    rows = pd.concat(parts, ignore_index=True)
    for name, unwanted in mapping.leave_out.items():
        if name not in rows:
            raise InputProblem(f"the key leave_out.{bare(name)} names no column of the mapping")
        out = rows[name].isin(unwanted)
        left_out.append(
            f"{int(out.sum()):,} figures whose {name} is one of {len(unwanted)} left out"
        )
        rows = rows[~out].reset_index(drop=True)
    left_out += _unread(heads, {*keys.values(), *every})
    return _tidy(rows, mapping, left_out)


def _sheet(book: Workbook, name: str) -> Grid:
    named = [grid for grid in book.grids if grid.sheet == name]
    named = named or [grid for grid in book.grids if plain(grid.sheet) == plain(name)]
    if named:
        return named[0]
    listed = ", ".join(shown(grid.sheet) for grid in book.grids[:6])
    raise InputProblem(f"the key sheet is {shown(name)}, but the file has the sheets {listed}")


def _heads(grid: Grid, mapping: Mapping) -> list[str]:
    if mapping.header > len(grid.cells):
        raise InputProblem(
            f"the key header is {mapping.header}, but the sheet has {len(grid.cells)} rows"
        )
    return [str(head) for head in labels(grid.cells[mapping.header - 1])]


def _place(heads: list[str], head: str, key: str, mapping: Mapping) -> int:
    """Find a column by its heading, else by its letters, such as `column D`."""
    same = [column for column, text in enumerate(heads) if text and text == head]
    same = same or [c for c, text in enumerate(heads) if text and plain(text) == plain(head)]
    if len(same) == 1:
        return same[0]
    if lettered := _LETTERS.fullmatch(head):
        letters = [column_letters(column) for column in range(len(heads))]
        if lettered[1] in letters:
            return letters.index(lettered[1])
    row = mapping.header
    if same:
        first = column_letters(same[0])
        raise InputProblem(
            f"the key {key} is {shown(head)}, which heads {len(same)} columns in row {row}: name "
            f"the column by its letters, such as 'column {first}'"
        )
    hint = did_you_mean(head, filter(None, heads), "look at the key header, too")
    raise InputProblem(f"the key {key} is {shown(head)}, but no cell of row {row} is so; {hint}")


def _places(
    grid: Grid, mapping: Mapping, keys: dict[str, int], figures: list[int]
) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Give the rows that hold figures, and say which rows with figures name no area."""
    body = grid.cells[mapping.header : mapping.last]
    holds = (body[:, figures] != None).any(axis=1)  # noqa: E711
    said = []
    where = keys.get("area", keys.get("area_code"))
    if where is not None and "area" not in mapping.fill_down:
        named = labels(body[:, where]) != ""
        lost = np.flatnonzero(holds & ~named) + mapping.header + 1
        said += [f"row {row}, which holds figures but names no area" for row in lost[:20]]
        if len(lost) > 20:
            said.append(f"{len(lost) - 20:,} more rows that name no area")
        holds &= named
    if not holds.any():
        raise InputProblem("the key figures names columns without any figure in rows with an area")
    below = grid.cells[mapping.last :] if mapping.last else grid.cells[:0]
    if (rest := int((below[:, figures] != None).any(axis=1).sum())) > 0:  # noqa: E711
        said.append(f"{rest:,} rows with figures below row {mapping.last}, the key last")
    return np.flatnonzero(holds) + mapping.header, said


def _filled_down(
    grid: Grid, mapping: Mapping, keys: dict[str, int], places: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.object_]]:
    """Give the columns whose blanks mean the label above."""
    filled = {}
    for name in mapping.fill_down:
        if name not in keys:
            raise InputProblem(f"the key fill_down names {shown(name)}, which is not in columns")
        column = pd.Series(labels(grid.cells[mapping.header :, keys[name]]), dtype="object")
        column = column.where(column != "").ffill().fillna("")
        filled[name] = column.to_numpy()[places - mapping.header]
    return filled


def _group(
    grid: Grid,
    mapping: Mapping,
    figures: Figures,
    columns: dict[int, str],
    keys: dict[str, int],
    places: npt.NDArray[np.int64],
    filled: dict[str, npt.NDArray[np.object_]],
) -> pd.DataFrame:
    """Read the columns of figures of one measure."""
    heads = labels(grid.cells[mapping.header - 1])
    told = {column: str(heads[column]) or name for column, name in columns.items()}
    rows = melt(grid, places.tolist(), keys, told)
    for name, column in filled.items():
        rows[name] = np.repeat(column, len(columns))
    for name in COUNTED:
        if name in keys:
            where = column_letters(keys[name]) + pd.Series(places + 1).astype("str")
            cells = pd.Series(grid.cells[places, keys[name]], where, dtype="object")
            counted = _numbers(cells, mapping)["value"].to_numpy()
            rows[name] = np.repeat(counted, len(columns))
    read = _numbers(rows["printed"].set_axis(rows["cell"]), mapping).set_axis(rows.index)
    heading = rows.pop("label")
    if figures.headings:
        rows[figures.headings] = heading
    return rows.assign(
        value=read["value"], symbol=read["symbol"], measure=figures.measure, unit=figures.unit
    )


def _numbers(printed: pd.Series, mapping: Mapping) -> pd.DataFrame:
    """Read figures: what the mapping explains first, then what every table is read by."""
    words = pd.Series(texts(printed.to_numpy(dtype=object)), index=printed.index)
    meaning = words.map(mapping.symbols)
    try:
        read = numbers(printed.mask(meaning.notna(), None), mapping.source["publisher"])
    except InputProblem as problem:
        said = str(problem).split(": correct it")[0]
        raise InputProblem(f"{said}: say what it means in a line under the key symbols") from None
    figure = meaning.where(~meaning.isin(SYMBOLS)).astype("float64")
    value = read["value"].where(figure.isna(), figure)
    symbol = read["symbol"].mask(meaning.isin(SYMBOLS), meaning).mask(value.notna())
    return pd.DataFrame({"value": value, "symbol": symbol.astype("str")})


def _tidy(rows: pd.DataFrame, mapping: Mapping, left_out: list[str]) -> pd.DataFrame:
    """Put areas, periods and labels in our words, and the columns in order."""
    rows = rows.assign(**{name: text for name, text in mapping.constants.items() if text})
    rows = rows.join(_dates(rows, mapping))
    areas = _areas(rows, mapping)
    if "region" in rows:
        region = rows.pop("region")
        areas["region"] = areas["region"].fillna(region.mask(region == ""))
    rows = pd.concat([rows, areas], axis=1)
    for name, meaning in (("sex", sexes), ("age_band", age_bands)):
        if name in rows:
            rows[name] = meaning(rows[name].where(rows[name] != ""))
    if "ethnic_group" in rows:
        printed = rows["ethnic_group"].where(rows["ethnic_group"] != "")
        rows["ethnic_group"] = _groups(printed, rows)
        chinese = printed.str.contains("chinese", case=False, na=False)
        rows["ethnic_group_published"] = printed.where(chinese)
    source = mapping.source
    release = source["release"] or None
    key = source["key"] or re.sub(r"\W+", "-", plain(source["title"])).strip("-")[:40]
    rows = rows.assign(table=mapping.table, source="-".join(filter(None, (key, release))))
    own = [*mapping.columns, *mapping.constants, *(one.headings for one in mapping.figures)]
    own = [name for name in dict.fromkeys(own) if name not in (*_FIRST, *_LAST, *_USED)]
    blank = {name: rows[name].mask(rows[name] == "") for name in own if name in rows}
    tidy = tidied(rows.assign(**blank), (*_FIRST, *own, *_LAST), release)
    tidy.attrs = {"release": release, "tables": {mapping.table: source["title"]}}
    tidy.attrs["left_out"] = left_out
    return tidy


_USED = ("area", "period", "")


def _dates(rows: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Read the periods that a column, the headings or the mapping itself give."""
    nothing = pd.Series(None, index=rows.index, dtype="object")
    printed = rows["period"] if "period" in rows else nothing.fillna(mapping.period)
    printed = printed.mask(printed == "")
    bare_years = printed.astype("str").str.fullmatch(_BARE_YEAR) & printed.notna()
    if mapping.basis is None and bare_years.any():
        year = shown(printed[bare_years].iloc[0])
        raise InputProblem(
            f"the key period.basis is empty, but {year} is a bare year: say march for years that "
            "end in March, or december for calendar years"
        )
    dates = periods(printed.set_axis(rows["cell"].rename(None)), mapping.basis)
    dates = dates.set_axis(rows.index)
    basis = np.select([printed.isna(), bare_years], ["not stated", "said by the mapping"], "stated")
    return dates.assign(period_basis=basis)


def _areas(rows: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Find the areas by code, else by name; services only where the mapping says that they are."""
    nothing = pd.Series(None, index=rows.index, dtype="object")
    names = rows.get("area", nothing)
    if mapping.areas == "services" and "area" in rows:
        return services(names)
    if "area_code" in rows:
        return areas_by_code(rows.pop("area_code"), names)
    return areas_by_name(names)


def _groups(printed: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Give the five groups; a label that is none can be left out by the mapping."""
    try:
        groups = five_groups(
            printed.set_axis(rows["cell"].rename(None)),
            rows["period_end"].set_axis(rows["cell"].rename(None)),
        )
    except InputProblem as problem:
        said = str(problem).split("; ")[0]
        raise InputProblem(
            f"{said}: leave it out by the key leave_out.ethnic_group, or correct the key of the "
            "ethnic groups"
        ) from None
    return groups.set_axis(rows.index)


def _unread(heads: list[str], read: set[int]) -> list[str]:
    return [
        f"column {column_letters(column)} ({bare(head)}), which the mapping does not name"
        for column, head in enumerate(heads)
        if head and column not in read
    ]
