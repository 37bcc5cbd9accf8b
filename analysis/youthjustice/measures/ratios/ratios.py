"""What every ratio of two groups shares: the value, the limits by reciprocity, and the edges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np

from youthjustice.measures.estimate import Estimate, estimate
from youthjustice.measures.inputs import Arguments, FloatArray, TextArray

Formula: TypeAlias = Callable[[FloatArray, FloatArray, FloatArray, FloatArray, float], FloatArray]


class RatioMethod(NamedTuple):
    """A method for a ratio: its lower limit and its p-value for a ratio of 1.

    The upper limit is the reciprocal of the lower limit with the groups exchanged, so that
    exchanging the groups always gives reciprocal results.
    """

    lower_limit: Formula
    p_value: Formula


def ratio_estimate(
    arguments: Arguments,
    methods: Mapping[str, RatioMethod],
    method: str | TextArray,
    confidence: float,
) -> Estimate:
    """Return the ratio of the first group's rate to the second's as an Estimate.

    ``arguments`` are numerator, denominator, reference numerator, reference denominator. A ratio to
    0 is undefined (NaN), its upper limit infinite; 0 to 0 has limits 0 and infinity.
    """
    x1, n1, x0, n0 = arguments.numbers
    usable = ~arguments.missing & (n1 > 0) & (n0 > 0)
    value, lower, upper, p = np.full((4, usable.size), np.nan)
    some = usable & (x0 > 0)
    alpha = 1 - confidence
    # What does not exist comes out as NaN or as no limit, and is flagged; numpy need not warn.
    with np.errstate(all="ignore"):
        # Products of whole numbers are exact, so a ratio of four fifths is exactly 0.8.
        value[some] = (x1[some] * n0[some]) / (n1[some] * x0[some])
        for name, formulas in methods.items():
            these = np.flatnonzero(usable & (method == name))
            if these.size == 0:
                continue
            group, reference = (x1[these], n1[these]), (x0[these], n0[these])
            lower[these] = formulas.lower_limit(*group, *reference, alpha)
            upper[these] = 1 / formulas.lower_limit(*reference, *group, alpha)
            p[these] = formulas.p_value(*group, *reference, alpha)
    return estimate(
        arguments,
        value=value,
        lower=lower,
        upper=upper,
        p_value=p,
        confidence=confidence,
        method=method,
        denominator_zero=(n1 == 0) | (n0 == 0),
    )
