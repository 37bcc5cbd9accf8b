"""Koopman's limits against a constrained likelihood maximised by search alone."""

import warnings

import numpy as np
import pytest
from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep

from youthjustice.measures import risk_ratio
from youthjustice.measures.koopman import constrained

CHI = stats.chi2.ppf(0.95, 1)


def log_likelihood(x, n, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        some = np.where(x > 0, x * np.log(p), 0.0)
        rest = np.where(x < n, (n - x) * np.log1p(-p), 0.0)
    return some + rest


def searched(x1, n1, x0, n0, phi):
    """Maximise the likelihood over p0 with p1 = phi p0 by golden section, with no formula."""
    low, high = np.zeros(phi.shape), np.minimum(1.0, 1 / phi)
    golden = (np.sqrt(5) - 1) / 2
    for _ in range(120):
        left, right = high - golden * (high - low), low + golden * (high - low)
        value = [
            log_likelihood(x1, n1, np.minimum(phi * p, 1.0)) + log_likelihood(x0, n0, p)
            for p in (left, right)
        ]
        better = value[0] > value[1]
        low, high = np.where(better, low, left), np.where(better, right, high)
    return 0.5 * (low + high)


def chi_square(x1, n1, x0, n0, phi):
    p0 = searched(x1, n1, x0, n0, phi)
    return part(x1, n1, phi * p0) + part(x0, n0, p0)


def part(x, n, p):
    p = np.clip(p, 1e-200, 1 - 1e-14)  # keeps the search's end points off 0/0
    return (x - n * p) ** 2 / (n * p * (1 - p))


def check_tables(table):
    result = risk_ratio(*table)
    x1, _, x0, _ = table
    for limit, exists, outward in (
        (result.lower, x1 > 0, 1 / 1.05),
        (result.upper, x0 > 0, 1.05),
    ):
        assert np.array_equal(exists, np.isfinite(limit) & (limit > 0))
        some = [cells[exists] for cells in table]
        phi = limit[exists]
        np.testing.assert_allclose(chi_square(*some, phi), CHI, rtol=2e-4)
        assert (chi_square(*some, phi * outward) > CHI).all()
        inside = chi_square(*some, phi / outward)
        holds = (phi / outward > result.lower[exists]) & (phi / outward < result.upper[exists])
        assert (inside[holds] < CHI).all()
    assert (result.lower[x1 == 0] == 0).all()
    assert np.isinf(result.upper[x0 == 0]).all()


def test_limits_agree_with_brute_force_on_2000_tables(tables):
    check_tables(tables(2_000))


@pytest.mark.prove
def test_limits_agree_with_brute_force_on_20000_tables(tables):
    check_tables(tables(20_000, seed=20_000))


def test_closed_form_agrees_with_a_bounded_optimiser(tables):
    table = tables(40, seed=5)
    phi = np.exp(np.random.default_rng(5).normal(0, 1, 40))
    closed = constrained(*table, phi)
    for i in range(40):
        x1, n1, x0, n0 = (cells[i] for cells in table)
        if x1 + x0 == 0:
            assert closed[i] == 0
            continue
        best = optimize.minimize_scalar(
            lambda p, x1=x1, n1=n1, x0=x0, n0=n0, phi=phi[i]: (
                -float(log_likelihood(x1, n1, np.minimum(phi * p, 1.0)) + log_likelihood(x0, n0, p))
            ),
            bounds=(0, min(1, 1 / phi[i])),
            method="bounded",
            options={"xatol": 1e-12},
        )
        assert closed[i] == pytest.approx(best.x, abs=2e-6)


def test_statsmodels_agrees_where_no_cell_is_none_or_all(tables):
    table = np.column_stack(tables(400, seed=7))
    inside = (table[:, 0] % table[:, 1] > 0) & (table[:, 2] % table[:, 3] > 0)
    for x1, n1, x0, n0 in table[inside][:60]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = confint_proportions_2indep(
                x1, n1, x0, n0, compare="ratio", method="score", correction=False
            )
        ours = risk_ratio(x1, n1, x0, n0)
        assert (ours.lower, ours.upper) == pytest.approx(theirs, rel=1e-5)


@pytest.mark.parametrize("confidence", [1e-6, 0.5, 0.95, 0.998, 1 - 1e-9])
def test_limits_stay_in_order_at_any_confidence_and_size(confidence):
    x1 = np.array([1, 5, 1, 10**7, 1, 0])
    n1 = np.array([1, 5, 10**9, 10**7, 2, 3])
    x0 = np.array([1, 10**6, 10**8, 1, 0, 4])
    n0 = np.array([1, 10**6, 10**9, 10**9, 10**7, 4])
    result = risk_ratio(x1, n1, x0, n0, confidence)
    known = ~np.isnan(result.value)
    assert (result.lower <= result.value * (1 + 1e-9))[known].all()
    assert (result.upper >= result.value * (1 - 1e-9))[known].all()
    assert (result.lower <= result.upper).all()
