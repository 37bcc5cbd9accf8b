"""Difference in change: whether one area's rate fell faster than that of its comparator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.measures.estimate import SMALL_NUMERATOR, Estimate, flag_text
from youthjustice.measures.inputs import (
    Arguments,
    BoolArray,
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
    number,
    read,
)
from youthjustice.measures.ratios.rate_ratios import rate_ratio
from youthjustice.measures.ratios.risk_ratios import risk_ratio
from youthjustice.measures.trends.hypergeometric import odds_lower_limit, odds_p_value

LARGEST_MARGIN = 2_000  # from here on mid-p and Wald limits agree to about 0.2%
LARGEST_TABLE = 1_000_000  # an exact answer weighs as many tables as the smallest margin has events
_OF_CHANGE = {"": "value", "_lower": "lower", "_upper": "upper", "_p_value": "p_value"}
_METHODS = {"population": ("auto", "exact", "midp", "wald"), "stage": ("auto", "wald")}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DifferenceInChange:
    """The ratio of two changes with its interval and p-value, and the two changes themselves.

    ``value`` is ``change.value / reference_change.value``. Fields have the shape of the arguments.

    >>> from youthjustice.measures import difference_in_change
    >>> found = difference_in_change(83, 15_400, 22, 15_200, 3_000, 730_000, 1_200, 760_000)
    >>> round(found.value, 2), round(found.change.value, 2), round(found.reference_change.value, 2)
    (0.7, 0.27, 0.38)
    """

    value: Any
    lower: Any
    upper: Any
    p_value: Any
    confidence: float
    method: Any
    flags: Any
    change: Estimate
    reference_change: Estimate

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row for each element; the index of a Series is kept."""
        names = ("value", "lower", "upper", "p_value", "confidence", "method", "flags")
        columns = {name: getattr(self, name) for name in names} | {
            f"{name}{part}": getattr(getattr(self, name), column)
            for name in ("change", "reference_change")
            for part, column in _OF_CHANGE.items()
        }
        index = self.value.index if isinstance(self.value, pd.Series) else None
        flat = {
            name: field if np.ndim(field) == 0 else np.reshape(np.asarray(field), -1)
            for name, field in columns.items()
        }
        return pd.DataFrame(
            flat, index=pd.RangeIndex(np.size(self.value)) if index is None else index
        )

    def __repr__(self) -> str:
        """Show the figures as a table."""
        return f"DifferenceInChange\n{self.to_frame()}"

    def _repr_html_(self) -> str:
        """Show the figures as a table in a notebook, to four significant figures."""
        return self.to_frame().to_html(float_format="{:,.4g}".format, na_rep="not available")


def difference_in_change(
    x1_first: object,
    n1_first: object,
    x1_last: object,
    n1_last: object,
    x0_first: object,
    n0_first: object,
    x0_last: object,
    n0_last: object,
    *,
    confidence: float = 0.95,
    method: str = "auto",
    basis: str = "population",
) -> DifferenceInChange:
    """Compare the change of a rate, first period to last, with the change of a reference rate.

    ``x`` are events and ``n`` populations, 1 of the area and 0 of its comparator, which must not
    contain the area (``take_out``); scalars, arrays or Series that broadcast. The value is a ratio
    of ratios: under 1 the area fell faster, or rose less. Methods:

    - ``exact`` and ``midp`` (Cornfield 1956; mid-p as Lancaster 1961): given its margins the two by
      two table of events has Fisher's noncentral hypergeometric distribution, whose odds ratio is
      the ratio of ratios times the ratio of the changes of the populations. p-values are those of
      the limits; they need whole numbers;
    - ``wald``: the logarithm has variance 1/x1_first + 1/x1_last + 1/x0_first + 1/x0_last, as the
      interaction in a Poisson regression; with ``basis="stage"``, where ``x`` is a part of ``n``,
      1/n is taken off each (Katz and others 1978);
    - ``auto``: exact when a count is under 10, else mid-p; Wald when every margin is above 2,000,
      where a count is not whole, and for stages.

    Events are taken as independent, and two periods cannot show by how much more than chance the
    years scatter: with large counts that scatter makes the limits too narrow. Counts implied by
    printed rates (``implied_counts``) give approximate limits: say so beside the figure. Raises
    InputProblem for negative, infinite or textual counts, different indexes, a part above its
    whole, and an unknown method.

    A rate that fell from 80 to 40 in 10,000 while the comparator's fell from 1,000 to 800:

    >>> found = difference_in_change(80, 10_000, 40, 10_000, 1000, 200_000, 800, 200_000)
    >>> round(found.value, 3), round(found.lower, 3), round(found.upper, 3), found.method
    (0.625, 0.42, 0.921, 'midp')
    """
    level = check_confidence(confidence)
    kind = check_choice("basis", basis, _METHODS)
    chosen = check_choice("method", method, _METHODS[kind])
    names = (
        "x1_first",
        "n1_first",
        "x1_last",
        "n1_last",
        "x0_first",
        "n0_first",
        "x0_last",
        "n0_last",
    )
    given = (x1_first, n1_first, x1_last, n1_last, x0_first, n0_first, x0_last, n0_last)
    arguments = read(dict(zip(names, given, strict=True)))
    if kind == "stage":
        for part in range(0, 8, 2):
            arguments.refuse_part_above_whole(part, part + 1)
    x, n = np.array(arguments.numbers[::2]), np.array(arguments.numbers[1::2])
    whole = np.asarray((x == np.floor(x)).all(axis=0))
    usable = ~arguments.missing & (n > 0).all(axis=0)
    if chosen in ("exact", "midp"):
        arguments.refuse(usable & ~whole, _not_whole(arguments, chosen))
        arguments.refuse(usable & (_smallest_margin(x) > LARGEST_TABLE), _too_large(chosen))
    methods = _chosen(chosen, kind, x, whole)
    value, lower, upper, p = np.full((4, usable.size), np.nan)
    some = usable & (x[0] > 0) & (x[3] > 0)
    value[some] = _ratio_of_ratios(x[:, some], n[:, some])
    for name in ("exact", "midp"):
        these = usable & (methods == name)
        if these.any():
            lower[these], upper[these], p[these] = _conditional(
                x[:, these], n[:, these], 1 - level, name
            )
    these = usable & (methods == "wald") & (x > 0).all(axis=0)
    lower[these], upper[these], p[these] = _wald(x[:, these], n[:, these], 1 - level, kind)
    ratio = rate_ratio if kind == "population" else risk_ratio
    return DifferenceInChange(
        **{
            name: arguments.back(flat, name)
            for name, flat in {
                "value": value,
                "lower": lower,
                "upper": upper,
                "p_value": p,
                "flags": _flags(arguments, x, n, whole, value, lower, upper),
            }.items()
        },
        confidence=level,
        method=chosen if chosen != "auto" else arguments.back(methods, "method"),
        change=ratio(*_last_first(arguments, 0), confidence=level),
        reference_change=ratio(*_last_first(arguments, 4), confidence=level),
    )


