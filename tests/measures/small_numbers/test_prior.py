import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from scipy import stats

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import Prior, fit_prior


def test_o14b_the_beta_prior_of_seventy_groups_of_rats(examples, reproduced):
    example = examples["O-14b"]
    prior = fit_prior(example["inputs"]["x"], example["inputs"]["n"], kind="beta")
    expected = (example["expected"]["a"], example["expected"]["b"])
    reproduced(example, (prior.a, prior.b), expected, atol=example["tolerance"])
    assert prior.cells == 70
    assert str(prior).startswith("beta prior, a 2.305, b 14.08 (mean 0.1407); maximum likelihood")


def score(prior, x, n):
    """Give the log likelihood of the counts by scipy's own distributions."""
    x, n = np.asarray(x, float), np.asarray(n, float)
    if prior.kind == "gamma":
        if not prior.spread:
            return stats.poisson.logpmf(x, prior.mean * n).sum()
        return stats.nbinom.logpmf(x, prior.a, prior.b / (prior.b + n)).sum()
    if not prior.spread:
        return stats.binom.logpmf(x, n, prior.mean).sum()
    return stats.betabinom.logpmf(x, n, prior.a, prior.b).sum()


@few(2, st.integers(0, 10**6), st.sampled_from(["gamma", "beta"]), st.floats(0.3, 50))
def test_no_prior_nearby_is_more_likely_by_the_other_implementation(seed, kind, shape):
    chance = np.random.default_rng(seed)
    n = chance.integers(5, 400, 25)
    if kind == "gamma":
        x = chance.poisson(n * chance.gamma(shape, 0.1 / shape, 25))
    else:
        x = chance.binomial(n, chance.beta(shape, 3 * shape, 25))
    if not x.any() or (x == n).all():
        return
    prior = fit_prior(x, n, kind=kind)
    best = score(prior, x, n)
    if prior.spread:
        for factor in (0.97, 1.03):
            assert best >= score(Prior(kind, prior.a * factor, prior.b), x, n) - 1e-7
            assert best >= score(Prior(kind, prior.a, prior.b * factor), x, n) - 1e-7
    for weight in (0.5, 3.0, 30.0, 1e4):
        mean = x.sum() / n.sum()
        other = weight / mean if kind == "gamma" else weight * (1 - mean) / mean
        assert best >= score(Prior(kind, weight, other), x, n) - 1e-4


@pytest.mark.parametrize("method", ["maximum_likelihood", "moments"])
@pytest.mark.parametrize("kind", ["gamma", "beta"])
def test_cells_that_differ_by_no_more_than_chance_leave_no_spread(kind, method):
    prior = fit_prior([10, 20, 30], [100, 200, 300], kind=kind, method=method)
    assert not prior.spread
    assert prior.mean == pytest.approx(0.1)
    assert "without spread at 0.1" in str(prior)
    assert np.isinf(prior.a)
    assert np.isinf(prior.b)


@pytest.mark.parametrize("kind", ["gamma", "beta"])
def test_a_known_spread_is_found_again(kind):
    chance = np.random.default_rng(20260101)
    n = chance.integers(200, 2000, 4000)
    if kind == "gamma":
        x, a, b = chance.poisson(n * chance.gamma(4, 1 / 200, 4000)), 4, 200
    else:
        x, a, b = chance.binomial(n, chance.beta(3, 7, 4000)), 3, 7
    for method in ("maximum_likelihood", "moments"):
        prior = fit_prior(x, n, kind=kind, method=method)
        assert prior.a == pytest.approx(a, rel=0.12)
        assert prior.b == pytest.approx(b, rel=0.12)


def test_units_of_the_population_are_carried():
    events, people = [3, 18, 9, 40, 12], np.array([900, 2100, 2500, 3000, 1000])
    one, thousands = fit_prior(events, people), fit_prior(events, people / 1000)
    assert thousands.a == pytest.approx(one.a, rel=1e-5)
    assert thousands.b * 1000 == pytest.approx(one.b, rel=1e-5)


def test_missing_and_empty_cells_are_left_out():
    known = fit_prior([3, 18, 9, 40], [900, 2100, 2500, 3000])
    series = pd.Series([3, None, 18, 9, 40, 0])
    more = fit_prior(series, pd.Series([900, 5, 2100, 2500, 3000, 0]))
    assert (more.a, more.b, more.cells) == (known.a, known.b, 4)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([1], [10]), "1 of 1 can be used; give at least two"),
        (([1, None], [10, 10]), "1 of 2 can be used"),
        (([0, 0], [10, 20]), "none, or all"),
        (([10, 20], [10, 20], "beta"), "none, or all"),
        (([0, 20], [10, 20], "beta", "moments"), "none, or all"),
        (([0, 1, 1], [1, 1, 1], "beta", "moments"), "one child on average"),
        (([11, 2], [10, 20], "beta"), "events is 11 and population is 10"),
        (([1, -2], [10, 20]), "cannot be negative"),
        (([1, 2], [10, 20], "normal"), "kind is 'normal'"),
        (([1, 2], [10, 20], "gamma", "guess"), "method is 'guess'"),
    ],
)
def test_priors_that_cannot_be_fitted_are_refused(arguments, sentence):
    with pytest.raises(InputProblem, match=sentence):
        fit_prior(*arguments)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("gamma", 0, 1), "does not exist"),
        (("gamma", 1, -1), "does not exist"),
        (("beta", 1, 0), "does not exist"),
        (("beta", np.nan, 1), "does not exist"),
        (("beta", "1", 1), "a of a prior is '1'"),
        (("normal", 1, 1), "kind is 'normal'"),
        (("gamma", np.inf, np.inf), "half a prior"),
    ],
)
def test_half_priors_are_refused(arguments, sentence):
    with pytest.raises(InputProblem, match=sentence):
        Prior(*arguments)


def test_slivers_of_counts_give_one_sentence_or_a_prior():
    assert fit_prior([1e-300, 3], [900, 2100]).mean > 0
    with pytest.raises(InputProblem, match="beyond what numbers can hold"):
        fit_prior([3, 18], [1e-300, 2100])


def test_the_search_ends_where_the_likelihood_is_lost_in_its_own_size(monkeypatch):
    chance = np.random.default_rng(1)
    n = chance.integers(300, 30_000, 350)
    x = chance.binomial(n, chance.beta(5, 29, 350))
    from scipy import optimize

    search, steps = optimize.minimize, []

    def counted(*arguments, **options):
        found = search(*arguments, **options)
        steps.append(found.nfev)
        return found

    monkeypatch.setattr(optimize, "minimize", counted)
    prior = fit_prior(x, n, kind="beta")
    assert max(steps) < 1000  # 8,000 when it was to settle digits that are not there
    assert prior.a == pytest.approx(5, rel=0.2)


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_no_prior_nearby_is_more_likely_by_the_other_implementation,
    ],
)
def test_the_same_properties_at_length(test):
    many(test, 15)
