"""The ``youthjustice`` command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from youthjustice import __version__
from youthjustice.cli_fetch import add_fetch
from youthjustice.cli_import import add_import
from youthjustice.cli_releases import add_releases
from youthjustice.errors import InputProblem

_FAILED = 1
_CANNOT_BE_DONE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 when the request or its data must be mended, 1 otherwise."""
    _leave_out_what_no_report_needs()
    from youthjustice.reports.building import ReportFailed

    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InputProblem as problem:
        return _stop(str(problem), _CANNOT_BE_DONE)
    except ReportFailed as problem:
        if options.debug:
            sys.stderr.write(problem.detail + "\n")
        return _stop(f"{problem} (run again with --debug for the trace)", _FAILED)
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        return _stop(f"Could not write the report: {problem.strerror}{where}.", _CANNOT_BE_DONE)
    except KeyboardInterrupt:
        return _stop("Stopped; nothing was half-written.", 130)


def _leave_out_what_no_report_needs() -> None:
    """Keep jsonschema from compiling a grammar of international addresses: 1.8 s at every start.

    No notebook's schema uses that format. A value of None in sys.modules makes the import fail,
    which jsonschema allows for; only this command's own process is touched.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def _stop(message: str, code: int) -> int:
    """Say in one line why the command ends, and how."""
    sys.stderr.write(f"youthjustice: {' '.join(message.split())}\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="youthjustice",
        description="Youth justice statistics for England and Wales, with their uncertainty.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    report = commands.add_parser("report", help="write the report of one area, or of all")
    report.add_argument("area", nargs="?", metavar="AREA", help='such as Islington or "York"')
    report.add_argument("--all", action="store_true", help="every English authority")
    report.add_argument("--output", default="reports", type=Path, help="folder (default: reports)")
    report.add_argument("--notebook", type=Path, help="your own edit of the area notebook")
    report.add_argument("--workers", type=int, default=2, help="with --all (default: 2)")
    report.add_argument("--debug", action="store_true", help="show the trace when a cell stops")
    report.set_defaults(run=_report)

    tables = commands.add_parser("tables", help="list the published tables at hand")
    tables.set_defaults(run=_tables)
    add_import(commands)
    add_fetch(commands)
    add_releases(commands)
    return parser


def _report(options: argparse.Namespace) -> int:
    if options.all == bool(options.area):
        raise InputProblem("Name one area, such as 'youthjustice report Islington', or say --all.")
    if options.all:
        return _report_all(options)
    from tqdm import tqdm

    from youthjustice.reports.building import build

    shape = "{desc}: {percentage:3.0f}%|{bar:20}| {n_fmt} of {total_fmt} {postfix}"
    with tqdm(desc="report", bar_format=shape, leave=False, file=sys.stderr) as bar:

        def progress(done: int, total: int, step: str) -> None:
            bar.total, bar.n = total, done
            bar.set_postfix_str(step[:40])

        path = build(options.area, options.output, notebook=options.notebook, progress=progress)
    sys.stdout.write(f"{path}\n")
    return 0


def _report_all(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from youthjustice.published import places
    from youthjustice.reports.building import build

    if options.workers < 1:
        raise InputProblem(f"--workers is {options.workers}; it must be 1 or more.")
    names = [found.name for found in places(kind="authority", country="England")]
    failed: dict[str, str] = {}
    # Each build starts its own kernel, so the pool's processes only wait and write.
    with ProcessPoolExecutor(
        options.workers,
        mp_context=get_context("spawn"),
        initializer=_leave_out_what_no_report_needs,
    ) as pool:
        waiting = {
            pool.submit(build, name, options.output, notebook=options.notebook): name
            for name in names
        }
        for job in tqdm(as_completed(waiting), total=len(names), unit="area", file=sys.stderr):
            problem = job.exception()
            if problem is not None:
                failed[waiting[job]] = str(problem)
    for name in sorted(failed):
        sys.stderr.write(f"youthjustice: {name}: {' '.join(failed[name].split())}\n")
    sys.stdout.write(f"{len(names) - len(failed)} of {len(names)} reports in {options.output}\n")
    return _FAILED if failed else 0


def _tables(_: argparse.Namespace) -> int:
    from youthjustice.published import tables

    sys.stdout.write(tables()[["name", "origin", "title"]].to_string(index=False) + "\n")
    return 0
