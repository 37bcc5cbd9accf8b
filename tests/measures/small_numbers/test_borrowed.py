import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from youthjustice.errors import InputProblem
from youthjustice.measures import borrowed_ratio, rate_ratio, risk_ratio

ALL = ["lower", "value", "upper", "probability_above_1", "probability_above_practical"]


def summary(log_ratio, log_density):
    weight = np.exp(log_density - log_density.max())
    below = (np.cumsum(weight) - weight / 2) / weight.sum()
    quantiles = np.exp(np.interp([0.025, 0.5, 0.975], below, log_ratio))
    return np.r_[quantiles, 1 - np.interp([0, np.log(1.25)], log_ratio, below)]


def rates_on_a_grid(x1, n1, x0, n0, ratio, sd):
    at = np.linspace(-15, 15, 2_000_001)
    logit = at + np.log(n1 / n0)
    own = x1 * special.log_expit(logit) + x0 * special.log_expit(-logit)
    return summary(at, own - 0.5 * ((at - np.log(ratio)) / sd) ** 2)


def shares_on_a_grid(x1, n1, x0, n0, ratio, sd):
    at = np.linspace(np.log(ratio) - 8 * sd, np.log(ratio) + 8 * sd, 601)
    angle = (np.arange(3000) + 0.5) / 3000 * np.pi / 2  # Jeffreys' prior is flat in the angle
    p0 = np.sin(angle) ** 2
    p1 = np.exp(at)[:, None] * p0
    own = special.xlogy(x1, p1) + special.xlog1py(n1 - x1, -np.minimum(p1, 1))
    own = own + special.xlogy(x0, p0) + special.xlog1py(n0 - x0, -p0)
    own = special.logsumexp(np.where(p1 <= 1, own, -np.inf), axis=1)
    return summary(at, own - 0.5 * ((at - np.log(ratio)) / sd) ** 2)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "table",
    [(4, 300, 6, 900), (0, 300, 6, 900), (12, 50, 0, 90), (5200, 333_587, 36_923, 4_161_949)],
)
@pytest.mark.parametrize("ratio", [0.6, 1.6])
def test_rates_agree_with_a_brute_force_grid(table, ratio):
    found = borrowed_ratio(*table, ratio).iloc[0][ALL].to_numpy(float)
    np.testing.assert_allclose(found, rates_on_a_grid(*table, ratio, 0.5), rtol=1e-4, atol=1e-5)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "table",
    [
        (4, 30, 6, 90),
        (0, 30, 6, 90),
        (5, 5, 5, 5),
        (0, 5, 0, 5),
        (5, 5, 0, 9),
        (38, 731, 217, 3808),
    ],
)
@pytest.mark.parametrize("ratio", [0.6, 1.6])
def test_shares_agree_with_a_brute_force_grid(table, ratio):
    found = borrowed_ratio(*table, ratio, basis="stage").iloc[0][ALL].to_numpy(float)
    np.testing.assert_allclose(found, shares_on_a_grid(*table, ratio, 0.5), rtol=1e-3, atol=2e-3)


@pytest.mark.parametrize("basis", ["population", "stage"])
def test_a_group_without_children_leaves_the_prior_comes_back(basis):
    # A reference with a low share: at a stage the ratio of two high shares is bounded by itself.
    found = borrowed_ratio(0, 1e-9, 10, 1000, 1.6, basis=basis, prior_sd=0.3).iloc[0]
    prior = stats.lognorm(0.3, scale=1.6)
    np.testing.assert_allclose(
        found[["lower", "value", "upper"]].to_numpy(float),
        prior.ppf([0.025, 0.5, 0.975]),
        rtol=1e-5,
    )
    assert found["probability_above_1"] == pytest.approx(prior.sf(1), abs=1e-5)
    assert "zero_numerator" in found["flags"]


