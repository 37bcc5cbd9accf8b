"""Reading a frame of periods: points in order of time, in segments that no break runs through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns, check_keys
from youthjustice.measures.inputs import BoolArray, FloatArray, read
from youthjustice.measures.labels import names_of, number_cells
from youthjustice.measures.rows import refuse_row

PANDEMIC = ("2020", "2021")
PERIOD_END = "the date on which the period ends"


@dataclass(frozen=True, slots=True)
class Points:
    """Every row of the frame, ordered by series and period.

    ``keys`` has one row per segment: the series' keys and ``segment``, numbered from 1 within a
    series. ``segment`` is the row of ``keys`` of each point; ``time`` is in years; ``x`` and ``n``
    are numerator and denominator (1 where no denominator was named); ``missing`` is true where a
    count is missing, ``empty`` where a denominator is 0, ``flagged`` where the period is.
    """

    keys: pd.DataFrame
    series: NDArray[np.int64]
    segment: NDArray[np.int64]
    period: pd.Series[Any]
    time: FloatArray
    x: FloatArray
    n: FloatArray
    missing: BoolArray
    empty: BoolArray
    flagged: BoolArray


def read_points(
    frame: pd.DataFrame,
    *,
    period: str,
    numerator: str,
    denominator: str | None,
    by: object,
    breaks: object = (),
    flagged: object = (),
) -> Points:
    """Check a frame of counts by period and lay it out in order of time.

    Series (``by``) keep their order of appearance. A segment starts at the first period on or after
    each break. Raises InputProblem, naming the row.
    """
    keys = names_of("by", by)
    check_columns(frame, [*keys, period, numerator, *([denominator] if denominator else [])])
    dates = as_dates(frame[period], period)
    named = {numerator: frame[numerator]}
    if denominator is not None:
        named[denominator] = frame[denominator]
    counts = read(named)
    series = number_cells(frame, keys)
    _check_twice(frame, keys, period, pd.DataFrame({"series": series, "date": dates.to_numpy()}))
    order = np.lexsort((dates.to_numpy(), series))
    dates, series = dates.iloc[order].reset_index(drop=True), series[order]
    x = counts.numbers[0][order]
    n = counts.numbers[1][order] if denominator is not None else np.ones(len(order))
    part = np.searchsorted(as_breaks(breaks), dates.to_numpy(), side="right")
    new = np.ones(len(order), dtype=bool)
    new[1:] = (series[1:] != series[:-1]) | (part[1:] != part[:-1])
    segment = np.cumsum(new) - 1
    table = frame[keys].iloc[order[new]].reset_index(drop=True)
    first = series[new]
    check_keys(keys, ("segment",))
    table["segment"] = pd.Series(first).groupby(first).cumcount().to_numpy() + 1
    missing = np.isnan(x) | np.isnan(n)
    return Points(
        keys=table,
        series=series,
        segment=segment,
        period=dates,
        time=years(dates),
        x=x,
        n=n,
        missing=missing,
        empty=~missing & (n == 0),
        flagged=_matches(dates, flagged),
    )


def tidy(keys: pd.DataFrame, columns: dict[str, object], attrs: dict[Any, Any]) -> pd.DataFrame:
    """Set the columns of a result beside its keys; a key may not have the name of a column."""
    check_keys(keys, columns)
    result = pd.concat([keys, pd.DataFrame(columns, index=keys.index)], axis=1)
    result.attrs = attrs
    return result


def years(dates: pd.Series[Any]) -> FloatArray:
    """Return dates in years, counted in months so that the ends of years are a year apart."""
    when = dates.dt
    within = (when.month - 1 + when.day / when.days_in_month) / 12
    return np.asarray(when.year + within, dtype=np.float64)


def as_dates(column: pd.Series[Any], name: str, what: str = PERIOD_END) -> pd.Series[Any]:
    """Return a column of days; a bare year or a number is none, and no hour or time zone is kept."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        dates = column
    else:
        written = column.astype(object).map(_plain_date).astype(object)
        dates = pd.to_datetime(written, format="%Y-%m-%d", errors="coerce")
    if dates.isna().any():
        at = int(np.argmax(dates.isna().to_numpy(dtype=bool)))
        given = column.astype(object).iloc[at]
        found = "missing" if pd.isna(given) else repr(given)
        raise InputProblem(
            f"{name} is {found} in row {column.index[at]}; give {what}, such as 2024-12-31."
        )
    days: pd.Series[Any] = dates.dt.tz_localize(None).dt.normalize()
    return days


def _plain_date(value: object) -> object:
    """Return what may be a date without its time zone, and nothing for what is none."""
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return value if isinstance(value, (str, date)) else None


def as_date(name: str, value: object) -> pd.Timestamp:
    """Return one date, or raise InputProblem that says what a date looks like."""
    try:
        if isinstance(value, str):
            return pd.to_datetime(value, format="%Y-%m-%d")
        if isinstance(value, (date, np.datetime64)) and not pd.isna(value):
            return pd.Timestamp(value).tz_localize(None).normalize()
    except ValueError:
        pass
    raise InputProblem(f"{name} is {value!r}; give a date such as 2024-12-31.")


def as_breaks(breaks: object) -> NDArray[np.datetime64]:
    """Return the dates at which segments begin, in order."""
    found = sorted(as_date("breaks", value) for value in _listed(breaks))
    return np.array([value.to_datetime64() for value in found], dtype="datetime64[s]")


def _matches(dates: pd.Series[Any], labels: object) -> BoolArray:
    """Tell the periods whose ISO date begins with a label: a year, a month or a day."""
    texts = []
    for label in _listed(labels):
        if isinstance(label, (date, np.datetime64)):
            texts.append(as_date("flagged", label).strftime("%Y-%m-%d"))
        elif isinstance(label, str) and label:
            texts.append(label)
        else:
            raise InputProblem(
                f"flagged holds {label!r}; give years or dates as text, such as '2020' or "
                "'2020-12-31'."
            )
    written = dates.dt.strftime("%Y-%m-%d").astype(object)
    found = written.map(lambda text: text.startswith(tuple(texts)))
    return np.asarray(found, dtype=bool)


def _listed(values: object) -> list[object]:
    if values is None:
        return []
    if isinstance(values, Iterable) and not isinstance(values, str):
        return list(values)
    return [values]


def _check_twice(frame: pd.DataFrame, keys: list[Any], period: str, numbered: pd.DataFrame) -> None:
    """Refuse a day that a series has twice, however it was written."""
    what = (
        "stands twice; keep one row for each period, or name the columns that tell its series apart "
        "in by."
    )
    refuse_row(frame, [*keys, period], numbered.duplicated().to_numpy(dtype=bool), what)
