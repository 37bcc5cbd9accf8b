"""The ``youthjustice report`` command: one area's report, or all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from youthjustice.cli_text import printable
from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from youthjustice.reports.building import Options

_FAILED = 1


def add_report(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others."""
    report = commands.add_parser(
        "report",
        help="write the report of one area, or of all",
        description="Write a report about an English authority, as one HTML file or in the formats "
        "that you name. It rests on the shipped releases, unless --release names others "
        "(docs/importing.md).",
    )
    report.add_argument("area", nargs="?", metavar="AREA", help='such as Islington or "York"')
    report.add_argument("--all", action="store_true", help="every English authority")
    report.add_argument(
        "--output",
        metavar="FOLDER",
        type=Path,
        help="folder (default: reports; reports-own with --records, reports-internal with --internal)",
    )
    report.add_argument(
        "--notebook", metavar="FILE.ipynb", type=Path, help="your own edit of the area notebook"
    )
    report.add_argument(
        "--compare",
        metavar="AREA",
        action="append",
        default=[],
        help="an authority, a region or England to set the area beside; up to three times",
    )
    report.add_argument(
        "--as-at",
        metavar="QUARTER",
        help="the report as it stood at the end of a quarter, such as 2025-Q1 (or 2025-03, 2025-03-31)",
    )
    report.add_argument(
        "--release",
        metavar="TABLE=NAME",
        action="append",
        default=[],
        help="a release of a table in place of the shipped one, such as your import; once a table",
    )
    own = report.add_argument_group("own records (docs/records.md)")
    own.add_argument(
        "--records",
        metavar="FOLDER",
        help="an extract of the service's own records, for sections in which small numbers are hidden; "
        "with --all, a folder of them, each named as its report is",
    )
    own.add_argument(
        "--mapping", metavar="MAPPING.toml", type=Path, help="what its columns and codes mean"
    )
    own.add_argument(
        "--extract-date",
        metavar="DAY",
        help="the day of the extract (default: the end of the month of its last outcome)",
    )
    own.add_argument(
        "--internal",
        action="store_true",
        help="hide nothing, for the service's own work: marked on every page and not for publication",
    )
    report.add_argument(
        "--commentary",
        metavar="FOLDER",
        type=Path,
        help="your own words and targets (docs/commentary.md; default: commentary among your data)",
    )
    report.add_argument(
        "--format",
        metavar="FORMATS",
        action="append",
        help="one or more of html, pdf, docx, xlsx, csv, json, png, svg, with commas between them "
        "(default: html; pdf needs Chromium)",
    )
    report.add_argument(
        "--workers",
        metavar="N",
        type=int,
        help="with --all, reports at once (default: one a core, at most one a GB of memory)",
    )
    report.add_argument(
        "--rebuild", action="store_true", help="with --all, reports that are up to date too"
    )
    report.add_argument(
        "--strict",
        action="store_true",
        help="end with an error where a report says what its figures do not allow",
    )
    report.add_argument("--debug", action="store_true", help="show the trace when a cell stops")
    report.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    if options.all == bool(options.area):
        raise InputProblem("Name one area, such as 'youthjustice report Islington', or say --all.")
    if options.records is not None and not options.records.strip():
        raise InputProblem("--records is empty: name the folder of the extract")
    if options.output is None:
        own = "reports-own" if options.records else "reports"
        options.output = Path("reports-internal" if options.internal else own)
    return _all(options) if options.all else _one(options)


def _options(options: argparse.Namespace) -> Options:
    """Say what was asked for as `build` and `build_all` take it."""
    from youthjustice.reports.own_releases import read_releases

    return {
        "notebook": options.notebook,
        "formats": options.format or "html",
        "commentary": options.commentary,
        "compare": options.compare,
        "as_at": options.as_at,
        "releases": read_releases(options.release),
        "records": options.records,
        "mapping": options.mapping,
        "extract_date": options.extract_date,
        "internal": options.internal,
    }


def _one(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from youthjustice.presentation.report_lint import ReportProblem, warnings
    from youthjustice.reports.building import build_each

    problems, unused = list[ReportProblem](), list[str]()
    shape = "{desc}: {percentage:3.0f}%|{bar:20}| {n_fmt} of {total_fmt} {postfix}"
    with tqdm(desc="report", bar_format=shape, leave=False, file=sys.stderr) as bar:

        def progress(done: int, total: int, step: str) -> None:
            bar.total, bar.n = total, done
            bar.set_postfix_str(step[:40])

        made = build_each(
            options.area,
            options.output,
            **_options(options),
            progress=progress,
            warn=problems.extend,
            unused=unused.extend,
        )
    for line in [*unused, *_refused(options, options.records), *warnings(problems)]:
        sys.stderr.write(f"youthjustice: warning: {line}\n")
    sys.stdout.write("".join(f"{path}\n" for path in made.values()))
    return _FAILED if problems and options.strict else 0


def _refused(options: argparse.Namespace, records: str | Path | None) -> list[str]:
    """Say which rows of an extract are not in a report; nothing where there is no extract."""
    if records is None:
        return []
    from youthjustice.reports.own.refused import refused_words

    return [
        printable(line) for line in refused_words(records, options.mapping, options.extract_date)
    ]


def _all(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from youthjustice._shown import bare
    from youthjustice.presentation.report_lint import warnings
    from youthjustice.reports.batch import build_all, workers_here
    from youthjustice.reports.files import stem
    from youthjustice.reports.own.asked import records_of

    shape = "{desc}: {n_fmt} of {total_fmt} areas |{bar:20}| {remaining} left{postfix}"
    with tqdm(desc="reports", bar_format=shape, leave=False, file=sys.stderr) as bar:

        def progress(done: int, total: int, area: str) -> None:
            if bar.total is None:  # what was there already took no time
                bar.total, bar.initial = total, done
            bar.n = done
            bar.set_postfix_str(bare(area))

        def failing(area: str, reason: str) -> None:
            tqdm.write(f"youthjustice: {bare(area)}: {reason[:600]}", file=sys.stderr)

        batch = build_all(
            options.output,
            workers_here() if options.workers is None else options.workers,
            **_options(options),
            rebuild=options.rebuild,
            progress=progress,
            failing=failing,
        )
    for line in batch.unused:
        sys.stderr.write(f"youthjustice: warning: {line}\n")
    for area in batch.made:
        for line in _refused(options, records_of(options.records, stem(area))):
            sys.stderr.write(f"youthjustice: warning: {bare(area)}: {line}\n")
    for name, problems in batch.problems.items():
        more = f" ({len(problems) - 1} more such)" if len(problems) > 1 else ""
        said = warnings(problems[:1])[0]
        sys.stderr.write(f"youthjustice: warning: {bare(name)}: {said}{more}\n")
    there = len(batch.made) + len(batch.unchanged)
    unchanged = f" ({len(batch.unchanged)} unchanged)" if batch.unchanged else ""
    sys.stdout.write(
        f"{there} of {there + len(batch.failed)} reports in {options.output}{unchanged}; "
        f"{batch.index} lists them\n"
    )
    return _FAILED if batch.failed or (batch.problems and options.strict) else 0
