"""Marginal standardisation: the risk if everyone were of one group, from a logistic regression."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from youthjustice.measures.adjusted.count_models import scores
from youthjustice.measures.adjusted.design import Design
from youthjustice.measures.inputs import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """The standardised risk of every group, with the covariance of the risks."""

    risk: FloatArray
    covariance: FloatArray
    converged: bool

    def ratios(self, reference: int) -> tuple[FloatArray, FloatArray]:
        """Return each risk over the reference's, and the standard error of its logarithm."""
        scaled = self.covariance / np.outer(self.risk, self.risk)
        own, base = np.diag(scaled), scaled[reference, reference]
        variance = own + base - 2 * scaled[:, reference]
        return self.risk / self.risk[reference], np.sqrt(np.maximum(variance, 0.0))


def standardised_risks(
    design: Design, x: FloatArray, n: FloatArray, cluster: NDArray[np.int64] | None, reference: int
) -> Means:
    """Return the mean predicted risk with everyone in the fit taken as of each group in turn.

    Covariance by the delta method, the mix of covariates being taken as it is (Localio and others
    2007; Muller and MacLehose 2014), from the model or, with ``cluster``, from scores summed by
    child. NaN for groups that are not in the model.
    """
    coefficients, converged = _logistic(design)
    matrix = design.matrix
    risk = _risk(matrix @ coefficients)
    weight = design.n * risk * (1 - risk)
    covariance = np.linalg.pinv((matrix * weight[:, None]).T @ matrix)
    if cluster is not None:
        covariance = covariance @ scores(design, risk, x, n, cluster) @ covariance
    dummies = design.columns[design.columns >= 0]
    means = np.full(len(design.columns), np.nan)
    slopes = np.full((len(means), matrix.shape[1]), np.nan)
    for group, column in enumerate(design.columns):
        if column < 0 and group != reference:
            continue
        everyone = matrix.copy()
        everyone[:, dummies] = 0.0
        if column >= 0:
            everyone[:, column] = 1.0
        risk = _risk(everyone @ coefficients)
        means[group] = np.average(risk, weights=design.n)
        slopes[group] = (design.n * risk * (1 - risk)) @ everyone / design.n.sum()
    return Means(means, slopes @ covariance @ slopes.T, converged)


def _risk(log_odds: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -700, 700))))


def _logistic(design: Design) -> tuple[FloatArray, bool]:
    from statsmodels.genmod import families  # type: ignore[import-untyped]
    from statsmodels.genmod.generalized_linear_model import GLM  # type: ignore[import-untyped]

    both = np.column_stack([design.x, design.n - design.x])
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # what they say is returned
        found = GLM(both, design.matrix, family=families.Binomial()).fit(maxiter=200)
    coefficients = np.asarray(found.params, dtype=np.float64)
    return coefficients, bool(found.converged and np.isfinite(coefficients).all())
