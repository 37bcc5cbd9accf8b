"""What is known of a rate or a share before its own counts are seen, and how it was learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import FloatArray, check_choice, read

_FITTED = {"maximum_likelihood": "maximum likelihood", "moments": "moments"}
_WORTH_A_SPREAD = 1e-7  # log likelihood that a spread must add before it is believed


@dataclass(frozen=True, slots=True)
class Prior:
    """A gamma prior of a rate (shape ``a``, rate ``b``) or a beta prior of a share (``a``, ``b``).

    ``how`` says where it came from and ``cells`` from how many cells. Where the cells differ by no
    more than chance there is no spread to learn: ``a`` and ``b`` are then infinite, the prior is
    the single value ``at``, and whatever is shrunk with it becomes that value.

    >>> print(Prior("gamma", 3.2, 410))
    gamma prior, shape 3.2, rate 410 (mean 0.007805); given
    """

    kind: str
    a: float
    b: float
    how: str = "given"
    cells: int | None = None
    at: float | None = None

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, ("gamma", "beta"))
        for name in ("a", "b"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
                raise InputProblem(f"{name} of a prior is {value!r}; give a number.")
        if not self.a > 0 or not (self.b > 0 or (self.kind == "gamma" and self.b == 0)):
            raise InputProblem(
                f"A {self.kind} prior with a {self.a!r} and b {self.b!r} does not exist; give "
                "numbers above 0."
            )
        if np.isinf(self.a) != np.isinf(self.b) or np.isinf(self.a) != (self.at is not None):
            raise InputProblem(
                f"A {self.kind} prior with a {self.a!r}, b {self.b!r} and the single value "
                f"{self.at!r} is half a prior; give a and b, or let fit_prior find them."
            )

    @property
    def spread(self) -> bool:
        """Tell whether the prior allows cells to differ at all."""
        return self.at is None

    @property
    def mean(self) -> float:
        """Return the mean of the prior: events per person, or a share; NaN where there is none."""
        if self.at is not None:
            return self.at
        if self.kind == "beta":
            return self.a / (self.a + self.b)
        return self.a / self.b if self.b > 0 else np.nan

    def __str__(self) -> str:
        """Say the prior in words, as results print it."""
        source = self.how if self.cells is None else f"{self.how}, {self.cells} cells"
        if not self.spread:
            return f"{self.kind} prior without spread at {self.mean:.4g}; {source}"
        names = ("shape", "rate") if self.kind == "gamma" else ("a", "b")
        mean = "" if np.isnan(self.mean) else f" (mean {self.mean:.4g})"
        return (
            f"{self.kind} prior, {names[0]} {self.a:.4g}, {names[1]} {self.b:.4g}{mean}; {source}"
        )


JEFFREYS = {
    "gamma": Prior("gamma", 0.5, 0.0, "Jeffreys"),
    "beta": Prior("beta", 0.5, 0.5, "Jeffreys"),
}


def fit_prior(
    events: object, population: object, kind: str = "gamma", method: str = "maximum_likelihood"
) -> Prior:
    """Learn how much rates, or shares, differ between cells beyond chance.

    ``events`` in ``population`` of each cell (areas, or groups), or, for ``kind="beta"``, the
    numbers that pass of the numbers that could. ``maximum_likelihood`` takes the negative binomial
    likelihood (Clayton and Kaldor 1987) or the beta-binomial; ``moments`` is Marshall (1991): the
    variance of the rates weighted by population, less what chance gives, a negative one set to 0;
    for shares the same with binomial chance. Expected numbers may stand for the population: the
    prior is then one of ratios to the expected. Cells with a missing count, or nobody in them, are
    left out. Raises InputProblem for impossible counts, fewer than two cells, and cells that hold
    no events at all or nothing but events.

    >>> prior = fit_prior([3, 18, 9, 40, 12], [900, 2100, 2500, 3000, 1000])
    >>> print(prior)
    gamma prior, shape 4.752, rate 573.7 (mean 0.008282); maximum likelihood, 5 cells
    """
    family = check_choice("kind", kind, ("gamma", "beta"))
    how = check_choice("method", method, _FITTED)
    arguments = read({"events": events, "population": population})
    if family == "beta":
        arguments.refuse_part_above_whole(0, 1)
    usable = ~arguments.missing & (arguments.numbers[1] > 0)
    x, n = (values[usable] for values in arguments.numbers)
    if x.size < 2:
        raise InputProblem(
            f"A prior is learned from how cells differ, and {x.size} of {usable.size} can be used; "
            "give at least two."
        )
    if not x.any() or (family == "beta" and (x == n).all()):
        raise InputProblem(
            "Every cell holds none, or all, of its population; nothing is known of the spread, so "
            "give a prior or more years."
        )
    words = _FITTED[how]
    mean, variance = _moments(x, n, family) if how == "moments" else _most_likely(x, n, family)
    if variance <= 0:
        return Prior(family, np.inf, np.inf, words, x.size, mean)
    if not np.isfinite(mean * mean / variance):
        raise InputProblem(
            "The rates of these cells are beyond what numbers can hold; check the populations."
        )
    if family == "gamma":
        return Prior("gamma", mean * mean / variance, mean / variance, words, x.size)
    weight = mean * (1 - mean) / variance - 1
    if weight <= 1e-9:
        raise InputProblem(
            "Every cell holds none, or all, of its population; no beta prior describes that, so "
            "give a prior or more years."
        )
    return Prior("beta", mean * weight, (1 - mean) * weight, words, x.size)


def _moments(x: FloatArray, n: FloatArray, kind: str) -> tuple[float, float]:
    """Return mean and variance by moments; the variance is 0 where chance explains it all."""
    mean = float(x.sum() / n.sum())
    seen = float((n * (x / n - mean) ** 2).sum() / n.sum())
    size = float(n.mean())
    if kind == "gamma":
        return mean, max(seen - mean / size, 0.0)
    if size <= 1:
        raise InputProblem(
            "Each cell holds one child on average; shares of single children have no spread to "
            "learn, so give larger cells."
        )
    # A share with variance v has binomial variance (m(1-m) - v)/n: solved here for v.
    return mean, max((seen - mean * (1 - mean) / size) / (1 - 1 / size), 0.0)


def _most_likely(x: FloatArray, n: FloatArray, kind: str) -> tuple[float, float]:
    """Return mean and variance by maximum likelihood; the variance is 0 at its boundary."""
    from scipy import optimize

    if kind == "gamma":
        loss, plain, start = _negative_binomial(x, n)
    else:
        loss, plain, start = _beta_binomial(x, n)

    def guarded(point: FloatArray) -> float:
        # Far from any sensible prior numbers overflow, and such a point is the least likely of all.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            value = loss(point)
        return value if np.isfinite(value) else np.inf

    # Differences under the last digits of a large likelihood are noise, and no search ends in noise.
    least = 1e-14 * max(abs(plain), 100.0)
    # The likelihood can be flat towards the boundary, so the search starts from several spreads.
    found = min(
        (
            optimize.minimize(
                guarded,
                np.array([start, spread]),
                method="Nelder-Mead",
                options={"xatol": 1e-10, "fatol": least, "maxiter": 4000, "maxfev": 8000},
            )
            for spread in (-6.0, -2.0, 1.0)
        ),
        key=lambda result: float(result.fun),
    )
    if not plain - float(found.fun) > _WORTH_A_SPREAD:
        return float(x.sum() / n.sum()), 0.0
    centre, spread = (float(part) for part in found.x)
    if kind == "gamma":
        mean = float(np.exp(centre))
        return mean, mean * mean * float(np.exp(spread))
    mean, weight = float(special.expit(centre)), float(np.exp(-spread))
    return mean, mean * (1 - mean) / (weight + 1)


Loss = Callable[[FloatArray], float]


def _negative_binomial(x: FloatArray, n: FloatArray) -> tuple[Loss, float, float]:
    """Return the loss in (log mean, log of 1/shape), its value without spread, and a start."""

    def loss(point: FloatArray) -> float:
        shape, expected = np.exp(-point[1]), n * np.exp(point[0])
        terms = (
            _rising(shape, x)
            - (shape + x) * np.log1p(expected / shape)
            + special.xlogy(x, expected)
        )
        return -float(terms.sum())

    mean = x.sum() / n.sum()
    plain = -float((special.xlogy(x, n * mean) - n * mean).sum())
    return loss, plain, float(np.log(mean))


def _beta_binomial(x: FloatArray, n: FloatArray) -> tuple[Loss, float, float]:
    """Return the loss in (logit mean, log of 1/(a + b)), its value without spread, and a start."""

    def loss(point: FloatArray) -> float:
        weight = np.exp(-point[1])
        a, b = weight * special.expit(point[0]), weight * special.expit(-point[0])
        if not (a > 0 and b > 0):
            return np.inf
        share = special.expit(point[0])
        terms = (
            _rising(a, x)
            + _rising(b, n - x)
            - _rising(weight, n)
            + special.xlogy(x, share)
            + special.xlog1py(n - x, -share)
        )
        return -float(terms.sum())

    mean = x.sum() / n.sum()
    plain = -float((special.xlogy(x, mean) + special.xlogy(n - x, 1 - mean)).sum())
    return loss, plain, float(special.logit(mean))


def _rising(a: float, x: FloatArray) -> FloatArray:
    """Return log of a(a+1)...(a+x-1) / a^x, which keeps its digits when a is very large."""
    if a < 1e6:
        return np.asarray(special.gammaln(a + x) - special.gammaln(a) - special.xlogy(x, a))
    return np.asarray(
        (a + x - 0.5) * np.log1p(x / a) - x + (1 / (a + x) - 1 / a) / 12, dtype=np.float64
    )
