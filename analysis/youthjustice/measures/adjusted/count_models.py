"""Log-linear models of counts: Poisson, quasi-Poisson, negative binomial and modified Poisson."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from youthjustice.measures.adjusted.design import Design
from youthjustice.measures.inputs import FloatArray

_LOG_ALPHA = (-14.0, 5.0)  # between these the overdispersion of a negative binomial is looked for


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients with their covariance, and how the fit went.

    ``dispersion`` is Pearson's chi-square of the Poisson model over its degrees of freedom, NaN
    where none are left; ``alpha`` is the overdispersion of a negative binomial, else NaN.
    """

    coefficients: FloatArray
    covariance: FloatArray
    dispersion: float
    alpha: float
    converged: bool


def poisson(design: Design) -> Fit:
    """Fit a Poisson regression with the log of the population as offset."""
    coefficients, expected, converged = _fit(design, "Poisson")
    matrix = design.matrix
    freedom = len(design.x) - matrix.shape[1]
    chi_square = ((design.x - expected) ** 2 / expected).sum()
    return Fit(
        coefficients,
        np.asarray(np.linalg.inv((matrix * expected[:, None]).T @ matrix), dtype=np.float64),
        float(chi_square / freedom) if freedom > 0 else np.nan,
        np.nan,
        converged,
    )


def quasi_poisson(design: Design) -> Fit:
    """Fit a Poisson regression whose variance is its dispersion times the mean."""
    fit = poisson(design)
    return Fit(
        fit.coefficients,
        fit.covariance * fit.dispersion,
        fit.dispersion,
        np.nan,
        fit.converged and np.isfinite(fit.dispersion),
    )


def negative_binomial(design: Design) -> Fit:
    """Fit a negative binomial regression (NB2, variance mu + alpha mu^2) by maximum likelihood.

    The likelihood is climbed in alpha, the regression being fitted anew at each; standard errors
    come from the observed information of all parameters together. Counts that vary no more than
    Poisson counts have no such fit: it has then not converged.
    """
    from scipy.optimize import minimize_scalar
    from statsmodels.discrete.discrete_model import NegativeBinomial  # type: ignore[import-untyped]

    def loss(log_alpha: float) -> float:
        alpha = float(np.exp(log_alpha))
        return -_nb2_log_likelihood(design.x, _fit(design, "NegativeBinomial", alpha)[1], alpha)

    grid = np.linspace(*_LOG_ALPHA, 20)
    near = int(np.argmin([loss(log_alpha) for log_alpha in grid]))
    bounds = (grid[max(near - 1, 0)], grid[min(near + 1, len(grid) - 1)])
    best = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-8})
    alpha = float(np.exp(best.x))
    coefficients, _, converged = _fit(design, "NegativeBinomial", alpha)
    inside = _LOG_ALPHA[0] + 0.01 < best.x < _LOG_ALPHA[1] - 0.01
    size = len(coefficients)
    covariance = np.full((size, size), np.nan)
    if inside and converged:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            model = NegativeBinomial(design.x, design.matrix, offset=np.log(design.n))
            start = np.r_[coefficients, alpha]
            found = model.fit(start_params=start, method="newton", maxiter=50, disp=0)
            coefficients, alpha = np.asarray(found.params[:-1]), float(found.params[-1])
            covariance = np.asarray(found.cov_params())[:size, :size]
            converged = bool(found.mle_retvals["converged"])
    usable = bool(inside and converged and (np.diag(covariance) > 0).all())
    return Fit(coefficients, covariance, poisson(design).dispersion, alpha, usable)


def modified_poisson(
    design: Design, x: FloatArray, n: FloatArray, cluster: NDArray[np.int64] | None
) -> Fit:
    """Fit a Poisson regression to a binary outcome, with sandwich standard errors (Zou 2004).

    ``x`` of ``n`` in every row of the data. With ``cluster`` the scores of one child are added
    together before they are squared (Zou and Donner 2013); neither has a small-sample correction.
    """
    coefficients, expected, converged = _fit(design, "Poisson")
    bread = np.linalg.inv((design.matrix * expected[:, None]).T @ design.matrix)
    risk = expected / design.n
    meat = scores(design, risk, x, n, cluster)
    return Fit(coefficients, bread @ meat @ bread, np.nan, np.nan, converged)


def scores(
    design: Design,
    risk: FloatArray,
    x: FloatArray,
    n: FloatArray,
    cluster: NDArray[np.int64] | None,
) -> FloatArray:
    """Return the sum of squared residuals times covariates, over children or over clusters."""
    matrix = design.matrix
    if cluster is None:
        squares = design.x * (1 - risk) ** 2 + (design.n - design.x) * risk**2
        return np.asarray((matrix * squares[:, None]).T @ matrix)
    residual = x - n * risk[design.pattern]
    sums = np.column_stack(
        [np.bincount(cluster, weights=residual * column[design.pattern]) for column in matrix.T]
    )
    return np.asarray(sums.T @ sums)


def from_columns(fit: Fit, design: Design) -> tuple[FloatArray, FloatArray]:
    """Return every group's ratio and the standard error of its logarithm, NaN where not fitted."""
    there = design.columns >= 0
    value, error = np.full((2, len(there)), np.nan)
    value[there] = np.exp(fit.coefficients[design.columns[there]])
    error[there] = np.sqrt(np.diag(fit.covariance)[design.columns[there]])
    return value, error


def _fit(design: Design, family: str, alpha: float = 1.0) -> tuple[FloatArray, FloatArray, bool]:
    """Return coefficients, expected counts, and whether the fit came to rest."""
    from statsmodels.genmod import families  # type: ignore[import-untyped]
    from statsmodels.genmod.generalized_linear_model import GLM  # type: ignore[import-untyped]

    law = families.Poisson() if family == "Poisson" else families.NegativeBinomial(alpha=alpha)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # what they say is returned
        found = GLM(design.x, design.matrix, family=law, offset=np.log(design.n)).fit(maxiter=200)
    expected = np.asarray(found.fittedvalues, dtype=np.float64)
    sound = np.isfinite(expected).all() and (expected > 0).all()
    return np.asarray(found.params), expected, bool(found.converged and sound)


def _nb2_log_likelihood(x: FloatArray, expected: FloatArray, alpha: float) -> float:
    size = 1 / alpha
    terms = (
        special.gammaln(x + size)
        - special.gammaln(size)
        - special.gammaln(x + 1)
        - size * np.log1p(alpha * expected)
        + special.xlogy(x, alpha * expected)
        - x * np.log1p(alpha * expected)
    )
    return float(terms.sum())
