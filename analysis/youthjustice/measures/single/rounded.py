"""What lies behind a rounded figure: the cohorts and the ratios that it allows."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import flag_text
from youthjustice.measures.inputs import (
    Arguments,
    BoolArray,
    FloatArray,
    check_positive,
    number,
    read,
)

_MOST_DECIMALS = 6


def cohorts_that_fit(percentage: float, decimals: int, maximum: int = 1000) -> pd.DataFrame:
    """Return every numerator and denominator, up to ``maximum``, that print as ``percentage``.

    ``percentage`` is the printed per cent and ``decimals`` how many decimals were printed. Halves
    may have been rounded up or to the even digit: both are accepted. One row for each pair, in
    order of denominator. Raises InputProblem for a percentage outside 0 to 100 or with more
    decimals than were printed.

    HM Inspectorate of Probation (2016) prints 52.1%; under 90 children it can only be:

    >>> cohorts_that_fit(52.1, 1, maximum=89)
       numerator  denominator
    0         25           48
    1         37           71
    2         38           73
    """
    arguments, printed = _printed({"percentage": percentage}, decimals)
    if arguments.shape != () or arguments.missing.any():
        raise InputProblem("percentage is not one number; use smallest_cohort for a column.")
    most = int(check_positive("maximum", maximum))
    denominator = np.arange(1, most + 1, dtype=np.int64)
    lowest, highest = _numerators(printed, denominator, decimals)
    count = np.maximum(highest - lowest + 1, 0)
    start = np.repeat(np.cumsum(count) - count, count)
    return pd.DataFrame(
        {
            "numerator": np.repeat(lowest, count) + np.arange(count.sum()) - start,
            "denominator": np.repeat(denominator, count),
        }
    )


def smallest_cohort(percentage: object, decimals: int) -> pd.DataFrame:
    """Return the smallest cohort that prints as each percentage.

    ``percentage`` is a printed per cent or a column of them; the answer has whole ``numerator`` and
    ``denominator``, missing where the percentage is, and keeps the index of a Series. The true
    cohort may be any larger one that fits, so an interval drawn from this one is an inference.
    This project's own arithmetic of rounding. Raises InputProblem as ``cohorts_that_fit`` does.

    >>> smallest_cohort([54.34, 50], 2)
       numerator  denominator
    0         94          173
    1          1            2
    """
    arguments, printed = _printed({"percentage": percentage}, decimals)
    present = ~arguments.missing
    distinct, place = np.unique(printed[present], return_inverse=True)
    denominator = _smallest_denominators(distinct, decimals)
    numerator = _numerators(distinct, denominator, decimals)[0]
    result = pd.DataFrame(
        {"numerator": 0, "denominator": 0}, index=_index(arguments), dtype="Int64"
    )
    for name, column_ in (("numerator", numerator), ("denominator", denominator)):
        whole = np.zeros(present.size, dtype=np.int64)
        whole[present] = column_[place]
        result[name] = pd.arrays.IntegerArray(whole, ~present)
    return result


def ratio_bounds(
    numerator_share: object,
    base_share: object,
    reference_numerator_share: object,
    reference_base_share: object,
    half_width: float = 0.5,
) -> pd.DataFrame:
    """Return the lowest and highest ratio that four published, rounded per cents allow.

    The ratio is (a group's share of those counted / its share of the base) over the same for the
    reference group. Each share is only known to ``half_width`` percentage points, lies in 0 to 100,
    and the two shares of one whole are at most 100 together. One row each: ``value`` (the ratio of
    the printed shares), ``lowest``, ``highest`` (infinite, with the flag ``unbounded``, when a
    divisor may be 0), ``flags``. This is rounding alone: chance is not in it, and the arithmetic is
    this project's own. Raises InputProblem for shares outside 0 to 100 or that cannot belong to one
    whole.

    A group with 22% of those cautioned and 12% of pupils, beside 40% and 48%:

    >>> ratio_bounds(22, 12, 40, 48).round(2)[["value", "lowest", "highest"]]
       value  lowest  highest
    0    2.2    2.02      2.4
    """
    half = check_positive("half_width", half_width)
    arguments = read(
        {
            "numerator_share": numerator_share,
            "base_share": base_share,
            "reference_numerator_share": reference_numerator_share,
            "reference_base_share": reference_base_share,
        }
    )
    for name, share in zip(arguments.names, arguments.numbers, strict=True):
        _refuse_above_hundred(arguments, name, share)
    top, base, top0, base0 = arguments.numbers
    for one, other, words in (
        (top, top0, "numerator_share and reference_numerator_share"),
        (base, base0, "base_share and reference_base_share"),
    ):
        _refuse_beyond_whole(arguments, one + other, half, words)
    low = [np.maximum(share - half, 0.0) for share in arguments.numbers]
    high = [np.minimum(share + half, 100.0) for share in arguments.numbers]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        value = (top * base0) / (base * top0)
        # The extreme pairs one share's end with the other's opposite end, as far as 100 allows.
        lowest = (low[0] * low[3]) / (
            np.minimum(high[1], 100 - low[3]) * np.minimum(high[2], 100 - low[0])
        )
        highest = (np.minimum(high[0], 100 - low[2]) * np.minimum(high[3], 100 - low[1])) / (
            low[1] * low[2]
        )
    # A reference group with no share of the base has no rate to compare with.
    value = np.where(np.isinf(value) | (base0 == 0), np.nan, value)
    return pd.DataFrame(
        {
            "value": value,
            "lowest": lowest,
            "highest": highest,
            "flags": flag_text(
                missing=arguments.missing,
                undefined=np.isnan(value) & ~arguments.missing,
                unbounded=np.isinf(highest),
            ),
        },
        index=_index(arguments),
    )


def _printed(given: dict[str, object], decimals: int) -> tuple[Arguments, NDArray[np.int64]]:
    """Return percentages as whole numbers of their last printed digit, where they are present."""
    whole = isinstance(decimals, (int, np.integer)) and not isinstance(decimals, bool)
    if not whole or not 0 <= decimals <= _MOST_DECIMALS:
        raise InputProblem(f"decimals is {decimals!r}; give a whole number from 0 to 6.")
    arguments = read(given)
    ((name, percent),) = zip(arguments.names, arguments.numbers, strict=True)
    _refuse_above_hundred(arguments, name, percent)
    scaled = np.where(arguments.missing, 0.0, percent) * 10.0**decimals
    printed = np.rint(scaled)
    arguments.refuse(
        np.abs(scaled - printed) > 1e-6,
        lambda at, where: (
            f"{name} is {number(percent[at])}{where}, which has more than {decimals} decimals; "
            "give the figure as printed."
        ),
    )
    return arguments, printed.astype(np.int64)


def _numerators(
    printed: NDArray[np.int64], denominator: NDArray[np.int64], decimals: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the lowest and highest numerator that round to the printed figure, in whole numbers.

    A percentage half a digit low rounds up to the figure under "half up"; half a digit high rounds
    down to it only under "half even" and only when its last digit is even.
    """
    unit = 200 * 10**decimals
    lowest = -((1 - 2 * printed) * denominator // unit)
    above = (2 * printed + 1) * denominator
    tie = (above % unit == 0) & (printed % 2 == 1)
    highest = above // unit - tie
    return np.maximum(lowest, 0), np.minimum(highest, denominator)


def _smallest_denominators(printed: NDArray[np.int64], decimals: int) -> NDArray[np.int64]:
    """Return the smallest denominator of all fractions that round to each printed figure.

    The simplest fraction between two others has the continued fraction that they share, and then
    the next whole number that lies between what remains of them.
    """
    unit = 100 * 10**decimals
    # No denominator above ``unit`` is needed, so a sliver off the upper end leaves out exactly the
    # tie that "half even" would round up.
    tie = printed % 2
    low, low_unit = np.maximum(2 * printed - 1, 0), np.full(printed.shape, 2 * unit)
    high, high_unit = (2 * printed + 1) * unit - tie, np.full(printed.shape, 2 * unit * unit)
    before, denominator = np.ones_like(printed), np.zeros_like(printed)
    open_ = np.ones(printed.shape, dtype=bool)
    while open_.any():
        between = -(-low // low_unit)
        found = open_ & (between * high_unit <= high)
        shared = low // low_unit
        step = np.where(found, between, shared) * denominator + before
        before, denominator = (
            np.where(open_, denominator, before),
            np.where(open_, step, denominator),
        )
        open_ = open_ & ~found
        low, low_unit, high, high_unit = (
            np.where(open_, part, 1)
            for part in (high_unit, high - shared * high_unit, low_unit, low - shared * low_unit)
        )
    return denominator


def _refuse_above_hundred(arguments: Arguments, name: str, share: FloatArray) -> None:
    arguments.refuse(
        share > 100,
        lambda at, where: (
            f"{name} is {number(share[at])}{where}; give a per cent between 0 and 100."
        ),
    )


def _refuse_beyond_whole(arguments: Arguments, total: FloatArray, half: float, words: str) -> None:
    beyond: BoolArray = total > 100 + 2 * half
    arguments.refuse(
        beyond,
        lambda at, where: (
            f"{words} add to {number(total[at])}{where}, above 100 even after rounding; they must "
            "be shares of one whole."
        ),
    )


def _index(arguments: Arguments) -> pd.Index[int]:
    return pd.RangeIndex(arguments.missing.size) if arguments.index is None else arguments.index
