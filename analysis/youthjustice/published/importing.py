"""Read an official file: find its layout from its content, and give tidy, cited, checked rows."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pandas as pd

from youthjustice._shipped import data_folder
from youthjustice._shown import shown
from youthjustice._spelling import did_you_mean
from youthjustice.errors import InputProblem
from youthjustice.published import layouts
from youthjustice.published._problem import Problem
from youthjustice.published.import_checks import NOTES, run_checks
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.loading import load, publications
from youthjustice.published.mapping import mapped_layout, read_mapping
from youthjustice.published.package import descriptor
from youthjustice.sandbox.grid import Workbook
from youthjustice.sandbox.limits import MOST_FIGURES
from youthjustice.sandbox.opening import open_workbook

BUILT_FROM_DESCRIPTION = (
    "What reads this file was built from a description, not tried on a real file: compare some "
    "figures with those in the file."
)
_ALWAYS = ("table", "source", "sheet", "cell")
_WITH_FIGURES = ("unit", "symbol")
_OF_A_PERIOD = ("period_start", "period_end", "measure")
"""What figures have but those of an inspection, which has a day of publication in place of them."""
_NAMED = 4


def read_workbook(
    path: str | Path, layout: str | None = None, mapping: str | Path | None = None
) -> pd.DataFrame:
    r"""Read an official file into tidy rows with their source.

    The layout is found from the file's content, never from its name or from the place of a sheet.

    Args:
        path: a spreadsheet (.xlsx, .xls, .ods), a CSV or a parquet file.
        layout: the name of a layout (see `layouts_known`), where more than one would fit.
        mapping: the file that says what the columns mean, for a table that no layout knows
            (`youthjustice import FILE --draft mapping.toml` drafts it).

    Returns:
        One row for each figure, in the order of the file: `table` (the table of ours that it
        belongs to), areas, dimensions, periods, `measure`, `value`, `unit`, `symbol`, `release`,
        `source`, `sheet` and `cell` (where it stands) and `check` (which checks it failed; missing
        where none). `attrs` hold `source` (title, publisher, table, address, release_date,
        licence, caveats, sha256), `sources` (every publication that the rows cite: as the table of
        sources says, or else the layout), `file`, `layout`, `tried` (whether the layout was tried on a
        real file), `checks` (check, message and cells of each failed check, and whether it
        `refuses` the table unless it is accepted), `left_out` (what was not read, a sentence
        each), `notes`, `tables` (their titles) and `release`.

    Raises:
        InputProblem: the file cannot be read, has no layout that we know, or contradicts it; or
            the mapping cannot be read, or does not fit the file.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> folder = Path(tempfile.mkdtemp())
        >>> _ = (folder / "offers.csv").write_text("Borough,2024/25\nIslington,19\nCamden,*\n")
        >>> _ = (folder / "offers.toml").write_text('''
        ... table = "offers_area"
        ... areas = "authorities"
        ... source = { title = "Children offered diversion", publisher = "North London" }
        ... columns = { area = "Borough" }
        ... [[figures]]
        ... columns = ["2024/25"]
        ... headings = "period"
        ... measure = "children offered diversion"
        ... unit = "children"
        ... ''')
        >>> rows = read_workbook(folder / "offers.csv", mapping=folder / "offers.toml")
        >>> rows[["area_name", "value", "symbol", "cell"]]
           area_name  value symbol cell
        0  Islington   19.0    NaN   B2
        1     Camden    NaN      c   B3

    """
    if mapping is None:
        return read_book(open_workbook(path), layout)
    if layout is not None:
        raise InputProblem("a mapping takes the place of a layout: name one of the two")
    return read_book(open_workbook(path), mapped_layout(read_mapping(mapping)))


def read_book(book: Workbook, layout: str | Layout | None = None) -> pd.DataFrame:
    """Read a workbook that is open already, as `read_workbook` does, or by a layout given whole.

    Raises:
        InputProblem: the workbook has no layout that we know, or contradicts it.

    """
    if layout is None:
        layout = layout_of(book)
    chosen = layout if isinstance(layout, Layout) else layout_named(layout)
    rows = _rows(book, chosen)
    given = dict(rows.attrs)
    rows.attrs = {}  # each step of a check would copy them
    problems = run_checks(rows, _earlier_release(rows))
    rows["check"] = _marks(rows, problems)
    titles = given.get("tables") or {name: name for name in rows["table"].unique()}
    tried = bool(given.get("tried", chosen.tried))
    source = {
        "title": chosen.title,
        "publisher": chosen.publisher,
        "table": "; ".join(map(str, titles.values())),
        "address": chosen.address,
        "release_date": str(given.get("release_date") or ""),
        "licence": chosen.licence,
    }
    rows.attrs = {
        "file": book.file,
        "layout": chosen.name,
        "tried": tried,
        "release": given.get("release"),
        "tables": dict(titles),
        "checks": [_described(problem, rows) for problem in problems],
        "left_out": list(given.get("left_out", ())),
        "notes": list(book.notes),
        "source": {**source, "caveats": _caveats(chosen, tried), "sha256": book.sha256},
        "sources": _sources(rows, source),
    }
    return rows


def layouts_known() -> pd.DataFrame:
    """List the layouts that `read_workbook` knows: one row each, by name.

    Columns: name, title, publisher, address, tried (whether it was tried on a real file, or else
    built from a description), caveats (how many).

    Examples:
        >>> layouts_known().columns.tolist()
        ['name', 'title', 'publisher', 'address', 'tried', 'caveats']

    """
    columns = ["name", "title", "publisher", "address", "tried"]
    listed = [[getattr(one, c) for c in columns] + [len(one.caveats)] for one in _known()]
    frame = pd.DataFrame(listed, columns=[*columns, "caveats"])
    return frame.sort_values("name", ignore_index=True)


def layout_of(book: Workbook) -> Layout:
    """Find the one layout that a workbook has.

    Raises:
        InputProblem: no layout fits the workbook, or more than one does.

    """
    fitting = [layout for layout in _known() if _fits(layout, book)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        both = " and ".join(layout.name for layout in fitting)
        raise InputProblem(
            f"{shown(book.file)} fits the layouts {both}: name one of them as its layout"
        )
    raise InputProblem(
        f"{shown(book.file)} has no layout that we know ({_contents(book)}): draft a mapping of "
        "its columns with 'youthjustice import FILE --draft mapping.toml'"
    )


def layout_named(name: str) -> Layout:
    """Give the layout of a name.

    Raises:
        InputProblem: there is none of that name; the message suggests the nearest.

    """
    by_name = {layout.name: layout for layout in _known()}
    if name not in by_name:
        hint = did_you_mean(name, by_name, "layouts_known() lists those there are")
        raise InputProblem(f"{shown(name)} is not a layout that we know; {hint}")
    return by_name[name]


def _known() -> list[Layout]:
    return [importlib.import_module(f"{layouts.__name__}.{name}").LAYOUT for name in layouts.ALL]


def _fits(layout: Layout, book: Workbook) -> bool:
    """Ask a layout whether it fits; one that stumbles over a strange file does not."""
    try:
        return bool(layout.fits(book))
    except Exception:
        return False


def _rows(book: Workbook, layout: Layout) -> pd.DataFrame:
    """Let a layout read a workbook, and hold it to what it promises.

    A file that has been tampered with can look like a layout and be none; whatever stops it then,
    the user reads one sentence.
    """
    try:
        rows = layout.read(book)
    except InputProblem as problem:
        raise InputProblem(f"{shown(book.file)}: {problem}") from None
    except Exception as problem:
        raise InputProblem(
            f"{shown(book.file)} looks like {layout.title} ({layout.name}) but is laid out "
            "otherwise, so nothing was read: compare it with the publisher's own file"
        ) from problem
    if len(rows) > MOST_FIGURES:
        raise InputProblem(
            f"{shown(book.file)} holds {len(rows):,} figures, and {MOST_FIGURES:,} is the most that "
            "is checked at once: save the years or areas that you need alone"
        )
    for column in ("symbol", "flag", "release"):
        if column not in rows and ("value" in rows or column == "release"):
            rows[column] = pd.Series(np.nan, index=rows.index, dtype="str")
    promised = (*_ALWAYS, *(_WITH_FIGURES if "value" in rows else ()))
    if "value" in rows and "publication_date" not in rows:
        promised = (*promised, *_OF_A_PERIOD)
    if lacking := [column for column in promised if column not in rows]:
        raise InputProblem(
            f"{shown(book.file)} cannot be read: the layout {layout.name} gives no column "
            f"{lacking[0]}, which is a fault of the layout"
        )
    if rows.empty:
        raise InputProblem(
            f"{shown(book.file)} looks like {layout.title} ({layout.name}) but holds no figures"
        )
    return rows


def _caveats(layout: Layout, tried: bool) -> list[str]:
    return [*([] if tried else [BUILT_FROM_DESCRIPTION]), *layout.caveats]


def _sources(rows: pd.DataFrame, source: dict[str, str]) -> list[dict[str, str]]:
    """Describe every publication that the rows cite: as the table `sources` does, or the layout."""
    known = publications()
    cited = rows["source"].dropna().unique()
    return [{"name": str(key), **source, **known.get(str(key), {})} for key in cited]


def _earlier_release(rows: pd.DataFrame) -> pd.DataFrame | None:
    """Give the newest earlier release of each of the rows' tables that the data package holds."""
    if "value" not in rows:
        return None
    held = {one["name"]: one for one in descriptor(data_folder())["resources"]}
    found = []
    for table, part in rows.groupby("table"):
        own = part["release"].dropna().min() if part["release"].notna().any() else ""
        editions = [str(one["name"]) for one in held.get(table, {}).get("releases", [])]
        if earlier := [one for one in editions if not own or one < own]:
            found.append(load(str(table), earlier[0]).assign(table=table))
    for one in found:
        one.attrs = {}
    return pd.concat(found, ignore_index=True) if found else None


