"""A frame as an Arrow table, which every engine takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    import pyarrow as pa


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


def check_names(name: str, columns: list[str]) -> None:
    """Refuse a table of which two columns have one name."""
    if len(set(columns)) < len(columns):  # unnamed here, for without a header they are values
        raise InputProblem(f"the table {name} has two columns of one name: leave one out")
