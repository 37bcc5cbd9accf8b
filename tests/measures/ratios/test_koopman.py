"""Koopman's limits to the last digit, beside the published statistic in 80-digit arithmetic."""

import decimal
import warnings

import numpy as np
import pytest
from scipy import special
from statsmodels.stats.proportion import confint_proportions_2indep

from youthjustice.measures import risk_ratio
from youthjustice.measures.ratios import koopman

HARD = [
    *[(5, 5, 5, 5), (1, 1, 1, 1), (1, 1, 0, 1), (5, 5, 3, 4), (1, 2, 0, 5), (3, 10, 0, 10)],
    *[(4, 4, 0, 5), (2, 5, 10**8, 10**9), (5, 5, 10**9 - 1, 10**9), (4, 5, 0, 10**9)],
    *[(1, 10**9, 1, 5), (5 * 10**8, 10**9, 2, 5), (10**9, 10**9, 2, 5), (10**9 - 1, 10**9, 5, 5)],
    *[(10**9 - 1, 10**9, 0, 5), (10**7, 10**7, 1, 10**9), (10**5, 10**9, 10**5, 10**9)],
    *[(36, 40, 16, 80), (1, 3, 2, 4), (299, 300, 1, 2)],
]


def part(x, n, p):
    if x in (0, n):
        return n * (1 - p) / p if x else n * p / (1 - p)
    return (x - n * p) ** 2 / (n * p * (1 - p))


def halved(x1, n1, x0, n0, threshold):
    """Halve an interval of log ratios; Nam (1995) gives the constrained estimate."""
    x1, n1, x0, n0, threshold = (decimal.Decimal(float(v)) for v in (x1, n1, x0, n0, threshold))

    def outside(log_phi):
        phi = log_phi.exp()
        b, c = n1 * phi + x1 + n0 + x0 * phi, x1 + x0
        root = max(b * b - 4 * (n1 + n0) * phi * c, decimal.Decimal(0)).sqrt()
        p0 = min(2 * c / (b + root), decimal.Decimal(1))
        return part(x1, n1, min(phi * p0, decimal.Decimal(1))) + part(x0, n0, p0) > threshold

    low = decimal.Decimal(-60)
    high = (x1 / n1).ln() - ((x0 if x0 else decimal.Decimal("1e-18")) / n0).ln()
    for _ in range(70):
        middle = (low + high) / 2
        low, high = (middle, high) if outside(middle) else (low, middle)
    return float(((low + high) / 2).exp())


def assert_the_same_to_12_digits(rows, confidence):
    table = np.array(rows, dtype=float).T
    z = special.ndtri((1 - confidence) / 2)
    with decimal.localcontext() as context:
        context.prec = 80
        expected = [halved(*row, z * z) for row in table.T]
    np.testing.assert_allclose(risk_ratio(*table, confidence).lower, expected, rtol=1e-12)


@pytest.mark.parametrize("confidence", [1e-6, 0.95, 1 - 1e-9])
def test_the_hardest_tables(confidence):
    assert_the_same_to_12_digits(HARD, confidence)


@pytest.mark.prove
@pytest.mark.parametrize("confidence", [1e-6, 0.5, 0.8, 0.95, 0.998, 1 - 1e-9])
def test_400_tables_of_every_size(confidence):
    chance = np.random.default_rng(5)
    n1, n0 = np.floor(10 ** chance.uniform(0, 9, (2, 400)))
    x1, x0 = (
        np.floor(chance.uniform(0, 1, 400) ** chance.choice([1, 9]) * (n + 1)) for n in (n1, n0)
    )
    assert_the_same_to_12_digits(np.column_stack([np.maximum(x1, 1), n1, x0, n0]), confidence)


def test_two_more_steps_change_nothing(tables, monkeypatch):
    """Newton's steps number as many as are needed, over six confidence levels and 9,000 tables."""
    table = tables(1500, seed=9, largest=10**6)
    levels = (1e-6, 0.5, 0.8, 0.95, 0.998, 1 - 1e-9)
    before = [risk_ratio(*table, level) for level in levels]
    monkeypatch.setattr(koopman, "_STEPS", koopman._STEPS + 2)
    for one, level in zip(before, levels, strict=True):
        other = risk_ratio(*table, level)
        np.testing.assert_allclose(one.lower, other.lower, rtol=1e-14)
        np.testing.assert_allclose(one.upper, other.upper, rtol=1e-14)


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
    table = np.array([*HARD, (0, 3, 4, 4), (5, 5, 10**6, 10**6)], dtype=float).T
    result = risk_ratio(*table, confidence)
    known = ~np.isnan(result.value)
    assert (result.lower <= result.value * (1 + 1e-15))[known].all()
    assert (result.upper >= result.value * (1 - 1e-15))[known].all()
    assert (result.lower <= result.upper).all()


def test_a_total_of_one_or_less_has_no_corrected_variance():
    result = risk_ratio(0.2, 0.4, 0.1, 0.6, method="miettinen_nurminen")
    assert np.isnan([result.lower, result.upper, result.p_value]).all()
    assert "undefined" in result.flags
