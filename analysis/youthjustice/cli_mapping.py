"""The options of ``youthjustice import`` for a table that has no layout: draft a mapping, use it."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from youthjustice.cli_text import say
from youthjustice.errors import InputProblem


def add_mapping(parser: argparse.ArgumentParser) -> None:
    """Add the options to the command."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--draft",
        metavar="MAPPING.toml",
        type=Path,
        help="for a table that no layout knows: write down what its columns seem to mean, for you "
        "to correct; nothing is read",
    )
    either.add_argument(
        "--mapping",
        metavar="MAPPING.toml",
        type=Path,
        help="read the file as this corrected mapping says",
    )


def run_draft(options: argparse.Namespace) -> int:
    """Draft a mapping, and say what has to be filled in."""
    from youthjustice.published.draft_text import write_draft
    from youthjustice.published.importing import layout_of
    from youthjustice.sandbox.opening import open_workbook

    book = open_workbook(options.file)
    missing = write_draft(book, options.draft)
    try:
        name = layout_of(book).name
        say([f"The file has the layout {name}, so it can be read without a mapping."])
    except InputProblem:
        pass
    file, draft = (shlex.quote(str(path)) for path in (options.file, options.draft))
    wanted = f", and fill in {', '.join(missing)}" if missing else ""
    say(
        [
            f"Drafted {options.draft}: correct it{wanted}. Then run:",
            f"  youthjustice import {file} --mapping {draft} --dry-run",
        ]
    )
    return 0
