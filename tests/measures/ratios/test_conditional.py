"""Exact and mid-p limits beside scipy's and beside sums of exact fractions."""

import decimal
import math
from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from youthjustice.measures import rate_ratio
from youthjustice.measures.ratios import conditional

PAIRS = [(1, 1), (1, 2), (2, 1), (3, 7), (10, 10), (1, 60), (60, 1), (50, 40), (150, 125), (400, 5)]
LEVELS = (0.05, 0.5, 0.95, 0.998, 1 - 1e-9)


def tail(x1, x0, weight, odds):
    """Sum P(X > x1) + weight P(X = x1), every term in 60 digits."""
    share, n = odds / (1 + odds), x1 + x0
    term = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(x1, n + 1)]
    return weight * term[0] + sum(term[1:])


@pytest.mark.parametrize(("method", "weight"), [("exact", "1"), ("midp", "0.5")])
def test_limits_agree_with_sums_in_60_digits(method, weight):
    with decimal.localcontext() as context:
        context.prec = 60
        for x1, x0 in PAIRS:
            lower = rate_ratio(x1, 1, x0, 1, method=method).lower
            below, above = (
                Decimal(lower) * (1 - Decimal("1e-11")),
                Decimal(lower) * (1 + Decimal("1e-11")),
            )
            assert tail(x1, x0, Decimal(weight), below) < Decimal("0.025") or lower == 0
            assert tail(x1, x0, Decimal(weight), above) > Decimal("0.025")


def test_exact_limits_are_scipys_limits_of_a_share(tables):
    x1, _, x0, _ = tables(60, seed=4, largest=300)
    found = rate_ratio(x1, 3, x0, 7, method="exact")
    for i, (a, b) in enumerate(zip(x1.astype(int), x0.astype(int), strict=True)):
        if a + b == 0:
            continue
        share = stats.binomtest(a, a + b).proportion_ci(method="exact")
        assert found.lower[i] == pytest.approx(share.low / (1 - share.low) * 7 / 3, rel=1e-7)
        if b > 0:
            assert found.upper[i] == pytest.approx(share.high / (1 - share.high) * 7 / 3, rel=1e-7)


@pytest.mark.parametrize("method", ["exact", "midp"])
@pytest.mark.parametrize("confidence", LEVELS)
def test_every_pair_of_counts_reaches_the_last_digit(method, confidence, monkeypatch):
    """A stricter rule for stopping changes nothing, from 1 event to a hundred million."""
    count = np.r_[1:40, 45:1500:97, 10**4, 10**6, 10**8].astype(float)
    x1, x0 = (part.ravel() for part in np.meshgrid(count, count))
    found = rate_ratio(x1, 1, x0, 1, confidence, method)
    monkeypatch.setattr(conditional, "_CLOSE", 1e-6)
    strict = rate_ratio(x1, 1, x0, 1, confidence, method)
    np.testing.assert_allclose(found.lower, strict.lower, rtol=5e-12)
    np.testing.assert_allclose(found.upper, strict.upper, rtol=5e-12)


@pytest.mark.parametrize("method", ["exact", "midp"])
def test_100000_pairs_at_once_are_as_good_as_one_at_a_time(method):
    chance = np.random.default_rng(11)
    events = chance.poisson(chance.choice([0.5, 5, 50, 5_000], (2, 100_000)))
    people = chance.choice([0, 5, 1_000, 10**9], (2, 100_000), p=[0.1, 0.3, 0.3, 0.3])
    table = (events[0], people[0], events[1], people[1])
    together = rate_ratio(*table, method=method)
    for i in range(80):
        alone = rate_ratio(*(int(cells[i]) for cells in table), method=method)
        for field in ("value", "lower", "upper", "p_value", "flags"):
            np.testing.assert_equal(getattr(alone, field), getattr(together, field)[i])
    none = (events[0] == 0) & (events[1] == 0) & (people.min(axis=0) > 0)
    assert none.sum() > 1000
    assert (together.lower[none] == 0).all()
    assert np.isinf(together.upper[none]).all()
    assert (together.p_value[none] == 1).all()
    lost = people.min(axis=0) == 0
    assert np.isnan(together.upper[lost]).all()
    assert all("denominator_zero" in flags for flags in together.flags[lost])


def test_fractions_of_an_event_are_taken_down_to_a_fifth():
    assert rate_ratio(0.5, 10, 3.5, 10, method="midp").lower > 0
    small = rate_ratio(0.1, 10, 3.5, 10, method="midp")
    assert np.isnan([small.lower, small.upper, small.p_value]).all()
    assert "undefined" in small.flags.split(";")
