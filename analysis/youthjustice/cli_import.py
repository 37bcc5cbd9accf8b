"""The command ``youthjustice import``: say what an official file holds, and keep it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youthjustice._files import write_whole
from youthjustice.cli_mapping import add_mapping, run_draft
from youthjustice.cli_text import columns, counted, say, titled
from youthjustice.errors import InputProblem
from youthjustice.sandbox.formulas import FORMULA

if TYPE_CHECKING:
    import pandas as pd

_CELLS_NAMED = 6
_TOLD_OF_A_CHECK = 3
_LEFT_OUT_TOLD = 6
_ABOUT = """\
Read an official file (.xlsx, .xls, .ods, CSV or parquet), check its figures, and keep them as a
release of your own beside the shipped ones. The layout is found from what the file holds."""
_EXAMPLES = """\
examples:
  youthjustice import FILE --dry-run                     what is in it, and which checks fail
  youthjustice import FILE --release 2026-04             keep it as the edition of April 2026
  youthjustice import FILE --accept "as the publisher printed it"
  youthjustice import FILE --draft mapping.toml          for a table that no layout knows

docs/importing.md goes from the downloaded file to the report."""


def add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others."""
    parser = commands.add_parser(
        "import",
        help="read an official spreadsheet, CSV or parquet file",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help="as it was downloaded")
    parser.add_argument("--list", action="store_true", help="list the layouts that can be read")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what the file holds, and keep nothing"
    )
    parser.add_argument(
        "--release",
        metavar="NAME",
        help="which edition it is, by year and month of publication, such as 2026-04; needed where "
        "the file does not say it",
    )
    parser.add_argument(
        "--accept",
        metavar="REASON",
        help="keep figures that failed a check all the same; the reason is kept with them",
    )
    parser.add_argument(
        "--output",
        metavar="FILE.csv",
        type=Path,
        help="write the tidy rows there, and do not keep them",
    )
    parser.add_argument("--table", metavar="NAME", help="take only this table of the file")
    parser.add_argument(
        "--layout", metavar="NAME", help="read it by this layout, where more than one fits"
    )
    add_mapping(parser)
    parser.set_defaults(run=run_import)


def run_import(options: argparse.Namespace) -> int:
    """Read the file, say what it holds, and keep its rows, or write them where asked."""
    from youthjustice.published.importing import read_workbook

    if options.list == bool(options.file):
        raise InputProblem("name one file, or say --list to see the layouts that can be read")
    if options.list:
        say(_layouts())
        return 0
    if options.output is not None and options.output.resolve() == options.file.resolve():
        raise InputProblem("--output names the file itself: name another, so that none is lost")
    if options.draft is not None:
        return run_draft(options)
    rows = read_workbook(options.file, options.layout, options.mapping)
    chosen = of_table(rows, options.table)
    say(told(chosen, rows.attrs))
    if options.output is not None and not options.dry_run:
        write_rows(chosen, options.output)
        sys.stdout.write(f"{options.output}\n")
    elif options.dry_run:
        say(_to_keep(chosen))
    else:
        _keep(chosen, options)
    return 0


def _layouts() -> Iterator[str]:
    """List the layouts, and whether a real file of each was read."""
    from youthjustice.published.importing import layouts_known

    listed = layouts_known()
    tried = listed["tried"].map({True: "real file", False: "description"})
    rows = zip(listed["name"], tried, listed["title"], strict=True)
    yield from columns([["layout", "built from", "publication"], *rows])
    yield "description: built from a description, not tried on a real file; compare some figures"


def _to_keep(rows: pd.DataFrame) -> Iterator[str]:
    """Say that nothing was kept, and what the command needs in order to keep it."""
    from youthjustice.published.keepable import refusing

    needed = ["--release NAME"] if len(rows["release"].dropna().unique()) != 1 else []
    needed += ["--accept REASON"] if refusing(rows) else []
    how = f"to keep it, add {' and '.join(needed)}" if needed else "without --dry-run it is kept"
    yield f"Nothing was kept (--dry-run); {how}."


def _keep(rows: pd.DataFrame, options: argparse.Namespace) -> None:
    """Keep the rows as a release beside those at hand, and say where."""
    from youthjustice.published.keeping import keep

    kept = keep(rows, options.release, options.accept).to_dict("records")
    say(
        f"{row['table']}, release {row['release']}: {row['state']}, "
        f"{counted(row['rows'], 'row')}, {row['path']}"
        for row in kept
    )
    say([f"See its releases: youthjustice releases {kept[0]['table']}"])


