"""Several years taken together, where one year holds too few children to say anything."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice._months import day_in_words
from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns
from youthjustice.measures.estimate import flag_text
from youthjustice.measures.inputs import BoolArray, FloatArray, read
from youthjustice.measures.labels import names_of, read_labels
from youthjustice.measures.rows import refuse_row

_START = "period_start"


def pool_years(
    frame: pd.DataFrame,
    *,
    numerator: str,
    denominator: str,
    by: str | Sequence[str] | None = None,
    period: str = "period_end",
    years: int = 3,
    rolling: bool = False,
    allow_gaps: bool = False,
    unit: str = "person-years",
) -> pd.DataFrame:
    """Add up numerators and denominators over years that follow one another.

    ``by`` names the columns that tell one series from another (area, ethnic group); ``period`` is
    the column of dates on which a year ends. All series are summed over the same ``years``, the
    last of the frame or, if ``rolling``, every run of that many; so groups stay comparable. The
    result has the keys, ``period_start`` (if the frame has it), ``period``, the two sums under
    their own names, ``years_pooled``, ``flags`` and ``note``, and goes straight into
    ``relative_rate_index``. A sum of yearly populations counts person-years: ``unit`` is the word
    for what the denominator becomes, such as ``"children sentenced"`` at a stage.

    A year that is not there, or a count that is missing, makes the sums missing (flags ``gap``,
    ``missing``); with ``allow_gaps`` the years that are complete are summed and the note says how
    many. Raises InputProblem for absent columns, rows that stand twice, periods that are not dates
    or not a year apart, and a frame that spans fewer years.

    Black children sentenced to custody, of those sentenced for indictable offences, England and
    Wales, years ending March 2023 to 2025:

    >>> years = pd.DataFrame({"period_end": ["2023-03-31", "2024-03-31", "2025-03-31"],
    ...                       "custody": [78, 86, 38], "sentenced": [889, 563, 731]})
    >>> pooled = pool_years(years, numerator="custody", denominator="sentenced", unit="children")
    >>> pooled[["custody", "sentenced", "years_pooled"]]
       custody  sentenced  years_pooled
    0    202.0     2183.0             3
    >>> pooled["note"].iloc[0]
    '3 years together, ending 31 March 2025; children'
    """
    keys = names_of("by", by)
    for name, choice in (("rolling", rolling), ("allow_gaps", allow_gaps)):
        if not isinstance(choice, (bool, np.bool_)):
            raise InputProblem(f"{name} is a {type(choice).__name__}; give True or False.")
    _check(frame, [*keys, period], numerator, denominator)
    span = _whole_years(years)
    ends = _dates(frame, period)
    counts = read({numerator: frame[numerator], denominator: frame[denominator]})
    year = _year_of(frame, period, ends)
    if _START in frame.columns:
        _check_length(frame, ends)
    last = int(year.max())
    if last + 1 < span and not allow_gaps:
        raise InputProblem(
            f"{span} years are to be taken together and {period} spans {last + 1}; give more "
            "years, or ask for fewer."
        )
    series = np.zeros(len(frame), dtype=np.int64)
    if keys:
        numbered = frame.groupby(keys, dropna=False, sort=False, observed=True).ngroup()
        series = np.asarray(numbered, dtype=np.int64)
    sums, complete, present = _windows(counts.numbers, series, year, span)
    first = max(min(span - 1, last), 0) if rolling else last
    chosen = np.arange(first, last + 1)
    return _result(
        frame,
        keys=keys,
        names=(numerator, denominator, period),
        sums=sums[:, :, chosen],
        complete=complete[:, chosen],
        present=present[:, chosen],
        chosen=chosen,
        end=ends.max(),
        span=span,
        allow_gaps=allow_gaps,
        unit=unit,
        last=last,
    )


def _windows(
    counts: tuple[FloatArray, ...], series: NDArray[np.int64], year: NDArray[np.int64], span: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return sums of both counts, complete years and years there at all, by series and end."""
    shape = (int(series.max()) + 1, int(year.max()) + 1)
    whole = ~np.isnan(counts[0] + counts[1])
    cells = np.zeros((4, *shape))
    cells[0, series, year] = np.where(whole, counts[0], 0.0)
    cells[1, series, year] = np.where(whole, counts[1], 0.0)
    cells[2, series, year] = whole
    cells[3, series, year] = 1.0
    # Added up afresh for every window: differences of running sums would lose digits.
    padded = np.pad(cells, ((0, 0), (0, 0), (span - 1, 0)))
    sums = np.lib.stride_tricks.sliding_window_view(padded, span, axis=2).sum(axis=3)
    return sums[:2], sums[2], sums[3]


