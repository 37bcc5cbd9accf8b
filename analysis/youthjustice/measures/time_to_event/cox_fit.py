"""The coefficients that make Cox's partial likelihood largest, and those that have no maximum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from youthjustice.measures.inputs import BoolArray, FloatArray
from youthjustice.measures.time_to_event.partial_likelihood import (
    Fit,
    RiskSets,
    fit_at,
    information,
)

STEPS = 100
# The furthest that one step moves log hazards apart.
LONGEST = 5.0
# Each direction is held back by this much of the information it starts with, per event, so that
# one without a maximum stops where events worth about 1e-7 are left to explain.
HOLD = 1e-8
# Information, in events, under which the likelihood is flat along a direction, and under which the
# hold might tell.
FLAT = 1e-5
WEAK = 1e-3
# A coefficient that ran away moved log hazards apart by more than this.
FAR = 6.0
# No limit is looked for where log hazards are further apart than this.
FARTHEST = 32.0
# The part of the greatest possible information under which a covariate is alike in all risk sets.
NO_INFORMATION = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Maximum:
    """Where the likelihood is largest, with its value there and at coefficients of 0.

    ``runaway`` is -1 or 1 for a coefficient that grows without end in that direction, 0 for the
    others; ``undefined`` tells coefficients of which the data say nothing. ``covariance`` is of
    the rest. ``converged`` is false if the search gave up.
    """

    beta: FloatArray
    covariance: FloatArray
    log_likelihood: float
    null_log_likelihood: float
    score_statistic: float
    runaway: FloatArray
    undefined: BoolArray
    converged: bool
    fit: Fit


def maximise(sets: RiskSets, x: FloatArray) -> Maximum:
    """Find the maximum by Newton's method, in directions that start with the same information.

    With a hold (a ridge) so slight that it only tells in directions along which the likelihood
    rises for ever and goes flat, as for a group without events. If there are any, the search goes
    on without it in all the others, whose coefficients are so those of the limit.
    """
    turn, undefined = _directions(sets, x)
    z = x @ turn
    start = np.zeros(z.shape[1])
    null = fit_at(sets, z, start)
    every, hold = np.eye(z.shape[1]), HOLD / len(sets.failed)
    gamma, fit, converged = _climb(sets, z, 0.0, start, null, every, hold)
    whole = information(sets, z, fit)
    size, vectors = np.linalg.eigh(whole)
    most = np.ptp(z @ vectors, axis=0) ** 2
    flat = size < FLAT * most
    live = vectors[:, ~flat]
    if (size < WEAK * most).any():
        gamma, fit, free = _climb(sets, z, 0.0, gamma, fit, live, 0.0)
        converged = converged and free
        whole = information(sets, z, fit)
    inside = np.linalg.inv(live.T @ whole @ live)
    # One step more, too short to change the information, is right to the last digits.
    gamma = gamma + live @ inside @ (live.T @ fit.score)
    spread, beta = turn @ live, turn @ gamma
    final = fit_at(sets, x, beta)
    lost = ((turn @ vectors[:, flat]) ** 2).sum(axis=1) > 1e-6 * (turn**2).sum(axis=1)
    far = np.abs(beta) * np.ptp(x, axis=0) > FAR
    return Maximum(
        beta=beta,
        covariance=spread @ inside @ spread.T,
        log_likelihood=final.log_likelihood,
        null_log_likelihood=null.log_likelihood,
        score_statistic=float(null.score @ null.score),
        runaway=np.where(lost & far & ~undefined & converged, np.sign(beta), 0.0),
        undefined=undefined | (lost & ~far),
        converged=converged,
        fit=final,
    )


def _climb(
    sets: RiskSets,
    x: FloatArray,
    offset: FloatArray | float,
    beta: FloatArray,
    fit: Fit,
    along: FloatArray,
    hold: float,
) -> tuple[FloatArray, Fit, bool]:
    """Climb along some directions until a step would gain nothing; tell whether that came."""
    before = np.inf
    for _ in range(STEPS):
        slope = along.T @ (fit.score - hold * beta)
        curve = along.T @ information(sets, x, fit) @ along + hold * np.eye(along.shape[1])
        size, vectors = np.linalg.eigh(curve)
        pull = vectors.T @ slope
        move = pull / np.maximum(size, max(hold, 1e-14))
        gain = float(pull @ move)
        # What is left to gain dies away slowly only where the likelihood has gone flat.
        if gain < 1e-16 or (gain < 1e-11 and gain > before / 4):
            return beta, fit, True
        before = gain
        step = along @ (vectors @ move)
        step = step * min(1.0, LONGEST / max(float(np.ptp(x @ step)), 1e-300))
        least = fit.log_likelihood - hold * (beta @ beta) / 2
        least -= 1e-12 * abs(least)
        for _ in range(30):
            after = beta + step
            found = fit_at(sets, x, after, offset)
            if found.log_likelihood - hold * (after @ after) / 2 >= least:
                break
            step = step / 2
        else:
            return beta, fit, gain < 1e-9  # no more than rounding
        beta, fit = after, found
    return beta, fit, False


def profile(
    sets: RiskSets, x: FloatArray, at: int, maximum: Maximum, confidence: float
) -> tuple[float, float]:
    """Return the limit and the p-value of a coefficient that runs away, on its log scale.

    The limit is where twice the loss of likelihood, with all the others at their best, reaches the
    quantile of chi-square (Venzon and Moolgavkar 1988; Heinze and Schemper 2001); on the other side
    there is none, nor on this one if the others can always make up for it: infinite. The p-value
    is that of the likelihood ratio.
    """
    from scipy import optimize

    others = np.delete(x, at, axis=1)
    z = others @ _directions(sets, others)[0]
    side = float(maximum.runaway[at])
    every, hold = np.eye(z.shape[1]), HOLD / len(sets.failed)

    def loss(value: float) -> float:
        offset, start = value * x[:, at], np.zeros(z.shape[1])
        _, best, _ = _climb(sets, z, offset, start, fit_at(sets, z, start, offset), every, hold)
        return max(2 * (maximum.log_likelihood - best.log_likelihood), 0.0)

    enough = float(special.chdtri(1.0, 1 - confidence))
    at_zero = loss(0.0)
    p_value = float(special.chdtrc(1.0, at_zero))
    # From 0 towards the maximum if 0 is too far from it, else away from it.
    towards = side if at_zero > enough else -side
    widest = FARTHEST / float(np.ptp(x[:, at]))
    near, far = 0.0, towards * widest / 32
    while (loss(far) > enough) == (at_zero > enough):
        if abs(far) >= widest:
            return -side * np.inf, p_value
        near, far = far, 2 * far
    limit = optimize.brentq(lambda value: loss(value) - enough, near, far, rtol=1e-10)
    return float(limit), p_value


def _directions(sets: RiskSets, x: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Return combinations of covariates with information 1 each at coefficients of 0.

    Also tells the covariates of which there is none: alike in every risk set.
    """
    at_zero = information(sets, x, fit_at(sets, x, np.zeros(x.shape[1])))
    least = NO_INFORMATION * len(sets.failed) * (x**2).mean(axis=0)
    silent = np.diag(at_zero) <= least
    scale = 1 / np.sqrt(np.where(silent, 1.0, np.diag(at_zero)))
    alike = np.where(silent[:, None] | silent, 0.0, at_zero) * scale[:, None] * scale
    size, vectors = np.linalg.eigh(alike)
    kept = size > 1e-10
    undefined = (vectors[:, ~kept] ** 2).sum(axis=1) > 1e-12
    return scale[:, None] * vectors[:, kept] / np.sqrt(size[kept]), undefined
