"""The command ``youthjustice fetch``: download a publisher's file, then import it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from youthjustice.errors import InputProblem

_AS_IMPORT = ("table", "release", "accept", "dry_run", "output")
"""What the import that follows is asked for."""


def add_fetch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others, among which is the import that it ends with."""
    parser = commands.add_parser("fetch", help="download a table from its publisher and import it")
    parser.add_argument("table", nargs="?", metavar="TABLE", help="such as statistical_neighbours")
    parser.add_argument("--list", action="store_true", help="the tables and their addresses")
    parser.add_argument("--source", metavar="NAME", help="the publication, where several hold it")
    parser.add_argument("--from", metavar="ADDRESS", dest="address", help="another https address")
    parser.add_argument(
        "--seconds", metavar="N", type=float, default=600.0, help="at most (default: 600)"
    )
    importing = parser.add_argument_group("as import has them")
    importing.add_argument("--release", metavar="NAME", help="the file's edition, such as 2026-04")
    importing.add_argument("--accept", metavar="REASON", help="why failed checks are accepted")
    importing.add_argument("--dry-run", action="store_true", help="keep the file and no figures")
    importing.add_argument("--output", metavar="FILE.csv", type=Path, help="write the tidy rows")
    as_import = commands.choices["import"]
    parser.set_defaults(run=lambda options: _fetch(options, as_import))


def _fetch(options: argparse.Namespace, as_import: argparse.ArgumentParser) -> int:
    from youthjustice.published.addresses import named
    from youthjustice.published.downloading import Limits
    from youthjustice.published.fetching import fetched
    from youthjustice.published.local import local_folder

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
        sys.stdout.write(f"{named(done.address).strip(chr(39))}\n")
        sys.stdout.write(f"sha256 {done.sha256} ({done.told})\n")
        given = as_import.parse_args([str(done.path)])
        for name in _AS_IMPORT:
            setattr(given, name, getattr(options, name))
        code = int(given.run(given))
    sys.stdout.write(f"{done.place}\n")
    return code


def _list() -> int:
    from youthjustice.published.addresses import addresses

    listed = addresses()
    how = listed["sha256"].ne("").map({True: "pinned", False: "not pinned"})
    listed["how"] = how.mask(listed["address"] == "", "by hand")
    listed["where"] = listed["address"].mask(listed["address"] == "", listed["page"])
    widths = {name: listed[name].str.len().max() for name in ("table", "source", "how")}
    for row in listed.itertuples():
        start = "  ".join(f"{getattr(row, name):<{width}}" for name, width in widths.items())
        sys.stdout.write(f"{start}  {row.where}\n")
    return 0
