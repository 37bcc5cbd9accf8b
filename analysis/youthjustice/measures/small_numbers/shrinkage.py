"""Rates and shares of small numbers, drawn towards what many cells have in common."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import (
    Arguments,
    FloatArray,
    check_confidence,
    check_positive,
    read,
)
from youthjustice.measures.single.proportions import proportion
from youthjustice.measures.single.rates import rate
from youthjustice.measures.small_numbers.prior import Prior, fit_prior

_Limits = tuple[FloatArray, FloatArray, FloatArray]


def shrunken_rate(
    events: object,
    population: object,
    *,
    prior: Prior | None = None,
    per: float = 100_000,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Draw rates towards their common mean, the more the smaller the population (gamma-Poisson).

    ``events`` in ``population`` of each cell: scalars, arrays or Series that broadcast. ``prior``
    is a gamma prior per person; without one it is fitted to these cells by maximum likelihood. One
    row each: ``numerator``, ``denominator``, ``raw_value`` with its own limits, and ``value``,
    ``lower``, ``upper``, per ``per``: the posterior mean (a + O) / (b + P) and its equal-tailed
    interval (Clayton and Kaldor 1987). ``own_weight`` is the share of the value that is the
    cell's own, P / (b + P). ``method`` holds the prior, and so does ``attrs["prior"]``.

    A prior without spread makes every value its mean, gives no interval, which would claim
    certainty, and is flagged ``full_shrinkage``. The interval takes the prior as known. Raises
    InputProblem for impossible counts and a prior of the wrong kind.

    >>> areas = shrunken_rate([3, 40], [900, 3000], prior=Prior("gamma", 4, 500), per=1000)
    >>> areas[["raw_value", "value", "own_weight"]].round(3)
       raw_value   value  own_weight
    0      3.333   5.000       0.643
    1     13.333  12.571       0.857
    """
    level = check_confidence(confidence)
    scale = check_positive("per", per)
    arguments = read({"events": events, "population": population})
    x, n = arguments.numbers
    raw = rate(x, n, per=scale, confidence=level)
    chosen = _prior(prior, "gamma", arguments)
    limits: _Limits | None = None
    if chosen.spread:
        shape, people = chosen.a + x, np.where(chosen.b + n > 0, chosen.b + n, np.nan)
        limits = (
            shape / people * scale,
            special.gammaincinv(shape, (1 - level) / 2) / people * scale,
            special.gammainccinv(shape, (1 - level) / 2) / people * scale,
        )
    return _frame(
        arguments, raw.to_frame(), chosen, limits, chosen.b, scale, level, "gamma-Poisson"
    )


def shrunken_proportion(
    x: object, n: object, *, prior: Prior | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Draw shares towards their common mean, the more the fewer the children (beta-binomial).

    ``x`` of ``n`` in each cell. As ``shrunken_rate`` with a beta prior: the posterior mean is
    (a + x) / (a + b + n), the interval has equal tails, ``own_weight`` is n / (a + b + n).
    Raises InputProblem for a part above its whole, and as ``shrunken_rate`` does.

    A group of rats in which 4 of 14 had tumours, and what 70 earlier groups were like (Gelman and
    others 2013, section 5.1, print the posterior as a beta with 5.4 and 18.6):

    >>> rats = shrunken_proportion(4, 14, prior=Prior("beta", 1.4, 8.6))
    >>> float(rats["value"].iloc[0].round(4))
    0.225
    """
    level = check_confidence(confidence)
    arguments = read({"x": x, "n": n})
    arguments.refuse_part_above_whole(0, 1)
    count, total = arguments.numbers
    raw = proportion(count, total, confidence=level)
    chosen = _prior(prior, "beta", arguments)
    limits: _Limits | None = None
    if chosen.spread:
        a, b = chosen.a + count, chosen.b + total - count
        limits = (
            a / (a + b),
            np.asarray(special.betaincinv(a, b, (1 - level) / 2), dtype=np.float64),
            np.asarray(special.betainccinv(a, b, (1 - level) / 2), dtype=np.float64),
        )
    weight = chosen.a + chosen.b
    return _frame(arguments, raw.to_frame(), chosen, limits, weight, 1.0, level, "beta-binomial")


def _prior(prior: Prior | None, kind: str, arguments: Arguments) -> Prior:
    if prior is None:
        return fit_prior(arguments.numbers[0], arguments.numbers[1], kind=kind)
    if not isinstance(prior, Prior) or prior.kind != kind:
        what = f"a {prior.kind} prior" if isinstance(prior, Prior) else repr(prior)
        raise InputProblem(f"prior is {what}; give a {kind} prior, or none to fit one.")
    return prior


def _frame(
    arguments: Arguments,
    raw: pd.DataFrame,
    prior: Prior,
    limits: _Limits | None,
    weight: float,
    scale: float,
    level: float,
    name: str,
) -> pd.DataFrame:
    x, n = arguments.numbers
    present = ~arguments.missing
    if limits is None:
        nothing = np.full(x.shape, np.nan)
        limits = (np.full(x.shape, prior.mean * scale), nothing, nothing)
        own = np.zeros(x.shape)
    else:
        own = n / np.where(weight + n > 0, weight + n, np.nan)
    flags = flag_text(
        missing=~present,
        denominator_zero=present & (n == 0),
        full_shrinkage=present & (not prior.spread),
        zero_numerator=present & (x == 0),
        small_numerator=present & (x < SMALL_NUMERATOR),
        not_whole=present & (x != np.floor(x)),
    )
    value, lower, upper = (np.where(present, part, np.nan) for part in limits)
    frame = pd.DataFrame(
        {
            "numerator": x,
            "denominator": n,
            "raw_value": raw["value"].to_numpy(),
            "raw_lower": raw["lower"].to_numpy(),
            "raw_upper": raw["upper"].to_numpy(),
            "value": value,
            "lower": lower,
            "upper": upper,
            "own_weight": np.where(present, own, np.nan),
            "method": f"{name}; {prior}",
            "flags": flags,
        },
        index=arguments.index,
    )
    frame.attrs = {"prior": prior, "confidence": level, "per": scale}
    return frame