def _marks(rows: pd.DataFrame, problems: list[Problem]) -> pd.Series:
    """Name the failed checks in the rows that failed them."""
    marks = pd.Series("", index=rows.index, dtype="object")
    for name in dict.fromkeys(problem.check for problem in problems):
        failed = {row for problem in problems if problem.check == name for row in problem.rows}
        marks[marks.index.isin(failed)] += f"; {name}"
    return marks.str.removeprefix("; ").mask(marks == "").astype("str")


def _described(problem: Problem, rows: pd.DataFrame) -> dict[str, object]:
    """Say what failed, and in which cells of which sheets."""
    failed = rows.loc[list(problem.rows), ["sheet", "cell"]].astype("str")
    cells = (failed["sheet"] + "!" + failed["cell"]).str.removeprefix("!")
    return {
        "check": problem.check,
        "message": problem.message,
        "cells": cells.tolist(),
        "refuses": problem.check not in NOTES,
    }


def _contents(book: Workbook) -> str:
    """Name what a file holds: its sheets, or the columns of a file that has one sheet."""
    if len(book.grids) == 1 and not book.grids[0].sheet:
        what, names = "columns", [name for name in book.grids[0].cells[:1].ravel() if name]
    else:
        what, names = "sheets", [grid.sheet for grid in book.grids]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{what} {', '.join(map(shown, names[:_NAMED]))}{more}"
