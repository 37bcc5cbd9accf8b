"""Spark, in the session that is running; without one, quietly on this machine."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.records.cohort.engine import Dialect
from youthjustice.records.cohort.frames import arrow_table
from youthjustice.records.cohort.sources import files_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

INSTALL = 'engine="spark" needs PySpark: pip install "youth-justice-analysis[spark]"'

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",  # a moment of records has no time zone
    "spark.sql.ansi.enabled": "true",  # what does not fit is an error and no other number
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # a line is checked as a whole
}


def connect() -> Spark:
    """Take the session that is running, or start one on this machine.

    Raises:
        InputProblem: PySpark or Java is not installed, or Spark is older than 4.

    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise InputProblem(INSTALL) from None
    from youthjustice.records.cohort.local_spark import start

    return Spark(SparkSession.getActiveSession() or start())


class Spark:
    """A session of its own beside the one that runs: no name and no setting is shared."""

    dialect = Dialect("pyspark", "CREATE OR REPLACE TEMP VIEW", "CREATE OR REPLACE TEMP VIEW")

    def __init__(self, running: Any) -> None:
        from pyspark.errors import AnalysisException

        if int(running.version.split(".")[0]) < 4:
            raise InputProblem(f"this is Spark {running.version}: give a session of 4 or later")
        self._session = running.newSession()
        self._shared: list[str] = []
        for key, value in (running.conf.getAll | _SETTINGS).items():
            with suppress(AnalysisException):  # what belongs to the whole cluster stays as it is
                self._session.conf.set(key, value)
        with warnings.catch_warnings():
            # PySpark says so whatever pandas does here; all tables go through Arrow.
            warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
            import ibis

            ibis.pyspark.from_connection(self._session)  # makes its way of writing SQL known

    def read(self, name: str, source: object) -> None:
        """Make a frame of pandas or of Spark, or files, known by a name; CSV is read as text."""
        with _said_in_a_sentence(f"the table {name}"):
            self._rows(name, source).createOrReplaceTempView(name)

    def _rows(self, name: str, source: Any) -> Any:
        if isinstance(source, pd.DataFrame):
            return self._session.createDataFrame(arrow_table(name, source))
        if hasattr(source, "createGlobalTempView"):  # so that this session can see it
            shared = f"youthjustice_{uuid4().hex}"
            source.createGlobalTempView(shared)
            self._shared.append(shared)
            return self._session.table(f"global_temp.{shared}")
        kind, files = _files(name, source)
        if kind == "parquet":
            return self._session.read.parquet(*files)
        rows = self._session.read.csv(
            files, header=True, enforceSchema=False, multiLine=True, escape='"', mode="FAILFAST"
        )
        names = [f"`{column.replace('`', '``')}`" for column in rows.columns]
        return rows.selectExpr(*(f"nullif(trim({column}), '') AS {column}" for column in names))

    def name(self, name: str, query: str, kept: bool = False) -> None:
        """Make a query known by a name, and keep its result where that is asked for.

        What is kept is cut off from how it came about, for Spark would otherwise work through all
        steps before with each step after, which takes longer than the work itself.
        """
        with _said_in_a_sentence("a table of records"):
            rows = self._session.sql(query)
            if kept:
                rows = rows.localCheckpoint()
            rows.createOrReplaceTempView(name)

    def arrow(self, sql: str) -> pa.Table:
        """Give the result of a query."""
        return self.later(sql)()

    def later(self, sql: str) -> Callable[[], pa.Table]:
        """Give what gives the result of a query, whose names are looked up now."""
        with _said_in_a_sentence("a table of records"):
            rows = self._session.sql(sql)

        def collected() -> pa.Table:
            with _said_in_a_sentence("a table of records"):
                return rows.toArrow()

        return collected

    def numbered(self, name: str, column: str) -> str:
        """Write the query that gives a table with a column that counts its rows from 0."""
        place = f"row_number() OVER (ORDER BY read_as) - 1 AS {column}"
        rows = f"SELECT *, monotonically_increasing_id() AS read_as FROM {name}"
        return f"SELECT * EXCEPT (read_as), {place} FROM ({rows})"

    def close(self) -> None:
        """Let go of what is kept; the session that was running goes on."""
        for name in self._shared:
            self._session.catalog.dropGlobalTempView(name)


def _files(name: str, source: object) -> tuple[str, list[str]]:
    """Give the kind of the files that a path stands for; one with a scheme Spark finds by itself."""
    if isinstance(source, str) and "://" in source:
        return ("csv" if source.endswith(".csv") else "parquet"), [source]
    kind, files = files_of(name, source)
    return kind, [Path(file).resolve().as_uri() for file in files]


@contextmanager
def _said_in_a_sentence(what: str) -> Iterator[None]:
    """Turn what Spark raises into one sentence: its words may hold values of records."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as problem:
        named = getattr(problem, "getCondition", lambda: None)() or "no reason given"
        raise InputProblem(
            f"{what} cannot be read by Spark ({named}): save it as parquet or as CSV in UTF-8, or "
            "read it with read_extract first"
        ) from None
