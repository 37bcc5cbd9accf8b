import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from scipy import integrate, stats

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import Prior, posterior_ratio
from youthjustice.measures.small_numbers import beta_ratio

LIMITS = ["lower", "value", "upper"]
TABLES = [
    (56, 366, 126, 354),
    (38, 731, 217, 3808),
    (7, 34, 1, 34),
    (0, 5, 3, 10),
    (5, 5, 5, 5),
    (0, 30, 0, 2000),
    (3, 3, 10, 4000),
    (10, 4000, 3, 3),
    (30, 30, 1999, 2000),
]


def below(ratio, x1, n1, x0, n0):
    """Integrate the smaller of the two shares out, on the scale of its angle."""
    first, second = stats.beta(x1 + 0.5, n1 - x1 + 0.5), stats.beta(x0 + 0.5, n0 - x0 + 0.5)

    def part(angle):
        share = np.sin(angle) ** 2
        jacobian = 2 * np.sin(angle) * np.cos(angle)
        return second.pdf(share) * jacobian * first.cdf(min(ratio * share, 1.0))

    marks = list(np.arcsin(np.sqrt(second.ppf([0.001, 0.5, 0.999]))))
    marks += [np.arcsin(np.sqrt(1 / ratio))] if ratio > 1 else []
    found = integrate.quad(part, 1e-9, np.pi / 2 - 1e-9, points=sorted(marks), limit=500)
    return found[0]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("table", TABLES)
def test_shares_agree_with_adaptive_integration(table):
    found = posterior_ratio(*table, basis="stage").iloc[0]
    for tail, name in zip((0.025, 0.5, 0.975), LIMITS, strict=True):
        assert below(found[name], *table) == pytest.approx(tail, abs=5e-4)
    assert 1 - below(1.0, *table) == pytest.approx(found["probability_above_1"], abs=5e-4)
    large = 1 - below(1.25, *table)
    assert large == pytest.approx(found["probability_above_practical"], abs=5e-4)


@pytest.mark.parametrize("basis", ["population", "stage"])
@pytest.mark.parametrize("table", [(4, 300, 60, 900), (38, 731, 217, 3808), (0, 40, 9, 90)])
def test_draws_agree(basis, table):
    x1, n1, x0, n0 = table
    chance = np.random.default_rng(20260101)
    if basis == "population":
        draws = chance.gamma(x1 + 0.5, 1 / n1, 400_000) / chance.gamma(x0 + 0.5, 1 / n0, 400_000)
    else:
        draws = chance.beta(x1 + 0.5, n1 - x1 + 0.5, 400_000)
        draws /= chance.beta(x0 + 0.5, n0 - x0 + 0.5, 400_000)
    found = posterior_ratio(*table, basis=basis).iloc[0]
    for tail, name in zip((0.025, 0.5, 0.975), LIMITS, strict=True):
        assert (draws < found[name]).mean() == pytest.approx(tail, abs=0.003)
    assert (draws > 1).mean() == pytest.approx(found["probability_above_1"], abs=0.003)
    assert (draws > 1.25).mean() == pytest.approx(found["probability_above_practical"], abs=0.003)


@few(10, st.integers(0, 500), st.integers(1, 10**7), st.integers(0, 500), st.integers(1, 10**7))
def test_rates_have_the_distribution_of_f(x1, n1, x0, n0):
    found = posterior_ratio(x1, n1, x0, n0, practical=2).iloc[0]
    scale = (2 * x1 + 1) / n1 / ((2 * x0 + 1) / n0)
    other = stats.f(2 * x1 + 1, 2 * x0 + 1, scale=scale)
    np.testing.assert_allclose(
        found[LIMITS].to_numpy(float), other.ppf([0.025, 0.5, 0.975]), rtol=1e-6
    )
    assert found["probability_above_1"] == pytest.approx(other.sf(1), abs=1e-9)
    assert found["probability_above_practical"] == pytest.approx(other.sf(2), abs=1e-9)


@few(4, st.integers(1, 300), st.integers(1, 300), st.data())
def test_exchanging_the_groups_turns_everything_over(n1, n0, data):
    x1, x0 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n0))
    for basis in ("population", "stage"):
        one = posterior_ratio(x1, n1, x0, n0, basis=basis).iloc[0]
        other = posterior_ratio(x0, n0, x1, n1, basis=basis).iloc[0]
        assert one["value"] * other["value"] == pytest.approx(1, rel=2e-3)
        assert one["probability_above_1"] + other["probability_above_1"] == pytest.approx(
            1, abs=1e-3
        )
        assert one["lower"] < one["value"] < one["upper"]


