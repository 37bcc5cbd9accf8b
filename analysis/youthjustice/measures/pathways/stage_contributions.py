"""What each stage of a chain adds: its share of the log ratio, and a number of children."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.products import effects
from youthjustice.measures.inputs import BoolArray, FloatArray

_KNOTS = 201  # points at which a posterior's quantiles are worked out exactly
_BLOCK = 400_000  # numbers drawn at a time: they stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Chain:
    """Counts along one chain, stages x rows: of the group and, in the same cell, the reference.

    ``x`` and ``n`` are numerators and denominators, ``x0`` and ``n0`` the reference's; ``events``
    (one a stage) marks a stage of events in a population.
    """

    x: FloatArray
    n: FloatArray
    x0: FloatArray
    n0: FloatArray
    events: BoolArray


@dataclass(frozen=True, slots=True)
class Split:
    """A chain split over its stages: figures with limits (stages x rows), and flags of the rows."""

    shares: tuple[FloatArray, FloatArray, FloatArray]
    children: tuple[FloatArray, FloatArray, FloatArray]
    flags: dict[str, BoolArray]


def split_chain(
    chain: Chain,
    *,
    values: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
    confidence: float,
    draws: int,
    seed: int,
) -> Split:
    """Split a chain where that can be done, and flag where it cannot.

    ``values`` are the ratios of the stages (stages x rows), missing where not calculated; ``lower``
    and ``upper`` are the limits of the ratio of the whole, which must agree that it is not 1.
    """
    shown = ~np.isnan(values).any(axis=0) & ~np.isnan(lower + upper)
    usable = shown & ~none_pass(chain)
    shares = log_shares(chain, confidence)
    clear = usable & ~np.isnan(shares[0][0]) & ((lower > 1) | (upper < 1))
    share, low, high = (np.where(clear, part, np.nan) for part in shares)
    return Split(
        shares=(share, low, high),
        children=children_by_stage(chain, usable, confidence, draws, seed),
        flags={
            "chain_not_calculated": ~shown,
            "zero_in_chain": shown & none_pass(chain),
            "all_in_chain": usable & all_pass(chain),
            "total_near_one": usable & ~all_pass(chain) & ~clear,
        },
    )


def log_shares(chain: Chain, confidence: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return each stage's share of the log ratio of the whole chain, with limits, stages x rows.

    Given the stage before, the stages are independent, so the variance of each log ratio is its
    delta variance and their sum that of the whole; the share is a ratio of two normal figures whose
    covariance is the variance of the stage (Fieller 1954). NaN where the interval of the whole holds
    0, and where none or all of a count pass a stage, for there the delta variance fails.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(chain.x * chain.n0) - np.log(chain.n * chain.x0)
        binomial = np.where(chain.events[:, np.newaxis], 0.0, 1 / chain.n + 1 / chain.n0)
        variance = 1 / chain.x + 1 / chain.x0 - binomial
        total, total_variance = log.sum(axis=0), variance.sum(axis=0)
        z2 = special.ndtri((1 - confidence) / 2) ** 2
        # (log - share total)^2 = z^2 (variance (1 - 2 share) + share^2 total variance)
        a = total**2 - z2 * total_variance
        half_b = log * total - z2 * variance
        c = log**2 - z2 * variance
        usable = (a > 0) & ~all_pass(chain) & ~none_pass(chain)
        root = np.sqrt(np.maximum(half_b**2 - a * c, 0.0))
        parts = (log / total, (half_b - root) / a, (half_b + root) / a)
    share, lower, upper = (np.where(usable, part, np.nan) for part in parts)
    if len(log) == 1:  # the whole is its only stage
        lower, upper = share, share
    return share, lower, upper


def none_pass(chain: Chain) -> BoolArray:
    """Tell where a count along the chain is 0."""
    return np.asarray(((chain.x == 0) | (chain.x0 == 0)).any(axis=0))


def all_pass(chain: Chain) -> BoolArray:
    """Tell where all pass a stage on the way, in the group or in the reference."""
    everyone = (chain.x == chain.n) | (chain.x0 == chain.n0)
    return np.asarray((everyone & ~chain.events[:, np.newaxis]).any(axis=0))


def children_by_stage(
    chain: Chain, wanted: BoolArray, confidence: float, draws: int, seed: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return how many children each stage adds to the final count of ``wanted`` rows, with limits.

    The group's final count less what the reference's rates would make of the same base, split over
    the stages whatever their order. The limits are percentiles over draws from the posteriors of
    all rates (Gamma for events, else Beta, with Jeffreys' prior), the base held; they are widened
    to hold the figure itself where all pass.
    """
    base, some = chain.n[0], np.flatnonzero(wanted)
    stages, rows = chain.x.shape
    value, lower, upper = np.full((3, stages, rows), np.nan)
    x, n, x0, n0 = (part[:, some] for part in (chain.x, chain.n, chain.x0, chain.n0))
    value[:, some] = base[some] * effects(x / n, x0 / n0)
    scores = _scores(2 * stages, draws, seed)
    step = max(1, _BLOCK // (stages * draws))
    tail = (1 - confidence) / 2
    for start in range(0, some.size, step):
        at = some[start : start + step]
        group = _posteriors(chain.x[:, at], chain.n[:, at], chain.events, scores[:stages])
        other = _posteriors(chain.x0[:, at], chain.n0[:, at], chain.events, scores[stages:])
        found = base[at, np.newaxis] * effects(group, other)
        lower[:, at], upper[:, at] = np.quantile(found, [tail, 1 - tail], axis=-1)
    return value, np.minimum(lower, value), np.maximum(upper, value)


def check_draws(draws: object, seed: object) -> tuple[int, int]:
    """Return the number of draws and the seed, or raise InputProblem."""
    for name, value, least in (("draws", draws, 100), ("seed", seed, 0)):
        whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
        if not whole or value < least:  # type: ignore[operator]
            raise InputProblem(f"{name} is {value!r}; give a whole number of at least {least}.")
    return int(draws), int(seed)  # type: ignore[call-overload]


def _scores(rates: int, draws: int, seed: int) -> FloatArray:
    """Return normal scores, rates x draws: every rate goes once through all its percentiles.

    All rows use the same scores, so that no row changes with its neighbours.
    """
    chance = np.random.default_rng(seed)
    even = special.ndtri((np.arange(draws) + 0.5) / draws)
    return np.array([chance.permutation(even) for _ in range(rates)])


def _posteriors(x: FloatArray, n: FloatArray, events: BoolArray, scores: FloatArray) -> FloatArray:
    """Return draws of every rate, stages x rows x draws, through the quantiles of its posterior.

    Quantiles are worked out at knots and read off between them along a straight line: with 201
    knots that is far finer than the draws.
    """
    knots = np.linspace(scores.min(), scores.max(), _KNOTS)
    below, part = _between(knots, scores)
    chance = special.ndtr(knots)
    found = []
    for stage, is_events in enumerate(events):
        some, whole = x[stage, :, np.newaxis], n[stage, :, np.newaxis]
        if is_events:
            quantile = np.asarray(special.gammaincinv(some + 0.5, chance) / whole)
        else:
            quantile = np.asarray(special.betaincinv(some + 0.5, whole - some + 0.5, chance))
        low = np.take(quantile, below[stage], axis=1)
        rise = np.take(np.diff(quantile, axis=1), below[stage], axis=1)
        found.append(low + part[stage] * rise)
    return np.array(found)


def _between(knots: FloatArray, scores: FloatArray) -> tuple[NDArray[np.intp], FloatArray]:
    """Return the knot below every score, and how far the score is on to the next."""
    place = (scores - knots[0]) / (knots[1] - knots[0])
    below = np.clip(place.astype(np.intp), 0, _KNOTS - 2)
    return below, place - below
