"""The final rate of a cohort that is still followed, foreseen from earlier cohorts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.measures.inputs import FloatArray
from youthjustice.records.tracker.development import expected_known
from youthjustice.records.tracker.spread import Mixture, log_chance, mixture_of, spread_round
from youthjustice.records.tracker.watched import Watched

MOST_COUNTS = 4_001
"""Final counts that are weighed; larger cohorts are weighed at evenly spread ones."""


class Foreseen(NamedTuple):
    """Final numbers of children who reoffended, and the chance of each."""

    counts: FloatArray
    chance: FloatArray

    def limits(self, confidence: float) -> tuple[float, float]:
        """Return the counts between which at least ``confidence`` lies, equal tails outside."""
        below = np.cumsum(self.chance)
        tail = (1 - confidence) / 2
        places = np.searchsorted(below, [tail, 1 - tail - 1e-12])
        low, high = self.counts[np.minimum(places, len(self.counts) - 1)]
        return float(low), float(high)


def foresee(
    cohort: Watched, complete: Sequence[Watched], day: int, arrived: pd.DataFrame
) -> tuple[Foreseen, float]:
    """Return the chances of every final count as a day shows the cohort, and the share known.

    Two things are learned of the complete cohorts: what share of children is proven in the end,
    with the spread between cohorts, and how far the share of those who were known at this age
    spreads round the expected one. By Bayes' rule, the chance of a final count F is then in
    proportion to the chance of F among the children, times the chance that so many of F are known
    by now. Both are beta-binomial, mixed over what the spread may be. The error of the expected
    share itself is added to its spread.
    """
    share, error = expected_known(cohort, day, arrived)
    children, known = float(len(cohort.start)), float(cohort.known(day).sum())
    final = np.array([(one.proven <= one.end).sum() for one in complete], dtype=np.float64)
    size = np.array([len(one.start) for one in complete], dtype=np.float64)
    many = int(min(children - known + 1, MOST_COUNTS))
    counts = np.unique(np.round(np.linspace(known, children, many)))
    fit = _mixed(counts, children, mixture_of(final, size)) + _seen(
        known, counts, known_now(cohort, complete, day, arrived, final, share, error)
    )
    chance = np.exp(fit - fit.max())
    return Foreseen(counts, chance / chance.sum()), share


def known_now(
    cohort: Watched,
    complete: Sequence[Watched],
    day: int,
    arrived: pd.DataFrame,
    final: FloatArray,
    share: float,
    error: float,
) -> Mixture:
    """Return the share known by now of those who will be proven, over every spread of it."""
    then = [day - cohort.first + one.first for one in complete]
    known = [one.known(at).sum() for one, at in zip(complete, then, strict=True)]
    expected = [expected_known(one, at, arrived)[0] for one, at in zip(complete, then, strict=True)]
    rho, weight = spread_round(np.array(known, np.float64), final, np.array(expected))
    # Half a child known and half a child not yet known keep a share of 0 or 1 from being certain.
    seen = float(arrived["events"].sum())
    worth = min(share * (1 - share) / error**2, seen) if error > 0 else seen
    a, b = worth * share + 0.5, worth * (1 - share) + 0.5
    apart = 1 - (1 - 1 / (a + b + 1)) * (1 - np.minimum(rho * (1 + 1 / len(complete)), 0.99))
    whole = 1 / apart - 1
    return Mixture(a / (a + b) * whole, b / (a + b) * whole, weight)


def _mixed(x: FloatArray, n: float, mixture: Mixture) -> FloatArray:
    """Return the log chance of each x of n."""
    each = log_chance(x[:, None], np.array(n), mixture.a, mixture.b)
    return np.asarray(special.logsumexp(each, axis=1, b=mixture.weight))


def _seen(known: float, counts: FloatArray, mixture: Mixture) -> FloatArray:
    """Return the log chance that so many are known, of each number who will be proven."""
    each = log_chance(np.array(known), counts[:, None], mixture.a, mixture.b)
    return np.asarray(special.logsumexp(each, axis=1, b=mixture.weight))
