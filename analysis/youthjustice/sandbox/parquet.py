"""Read a parquet file without pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from youthjustice.errors import InputProblem
from youthjustice.sandbox.columns import Column, check_extent, in_columns
from youthjustice.sandbox.kinds import DAMAGED
from youthjustice.sandbox.limits import MEMORY

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": f"{MEMORY // 2}B",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_ROWS_AT_ONCE = 10_000
_TEXT, _TRUTH, _DAY, _MOMENT = "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP"
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL", "FLOAT", "DOUBLE")


def table(raw: bytes, folder: Path) -> tuple[list[str], int, Iterator[list[Column]]]:
    """Give the columns' names, the number of rows and the cells; numbers come as floats.

    The bytes are written to the folder, the one place where the query may read.

    Raises:
        InputProblem: the file is damaged, or has too many cells.

    """
    import duckdb

    path = folder / "table.parquet"
    path.write_bytes(raw)
    try:
        query = duckdb.connect(config=_SETTINGS)
        query.execute(f"SET allowed_paths=[{_quoted(str(path), mark=chr(39))}]")
        query.execute("SET enable_external_access=false")
        query.execute("SET lock_configuration=true")
        kinds = query.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()
        counted = query.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
        rows = int(counted[0]) if counted else 0
        check_extent(rows + 1, len(kinds))
        chosen = ", ".join(_cast(str(name), str(kind)) for name, kind, *_ in kinds)
        query.execute(f"SELECT {chosen} FROM read_parquet(?)", [str(path)])
    except duckdb.Error:
        raise InputProblem(DAMAGED) from None
    fetched = chain.from_iterable(iter(lambda: query.fetchmany(_ROWS_AT_ONCE), []))
    return [str(name) for name, *_ in kinds], rows, in_columns(fetched, len(kinds))


def _cast(name: str, kind: str) -> str:
    """Read a column as text, a truth, a date or a number; what is not a number is missing."""
    column, plain = _quoted(name), kind.removeprefix("U")
    if plain.startswith(_NUMBERS) and not kind.endswith("]"):
        return f"nullif({column}::DOUBLE, 'nan'::DOUBLE)"
    if kind in (_TRUTH, _DAY):
        return column
    if kind.startswith(_MOMENT) and "ZONE" not in kind:
        return f"{column}::{_MOMENT}"
    return f"{column}::{_TEXT}"


def _quoted(name: str, mark: str = '"') -> str:
    return mark + name.replace(mark, mark * 2) + mark
