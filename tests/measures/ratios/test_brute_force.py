"""Koopman's limits against a likelihood maximised by search and a limit found by a general solver.

Nothing here knows a formula for the constrained estimate: the likelihood is maximised by golden
section, the chi-square written down as published, and its crossing found by scipy.
"""

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import elementwise

from youthjustice.measures import risk_ratio

GOLDEN = (np.sqrt(5) - 1) / 2


def log_likelihood(x, n, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        some = np.where(x > 0, x * np.log(p), 0.0)
        rest = np.where(x < n, (n - x) * np.log1p(-p), 0.0)
    return some + rest


def most_likely(x1, n1, x0, n0, phi):
    """Search the reference proportion, the first being ``phi`` times it."""
    low, high = np.zeros(phi.shape), np.minimum(1.0, 1 / phi)
    for _ in range(60):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        likely = [
            log_likelihood(x1, n1, np.minimum(phi * p, 1.0)) + log_likelihood(x0, n0, p)
            for p in (left, right)
        ]
        first = likely[0] > likely[1]
        low, high = np.where(first, low, left), np.where(first, right, high)
    return 0.5 * (low + high)


def part(x, n, p):
    p = np.clip(p, 1e-200, 1 - 1e-15)  # keeps the end points of the search off 0/0
    return (x - n * p) ** 2 / (n * p * (1 - p))


def chi_square(x1, n1, x0, n0, phi):
    p0 = most_likely(x1, n1, x0, n0, phi)
    return part(x1, n1, np.minimum(phi * p0, 1.0)) + part(x0, n0, p0)


def lower_limit(x1, n1, x0, n0, threshold):
    """Find where the chi-square crosses the threshold, below the observed ratio."""
    observed = np.log(x1 / n1) - np.log(np.maximum(x0, 1e-9) / n0)
    found = elementwise.find_root(
        lambda log_phi, *table: chi_square(*table, np.exp(log_phi)) - threshold,
        (np.full(x1.shape, -20.0), observed),
        args=(x1, n1, x0, n0),
        tolerances={"xatol": 1e-9, "xrtol": 1e-9, "fatol": 0.0},
    )
    assert found.success.all()
    return np.exp(found.x)


def check(table, confidence=0.95):
    x1, n1, x0, n0 = table
    threshold = stats.chi2.ppf(confidence, 1)
    result = risk_ratio(*table, confidence)
    for limit, count, sides in (
        (result.lower, x1, (x1, n1, x0, n0)),
        (1 / np.where(x0 > 0, result.upper, 1.0), x0, (x0, n0, x1, n1)),
    ):
        some = [cells[count > 0] for cells in sides]
        np.testing.assert_allclose(limit[count > 0], lower_limit(*some, threshold), rtol=2e-6)
    assert (result.lower[x1 == 0] == 0).all()
    assert np.isinf(result.upper[x0 == 0]).all()


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_limits_agree_with_brute_force(tables, confidence):
    check(tables(300, seed=int(1000 * confidence)), confidence)


@pytest.mark.prove
def test_limits_agree_with_brute_force_on_20000_tables(tables):
    check(tables(20_000, seed=20_000))


def test_every_table_of_two_small_groups():
    cells = np.array([(x, n) for n in (1, 2, 3, 5) for x in range(n + 1)], dtype=float)
    first, second = (v.ravel() for v in np.meshgrid(*[np.arange(len(cells))] * 2))
    check((*cells[first].T, *cells[second].T))
