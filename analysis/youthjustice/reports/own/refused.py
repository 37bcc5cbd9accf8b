"""What of an extract is not in a report, for the terminal of whoever makes the report."""

from __future__ import annotations

import shlex
from pathlib import Path

from youthjustice.records import read_extract
from youthjustice.records.cohort.parameters import read_date


def check_command(
    records: str | Path, mapping: str | Path | None = None, extract_date: object = None
) -> str:
    """Give the whole command that names the rows that are refused.

    >>> check_command("our extract", extract_date="2025-06-30")
    "youthjustice check 'our extract' --extract-date 2025-06-30"
    """
    parts = ["youthjustice", "check", str(records)]
    if mapping is not None:
        parts += ["--mapping", str(mapping)]
    if extract_date is not None:
        parts += ["--extract-date", read_date("extract_date", extract_date).isoformat()]
    return shlex.join(parts)


def refused_words(
    records: str | Path, mapping: str | Path | None = None, extract_date: object = None
) -> list[str]:
    """Count the rows and files of an extract that a report leaves out; nothing where it has all.

    The counts are exact, so they are for the terminal and for no page.
    """
    day = None if extract_date is None else read_date("extract_date", extract_date)
    extract = read_extract(records, mapping=mapping, extract_date=day)
    see = f'see "{check_command(records, mapping, extract_date)}"'
    said = []
    if extract.rows["refused"].any():
        counts = " and ".join(
            f"{one['refused']:,} of {one['read']:,} {one['table']}"
            for one in extract.rows.to_dict("records")
        )
        said.append(f"{counts} were refused and are not in the report: {see}")
    if many := len(extract.unread):
        files = "1 file of the extract was" if many == 1 else f"{many:,} files of the extract were"
        said.append(f"{files} not read: {see}")
    return said