def of_table(rows: pd.DataFrame, name: str | None) -> pd.DataFrame:
    """Give the rows of one table, or all of them.

    Raises:
        InputProblem: the file holds no such table; the message names those that it holds.

    """
    from youthjustice._shown import shown
    from youthjustice._spelling import did_you_mean

    if name is None:
        return rows
    names = list(rows["table"].unique())
    if name not in names:
        hint = did_you_mean(name, names, f"it holds {', '.join(names)}")
        raise InputProblem(f"the file holds no table {shown(name)}; {hint}")
    return rows[rows["table"] == name]


def told(rows: pd.DataFrame, attrs: Mapping[Any, Any]) -> Iterator[str]:
    """Say what was found, line by line."""
    from youthjustice.published.keepable import failed_checks

    source = attrs["source"]
    yield f"{attrs['file']}: {source['title']} ({source['publisher']})"
    failed = failed_checks(rows)
    rows = rows.copy(deep=False)
    rows.attrs = {}  # each step would copy them
    yield f"layout {attrs['layout']}; release {attrs['release'] or 'not stated in the file'}"
    for name, part in rows.groupby("table", sort=False):
        yield f"  {name}: {', '.join(_counts(part))}"
    yield from titled("Read with care", [*attrs["notes"], *source["caveats"]])
    refused, noted = (
        [one for one in failed if one.get("refuses", True) is said] for said in (True, False)
    )
    yield from titled("Checks failed", _failed(refused))
    yield from titled("Noted", _failed(noted))
    yield from titled("Left out", _first(attrs["left_out"]))


def _counts(part: pd.DataFrame) -> Iterator[str]:
    yield counted(len(part), "row")
    if "area_name" in part:
        yield counted(part["area_name"].nunique(), "area")
    if "period_end" in part:
        ends = part["period_end"].dropna()
        first = part["period_start"].min() if part["period_start"].notna().any() else ends.min()
        yield f"{first:%Y-%m-%d} to {ends.max():%Y-%m-%d}" if len(ends) else "periods not stated"


def _failed(checks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Tell the first failures of each check in full, and of the others their cells."""
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for check in checks:
        by_name.setdefault(check["check"], []).append(check)
    for name, several in by_name.items():
        for one in several[:_TOLD_OF_A_CHECK]:
            yield f"{name}: {one['message']}{_cells(one['cells'])}"
        if rest := several[_TOLD_OF_A_CHECK:]:
            cells = [cell for one in rest for cell in one["cells"][:1]]
            yield f"{name}: {len(rest)} more like these{_cells(cells)}"


def _cells(cells: list[str]) -> str:
    more = f" and {len(cells) - _CELLS_NAMED:,} more" if len(cells) > _CELLS_NAMED else ""
    return f" [{', '.join(cells[:_CELLS_NAMED])}{more}]" if cells else ""


def _first(lines: list[str]) -> Iterator[str]:
    yield from lines[:_LEFT_OUT_TOLD]
    if len(lines) > _LEFT_OUT_TOLD:
        yield f"and {len(lines) - _LEFT_OUT_TOLD} more, all in read_workbook(FILE).attrs['left_out']"


def write_rows(rows: pd.DataFrame, path: Path) -> None:
    """Write rows as CSV, whole or not at all.

    A text that a spreadsheet would take for a formula (`sandbox/formulas.py`) gets an apostrophe in
    front; numbers and dates are as they are.

    Raises:
        InputProblem: the file cannot be written there.

    """
    from youthjustice._shown import shown

    if not path.name or (path.exists() and not path.is_file()):
        raise InputProblem(f"{shown(str(path))} cannot be written: it is not a file")
    if not path.parent.is_dir():
        raise InputProblem(f"{shown(str(path))} cannot be written: there is no such folder")
    # With CRLF at the ends of rows, as RFC 4180 has it, every line break in a text is quoted.
    text = harmless(rows).to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d")
    try:
        write_whole(path, text)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "no file can have this name"
        raise InputProblem(f"{shown(str(path))} cannot be written: {reason}") from None


def harmless(rows: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before each text that a spreadsheet would run as a formula.

    A sign that stands alone is a publisher's mark for a nought, and stays.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"area_name": ["=HYPERLINK(1)", "-", "Kent"], "value": [-1, 2, 3]})
    >>> harmless(frame)["area_name"].tolist()
    ["'=HYPERLINK(1)", '-', 'Kent']
    """
    texts = rows.select_dtypes(["object", "string"]).columns
    mended = {
        name: rows[name].astype("str").str.replace(rf"^(?={FORMULA}[\s\S])", "'", regex=True)
        for name in texts
    }
    return rows.assign(**mended)
