"""The ``youthjustice`` command."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from youthjustice import __version__
from youthjustice.cli_areas import add_areas, name_in_words
from youthjustice.cli_disk import told_of_disk
from youthjustice.cli_fetch import add_fetch
from youthjustice.cli_import import add_import
from youthjustice.cli_lab import add_lab
from youthjustice.cli_records import add_records
from youthjustice.cli_releases import add_releases
from youthjustice.cli_report import add_report
from youthjustice.cli_text import columns, say
from youthjustice.errors import InputProblem

_FAILED = 1
_CANNOT_BE_DONE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 when the request or its data must be mended, 1 otherwise."""
    from youthjustice.reports.failing import ReportFailed

    if isinstance(sys.stdout, io.TextIOWrapper):  # a screen that lacks a letter gets its number
        sys.stdout.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    options, left = parser.parse_known_args(given)
    if "passes_on" in options:
        options.passes_on = given[given.index(options.passes_on) + 1 :]
    try:
        if left and "passes_on" not in options:
            return _not_taken(parser, given, left)
        return _run(options)
    except InputProblem as problem:
        return _stop(str(problem), _CANNOT_BE_DONE)
    except ReportFailed as problem:
        if options.debug:
            sys.stderr.write(problem.detail + "\n")
        return _stop(f"{problem} (run again with --debug for the trace)", _FAILED)
    except OSError as problem:
        return _stop(told_of_disk(problem), _CANNOT_BE_DONE)
    except KeyboardInterrupt:
        return _stop("Stopped; nothing was half-written.", 130)


def _run(options: argparse.Namespace) -> int:
    """Run a command, until it ends or whoever reads has seen enough, as `head` has."""
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    return code


def _not_taken(parser: argparse.ArgumentParser, given: Sequence[str], left: Sequence[str]) -> int:
    """Say that words were left over, and how a name of several words is given."""
    words = any(not word.startswith("-") for word in left)
    if words and (name := name_in_words(given)):
        return _stop(f'Put the name in quotes: "{name}".', _CANNOT_BE_DONE)
    hint = "" if left[0].startswith("-") else " (put a name with spaces in quotes)"
    parser.error(f"unrecognized arguments: {' '.join(left)}{hint}")


def _stop(message: str, code: int) -> int:
    """Say in one line why the command ends, and how."""
    from youthjustice._shown import with_tags

    sys.stderr.write(f"youthjustice: {with_tags(' '.join(message.split()))}\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="youthjustice",
        description="Youth justice statistics for England and Wales, with their uncertainty.",
        epilog="'youthjustice COMMAND --help' says more of each.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    add_report(commands)
    add_areas(commands)
    tables = commands.add_parser("tables", help="list the published tables at hand")
    tables.set_defaults(run=_tables)
    add_import(commands)
    add_fetch(commands)
    add_releases(commands)
    add_records(commands)
    add_lab(commands)
    return parser


def _tables(_: argparse.Namespace) -> int:
    from youthjustice.published import tables

    listed = tables()[["name", "origin", "title"]]
    say(columns([["table", "origin", "title"], *listed.to_numpy().tolist()]))
    return 0
