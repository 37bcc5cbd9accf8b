"""The ``youthjustice report`` command: one area's report, or all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_FAILED = 1


def add_report(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others."""
    report = commands.add_parser(
        "report",
        help="write the report of one area, or of all",
        description="Write one HTML file about an English authority. It rests on the shipped "
        "releases, unless your own edit of the notebook names others (docs/importing.md).",
    )
    report.add_argument("area", nargs="?", metavar="AREA", help='such as Islington or "York"')
    report.add_argument("--all", action="store_true", help="every English authority")
    report.add_argument(
        "--output", metavar="FOLDER", default="reports", type=Path, help="folder (default: reports)"
    )
    report.add_argument(
        "--notebook", metavar="FILE.ipynb", type=Path, help="your own edit of the area notebook"
    )
    report.add_argument(
        "--format",
        metavar="FORMATS",
        action="append",
        help="one or more of html, pdf, docx, xlsx, csv, json, png, svg, with commas between them "
        "(default: html; pdf needs Chromium)",
    )
    report.add_argument(
        "--workers", metavar="N", type=int, default=2, help="at once, with --all (default: 2)"
    )
    report.add_argument("--debug", action="store_true", help="show the trace when a cell stops")
    report.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    if options.all == bool(options.area):
        raise InputProblem("Name one area, such as 'youthjustice report Islington', or say --all.")
    return _all(options) if options.all else _one(options)


def _one(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from youthjustice.reports.building import build_each

    shape = "{desc}: {percentage:3.0f}%|{bar:20}| {n_fmt} of {total_fmt} {postfix}"
    with tqdm(desc="report", bar_format=shape, leave=False, file=sys.stderr) as bar:

        def progress(done: int, total: int, step: str) -> None:
            bar.total, bar.n = total, done
            bar.set_postfix_str(step[:40])

        made = build_each(
            options.area,
            options.output,
            notebook=options.notebook,
            formats=options.format or "html",
            progress=progress,
        )
    sys.stdout.write("".join(f"{path}\n" for path in made.values()))
    return 0


def _all(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from youthjustice.published import places
    from youthjustice.reports.workers import ask

    if options.workers < 1:
        raise InputProblem(f"--workers is {options.workers}; it must be 1 or more.")
    names = [found.name for found in places(kind="authority", country="England")]
    notebook = None if options.notebook is None else str(options.notebook)
    requests = [
        {"area": name, "output": str(options.output), "notebook": notebook} for name in names
    ]
    failed: dict[str, str] = {}
    answers = ask(requests, options.workers)
    for answer in tqdm(answers, total=len(names), unit="area", file=sys.stderr):
        if answer.kind:
            failed[answer.request["area"]] = answer.said
    for name in sorted(failed):
        sys.stderr.write(f"youthjustice: {name}: {' '.join(failed[name].split())}\n")
    sys.stdout.write(f"{len(names) - len(failed)} of {len(names)} reports in {options.output}\n")
    return _FAILED if failed else 0
