"""An estimate: a value that never travels without its interval, its method and its counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.measures.inputs import Arguments, BoolArray, FloatArray, TextArray

SMALL_NUMERATOR = 10


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Estimate:
    """A value with its interval, p-value, method and counts.

    Fields are Python numbers and strings when scalars were given, arrays of the broadcast shape
    when arrays were, and Series when any argument was a Series; ``confidence`` is one number, and
    ``method`` one string unless it differs from element to element. ``p_value`` is NaN where the
    method has no test. ``flags`` holds words joined by ``;``, or nothing:

    ``missing`` (a count was missing), ``denominator_zero``, ``undefined`` (NaN: the figure does not
    exist), ``unbounded`` (a bound is infinite), ``zero_numerator``, ``small_numerator`` (a count
    under 10), ``not_whole`` (a count that is not a whole number, so the interval is approximate).

    >>> from youthjustice.measures import proportion
    >>> proportion(25, 48).to_frame()[["numerator", "denominator", "method"]]
       numerator  denominator  method
    0       25.0         48.0  wilson
    """

    value: Any
    lower: Any
    upper: Any
    p_value: Any
    confidence: float
    method: Any
    flags: Any
    numerator: Any
    denominator: Any
    reference_numerator: Any = None
    reference_denominator: Any = None

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row for each element; the index of a Series is kept."""
        names = [name for name in self.__slots__ if getattr(self, name) is not None]
        index = self.value.index if isinstance(self.value, pd.Series) else None
        if index is None:
            index = pd.RangeIndex(np.size(self.value))
        columns = {
            name: field if np.ndim(field) == 0 else np.reshape(np.asarray(field), -1)
            for name, field in ((name, getattr(self, name)) for name in names)
        }
        return pd.DataFrame(columns, index=index)

    def __repr__(self) -> str:
        """Show a scalar on one line and anything longer as a table."""
        if np.ndim(self.value) > 0:
            with pd.option_context("display.float_format", _figure):
                return f"Estimate\n{self.to_frame()}"
        row = self.to_frame().iloc[0]
        return f"Estimate({', '.join(f'{name}={_show(row[name])}' for name in row.index)})"

    def _repr_html_(self) -> str:
        """Show the estimate as a table in a notebook, to four significant figures."""
        frame = self.to_frame()
        if frame["p_value"].isna().all():
            frame = frame.drop(columns="p_value")
        return frame.to_html(float_format=_figure, na_rep="not available", max_rows=60, border=0)


def estimate(
    arguments: Arguments,
    *,
    value: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
    confidence: float,
    method: str | TextArray,
    denominator_zero: BoolArray,
    p_value: FloatArray | None = None,
) -> Estimate:
    """Assemble an Estimate from flat results; the counts are the arguments, in their order.

    Numerators stand first, third and so on. What is missing in ``arguments`` is missing here.
    """
    counts = arguments.numbers
    numerators = counts[::2]
    p = np.full(value.shape, np.nan) if p_value is None else p_value
    present = ~arguments.missing
    value = np.where(np.isinf(value), np.nan, value)  # beyond what a number can hold
    smallest = np.minimum.reduce(numerators)
    text = flag_text(
        missing=arguments.missing,
        denominator_zero=denominator_zero & present,
        undefined=(np.isnan(value) | np.isnan(lower) | np.isnan(upper)) & present,
        unbounded=(np.isinf(lower) | np.isinf(upper)) & present,
        zero_numerator=(smallest == 0) & present,
        small_numerator=(smallest < SMALL_NUMERATOR) & present,
        not_whole=np.logical_or.reduce([x != np.floor(x) for x in numerators]) & present,
    )
    hidden = {"value": value, "lower": lower, "upper": upper, "p_value": p}
    fields = {
        name: arguments.back(np.where(present, flat, np.nan), name) for name, flat in hidden.items()
    }
    names = ("numerator", "denominator", "reference_numerator", "reference_denominator")
    fields |= {
        name: arguments.back(flat, name)
        for name, flat in zip(names[: len(counts)], counts, strict=True)
    }
    return Estimate(
        **fields,
        confidence=confidence,
        method=method if isinstance(method, str) else arguments.back(method, "method"),
        flags=arguments.back(text, "flags"),
    )


def flag_text(**raised: BoolArray) -> TextArray:
    """Join the names of the raised flags with ``;`` for every element."""
    codes = sum(mask.astype(np.int64) << bit for bit, mask in enumerate(raised.values()))
    return np.asarray(_joined(tuple(raised))[codes], dtype=object)


@cache
def _joined(names: tuple[str, ...]) -> TextArray:
    """Write every combination of flags, in the order of the numbers that their bits make."""
    words = [
        ";".join(name for bit, name in enumerate(names) if code >> bit & 1)
        for code in range(2 ** len(names))
    ]
    return np.array(words, dtype=object)


def _show(field: object) -> str:
    """Write one field on one line."""
    return _digits(field, "") if isinstance(field, float) else repr(field)


def _figure(value: float) -> str:
    """Write a number in a table; a bound that does not exist is said, not shown as a symbol."""
    return "no limit" if np.isinf(value) else _digits(value, ",")


def _digits(value: float, commas: str) -> str:
    """Write a number to four significant figures, or to as many as tell it from 1."""
    if abs(value) >= 10_000:
        return f"{value:{commas}.0f}"
    for digits in range(4, 18):
        text = f"{value:{commas}.{digits}g}"
        if text != "1" or value == 1:
            break
    return text
