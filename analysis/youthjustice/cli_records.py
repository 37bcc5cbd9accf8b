"""The commands ``youthjustice check`` and ``youthjustice dummy-records``: a service's own records."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from youthjustice.cli_text import columns, counted, say, titled

if TYPE_CHECKING:
    import pandas as pd

    from youthjustice.records.extract import Extract

_REASONS_TOLD = 30
_ROWS_TOLD = 8
_ABOUT = """\
Read an extract of a service's own records, and say which rows can be used, which cannot and why. Rows
are named by their numbers: nothing that the page says is a child's. Nothing is kept or sent."""
_EXAMPLES = """\
examples:
  youthjustice check extract/                          a file of children and one of offences
  youthjustice check extract.xlsx --mapping our.toml   what our system calls columns and codes

The command ends with 0 where every row can be used, and with 1 where some cannot.
docs/records.md says how to write a mapping."""
_SOME_REFUSED = 1


def add_records(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the others."""
    parser = commands.add_parser(
        "check",
        help="say which rows of an extract of case records can be used, and why others cannot",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("extract", metavar="FILE_OR_FOLDER", help="what was extracted")
    parser.add_argument(
        "--mapping", metavar="MAPPING.toml", type=Path, help="what the columns and codes mean"
    )
    parser.add_argument(
        "--extract-date",
        metavar="DAY",
        help="the day of the extract (default: today); rows that say that more has happened by a later "
        "day are refused",
    )
    parser.set_defaults(run=run_check)
    dummy = commands.add_parser(
        "dummy-records",
        help="write an extract of invented children, to practise and to test on",
        description="Write an extract of invented children, with what is true of it in truth.json. "
        "The same number and seed give the same lives.",
    )
    dummy.add_argument(
        "folder", metavar="DIR", type=Path, help="a new folder, or an earlier extract's"
    )
    dummy.add_argument(
        "--children", metavar="N", type=int, default=2_000, help="how many (2,000); any number"
    )
    dummy.add_argument("--seed", metavar="S", type=int, default=1, help="which lives (1)")
    dummy.add_argument(
        "--messy", action="store_true", help="as case systems write it, with rows to be refused"
    )
    dummy.set_defaults(run=run_dummy)


def run_dummy(options: argparse.Namespace) -> int:
    """Write the extract, and say where."""
    from youthjustice.records.dummy import dummy_records

    place = dummy_records(options.folder, options.children, options.seed, options.messy)
    say([f"{place}: {options.children:,} invented children, seed {options.seed}"])
    say([f"See which rows can be used: youthjustice check {shlex.quote(str(place))}"])
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Read the extract, and say what became of its rows and columns."""
    from youthjustice.records.indicator_check import with_indicators
    from youthjustice.records.reading import read_extract

    extract = read_extract(
        options.extract, mapping=options.mapping, extract_date=options.extract_date
    )
    extract = with_indicators(extract, options.extract)
    say(told(extract))
    return _SOME_REFUSED if len(extract.refused) or extract.unread else 0


def told(extract: Extract) -> Iterator[str]:
    """Say what was read, line by line."""
    rows = [[one["table"], *(f"{one[name]:,}" for name in ("read", "accepted", "refused"))]
            for one in extract.rows.to_dict("records")]  # fmt: skip
    yield from columns([["table", "rows read", "can be used", "refused"], *rows], right=[1, 2, 3])
    yield ""
    yield "Columns were taken for:"
    yield from _taken(extract.columns)
    reasons = extract.reasons
    if len(reasons):
        yield ""
        yield "Rows refused (a row may be refused for several reasons):"
        yield from _refused(extract, reasons)
    yield from titled("Read with care", extract.notes, apart=True)
    yield from titled("Not read", extract.unread, apart=True)
    if not len(reasons):
        yield ""
        care = "; see 'Read with care'" if extract.notes else ""
        yield f"Every row can be used{care}."


def _taken(taken: pd.DataFrame) -> Iterator[str]:
    """Say what each column of the schema was taken from, file by file."""
    for (table, file, sheet), part in taken.groupby(["table", "file", "sheet"], sort=False):
        yield f"  {table}, from {file}{f', sheet {sheet}' if sheet else ''}"
        places = part[["column", "place"]].to_numpy().tolist()
        yield from columns([[f"    {column}", place or "-"] for column, place in places])


def _refused(extract: Extract, reasons: pd.DataFrame) -> Iterator[str]:
    """Say why rows were refused, most first, and which rows."""
    keys = ["table", "column", "reason"]
    for one in reasons.head(_REASONS_TOLD).to_dict("records"):
        same = extract.refused[(extract.refused[keys] == [one[key] for key in keys]).all(axis=1)]
        what = f"{one['column']} " if one["column"] else ""
        yield f"  {one['table']}: {what}{one['reason']} - {counted(one['rows'], 'row')}"
        for (file, sheet), part in same.groupby(["file", "sheet"], sort=False):
            where = f"{file}{f', sheet {sheet}' if sheet else ''}"
            yield f"    {where}: {_numbers(part['row'].tolist())}"
    if len(reasons) > _REASONS_TOLD:
        yield f"  and {len(reasons) - _REASONS_TOLD} more reasons, all in read_extract(...).reasons"


def _numbers(rows: list[int]) -> str:
    """Name rows by their numbers.

    >>> _numbers([3]), _numbers(list(range(2, 12)))
    ('row 3', 'rows 2, 3, 4, 5, 6, 7, 8, 9 and 2 more')
    """
    listed = ", ".join(f"{row}" for row in rows[:_ROWS_TOLD])
    more = f" and {len(rows) - _ROWS_TOLD:,} more" if len(rows) > _ROWS_TOLD else ""
    return f"row{'s' if len(rows) > 1 else ''} {listed}{more}"
