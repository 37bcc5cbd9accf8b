"""The two tables of case records: their columns, and what may stand in them."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    from youthjustice._pandera import pa

CHILDREN = ("child_id", "date_of_birth", "sex", "ethnic_group", "service")
OFFENCES = ("child_id", "offence_date", "offence_code", "offence_seq", "outcome_type",
            "outcome_date", "release_date", "is_breach")  # fmt: skip
OPTIONAL = {"children": ("care_status", "special_educational_needs"), "offences": ("remand",)}
"""Columns that the tables may have as well."""

TABLES = {"children": CHILDREN, "offences": OFFENCES}
DATES = ("date_of_birth", "offence_date", "outcome_date", "release_date")
FILLED = ("child_id", "date_of_birth", "sex", "ethnic_group", "outcome_type", "is_breach")
"""Columns in which no row may be empty; an empty date of an offence means that it is not known."""

EMPTY = "is empty but must be filled"
TWICE = "names a child that stands in another row too"
NO_CHILD = "names a child that the table of children does not have"
BEFORE_BIRTH = "is before the child was born"
BEFORE_OFFENCE = "is before the offence"
BEFORE_OUTCOME = "is before the outcome"
_COLUMN_WORDS = {
    "column_in_dataframe": "is missing",
    "text": "does not hold text",
    "dates": "does not hold dates without a time zone",
    "whole": "does not hold whole numbers",
    "truths": "does not hold true and false",
}
_ROW_WORDS = {"not_nullable": EMPTY, "field_uniqueness": TWICE}


@cache
def allowed() -> dict[str, tuple[str, ...]]:
    """Give the values that a column may hold, by column.

    >>> allowed()["sex"]
    ('female', 'male', 'unknown')
    """
    table = files("youthjustice.records").joinpath("lookups/values.csv")
    values: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        values[row["column"]] = (*values.get(row["column"], ()), row["value"])
    return values


@cache
def table_schema(table: str) -> pa.DataFrameSchema:
    """Give the pandera schema of the table `children` or `offences`; other columns may follow.

    >>> sorted(table_schema("offences").columns)[:3]
    ['child_id', 'is_breach', 'offence_code']
    """
    from youthjustice._pandera import pa

    columns = {name: _column(name, unique=table == "children") for name in TABLES[table]}
    columns |= {name: _column(name, required=False) for name in OPTIONAL[table]}
    return pa.DataFrameSchema(columns)


def _column(name: str, *, unique: bool = False, required: bool = True) -> pa.Column:
    from youthjustice._pandera import pa

    kind = {"offence_seq": "whole", "is_breach": "truths"}.get(name, "text")
    checks = [_of_kind("dates" if name in DATES else kind)]
    if values := allowed().get(name):
        checks.append(pa.Check(_among(values), name="allowed"))
    return pa.Column(
        None,
        checks,
        nullable=name not in FILLED,
        unique=unique and name == "child_id",
        required=required,
    )


def _of_kind(kind: str) -> pa.Check:
    from youthjustice._pandera import pa

    tests: dict[str, Any] = {
        "text": _is_text,
        "dates": lambda column: _is_dates(column) or column.isna().all(),
        "whole": lambda column: pd.api.types.is_integer_dtype(column) or _whole(column),
        "truths": lambda column: pd.api.types.is_bool_dtype(column) or not len(column),
    }
    return pa.Check(tests[kind], name=kind)


def _is_text(column: pd.Series) -> bool:
    """Tell whether a column holds text, few texts many times (a category), or nothing."""
    kind = getattr(column.dtype, "categories", column)
    return bool(pd.api.types.is_string_dtype(kind) or column.isna().all())


def _is_dates(column: pd.Series) -> bool:
    return column.dtype.kind == "M" and not hasattr(column.dtype, "tz")


def _whole(column: pd.Series) -> bool:
    """Tell whether numbers with gaps, which pandas makes floats of, are whole."""
    known = column.dropna()
    return bool(column.dtype.kind == "f" and (known == np.floor(known)).all()) or not len(known)


def _among(values: tuple[str, ...]) -> Any:
    return lambda column: column.isin(values)


def problems(children: pd.DataFrame, offences: pd.DataFrame) -> pd.DataFrame:
    """List what breaks the schema: a row for each, with no value of the records in it.

    Returns:
        `table`, `row` (the position, counted from 0; missing where the whole column is meant),
        `column` and `reason`, in the order of tables, rows and columns.

    Examples:
        >>> import pandas as pd
        >>> children = pd.DataFrame({"child_id": ["DUMMY-1"], "date_of_birth": ["2008-01-01"],
        ...                          "sex": ["boy"], "ethnic_group": ["White"], "service": ["Leeds"]})
        >>> offences = pd.DataFrame(columns=list(OFFENCES))
        >>> found = problems(children, offences)
        >>> found.loc[found["table"] == "children", ["row", "column", "reason"]].to_numpy().tolist()
        [[<NA>, 'date_of_birth', 'does not hold dates without a time zone'], \
[0, 'sex', 'is not one of female, male, unknown']]

    """
    found = [*_schema_problems("children", children), *_schema_problems("offences", offences)]
    if not any(part["row"].isna().any() for part in found):
        found += list(_between_columns(children, offences))
    listed = pd.concat([_NOTHING, *found], ignore_index=True)
    return listed.sort_values(["table", "row", "column"], na_position="first", ignore_index=True)


_NOTHING = pd.DataFrame(
    {"table": pd.Series(dtype="str"), "row": pd.Series(dtype="Int64"),
     "column": pd.Series(dtype="str"), "reason": pd.Series(dtype="str")}
)  # fmt: skip


def check_records(children: pd.DataFrame, offences: pd.DataFrame) -> None:
    """Raise the first thing wrong with the two tables, in one sentence without any value of them.

    Raises:
        InputProblem: a column is missing or of another kind, or a row breaks the schema.

    Examples:
        >>> import pandas as pd
        >>> from youthjustice.errors import InputProblem
        >>> try:
        ...     check_records(pd.DataFrame(columns=["child_id"]), pd.DataFrame(columns=list(OFFENCES)))
        ... except InputProblem as problem:
        ...     print(problem)
        the column date_of_birth of the table children is missing: read the extract with \
