"""Count children by ethnic group, sex, age and more, with a row for every group, those of none too."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.records.cohort.parameters import read_date
from youthjustice.records.schema import allowed

AGE_BANDS = {"10-14": (10, 14), "15-17": (15, 17)}
"""The bands that the published statistics print."""

Period = tuple[pd.Timestamp, pd.Timestamp]


def read_period(period: object) -> Period:
    """Read the first and the last day of a period.

    >>> read_period(("2023-01-01", "2023-12-31"))[1]
    Timestamp('2023-12-31 00:00:00')
    """
    if isinstance(period, (tuple, list)) and len(period) == 2:
        first, last = (pd.Timestamp(read_date("period", day)) for day in period)
        if first <= last:
            return first, last
    raise InputProblem(
        f"period is {shown(period)}; give its first and its last day, such as "
        '("2023-01-01", "2023-12-31").'
    )


def age_on(born: pd.Series, day: pd.Series) -> npt.NDArray[np.int64]:
    """Give the age in completed years on a day.

    >>> age_on(pd.Series(pd.to_datetime(["2006-06-15"])), pd.Series(pd.to_datetime(["2024-06-14"])))
    array([17])
    """
    before = (day.dt.month * 100 + day.dt.day) < (born.dt.month * 100 + born.dt.day)
    return np.asarray(day.dt.year - born.dt.year - before, dtype="int64")


def age_bands(age: npt.NDArray[np.int64]) -> pd.Series:
    """Give the band of each age from 10 to 17."""
    return pd.Series(np.where(age <= AGE_BANDS["10-14"][1], *AGE_BANDS), dtype="str")


def read_by(by: str | Sequence[str], children: pd.DataFrame) -> list[str]:
    """Read the columns that children are counted by; `age_band` is worked out.

    Raises:
        InputProblem: a name that is no column of the children, or a child without a date of birth.

    """
    if "date_of_birth" in children and (lacking := int(children["date_of_birth"].isna().sum())):
        raise InputProblem(
            f"{lacking:,} children have no date of birth, so their age is not known: read the "
            "extract with read_extract, which names their rows"
        )
    names = [by] if isinstance(by, str) else list(by)
    known = {*allowed(), "service", "age_band"}
    for name in names:
        if name not in known or (name != "age_band" and name not in children):
            held = ", ".join(sorted(known & {*children.columns, "age_band"}))
            raise InputProblem(
                f"by names {shown(name)}, which is no column here; there are {held}."
            )
    return names


def count_by(counted: pd.DataFrame, by: Sequence[str], children: pd.DataFrame) -> pd.DataFrame:
    """Count rows by their groups; a group without a row has 0."""
    values = [_values(name, children) for name in by]
    grid = pd.DataFrame(list(product(*values)), columns=list(by), dtype="str")
    counts = counted.groupby(list(by), observed=True).size().rename("children").reset_index()
    counts = counts.astype(dict.fromkeys(by, "str"))
    counted_grid = grid.merge(counts, on=list(by), how="left")
    return counted_grid.assign(children=counted_grid["children"].fillna(0).astype("int64"))


def _values(name: str, children: pd.DataFrame) -> list[Any]:
    if name == "age_band":
        return list(AGE_BANDS)
    if name in allowed():
        return list(allowed()[name])
    return sorted(children[name].dropna().astype("str").unique())


def with_population(
    counts: pd.DataFrame, by: Sequence[str], population: pd.DataFrame | None
) -> pd.Series:
    """Give the population of each row, missing where it is not known.

    Raises:
        InputProblem: the table of populations lacks a column, or has a group twice.

    """
    if population is None:
        return pd.Series(np.nan, index=counts.index)
    absent = [name for name in (*by, "population") if name not in population]
    if absent:
        raise InputProblem(
            f"the table of populations has no column {absent[0]}: give {', '.join(by)} and population"
        )
    if population.duplicated(list(by)).any():
        raise InputProblem(
            f"the table of populations has a group twice: add up its rows by {', '.join(by)}"
        )
    known = population[[*by, "population"]].astype(dict.fromkeys(by, "str"))
    merged = counts.merge(known, on=list(by), how="left")
    return merged["population"].astype("float64").set_axis(counts.index)
