"""The posterior of a ratio: its median, its interval, and the chance that it is above 1."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import (
    FloatArray,
    check_choice,
    check_confidence,
    check_positive,
    read,
)
from youthjustice.measures.small_numbers.beta_ratio import BetaRatio, spread_of_log
from youthjustice.measures.small_numbers.prior import JEFFREYS, Prior

_KIND = {"population": "gamma", "stage": "beta"}
_BLOCK = 4096  # rows at a time: each brings one distribution function for every node
_SMOOTH_FROM = 10.0  # betas with no less are smooth to their ends
_FAINTEST = 0.01  # a fainter beta prior heaps its shares at 0 and 1, out of the nodes' reach


def posterior_ratio(
    x1: object,
    n1: object,
    x0: object,
    n0: object,
    *,
    basis: str = "population",
    prior: Prior | None = None,
    prior0: Prior | None = None,
    confidence: float = 0.95,
    practical: float = 1.25,
) -> pd.DataFrame:
    """Return what the counts and a prior say of the ratio (x1/n1) / (x0/n0), one row each.

    ``x1`` of ``n1`` in the group, ``x0`` of ``n0`` in the reference: scalars, arrays or Series that
    broadcast. ``basis="population"`` takes rates of events with gamma priors (the ratio of two
    gammas has a closed form), ``"stage"`` shares with beta priors (by quadrature, good to about
    four digits and mostly to eight). ``prior`` belongs to the group and, unless ``prior0`` is
    given, to the reference too; without one it is Jeffreys' prior. Columns: the counts,
    ``raw_value`` (the plain ratio), ``value`` (posterior median), ``lower`` and ``upper`` (equal
    tails), ``probability_above_1``, ``probability_above_practical`` (above ``practical``),
    ``method``, which holds the priors, and ``flags``. These are probabilities of the ratio given
    counts and prior, not p-values. Raises InputProblem for impossible counts and arguments, and a
    prior of the wrong kind, without spread or, at a stage, with an a or b under 0.01.

    Children sentenced for indictable offences who went to custody, England and Wales, year ending
    March 2025: 38 of 731 Black children and 217 of 3,808 White children:

    >>> found = posterior_ratio(38, 731, 217, 3808, basis="stage").iloc[0]
    >>> [round(float(found[name]), 2) for name in ("raw_value", "value", "lower", "upper")]
    [0.91, 0.92, 0.64, 1.26]
    >>> round(float(found["probability_above_1"]), 2)
    0.3
    """
    chosen = check_choice("basis", basis, _KIND)
    level = check_confidence(confidence)
    large = check_positive("practical", practical)
    first = _check(prior, "prior", chosen)
    second = first if prior0 is None else _check(prior0, "prior0", chosen)
    arguments = read({"x1": x1, "n1": n1, "x0": x0, "n0": n0})
    if chosen == "stage":
        arguments.refuse_part_above_whole(0, 1)
        arguments.refuse_part_above_whole(2, 3)
    a, m, c, n = arguments.numbers
    nobody = (m + _people(first) <= 0) | (n + _people(second) <= 0)
    usable = ~arguments.missing & ~nobody
    tails = ((1 - level) / 2, 0.5, (1 + level) / 2)
    found = np.full((5, usable.size), np.nan)
    solve = _of_gammas if chosen == "population" else _of_betas
    found[:, usable] = solve(
        a[usable], m[usable], c[usable], n[usable], first, second, tails, large
    )
    present = ~arguments.missing
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = np.where((c > 0) & (m > 0) & (n > 0), (a * n) / (m * c), np.nan)
    fewest = np.minimum(a, c)
    frame = pd.DataFrame(
        {
            "numerator": a,
            "denominator": m,
            "reference_numerator": c,
            "reference_denominator": n,
            "raw_value": np.where(present, raw, np.nan),
            "value": found[1],
            "lower": found[0],
            "upper": found[2],
            "probability_above_1": found[3],
            "probability_above_practical": found[4],
            "method": f"posterior of a ratio of {_KIND[chosen]}s; {_words(first, second)}",
            "flags": flag_text(
                missing=~present,
                denominator_zero=present & ((m == 0) | (n == 0)),
                undefined=present & nobody,
                zero_numerator=present & (fewest == 0),
                small_numerator=present & (fewest < SMALL_NUMERATOR),
            ),
        },
        index=arguments.index,
    )
    frame.attrs = {
        "basis": chosen,
        "prior": first,
        "prior0": second,
        "confidence": level,
        "practical": large,
    }
    return frame


def _check(prior: Prior | None, name: str, basis: str) -> Prior:
    kind = _KIND[basis]
    if prior is None:
        return JEFFREYS[kind]
    if not isinstance(prior, Prior) or prior.kind != kind:
        what = f"a {prior.kind} prior" if isinstance(prior, Prior) else repr(prior)
        raise InputProblem(f"{name} is {what}; basis {basis!r} takes a {kind} prior.")
    if not prior.spread:
        raise InputProblem(
            f"{name} has no spread, so that no counts could change it; give another, or none."
        )
    if kind == "beta" and min(prior.a, prior.b) < _FAINTEST:
        raise InputProblem(
            f"{name} is a beta with a {prior.a:.4g} and b {prior.b:.4g}, too faint to be reckoned "
            f"with; give both at least {_FAINTEST:g}."
        )
    return prior


def _people(prior: Prior) -> float:
    """Return what a prior adds to the denominator."""
    return prior.b if prior.kind == "gamma" else prior.a + prior.b


def _words(first: Prior, second: Prior) -> str:
    return f"{first}" if first == second else f"{first}; reference: {second}"


def _of_gammas(
    x1: FloatArray,
    n1: FloatArray,
    x0: FloatArray,
    n0: FloatArray,
    first: Prior,
    second: Prior,
    tails: tuple[float, float, float],
    practical: float,
) -> FloatArray:
    """Return quantiles and tail probabilities; G1/(G1 + G0) of two gammas is a beta."""
    a1, a0 = x1 + first.a, x0 + second.a
    weight = (n1 + first.b) / (n0 + second.b)
    # The odds of a quantile from both its ends, or a share near 1 would lose its digits.
    quantiles = [
        special.betaincinv(a1, a0, tail) / special.betainccinv(a0, a1, tail) / weight
        for tail in tails
    ]
    above = [special.betainc(a0, a1, 1 / (1 + c * weight)) for c in (1.0, practical)]
    return np.array([*quantiles, *above])


def _of_betas(
    x1: FloatArray,
    n1: FloatArray,
    x0: FloatArray,
    n0: FloatArray,
    first: Prior,
    second: Prior,
    tails: tuple[float, float, float],
    practical: float,
) -> FloatArray:
    """Return quantiles and tail probabilities of a ratio of betas, a block of rows at a time."""
    own = (x1 + first.a, n1 - x1 + first.b, x0 + second.a, n0 - x0 + second.b)
    found = np.empty((5, x1.size))
    # The share that is known better is averaged over: the other's distribution is then smooth
    # between the nodes. With the groups exchanged every ratio turns over, and so does every tail.
    turned = spread_of_log(own[0], own[1]) < spread_of_log(own[2], own[3])
    outer_b, inner_a, inner_b = (
        np.where(turned, own[there], own[here]) for here, there in ((1, 3), (2, 0), (3, 1))
    )
    smooth = np.minimum(np.minimum(outer_b, inner_a), inner_b) >= _SMOOTH_FROM
    for swap, plain in itertools.product((False, True), repeat=2):
        these = np.flatnonzero((turned == swap) & (smooth == plain))
        for start in range(0, these.size, _BLOCK):
            rows = these[start : start + _BLOCK]
            a1, b1, a0, b0 = (part[rows] for part in own)
            marks = [np.full(rows.shape, mark) for mark in (1.0, practical)]
            # A prior that knows next to nothing allows ratios beyond what numbers can hold.
            with np.errstate(over="ignore", divide="ignore"):
                if not swap:
                    ratio = BetaRatio(a1, b1, a0, b0, plain)
                    found[:3, rows] = [ratio.quantile(tail) for tail in tails]
                    found[3:, rows] = [1 - ratio.below(mark) for mark in marks]
                else:
                    ratio = BetaRatio(a0, b0, a1, b1, plain)
                    found[:3, rows] = [1 / ratio.quantile(1 - tail) for tail in tails]
                    found[3:, rows] = [ratio.below(1 / mark) for mark in marks]
    return found
