"""What runs the definition: it takes SQL and gives Arrow tables. Only an engine knows which."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import check_choice

if TYPE_CHECKING:
    import pyarrow as pa

ENGINES = {"duckdb": "engine_duckdb"}
"""The module of each engine; it has a function `connect` without arguments."""


class Dialect(NamedTuple):
    """How SQL is written for an engine."""

    name: str
    """The name of the dialect in which Ibis writes."""
    view: str
    """The words before the name and the query that name a query."""
    table: str
    """The words before the name and the query that keep the result of a query."""


class Engine(Protocol):
    """A connection that can read the two tables and run SQL of its dialect."""

    dialect: Dialect

    def read(self, name: str, source: object) -> None:
        """Make a frame, or a parquet or CSV file, known by a name; CSV is read as text."""

    def run(self, sql: str) -> None:
        """Run a statement."""

    def arrow(self, sql: str) -> pa.Table:
        """Give the result of a query."""

    def numbered(self, name: str, column: str) -> str:
        """Write the query that gives a table with a column that counts its rows from 0."""

    def close(self) -> None:
        """Let go of everything, also of what lies on the disk."""


def connect(engine: str) -> Engine:
    """Start an engine by its name.

    Raises:
        InputProblem: there is no engine of that name.

    """
    home = ENGINES[check_choice("engine", engine, ENGINES)]
    module = importlib.import_module(f"youthjustice.records.cohort.{home}")
    return module.connect()  # type: ignore[no-any-return]


def check_source(name: str, source: object) -> str:
    """Give the kind of a source: frame, parquet or csv.

    Raises:
        InputProblem: it is neither a frame nor a file of these kinds.

    """
    import pandas as pd

    if isinstance(source, pd.DataFrame):
        return "frame"
    if isinstance(source, (str, Path)):
        path = Path(source)
        kind = path.suffix.lower().removeprefix(".")
        if kind in ("parquet", "csv") and path.is_file():
            return kind
        if kind == "parquet" and "*" in path.name and any(path.parent.glob(path.name)):
            return kind
        if kind in ("parquet", "csv"):
            raise InputProblem(f"there is no file {path.name} for the table {name}: check the path")
    raise InputProblem(
        f"the table {name} is neither a frame nor the path of a parquet or CSV file: read other "
        "files with read_extract first"
    )


def check_names(name: str, columns: list[str]) -> None:
    """Refuse a table of which two columns have one name."""
    if len(set(columns)) < len(columns):  # unnamed here, for without a header they are values
        raise InputProblem(f"the table {name} has two columns of one name: leave one out")
