"""What runs the definition: it takes SQL and gives Arrow tables. Only an engine knows which."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple, Protocol

from youthjustice.measures.inputs import check_choice

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

ENGINES = {"duckdb": "engine_duckdb", "spark": "engine_spark"}
"""The module of each engine; it has a function `connect` without arguments."""


class Dialect(NamedTuple):
    """How SQL is written for an engine."""

    name: str
    """The name of the dialect in which Ibis writes."""
    view: str
    """The words before the name and the query that name a query."""
    table: str
    """The words before the name and the query that keep the result of a query."""

    def statement(self, name: str, query: str, kept: bool) -> str:
        """Write the statement that names a query, and keeps its result where that is asked for."""
        return f"{self.table if kept else self.view} {name} AS\n{query}"


class Engine(Protocol):
    """A connection that can read the two tables and run SQL of its dialect."""

    dialect: Dialect

    def read(self, name: str, source: object) -> None:
        """Make a frame, or parquet or CSV files, known by a name; CSV is read as text."""

    def name(self, name: str, query: str, kept: bool = False) -> None:
        """Make a query known by a name, and keep its result where that is asked for."""

    def arrow(self, sql: str) -> pa.Table:
        """Give the result of a query."""

    def later(self, sql: str) -> Callable[[], pa.Table]:
        """Give what gives the result of a query, whatever names are given again in between."""

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
