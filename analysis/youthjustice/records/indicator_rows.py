"""Rows of the key performance indicators that a service brings beside its extract."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.records.indicators import VERSIONS
from youthjustice.sandbox.text import shown

FILE = "indicators.csv"
"""The name of the file in the folder of an extract."""

_NEEDED = ("indicator", "definition_version", "counted", "met")
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_POINTS = {"start", "end", ""}
_MOST = 1_000_000


def read_indicators(path: str | Path) -> pd.DataFrame:
    r"""Read `indicators.csv`: a row for each child, order or meeting that an indicator counts.

    Columns: ``indicator`` (1 to 10), ``definition_version``, ``counted`` and ``met`` (true or false:
    whether it is in the denominator and in the numerator) and, if wanted, ``at`` (``start`` or
    ``end`` of the order). Other columns are not read.

    Raises:
        InputProblem: a column is missing or a cell is none of these; the message names the row.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, FILE)
        ...     _ = file.write_text("indicator,definition_version,counted,met\n1,current,yes,no\n")
        ...     read_indicators(file).to_numpy().tolist()
        [[1, 'current', '', True, False]]

    """
    file = Path(path)
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, restkey="")
            heads = [str(name).strip().casefold() for name in rows.fieldnames or []]
            absent = [name for name in _NEEDED if name not in heads]
            if absent:
                raise InputProblem(
                    f"{shown(file.name)} has no column {absent[0]}: give {', '.join(_NEEDED)} and, if "
                    "wanted, at"
                )
            rows.fieldnames = heads
            read = [_row(file.name, at, row) for at, row in enumerate(rows, start=2)]
    except (UnicodeDecodeError, csv.Error):
        raise InputProblem(
            f"{shown(file.name)} is not CSV in UTF-8: save it again as such"
        ) from None
    if len(read) > _MOST:
        raise InputProblem(f"{shown(file.name)} has more than {_MOST:,} rows: give those of a year")
    return pd.DataFrame(read, columns=["indicator", "definition_version", "at", "counted", "met"])


def _row(file: str, at: int, row: dict[str, str]) -> tuple[int, str, str, bool, bool]:
    """Read one row; what stands in it is never repeated."""
    cells = {name: str(row.get(name) or "").strip().casefold() for name in (*_NEEDED, "at")}
    where = f"{shown(file)}, row {at}"
    if cells["indicator"] not in map(str, range(1, 11)):
        raise InputProblem(f"{where}: indicator is not a number from 1 to 10")
    if cells["definition_version"] not in VERSIONS:
        raise InputProblem(f"{where}: definition_version is not one of {', '.join(VERSIONS)}")
    if cells["at"] not in _POINTS:
        raise InputProblem(f"{where}: at is neither start nor end")
    for name in ("counted", "met"):
        if cells[name] not in _TRUTHS:
            raise InputProblem(f"{where}: {name} is neither true nor false")
    counted, met = _TRUTHS[cells["counted"]], _TRUTHS[cells["met"]]
    if met and not counted:
        raise InputProblem(f"{where}: met is true and counted is false: who is met is counted too")
    return int(cells["indicator"]), cells["definition_version"], cells["at"], counted, met