def _last_first(arguments: Arguments, start: int) -> tuple[Any, Any, Any, Any]:
    """Return events and population, last then first, in the shape that all arguments share."""
    events, people, last_events, last_people = (
        arguments.back(arguments.numbers[at], arguments.names[at]) for at in range(start, start + 4)
    )
    return last_events, last_people, events, people


def _chosen(chosen: str, basis: str, x: FloatArray, whole: BoolArray) -> TextArray:
    """Name the method of every element."""
    if chosen != "auto" or basis == "stage":
        name = "wald" if chosen == "auto" else chosen
        return np.full(whole.shape, name, dtype=object)
    smallest = _smallest_margin(x)
    few = (x < SMALL_NUMERATOR).any(axis=0) & (smallest <= LARGEST_TABLE)
    conditions = [~whole, few, smallest <= LARGEST_MARGIN]
    choices = [np.full(whole.shape, name, dtype=object) for name in ("wald", "exact", "midp")]
    return np.select(conditions, choices, default=np.array("wald", dtype=object))


def _smallest_margin(x: FloatArray) -> FloatArray:
    sums = [x[0] + x[1], x[2] + x[3], x[0] + x[2], x[1] + x[3]]
    return np.asarray(np.min(sums, axis=0), dtype=np.float64)


def _ratio_of_ratios(x: FloatArray, n: FloatArray) -> FloatArray:
    return np.asarray((x[1] / x[0]) * (x[2] / x[3]) * _offset(n))


def _offset(n: FloatArray) -> FloatArray:
    """Return the ratio of ratios at which the odds ratio of the events is 1."""
    return np.asarray((n[0] / n[1]) * (n[3] / n[2]))


def _conditional(
    x: FloatArray, n: FloatArray, alpha: float, name: str
) -> tuple[FloatArray, FloatArray, FloatArray]:
    part = 1.0 if name == "exact" else 0.5
    offset = _offset(n)
    lower = odds_lower_limit(x[1], x[0], x[3], x[2], alpha / 2, part) * offset
    with np.errstate(divide="ignore"):
        upper = 1 / odds_lower_limit(x[0], x[1], x[2], x[3], alpha / 2, part) * offset
    p = odds_p_value(x[1], x[0], x[3], x[2], 1 / offset, part)
    return lower, upper, p


def _wald(
    x: FloatArray, n: FloatArray, alpha: float, basis: str
) -> tuple[FloatArray, FloatArray, FloatArray]:
    log = np.log(_ratio_of_ratios(x, n))
    error = np.sqrt((1 / x - (1 / n if basis == "stage" else 0)).sum(axis=0))
    z = -special.ndtri(alpha / 2)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        p = 2 * special.ndtr(-np.abs(log) / error)
        return np.exp(log - z * error), np.exp(log + z * error), p


def _flags(
    arguments: Arguments,
    x: FloatArray,
    n: FloatArray,
    whole: BoolArray,
    value: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
) -> TextArray:
    present = ~arguments.missing
    fewest = x.min(axis=0)
    return flag_text(
        missing=arguments.missing,
        denominator_zero=(n == 0).any(axis=0) & present,
        undefined=(np.isnan(value) | np.isnan(lower) | np.isnan(upper)) & present,
        unbounded=np.isinf(upper) & present,
        zero_numerator=(fewest == 0) & present,
        small_numerator=(fewest < SMALL_NUMERATOR) & present,
        not_whole=~whole & present,
    )


def _not_whole(arguments: Arguments, method: str) -> Any:
    def sentence(at: int, where: str) -> str:
        position = next(
            i for i in range(0, 8, 2) if not float(arguments.numbers[i][at]).is_integer()
        )
        return (
            f"{arguments.names[position]} is {number(arguments.numbers[position][at])}{where}; "
            f"method {method} needs whole numbers, so choose wald."
        )

    return sentence


def _too_large(method: str) -> Any:
    def sentence(_: int, where: str) -> str:
        return (
            f"The events are too many for method {method}{where}, over {LARGEST_TABLE:,} in every "
            "margin of their table; choose wald, which then gives the same."
        )

    return sentence
