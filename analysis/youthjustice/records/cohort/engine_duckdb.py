"""DuckDB, in this process: straight over parquet and CSV, also larger than memory."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.records.cohort.engine import Dialect
from youthjustice.records.cohort.frames import arrow_table, check_names
from youthjustice.records.cohort.sources import files_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

MEMORY = 4 * 10**9
"""Bytes at most, and half of what the machine has: beyond it results in between go to the disk."""

_SETTINGS = {
    "preserve_insertion_order": "false",  # the order of rows means nothing, and keeping it costs
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_OF_THE_DATA = (duckdb.DataError, duckdb.InvalidInputException, duckdb.IOException)
"""What DuckDB raises about values, and with them in its words."""


def connect() -> DuckDB:
    """Start DuckDB."""
    return DuckDB()


class DuckDB:
    """A connection of its own, which shares nothing with others."""

    dialect = Dialect("duckdb", "CREATE OR REPLACE TEMP VIEW", "CREATE OR REPLACE TEMP TABLE")

    def __init__(self) -> None:
        # Otherwise what does not fit into memory would lie in the folder of the notebook.
        self._spill = TemporaryDirectory(prefix="youthjustice-", ignore_cleanup_errors=True)
        self._connection = duckdb.connect(
            ":memory:", config={**_SETTINGS, "temp_directory": self._spill.name}
        )
        self._connection.execute(f"SET memory_limit = '{memory_limit(self._connection)}B'")

    def read(self, name: str, source: object) -> None:
        """Make a frame, or a parquet or CSV file, known by a name; CSV is read as text."""
        try:
            if isinstance(source, pd.DataFrame):
                self._connection.register(name, arrow_table(name, source))
                return
            kind, files = files_of(name, source)
            rows = f"SELECT * FROM read_parquet({_listed(files)})"
            if kind == "csv":
                rows = f"SELECT nullif(trim(COLUMNS(*)), '') FROM {_csv(name, files)}"
            self._connection.execute(f"{self.dialect.view} {name} AS {rows}")
        except duckdb.Error as problem:
            raise _unreadable(f"the table {name}", problem) from None

    def name(self, name: str, query: str, kept: bool = False) -> None:
        """Make a query known by a name, and keep its result where that is asked for."""
        try:
            self._connection.execute(self.dialect.statement(name, query, kept))
        except _OF_THE_DATA as problem:
            raise _unreadable("a table of records", problem) from None

    def arrow(self, sql: str) -> pa.Table:
        """Give the result of a query."""
        try:
            return self._connection.sql(sql).to_arrow_table()
        except _OF_THE_DATA as problem:
            raise _unreadable("a table of records", problem) from None

    def later(self, sql: str) -> Callable[[], pa.Table]:
        """Give what gives the result of a query, which is at hand."""
        table = self.arrow(sql)
        return lambda: table

    def numbered(self, name: str, column: str) -> str:
        """Write the query that gives a table with a column that counts its rows from 0."""
        self._connection.execute("SET preserve_insertion_order = true")
        return f"SELECT *, row_number() OVER () - 1 AS {column} FROM {name}"

    def close(self) -> None:
        """Let go of everything, also of what lies on the disk."""
        self._connection.close()
        self._spill.cleanup()


def memory_limit(connection: duckdb.DuckDBPyConnection) -> int:
    """Give the bytes that an engine may hold, from what DuckDB says that the machine has."""
    said = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    number, unit = str(said[0] if said else "").split()
    four_fifths = float(number) * 1024 ** ("B", "KiB", "MiB", "GiB", "TiB").index(unit)
    return min(MEMORY, int(four_fifths / 0.8 / 2))


def _csv(name: str, files: list[str]) -> str:
    """Write the call that reads CSV files as text.

    Nothing is guessed: one odd line would otherwise change how the others are read, or be taken for
    the header.

    Raises:
        InputProblem: a file has no header that can be read, or another than the first.

    """
    headers = [_header(name, Path(file)) for file in files]
    if other := [Path(f).name for f, one in zip(files, headers, strict=True) if one != headers[0]]:
        raise InputProblem(
            f"the file {other[0]} of the table {name} has another header than the first: give all "
            "the same columns in the same order"
        )
    columns = ", ".join(f"{_quoted(one)}: 'VARCHAR'" for one in headers[0])
    return (
        f"read_csv({_listed(files)}, auto_detect=false, header=true, delim=',', "
        f"quote='\"', escape='\"', columns={{{columns}}})"
    )


def _header(name: str, path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
    except (StopIteration, UnicodeDecodeError, csv.Error):
        raise InputProblem(
            f"the table {name} is empty or not text in UTF-8: save the file as CSV in UTF-8, or read "
            "it with read_extract first"
        ) from None
    check_names(name, header)
    return header


def _listed(texts: list[str]) -> str:
    return f"[{', '.join(_quoted(text) for text in texts)}]"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _unreadable(what: str, problem: duckdb.Error) -> InputProblem:
    """Say what cannot be read, and in which line if that is known; never what stands there."""
    line = re.search(r"Line: (\d+)", str(problem))
    where = f" (line {line[1]})" if line else ""
    return InputProblem(
        f"{what} cannot be read{where}: save the file as CSV in UTF-8 or as parquet, or "
        "read it with read_extract first"
    )