read_extract, or give the column that kind

    """
    refuse_swapped(children.columns, offences.columns)
    found = problems(children, offences)
    if found.empty:
        return
    one = found.iloc[0]
    if pd.isna(one["row"]):
        raise InputProblem(
            f"the column {one['column']} of the table {one['table']} {one['reason']}: read the "
            "extract with read_extract, or give the column that kind"
        )
    more = f" (and {len(found) - 1:,} more)" if len(found) > 1 else ""
    raise InputProblem(
        f"row {one['row']} of the table {one['table']}, counted from 0: {one['column']} "
        f"{one['reason']}{more}; leave the row out, or read the extract with read_extract"
    )


def refuse_swapped(children: Collection[str], offences: Collection[str]) -> None:
    """Refuse two tables, given by their columns, of which each is the other.

    Raises:
        InputProblem: they were given in the wrong order.

    """
    acts = "date_of_birth" not in children and {"outcome_type", "outcome_date"} <= {*children}
    if acts and "date_of_birth" in offences:
        raise InputProblem("children has no column date_of_birth; were the two tables swapped?")


def _schema_problems(table: str, frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    from youthjustice._pandera import pa

    try:
        # Positions and not labels, for an index may hold what names a child.
        table_schema(table).validate(frame.reset_index(drop=True), lazy=True)
    except pa.errors.SchemaErrors as problem:
        # The cases hold the values as well, which must go no further.
        cases = problem.failure_cases[["column", "check", "failure_case", "index"]]
    else:
        return
    absent = cases["check"] == "column_in_dataframe"
    column = cases["column"].where(~absent, cases["failure_case"]).astype("str")
    check = cases["check"].astype("str")
    whole = check.isin(_COLUMN_WORDS)
    odd = column[whole & ~absent]  # where a column is of another kind, its rows say nothing more
    listed = pd.DataFrame({"table": table, "row": cases["index"].astype("Int64"), "column": column})
    listed["reason"] = check.map(_COLUMN_WORDS | _ROW_WORDS).fillna(column.map(_not_allowed))
    yield listed[whole | ~column.isin(odd)].drop_duplicates()


def _not_allowed(column: str) -> str:
    return f"is not one of {', '.join(allowed().get(column, ()))}"


def _between_columns(children: pd.DataFrame, offences: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give what the columns of one offence, or an offence and its child, say against each other."""
    born = children.drop_duplicates("child_id").set_index("child_id")["date_of_birth"]
    place = born.index.get_indexer(pd.Index(offences["child_id"]))
    birth = pd.Series(pd.NaT, index=range(len(offences)), dtype="datetime64[us]")
    if len(born):
        birth = pd.Series(born.to_numpy()[place]).where(place >= 0)
    dates = pd.DataFrame({name: pd.to_datetime(offences[name].array) for name in DATES[1:]})
    for reason, column, broken in broken_rules(birth, dates, place >= 0):
        rows = np.flatnonzero(broken)
        yield pd.DataFrame(
            {
                "table": "offences",
                "row": pd.array(rows, "Int64"),
                "column": column,
                "reason": reason,
            }
        )


def broken_rules(
    birth: pd.Series, dates: pd.DataFrame, has_child: Any
) -> Iterator[tuple[str, str, np.ndarray[Any, np.dtype[np.bool_]]]]:
    """Give each rule between columns as its reason, its column and the offences that break it.

    An offence that an unknown date or child keeps from being judged breaks no rule.
    """
    offence, outcome, release = (dates[name] for name in DATES[1:])
    yield NO_CHILD, "child_id", ~np.asarray(has_child, dtype=bool)
    for name in DATES[1:]:
        yield BEFORE_BIRTH, name, (dates[name] < birth).to_numpy()
    yield BEFORE_OFFENCE, "outcome_date", (outcome < offence).to_numpy()
    yield BEFORE_OUTCOME, "release_date", (release < outcome).to_numpy()