def test_priors_are_printed_and_reachable():
    prior, other = Prior("gamma", 4, 500), Prior("gamma", 2, 100)
    found = posterior_ratio(3, 900, 40, 3000, prior=prior, prior0=other)
    text = "posterior of a ratio of gammas; gamma prior, shape 4, rate 500 (mean 0.008); given; "
    assert found["method"].iloc[0] == (
        text + "reference: gamma prior, shape 2, rate 100 (mean 0.02); given"
    )
    assert (found.attrs["prior"], found.attrs["prior0"]) == (prior, other)
    draws = np.random.default_rng(2)
    ratio = draws.gamma(7, 1 / 1400, 400_000) / draws.gamma(42, 1 / 3100, 400_000)
    assert np.median(ratio) == pytest.approx(found["value"].iloc[0], rel=0.01)
    assert "Jeffreys" in posterior_ratio(1, 2, 1, 2)["method"].iloc[0]


def test_missing_and_empty_groups():
    table = pd.DataFrame(
        {"x1": [3, None, 0], "n1": [90, 90, 0], "x0": [9, 9, 9], "n0": [100, 100, 100]},
        index=["a", "b", "c"],
    )
    for basis in ("population", "stage"):
        found = posterior_ratio(*(table[name] for name in table), basis=basis)
        assert found.index.tolist() == ["a", "b", "c"]
        assert found.loc["a", LIMITS].notna().all()
        assert found.loc["b", LIMITS].isna().all()
        assert found.loc["b", "flags"] == "missing"
    assert found.loc["c", LIMITS].notna().all()  # a beta prior says something of nobody
    empty = posterior_ratio(0, 0, 9, 100).iloc[0]
    assert np.isnan(empty["value"])
    assert empty["flags"].startswith("denominator_zero;undefined")


def test_memory_stays_small_for_many_pairs():
    chance = np.random.default_rng(4)
    n1, n0 = chance.integers(1, 3000, (2, 500))
    x1, x0 = chance.binomial(n1, 0.2), chance.binomial(n0, 0.1)
    found = posterior_ratio(x1, n1, x0, n0, basis="stage")
    one = posterior_ratio(x1[123], n1[123], x0[123], n0[123], basis="stage")
    assert found["value"].iloc[123] == pytest.approx(one["value"].iloc[0], rel=1e-9)


def test_both_kinds_of_nodes_agree_where_both_hold():
    chance = np.random.default_rng(7)
    a1, b1, a0, b0 = 10 ** chance.uniform(1, 4, (4, 60))
    fast, slow = (beta_ratio.BetaRatio(a1, b1, a0, b0, smooth) for smooth in (True, False))
    narrow = slow.width**2 > 2 * beta_ratio.spread_of_log(a0, b0)  # the second is known better
    for tail in (0.025, 0.5, 0.975):
        found, other = (np.log(ratio.quantile(tail)) for ratio in (fast, slow))
        assert (np.abs(found - other) < 1e-3 * slow.width)[narrow].all()
        np.testing.assert_allclose(fast.below(np.exp(found))[narrow], tail, atol=1e-7)


@pytest.mark.prove
def test_a_hundred_thousand_pairs():
    chance = np.random.default_rng(4)
    n1, n0 = chance.integers(1, 3000, (2, 100_000))
    x1, x0 = chance.binomial(n1, 0.2), chance.binomial(n0, 0.1)
    for basis in ("population", "stage"):
        found = posterior_ratio(x1, n1, x0, n0, basis=basis)
        assert (found["lower"] < found["value"]).all()
        assert (found["value"] < found["upper"]).all()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"basis": "arrests"}, "basis is 'arrests'"),
        ({"basis": "stage", "prior": Prior("gamma", 1, 1)}, "takes a beta prior"),
        ({"basis": "stage", "prior": Prior("beta", 1e-9, 1)}, "too faint"),
        ({"prior0": 3}, "prior0 is 3"),
        ({"prior": Prior("gamma", np.inf, np.inf, at=0.1)}, "has no spread"),
        ({"practical": 0}, "practical is 0"),
        ({"confidence": 1}, "confidence is 1"),
    ],
)
def test_odd_arguments_are_refused(options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        posterior_ratio(3, 90, 9, 100, **options)


def test_a_part_above_its_whole_is_refused_at_a_stage():
    with pytest.raises(InputProblem, match="x0 is 9 and n0 is 8"):
        posterior_ratio(3, 90, 9, 8, basis="stage")


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_rates_have_the_distribution_of_f,
        test_exchanging_the_groups_turns_everything_over,
    ],
)
def test_the_same_properties_at_length(test):
    many(test)