def _result(
    frame: pd.DataFrame,
    *,
    keys: list[str],
    names: tuple[str, str, str],
    sums: FloatArray,
    complete: FloatArray,
    present: FloatArray,
    chosen: NDArray[np.int64],
    end: pd.Timestamp,
    span: int,
    allow_gaps: bool,
    unit: str,
    last: int,
) -> pd.DataFrame:
    numerator, denominator, period = names
    series, windows = complete.shape
    ends = [end - pd.DateOffset(years=int(last - at)) for at in chosen]
    ends = [at + pd.offsets.MonthEnd(0) if end.is_month_end else at for at in ends]
    own = complete.reshape(-1)
    gap = present.reshape(-1) < span
    missing = own < present.reshape(-1)
    usable: BoolArray = own > 0 if allow_gaps else own == span
    pooled = np.where(usable, own, 0).astype(np.int64)
    result = pd.DataFrame(index=pd.RangeIndex(series * windows))
    if keys:
        heads = frame[keys].drop_duplicates(ignore_index=True)
        result = heads.loc[heads.index.repeat(windows)].reset_index(drop=True)
    if _START in frame.columns:
        starts = [at + pd.DateOffset(days=1) - pd.DateOffset(years=span) for at in ends]
        result[_START] = np.tile(np.array(starts, dtype="datetime64[ns]"), series)
    result[period] = np.tile(np.array(ends, dtype="datetime64[ns]"), series)
    for name, part in zip((numerator, denominator), sums, strict=True):
        result[name] = np.where(usable, part.reshape(-1), np.nan)
    result["years_pooled"] = pooled
    result["flags"] = flag_text(gap=gap, missing=missing)
    dates = [day_in_words(at) for at in ends]
    endings = np.tile(np.array(dates, dtype=object), series)
    result["note"] = [
        _note(count, span, when, unit) for count, when in zip(pooled, endings, strict=True)
    ]
    result.attrs = {
        **frame.attrs,
        "years_pooled": span,
        "note": f"{span} years together, ending {dates[-1]}; {unit}",
    }
    return result


def _note(count: int, span: int, when: str, unit: str) -> str:
    if count == span:
        return f"{span} {'years' if span > 1 else 'year'} together, ending {when}; {unit}"
    if count == 0:
        return f"no sum of the {span} years ending {when}: a year is missing"
    return f"{count} of the {span} years ending {when}, the others missing; {unit}"


def _check(frame: pd.DataFrame, keys: list[str], numerator: str, denominator: str) -> None:
    wanted = [*keys, numerator, denominator]
    check_columns(frame, wanted)
    taken = [name for name in ("years_pooled", "flags", "note", _START) if name in wanted]
    if taken:
        raise InputProblem(f"The column {taken[0]!r} is also one of the result; rename it.")
    if frame.empty:
        raise InputProblem("The frame has no rows; there are no years to take together.")
    for name in keys:
        read_labels(frame, name)
    twice = frame.duplicated(keys).to_numpy(dtype=bool)
    what = "stands twice; name in by what tells the rows apart, or add them together."
    refuse_row(frame, keys, twice, what)


def _whole_years(years: object) -> int:
    if isinstance(years, (int, np.integer)) and not isinstance(years, bool) and years >= 1:
        return int(years)
    raise InputProblem(f"years is {years!r}; give a whole number of at least 1.")


def _dates(frame: pd.DataFrame, name: str) -> pd.Series[pd.Timestamp]:
    column = frame[name]
    if pd.api.types.is_numeric_dtype(column):
        raise InputProblem(
            f"{name} holds numbers ({column.iloc[0]!r}); give dates, for a bare year has no end."
        )
    text = pd.api.types.infer_dtype(column) == "string"
    if column.dtype == object:
        # A number among dates is no date, though pandas would count nanoseconds from 1970.
        column = column.mask(column.map(lambda value: isinstance(value, Real)))
    found = pd.to_datetime(column, errors="coerce", format="ISO8601" if text else None)
    wrong = found.isna().to_numpy(dtype=bool)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise InputProblem(
            f"{name} is {frame[name].iloc[at]!r} in row {frame.index[at]}; give a date such as "
            "2025-03-31."
        )
    return found


def _year_of(frame: pd.DataFrame, period: str, ends: pd.Series[pd.Timestamp]) -> NDArray[np.int64]:
    """Return the number of each year from the first; all must end on the same day of the year."""
    months = (ends.dt.year * 12 + ends.dt.month).to_numpy(dtype=np.int64)
    days = np.where(ends.dt.is_month_end, 31, ends.dt.day)
    wrong = ((months - months.min()) % 12 != 0) | (days != days[0])
    if wrong.any():
        at = int(np.argmax(wrong))
        raise InputProblem(
            f"{period} is {frame[period].iloc[at]} in row {frame.index[at]}, and others end on "
            "another day of the year; give periods of a year that follow one another."
        )
    return np.asarray((months - months.min()) // 12, dtype=np.int64)


def _check_length(frame: pd.DataFrame, ends: pd.Series[pd.Timestamp]) -> None:
    starts = _dates(frame, _START)
    days = (ends - starts).dt.days.to_numpy() + 1
    wrong = (days < 365) | (days > 366)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise InputProblem(
            f"The period in row {frame.index[at]} is {days[at]} days long; give periods of a year."
        )
