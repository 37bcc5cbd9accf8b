import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from youthjustice.measures import rate_ratio

METHODS = ("exact", "midp", "score", "wald")
EVENTS = st.integers(0, 300)
PEOPLE = st.integers(1, 10**6)


@pytest.mark.parametrize("method", ["exact", "midp", "wald"])
def test_o6a_rothman_limits(examples, method, reproduced):
    example = examples["O-6a"]
    result = rate_ratio(*example["inputs"].values(), method=method)
    reproduced(example, result.value, example["expected"]["value"], atol=example["tolerance"])
    reproduced(
        example,
        (result.lower, result.upper),
        example["expected"][method],
        atol=example["tolerance"],
    )


@pytest.mark.parametrize("method", METHODS)
def test_o6b_gu_p_values_for_a_ratio_of_one_and_a_half(examples, method, reproduced):
    example = examples["O-6b"]
    x1, t1, x0, t0, ratio = example["inputs"].values()
    result = rate_ratio(x1, t1 * ratio, x0, t0, method=method)
    reproduced(example, result.p_value / 2, example["expected"][method], atol=example["tolerance"])


@pytest.mark.parametrize("method", METHODS)
def test_o6c_gu_p_values_for_a_ratio_of_one(examples, method, reproduced):
    example = examples["O-6c"]
    result = rate_ratio(*example["inputs"].values(), method=method)
    reproduced(example, result.value, example["expected"]["value"], atol=0.005)
    reproduced(example, result.p_value / 2, example["expected"][method], atol=example["tolerance"])


def test_35_third_party_pathway_ratios_are_reproduced_to_their_printed_digits(pathway_ratios):
    keys = ["stage", "period_start", "period_end"]
    white = pathway_ratios[pathway_ratios["ethnic_group"] == "White"]
    both = pathway_ratios.merge(white, on=keys, suffixes=("", "_white"))
    assert len(both) == 35
    result = rate_ratio(
        both["numerator"],
        both["denominator"],
        both["numerator_white"],
        both["denominator_white"],
        method="exact",
    )
    np.testing.assert_allclose(result.value, both["value"], rtol=1e-14)
    printed = both["lower"].notna()
    assert printed.sum() == 28
    for side in ("lower", "upper"):
        np.testing.assert_allclose(getattr(result, side)[printed], both[side][printed], atol=6e-7)


def test_auto_is_exact_when_a_count_is_under_ten():
    result = rate_ratio(np.array([9, 10, 50, 50]), 100, np.array([50, 50, 9, 10]), 100)
    assert list(result.method) == ["exact", "midp", "exact", "midp"]
    assert rate_ratio(9, 100, 50, 100).method == "exact"
    named = rate_ratio(np.array([9, 50]), 100, 50, 100, method="exact")
    assert named.method == "exact"
    assert result.upper[0] == named.upper[0]


@settings(max_examples=40)
@given(st.integers(1, 200), st.integers(1, 200), PEOPLE, PEOPLE, st.floats(0.5, 0.999))
def test_midp_limits_put_the_right_probability_in_each_tail(x1, x0, t1, t0, confidence):
    result = rate_ratio(x1, t1, x0, t0, confidence, "midp")
    tail = (1 - confidence) / 2
    n = x1 + x0
    low, high = (limit * t1 / (limit * t1 + t0) for limit in (result.lower, result.upper))
    above = stats.binom.sf(x1, n, low) + 0.5 * stats.binom.pmf(x1, n, low)
    below = stats.binom.cdf(x1 - 1, n, high) + 0.5 * stats.binom.pmf(x1, n, high)
    assert above == pytest.approx(tail, rel=1e-7)
    assert below == pytest.approx(tail, rel=1e-7)


@settings(max_examples=40)
@given(EVENTS, PEOPLE, EVENTS, PEOPLE)
def test_exact_p_value_is_twice_the_smaller_binomial_tail(x1, t1, x0, t0):
    result = rate_ratio(x1, t1, x0, t0, method="exact")
    share = t1 / (t1 + t0)
    tails = stats.binom.sf(x1 - 1, x1 + x0, share), stats.binom.cdf(x1, x1 + x0, share)
    # Far out scipy's own tail loses digits: at 1e-289 it is 3% off the sum in exact fractions.
    assert result.p_value == pytest.approx(min(1, 2 * min(tails)), rel=1e-6, abs=1e-250)


def counts(size, seed):
    """Draw events and people: none at all, few, many, and p-values of every size."""
    chance = np.random.default_rng(seed)
    t1, t0 = np.floor(10 ** chance.uniform(0, 8, (2, size)))
    x1 = chance.poisson(chance.choice([0, 1, 8, 40, 5_000], size)).astype(float)
    x0 = np.round(x1 * np.exp(chance.normal(0, 2 / np.sqrt(x1 + 1))))
    fitting = chance.integers(0, 3, size) > 0
    return x1, t1, np.where(fitting, x0, chance.poisson(6, size)), np.where(fitting, t1, t0)


@pytest.mark.parametrize("method", METHODS)
def test_exchanging_the_groups_gives_reciprocals(method):
    x1, t1, x0, t0 = counts(5_000, seed=31)
    one, other = (
        rate_ratio(x1, t1, x0, t0, method=method),
        rate_ratio(x0, t0, x1, t1, method=method),
    )
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(one.lower, 1 / other.upper, rtol=1e-12)
    np.testing.assert_allclose(one.p_value, other.p_value, rtol=1e-9)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_p_value_and_interval_never_contradict(method, confidence):
    result = rate_ratio(*counts(10_000, seed=32), confidence, method)
    alpha = 1 - confidence
    apart = np.abs(result.p_value - alpha) > 1e-9  # NaN is not apart
    excludes = (result.lower > 1) | (result.upper < 1)
    np.testing.assert_array_equal(excludes[apart], (result.p_value < alpha)[apart])
    np.testing.assert_array_equal(np.isnan(result.p_value), np.isnan(result.lower))
    assert 100 < (excludes & apart).sum() < 9_900


@settings(max_examples=40)
@given(EVENTS, PEOPLE, EVENTS, PEOPLE, st.sampled_from([2, 5, 10, 1000]))
def test_scaling_both_populations_changes_nothing(x1, t1, x0, t0, times):
    one, other = rate_ratio(x1, t1, x0, t0), rate_ratio(x1, t1 * times, x0, t0 * times)
    for field in ("value", "lower", "upper", "p_value"):
        np.testing.assert_allclose(getattr(one, field), getattr(other, field), rtol=1e-9)


@pytest.mark.parametrize("method", ["exact", "midp", "score"])
def test_limits_rise_with_the_events(method):
    result = rate_ratio(np.arange(60), 1000, 20, 3000, method=method)
    assert (np.diff(result.lower) > 0).all()
    assert (np.diff(result.upper) > 0).all()


def test_no_events_at_all_say_nothing():
    result = rate_ratio(0, 100, 0, 100)
    assert np.isnan(result.value)
    assert (result.lower, result.upper, result.p_value) == (0, np.inf, 1)


def test_large_national_counts_keep_their_digits():
    result = rate_ratio(2_000_000, 10**8, 1_000_000, 10**8, method="midp")
    exact = rate_ratio(2_000_000, 10**8, 1_000_000, 10**8, method="exact")
    assert exact.lower < result.lower < 2 < result.upper < exact.upper
    assert result.lower == pytest.approx(exact.lower, rel=1e-5)
