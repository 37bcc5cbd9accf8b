import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from scipy import stats

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import (
    Prior,
    fit_prior,
    proportion,
    rate,
    shrunken_proportion,
    shrunken_rate,
)


def test_o14a_marshall_moments_of_infant_deaths(examples, reproduced):
    example = examples["O-14a"]
    events, births = example["inputs"]["events"], example["inputs"]["population"]
    prior = fit_prior(events, births, method="moments")
    found = shrunken_rate(events, births, prior=prior, per=1)
    reproduced(
        example,
        found["value"].iloc[:5],
        example["expected"]["shrunken_rate_first_five"],
        atol=example["tolerance"],
    )
    np.testing.assert_allclose(found["raw_value"], np.divide(events, births), rtol=1e-15)


def test_o14c_four_of_fourteen_rats(examples):
    example = examples["O-14c"]
    x, n, a, b = example["inputs"].values()
    found = shrunken_proportion(x, n, prior=Prior("beta", a, b)).iloc[0]
    posterior = stats.beta(*example["expected"]["posterior"])
    assert found["value"] == pytest.approx(posterior.mean(), abs=example["tolerance"])
    assert (found["lower"], found["upper"]) == pytest.approx(posterior.interval(0.95))


@few(5, st.integers(0, 60), st.integers(1, 10**6), st.floats(0.1, 40), st.floats(1, 1e5))
def test_the_posterior_is_prior_times_likelihood_on_a_grid(x, n, a, b):
    found = shrunken_rate(x, n, prior=Prior("gamma", a, b), per=1, confidence=0.9).iloc[0]
    spread = np.sqrt(a + x) / (b + n)
    grid = np.linspace(max(found["value"] - 12 * spread, 0), found["value"] + 20 * spread, 50_001)
    middle = 0.5 * (grid[1:] + grid[:-1])
    weight = stats.gamma.logpdf(middle, a, scale=1 / b) + stats.poisson.logpmf(x, n * middle)
    weight = np.exp(weight - weight.max())
    below = np.cumsum(weight) / weight.sum()
    if a + x > 2:  # a density that is infinite at 0 defeats the grid, not the formula
        assert (middle * weight).sum() / weight.sum() == pytest.approx(found["value"], rel=1e-4)
        assert np.interp(0.05, below, grid[1:]) == pytest.approx(found["lower"], rel=1e-2)
        assert np.interp(0.95, below, grid[1:]) == pytest.approx(found["upper"], rel=1e-3)


@few(10, st.integers(0, 200), st.integers(0, 200), st.floats(0.1, 40), st.floats(0.1, 40))
def test_the_value_lies_between_the_raw_share_and_the_prior(x, rest, a, b):
    n = x + rest
    found = shrunken_proportion(x, n, prior=Prior("beta", a, b)).iloc[0]
    if n == 0:
        assert np.isnan(found["raw_value"])
        assert found["value"] == pytest.approx(a / (a + b))
        assert found["flags"].startswith("denominator_zero")
        return
    low, high = sorted([found["raw_value"], a / (a + b)])
    assert low - 1e-12 <= found["value"] <= high + 1e-12
    mixed = found["own_weight"] * found["raw_value"] + (1 - found["own_weight"]) * a / (a + b)
    assert found["value"] == pytest.approx(mixed)
    assert found["lower"] < found["upper"]


def test_the_raw_figure_stands_beside_with_its_own_interval():
    found = shrunken_rate([3, 40], [900, 3000], prior=Prior("gamma", 4, 500))
    raw = rate([3, 40], [900, 3000])
    np.testing.assert_array_equal(found["raw_lower"], raw.lower)
    np.testing.assert_array_equal(found["raw_upper"], raw.upper)
    shares = shrunken_proportion([3, 40], [90, 300], prior=Prior("beta", 4, 50))
    np.testing.assert_array_equal(shares["raw_upper"], proportion([3, 40], [90, 300]).upper)
    assert found["method"].iloc[0] == (
        "gamma-Poisson; gamma prior, shape 4, rate 500 (mean 0.008); given"
    )
    assert found.attrs["prior"] == Prior("gamma", 4, 500)


def test_full_shrinkage_has_no_interval_and_says_so():
    found = shrunken_rate([10, 20, 30], [100, 200, 300], per=1)
    np.testing.assert_allclose(found["value"], 0.1)
    assert found[["lower", "upper"]].isna().all(axis=None)
    assert (found["flags"] == "full_shrinkage").all()
    assert (found["own_weight"] == 0).all()
    assert found["raw_lower"].notna().all()


def test_a_missing_count_leaves_its_neighbours_alone():
    events = pd.Series([3, None, 40], index=["a", "b", "c"])
    found = shrunken_rate(events, pd.Series([900, 5, 3000], index=["a", "b", "c"]))
    assert found.index.tolist() == ["a", "b", "c"]
    assert found.loc["b", ["value", "lower", "upper", "own_weight"]].isna().all()
    assert found.loc["b", "flags"] == "missing"
    assert found.loc[["a", "c"], "value"].notna().all()


def test_ten_thousand_areas_take_no_loop():
    chance = np.random.default_rng(1)
    people = chance.integers(100, 5000, 10_000)
    events = chance.poisson(people * chance.gamma(4, 1 / 400, 10_000))
    found = shrunken_rate(events, people, per=1)
    error = np.mean((found["value"] - found["raw_value"].mean()) ** 2)
    assert error < np.mean((found["raw_value"] - found["raw_value"].mean()) ** 2)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: shrunken_rate(3, 900), "1 of 1 can be used"),
        (lambda: shrunken_rate(3, 900, prior=Prior("beta", 1, 1)), "prior is a beta prior"),
        (lambda: shrunken_proportion(3, 9, prior=(1, 1)), r"prior is \(1, 1\)"),
        (lambda: shrunken_proportion(9, 3, prior=Prior("beta", 1, 1)), "x is 9 and n is 3"),
        (lambda: shrunken_rate(3, 9, prior=Prior("gamma", 1, 1), per=0), "per is 0"),
        (lambda: shrunken_rate(3, 9, prior=Prior("gamma", 1, 1), confidence=95), "confidence"),
    ],
)
def test_what_cannot_be_shrunk_is_refused(call, sentence):
    with pytest.raises(InputProblem, match=sentence):
        call()


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_the_posterior_is_prior_times_likelihood_on_a_grid,
        test_the_value_lies_between_the_raw_share_and_the_prior,
    ],
)
def test_the_same_properties_at_length(test):
    many(test)
