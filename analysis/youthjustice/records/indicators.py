"""The ten key performance indicators of youth justice services, as numerators and denominators."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import did_you_mean
from youthjustice.errors import InputProblem
from youthjustice.measures import proportion

VERSIONS = ("2023-04", "current")
"""The definitions of April 2023, and those that the guidance had in 2026."""


def indicator_definitions() -> pd.DataFrame:
    """List the indicators: what is counted of whom, in each version of the definitions.

    `verified` says whether the wording could be read; where it is `no`, the numerator and the
    denominator that a service brings are its own reading.

    >>> indicator_definitions().loc[0, ["title", "definition_version"]].tolist()
    ['Accommodation', '2023-04']
    """
    table = files("youthjustice.records").joinpath("lookups/indicators.csv")
    with table.open(encoding="utf-8") as file:
        return pd.read_csv(file, keep_default_na=False)


def indicator_counts(
    rows: pd.DataFrame,
    number: int,
    definition_version: str,
    by: str | Sequence[str] = (),
    *,
    counted: str = "counted",
    met: str = "met",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Count one indicator, a row for each group, under one version of its definition.

    Services have reported the indicators every quarter since April 2023, of all children that they
    work with. Their wording changed, and figures of two versions are never put together: rows that
    name another version in a column `definition_version` are refused.

    Args:
        rows: a row for each child, order or meeting of the period; ``counted`` and ``met`` are
            columns of true and false: whether it is in the denominator, and in the numerator.
        number: of the indicator, 1 to 10.
        definition_version: `2023-04` or `current`; see `indicator_definitions`.
        by: columns to count by, such as the type of disposal, or `start` and `end`.
        counted: the name of the first of these columns.
        met: the name of the second.
        confidence: of the interval.

    Returns:
        `indicator`, `title`, `definition_version`, `verified`, the columns ``by``, `numerator`,
        `denominator`, and the share with its interval (`value`, `lower`, `upper`; Wilson 1927).

    Raises:
        InputProblem: a number, a version or a column that is none, a cell that is empty or not true
            or false, a row that is met and not counted, or rows of another version.

    Examples:
        >>> rows = pd.DataFrame({"at": ["start", "start", "end", "end"], "counted": True,
        ...                      "met": [False, True, True, True]})
        >>> made = indicator_counts(rows, 1, "current", by="at")
        >>> made[["at", "numerator", "denominator", "value"]].to_numpy().tolist()
        [['end', 2, 2, 1.0], ['start', 1, 2, 0.5]]

    """
    definition = _definition(number, definition_version)
    names = [by] if isinstance(by, str) else list(by)
    _check(rows, names, counted, met, definition_version)
    some = rows.assign(
        numerator=rows[met].astype("int64"), denominator=rows[counted].astype("int64"), whole=""
    )
    keys = names or ["whole"]
    sums = some.groupby(keys, observed=True, dropna=False)[["numerator", "denominator"]].sum()
    table = sums.reset_index().drop(columns=[] if names else "whole")
    share = proportion(table["numerator"], table["denominator"], confidence=confidence)
    table = table.assign(value=share.value, lower=share.lower, upper=share.upper)
    for place, name in enumerate(("number", "title", "definition_version", "verified")):
        table.insert(place, "indicator" if name == "number" else name, definition[name])
    return table


def _definition(number: object, version: object) -> pd.Series:
    if version not in VERSIONS:
        hint = did_you_mean(version, VERSIONS, f"write one of {', '.join(VERSIONS)}")
        raise InputProblem(f"definition_version is {shown(version)}; {hint}")
    known = indicator_definitions()
    found = known[(known["number"] == number) & (known["definition_version"] == version)]
    if isinstance(number, bool) or found.empty:
        raise InputProblem(f"there is no indicator {shown(number)}: give a number from 1 to 10")
    return found.iloc[0]


def _check(rows: pd.DataFrame, by: list[str], counted: str, met: str, version: str) -> None:
    for name in (counted, met, *by):
        if name not in rows:
            hint = did_you_mean(name, map(str, rows.columns), "name one that it has")
            raise InputProblem(f"the table has no column {shown(name)}; {hint}")
    for name in (counted, met):
        if rows[name].isna().any() or not pd.api.types.is_bool_dtype(rows[name]):
            raise InputProblem(f"the column {shown(name)} is not of true and false in every row")
    if many := int((rows[met] & ~rows[counted]).sum()):
        raise InputProblem(
            f"{many:,} rows are {shown(met)} and not {shown(counted)}: the numerator is a part of the "
            "denominator"
        )
    if "definition_version" in rows and (rows["definition_version"] != version).any():
        raise InputProblem(
            f"the table holds rows of another definition than {version}, and figures of two are never "
            "put together: count each on its own"
        )
