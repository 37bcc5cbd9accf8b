"""The command ``youthjustice fetch``: download a publisher's file, then import it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from youthjustice.cli_text import columns, say
from youthjustice.errors import InputProblem

_AS_IMPORT = ("table", "release", "accept", "dry_run", "output")
"""What the import that follows is asked for."""
_ABOUT = """\
Download the file with a table from its publisher, check it, and go on as 'youthjustice import'
does. What is downloaded is kept beside your imports, in downloads/."""
_EXAMPLES = """\
examples:
  youthjustice fetch --list
  youthjustice fetch statistical_neighbours --dry-run

docs/fetching.md says what is checked and refused."""


def add_fetch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others, among which is the import that it ends with."""
    parser = commands.add_parser(
        "fetch",
        help="download a table from its publisher and import it",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("table", nargs="?", metavar="TABLE", help="such as statistical_neighbours")
    parser.add_argument(
        "--list", action="store_true", help="list the tables and where their publishers keep them"
    )
    parser.add_argument(
        "--source", metavar="NAME", help="the publication, where more than one has the table"
    )
    parser.add_argument(
        "--from",
        metavar="ADDRESS",
        dest="address",
        help="take the file from this https address of the publisher",
    )
    parser.add_argument(
        "--seconds",
        metavar="N",
        type=float,
        default=600.0,
        help="give up after so long (default: 600)",
    )
    importing = parser.add_argument_group("the import that follows")
    importing.add_argument("--dry-run", action="store_true", help="keep the file and no figures")
    importing.add_argument("--release", metavar="NAME", help="which edition it is, such as 2026-04")
    importing.add_argument(
        "--accept", metavar="REASON", help="keep figures that failed a check all the same"
    )
    importing.add_argument(
        "--output",
        metavar="FILE.csv",
        type=Path,
        help="write the tidy rows there, and do not keep them",
    )
    as_import = commands.choices["import"]
    parser.set_defaults(run=lambda options: _fetch(options, as_import))


def _fetch(options: argparse.Namespace, as_import: argparse.ArgumentParser) -> int:
    from youthjustice.published.addresses import named
    from youthjustice.published.downloading import Limits
    from youthjustice.published.fetching import fetched
    from youthjustice.published.imported_folder import local_folder

    if options.list == bool(options.table):
        raise InputProblem("Name one table, or say --list to see them all.")
    if options.list:
        return _list()
    if not 0 < options.seconds <= 86_400:
        raise InputProblem(f"--seconds is {options.seconds:g}; it must be between 0 and 86400.")
    usual = Limits()
    limits = Limits(
        min(usual.connect, options.seconds), min(usual.silence, options.seconds), options.seconds
    )
    with fetched(
        options.table,
        local_folder() / "downloads",
        source=options.source,
        address=options.address,
        limits=limits,
        progress=sys.stderr.isatty(),
    ) as done:
        say([f"from {named(done.address).strip(chr(39))}", f"sha256 {done.sha256} ({done.told})"])
        given = as_import.parse_args([str(done.path)])
        for name in _AS_IMPORT:
            setattr(given, name, getattr(options, name))
        code = int(given.run(given))
    say([f"The downloaded file is {done.place}"])
    return code


def _list() -> int:
    from youthjustice.published.addresses import addresses

    listed = addresses()
    how = listed["sha256"].ne("").map({True: "pinned", False: "recorded"})
    listed["how"] = how.mask(listed["address"] == "", "by hand")
    listed["where"] = listed["address"].mask(listed["address"] == "", listed["page"])
    rows = zip(listed["table"], listed["source"], listed["how"], listed["where"], strict=True)
    say(columns([["table", "publication", "checksum", "address"], *rows]))
    say(
        [
            "pinned: taken only if its checksum is the one listed; recorded: its checksum is written",
            "down when it comes; by hand: open the page, save the file, run youthjustice import FILE",
        ]
    )
    return 0
