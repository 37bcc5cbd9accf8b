"""The options of ``youthjustice import`` for a table that has no layout: draft a mapping, use it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    import pandas as pd


def add_mapping(parser: argparse.ArgumentParser) -> None:
    """Add the options to the command."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--draft",
        metavar="MAPPING.toml",
        type=Path,
        help="draft a mapping of the file's columns for you to correct, and read nothing",
    )
    either.add_argument(
        "--mapping", metavar="MAPPING.toml", type=Path, help="read the file as this mapping says"
    )


def run_draft(options: argparse.Namespace) -> int:
    """Draft a mapping, and say what has to be filled in."""
    from youthjustice.published._text import shown
    from youthjustice.published.draft_text import write_draft
    from youthjustice.published.importing import layout_of
    from youthjustice.published.workbooks.opening import open_workbook

    book = open_workbook(options.file)
    missing = write_draft(book, options.draft)
    try:
        name = layout_of(book).name
        sys.stdout.write(f"The file has the layout {name}, so it can be read without a mapping.\n")
    except InputProblem:
        pass
    if missing:
        sys.stdout.write(f"To fill in: {', '.join(missing)}.\n")
    sys.stdout.write(f"Correct the draft, then add --mapping {shown(str(options.draft), 200)}\n")
    sys.stdout.write(f"{options.draft}\n")
    return 0


def read_mapped(file: Path, mapping: Path) -> pd.DataFrame:
    """Read a file as a mapping says; checks run as on every import."""
    from youthjustice.published.importing import read_book
    from youthjustice.published.mapping import mapped_layout, read_mapping
    from youthjustice.published.workbooks.opening import open_workbook

    layout = mapped_layout(read_mapping(mapping))
    return read_book(open_workbook(file), layout)