def test_with_many_counts_the_likelihood_wins():
    rates = borrowed_ratio(40_000, 10**6, 90_000, 10**7, 1.0).iloc[0]
    assert rates["value"] == pytest.approx(rates["raw_value"], rel=1e-3)
    assert rates["upper"] == pytest.approx(rates["raw_upper"], rel=1e-3)
    shares = borrowed_ratio(40_000, 10**6, 90_000, 10**7, 1.0, basis="stage").iloc[0]
    assert shares["lower"] == pytest.approx(shares["raw_lower"], rel=1e-3)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("basis", ["population", "stage"])
@settings(max_examples=8)
@given(data=st.data())
def test_exchanging_the_groups_and_the_prior_gives_reciprocals(basis, data):
    n1, n0 = data.draw(st.integers(1, 400)), data.draw(st.integers(1, 400))
    x1, x0 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n0))
    ratio = data.draw(st.floats(0.3, 3))
    one = borrowed_ratio(x1, n1, x0, n0, ratio, basis=basis).iloc[0]
    assert one["lower"] < one["value"] < one["upper"]
    if basis == "population":
        other = borrowed_ratio(x0, n0, x1, n1, 1 / ratio).iloc[0]
        assert one["value"] * other["value"] == pytest.approx(1, rel=1e-6)
        assert one["lower"] * other["upper"] == pytest.approx(1, rel=1e-5)


@pytest.mark.parametrize(("basis", "plain"), [("population", rate_ratio), ("stage", risk_ratio)])
def test_what_borrows_nothing_stands_beside(basis, plain):
    found = borrowed_ratio([4, 0], [300, 90], [6, 8], [900, 100], 1.6, basis=basis)
    other = plain(np.array([4, 0]), [300, 90], [6, 8], [900, 100])
    for name in ("value", "lower", "upper"):
        np.testing.assert_array_equal(found[f"raw_{name}"], getattr(other, name))
    assert found.attrs["label"] == "borrowed strength"
    assert found["method"].iloc[0] == (
        "borrowed strength; log-normal prior, ratio 1.6, sd of the log 0.5"
    )
    some = found["raw_value"] > 0
    width = np.log(found["upper"] / found["lower"])
    assert (width < np.log(found["raw_upper"] / found["raw_lower"]))[some].all()


def test_each_row_may_have_its_own_prior_and_missing_stays_missing():
    counts = pd.Series([4, None, 4], index=["a", "b", "c"])
    prior = pd.Series([1.6, 1.6, None], index=["a", "b", "c"])
    found = borrowed_ratio(counts, 300, 6, 900, prior)
    assert found["value"].notna().tolist() == [True, False, False]
    assert found["flags"].tolist()[1:] == ["missing", "missing"]
    empty = borrowed_ratio(0, 0, 6, 900, 1.6).iloc[0]
    assert np.isnan(empty["value"])
    assert empty["flags"].startswith("denominator_zero")


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        ((4, 300, 6, 900, 0), {}, "prior_ratio is 0; give a ratio above 0"),
        ((4, 300, 6, 900, -1), {}, "prior_ratio is -1"),
        ((4, 300, 6, 900, 1.6), {"prior_sd": 0}, "prior_sd is 0"),
        ((4, 300, 6, 900, 1.6), {"basis": "both"}, "basis is 'both'"),
        ((4, 3, 6, 900, 1.6), {"basis": "stage"}, "x1 is 4 and n1 is 3"),
    ],
)
def test_odd_arguments_are_refused(arguments, options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        borrowed_ratio(*arguments, **options)


@pytest.mark.parametrize("spread", [1e-300, 1e9])
def test_a_prior_that_is_a_point_or_everything_is_refused(spread):
    with pytest.raises(InputProblem, match="prior_sd is"):
        borrowed_ratio(4, 300, 6, 900, 1.6, prior_sd=spread)
    for basis in ("population", "stage"):
        for allowed in (1e-6, 10.0):
            found = borrowed_ratio(4, 300, 6, 900, 1.6, prior_sd=allowed, basis=basis).iloc[0]
            assert found["lower"] < found["value"] < found["upper"]
