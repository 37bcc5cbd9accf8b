"""Odds ratios, kept for comparison with work that reports them: they are not risk ratios."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

from youthjustice.measures.estimate import Estimate, estimate
from youthjustice.measures.inputs import check_choice, check_confidence, number, read


def odds_ratio(
    x1: object,
    n1: object,
    x0: object,
    n0: object,
    confidence: float = 0.95,
    method: str = "woolf",
) -> Estimate:
    """Return the ratio of two odds, which is not "times as likely" unless the outcome is rare.

    ``x1`` of ``n1`` in the group, ``x0`` of ``n0`` in the reference group: scalars, arrays or
    Series that broadcast. With an outcome of 40% or 60%, an odds ratio of 2.25 is a risk ratio of
    1.5: use ``risk_ratio`` for children. The one method is ``woolf`` (log, Woolf 1955), undefined
    when a cell is 0. Raises InputProblem for negative, infinite or textual counts, a numerator
    above its denominator, Series with different indexes, and an unknown method or confidence.

    Deeks (1998) prints a relative odds reduction of 84% where the relative risk reduction is 31%:

    >>> result = odds_ratio(32, 51, 52, 57)
    >>> round(100 * (1 - result.value)), round(100 * (1 - (32 / 51) / (52 / 57)))
    (84, 31)
    """
    level = check_confidence(confidence)
    chosen = check_choice("method", method, ("woolf",))
    arguments = read({"x1": x1, "n1": n1, "x0": x0, "n0": n0})
    arguments.refuse_part_above_whole(0, 1)
    arguments.refuse_part_above_whole(2, 3)
    yes1, whole1, yes0, whole0 = arguments.numbers
    no1, no0 = whole1 - yes1, whole0 - yes0
    z = -special.ndtri((1 - level) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where((no1 * yes0 > 0) & (whole0 > 0), (yes1 * no0) / (no1 * yes0), np.nan)
        error = np.sqrt(1 / yes1 + 1 / no1 + 1 / yes0 + 1 / no0)
        log = np.log(value)
        inside = np.isfinite(error) & np.isfinite(log)
        lower, upper = (
            np.where(inside, np.exp(log + side * z * error), np.nan) for side in (-1, 1)
        )
        p = np.where(inside, 2 * special.ndtr(-np.abs(log) / error), np.nan)
    return estimate(
        arguments,
        value=value,
        lower=lower,
        upper=upper,
        p_value=p,
        confidence=level,
        method=chosen,
        denominator_zero=(whole1 == 0) | (whole0 == 0),
    )


def risk_ratio_from_odds(odds_ratio: object, baseline: object) -> Any:
    """Return the risk ratio that an odds ratio stands for where the reference risk is ``baseline``.

    OR / (1 - c + c OR), with c the risk of the reference group, a proportion (Zhang and Yu 1998).
    Exact for one pair of groups. For an odds ratio from a regression it is an approximation, since
    c differs from child to child, and limits converted this way are too narrow (McNutt and others
    2003): when there are data, use ``adjusted_ratio``. A float, array or Series, as the arguments
    are; NaN where one is missing. Raises InputProblem for a negative odds ratio or a baseline
    above 1.

    ProPublica (2016) converts an odds ratio of exp(0.47721), at the risk of its intercept, to 1.45:

    >>> import math
    >>> baseline = math.exp(-1.52554) / (1 + math.exp(-1.52554))
    >>> round(math.exp(0.47721), 2), round(risk_ratio_from_odds(math.exp(0.47721), baseline), 2)
    (1.61, 1.45)
    """
    arguments = read({"odds_ratio": odds_ratio, "baseline": baseline})
    odds, risk = arguments.numbers
    arguments.refuse(
        risk > 1,
        lambda at, where: (
            f"baseline is {number(risk[at])}{where}; give a proportion between 0 and 1."
        ),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = odds / (1 - risk + risk * odds)
    return arguments.back(ratio, "risk_ratio")
