"""The ratio of two shares that are each known as a beta: its distribution, by quadrature."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from youthjustice.measures.inputs import FloatArray

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)
_CHANCE = 0.5 * (_NODES + 1)  # probabilities at which the inner share is read
_STEPS_OUT = 0.8 * np.arange(-8, 9)  # standard deviations of the logit
_MOST_STEPS = 60
_CLOSE = 1e-8  # of the log ratio: finer than the quadrature


def spread_of_log(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the variance of the log of a beta."""
    return np.asarray(special.polygamma(1, a) - special.polygamma(1, a + b))


class BetaRatio:
    """The ratio of a beta (a1, b1) to a beta (a0, b0), averaged over nodes of the second.

    Between betas that are ``smooth`` sums over equal steps of the second's logit converge so fast
    that few do; else the nodes are quantiles of the second.
    """

    def __init__(
        self, a1: FloatArray, b1: FloatArray, a0: FloatArray, b0: FloatArray, smooth: bool
    ) -> None:
        self.a1, self.b1 = a1[:, None], b1[:, None]
        self.scale = special.betaln(self.a1, self.b1)
        if smooth:
            middle = special.digamma(a0) - special.digamma(b0)
            reach = np.sqrt(special.polygamma(1, a0) + special.polygamma(1, b0))
            logit = middle[:, None] + reach[:, None] * _STEPS_OUT
            log_share = special.log_expit(logit)
            log_density = a0[:, None] * log_share + b0[:, None] * (log_share - logit)
            density = np.exp(log_density - log_density.max(axis=1, keepdims=True))
            self.inner = np.exp(log_share)
            self.weight = density / density.sum(axis=1, keepdims=True)
        else:
            self.inner = special.betaincinv(a0[:, None], b0[:, None], _CHANCE[None, :])
            self.weight = np.broadcast_to(0.5 * _WEIGHTS, self.inner.shape)
        self.close = _CLOSE ** (1 / 3) / 2 if smooth else _CLOSE
        moments = [
            special.polygamma(order, a1)
            - special.polygamma(order, a1 + b1)
            + (-1) ** (order + 1)
            * (special.polygamma(order, a0) - special.polygamma(order, a0 + b0))
            for order in (0, 1, 2)
        ]
        self.centre, self.width = moments[0], np.sqrt(moments[1])
        self.skew = np.clip(moments[2] / self.width**3, -3, 3)

    def below(self, ratio: FloatArray) -> FloatArray:
        """Return the probability of a smaller ratio."""
        share = np.minimum(ratio[:, None] * self.inner, 1.0)
        return np.asarray((special.betainc(self.a1, self.b1, share) * self.weight).sum(axis=1))

    def _near(
        self, log_ratio: FloatArray, rows: NDArray[np.intp]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the probability of a smaller log ratio, its density and the slope of that."""
        a1, b1, weight = self.a1[rows], self.b1[rows], self.weight[rows]
        share = np.exp(log_ratio)[:, None] * self.inner[rows]
        inside = share < 1
        at = np.where(inside, share, 0.5)
        probability = np.where(inside, special.betainc(a1, b1, at), 1.0)
        log_density = a1 * np.log(at) + (b1 - 1) * np.log1p(-at) - self.scale[rows]
        density = np.where(inside, np.exp(log_density), 0.0)
        slope = density * (a1 - (b1 - 1) * at / (1 - at))
        below, dense, steep = (
            (part * weight).sum(axis=1) for part in (probability, density, slope)
        )
        return below, dense, steep

    def quantile(self, tail: float) -> FloatArray:
        """Solve for the ratio with ``tail`` below it by Halley's steps kept inside a bracket.

        On the probit scale the distribution of the log ratio is nearly a straight line, so the
        first guess (Cornish and Fisher) is near and each step cubes what is left of the error.
        """
        target = special.ndtri(tail)
        root = self.centre + self.width * (target + (target * target - 1) * self.skew / 6)
        low, high = self.centre - 60 * self.width, self.centre + 60 * self.width
        open_ = np.arange(root.size)
        for _ in range(_MOST_STEPS):
            if open_.size == 0:
                break
            at = root[open_]
            here, density, steep = self._near(at, open_)
            short = here < tail
            low[open_] = np.where(short, at, low[open_])
            high[open_] = np.where(short, high[open_], at)
            probit = special.ndtri(here)
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                slope = density * np.sqrt(2 * np.pi) * np.exp(0.5 * probit * probit)
                plain = (probit - target) / slope
                bend = plain * (steep / density + probit * slope)
                step = at - plain / np.clip(1 - 0.5 * bend, 0.5, 2)
            inside = (step > low[open_]) & (step < high[open_])
            new = np.where(inside, step, 0.5 * (low[open_] + high[open_]))
            root[open_] = new
            open_ = open_[np.abs(new - at) > self.close * np.minimum(self.width[open_], 1)]
        return np.asarray(np.exp(root))
