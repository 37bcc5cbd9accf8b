"""The command ``youthjustice import``: say what an official file holds, and keep it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youthjustice.cli_mapping import add_mapping, read_mapped, run_draft
from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    import pandas as pd

_CELLS_NAMED = 6
_LONGEST_LINE = 500


def add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others."""
    parser = commands.add_parser("import", help="read an official spreadsheet, CSV or parquet file")
    parser.add_argument("file", metavar="FILE", type=Path, help="such as table-2-11.xlsx")
    parser.add_argument("--table", metavar="NAME", help="only this one of the file's tables")
    parser.add_argument("--layout", metavar="NAME", help="the layout, where more than one fits")
    add_mapping(parser)
    parser.add_argument(
        "--output",
        metavar="FILE.csv",
        type=Path,
        help="write the tidy rows there, and do not keep them",
    )
    parser.add_argument("--release", metavar="NAME", help="the file's edition, such as 2026-04")
    parser.add_argument(
        "--accept", metavar="REASON", help="keep figures that failed a check, and say why"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what it holds, and keep nothing"
    )
    parser.set_defaults(run=run_import)


def run_import(options: argparse.Namespace) -> int:
    """Read the file, say what it holds, and keep its rows, or write them where asked."""
    from youthjustice.published.importing import read_workbook

    if options.output is not None and options.output.resolve() == options.file.resolve():
        raise InputProblem("--output names the file itself: name another, so that none is lost")
    if options.draft is not None:
        return run_draft(options)
    if options.mapping is not None:
        rows = read_mapped(options.file, options.mapping)
    else:
        rows = read_workbook(options.file, layout=options.layout)
    chosen = of_table(rows, options.table)
    for line in told(chosen, rows.attrs):
        sys.stdout.write(f"{_printable(line)}\n")
    if options.output is not None and not options.dry_run:
        write_rows(chosen, options.output)
        sys.stdout.write(f"{options.output}\n")
    elif options.dry_run:
        sys.stdout.write("Nothing was written and nothing kept (--dry-run).\n")
    else:
        _keep(chosen, options)
    return 0


def _keep(rows: pd.DataFrame, options: argparse.Namespace) -> None:
    """Keep the rows as a release beside those at hand, and say where."""
    from youthjustice.published.keeping import keep

    for row in keep(rows, options.release, options.accept).to_dict("records"):
        line = f"{row['table']}, release {row['release']}: {row['state']}, {row['rows']:,} rows"
        sys.stdout.write(f"{line}, {row['path']}\n")


def of_table(rows: pd.DataFrame, name: str | None) -> pd.DataFrame:
    """Give the rows of one table, or all of them.

    Raises:
        InputProblem: the file holds no such table; the message names those that it holds.

    """
    from youthjustice.published._text import did_you_mean, shown

    if name is None:
        return rows
    names = list(rows["table"].unique())
    if name not in names:
        hint = did_you_mean(name, names, f"it holds {', '.join(names)}")
        raise InputProblem(f"the file holds no table {shown(name)}; {hint}")
    return rows[rows["table"] == name]


def told(rows: pd.DataFrame, attrs: Mapping[Any, Any]) -> Iterator[str]:
    """Say what was found, line by line."""
    from youthjustice.published.importing import BUILT_FROM_DESCRIPTION

    source = attrs["source"]
    yield f"{attrs['file']}: {source['title']} ({source['publisher']})"
    caution = "" if attrs["tried"] else f", {BUILT_FROM_DESCRIPTION}"
    yield f"layout {attrs['layout']}{caution}; release {attrs['release'] or 'not stated'}"
    for name, part in rows.groupby("table", sort=False):
        yield f"  {name}: {', '.join(_counts(part))}"
    yield from _listed("Read with care", attrs["notes"])
    yield from _listed("Checks failed", map(_failed, attrs["checks"]))
    yield from _listed("Left out", attrs["left_out"])


def _counts(part: pd.DataFrame) -> Iterator[str]:
    yield f"{len(part):,} rows"
    if "area_name" in part:
        yield f"{part['area_name'].nunique():,} areas"
    if "period_end" in part:
        ends = part["period_end"].dropna()
        first = part["period_start"].min() if part["period_start"].notna().any() else ends.min()
        yield f"{first:%Y-%m-%d} to {ends.max():%Y-%m-%d}" if len(ends) else "periods not stated"


def _failed(check: Mapping[str, Any]) -> str:
    cells = check["cells"]
    more = f" and {len(cells) - _CELLS_NAMED} more" if len(cells) > _CELLS_NAMED else ""
    return f"{check['check']}: {check['message']} [{', '.join(cells[:_CELLS_NAMED])}{more}]"


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"  {line}" for line in lines]
    if found:
        yield f"{title}:"
        yield from found


def _printable(line: str) -> str:
    """Keep what a file says from moving the cursor or colouring the screen."""
    from youthjustice.published._text import shown

    return shown(line, longest=_LONGEST_LINE)[1:-1]


def write_rows(rows: pd.DataFrame, path: Path) -> None:
    """Write rows as CSV, whole or not at all.

    A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line
    break, and goes on) gets an apostrophe in front; numbers and dates are as they are.

    Raises:
        InputProblem: the file cannot be written there.

    """
    from youthjustice.published._text import shown

    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            harmless(rows).to_csv(file, index=False, lineterminator="\n", date_format="%Y-%m-%d")
        beside.replace(path)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "no file can have this name"
        raise InputProblem(f"{shown(str(path))} cannot be written: {reason}") from None
    finally:
        beside.unlink(missing_ok=True)


def harmless(rows: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before each text that a spreadsheet would run as a formula.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"area_name": ["=HYPERLINK(1)", "-", "Kent"], "value": [-1, 2, 3]})
    >>> harmless(frame)["area_name"].tolist()
    ["'=HYPERLINK(1)", '-', 'Kent']
    """
    texts = rows.select_dtypes(["object", "string"]).columns
    mended = {
        name: rows[name].astype("str").str.replace(r"^(?=[=+\-@\t\r\n].)", "'", regex=True)
        for name in texts
    }
    return rows.assign(**mended)
