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
from youthjustice.records.cohort.engine import Dialect, check_names, check_source

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY = "4GB"
"""Beyond it intermediate results go to the disk: room is left for the notebook."""

_SETTINGS = {
    "memory_limit": MEMORY,
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

    def read(self, name: str, source: object) -> None:
        """Make a frame, or a parquet or CSV file, known by a name; CSV is read as text."""
        kind = check_source(name, source)
        try:
            if isinstance(source, pd.DataFrame):
                self._connection.register(name, arrow_table(name, source))
                return
            rows = f"SELECT * FROM read_parquet({_quoted(str(source))})"
            if kind == "csv":
                rows = f"SELECT nullif(trim(COLUMNS(*)), '') FROM {_csv(name, Path(str(source)))}"
            self._connection.execute(f"{self.dialect.view} {name} AS {rows}")
        except duckdb.Error as problem:
            raise _unreadable(f"the table {name}", problem) from None

    def run(self, sql: str) -> None:
        """Run a statement."""
        try:
            self._connection.execute(sql)
        except _OF_THE_DATA as problem:
            raise _unreadable("a table of records", problem) from None

    def arrow(self, sql: str) -> pa.Table:
        """Give the result of a query."""
        try:
            return self._connection.sql(sql).to_arrow_table()
        except _OF_THE_DATA as problem:
            raise _unreadable("a table of records", problem) from None

    def numbered(self, name: str, column: str) -> str:
        """Write the query that gives a table with a column that counts its rows from 0."""
        return f"SELECT *, row_number() OVER () - 1 AS {column} FROM {name}"

    def close(self) -> None:
        """Let go of everything, also of what lies on the disk."""
        self._connection.close()
        self._spill.cleanup()


def arrow_table(name: str, frame: pd.DataFrame) -> pa.Table:
    """Give a frame as an Arrow table; what is neither text, number nor date becomes text.

    Raises:
        InputProblem: a column has no name of its own, or mixes kinds of values where it must not.

    """
    import pyarrow as pa

    names = [str(column) for column in frame.columns]
    check_names(name, names)
    columns = [_arrow_column(name, str(one), frame[one]) for one in frame.columns]
    return pa.table(dict(zip(names, columns, strict=True)))


def _arrow_column(name: str, column: str, values: pd.Series) -> pa.Array:
    """Give a column as Arrow does; text without blank ends, and none where nothing is left."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.dtype.categories.dtype)
    try:
        array = pa.array(values, from_pandas=True)
        if isinstance(array.type, pa.BaseExtensionType):  # such as a UUID, which joins no text
            array = pa.array(values.astype("str").where(values.notna(), None), from_pandas=True)
        if not pa.types.is_string(array.type) and not pa.types.is_large_string(array.type):
            return array
        trimmed = pc.utf8_trim_whitespace(array)
        return pc.if_else(pc.equal(trimmed, ""), None, trimmed)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        if column.endswith("_date") or column == "date_of_birth":
            # The reason would name a value.
            raise InputProblem(
                f"the column {column} of the table {name} mixes kinds of values: give it dates"
            ) from None
        return pa.array(values.astype("str").where(values.notna(), None), from_pandas=True)


def _csv(name: str, path: Path) -> str:
    """Write the call that reads a CSV file as text.

    Nothing is guessed: one odd line would otherwise change how the others are read, or be taken for
    the header.

    Raises:
        InputProblem: the file has no header that can be read.

    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
    except (StopIteration, UnicodeDecodeError, csv.Error):
        raise InputProblem(
            f"the table {name} is empty or not text in UTF-8: save the file as CSV in UTF-8, or read "
            "it with read_extract first"
        ) from None
    check_names(name, header)
    columns = ", ".join(f"{_quoted(one)}: 'VARCHAR'" for one in header)
    return (
        f"read_csv({_quoted(str(path))}, auto_detect=false, header=true, delim=',', "
        f"quote='\"', escape='\"', columns={{{columns}}})"
    )


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
