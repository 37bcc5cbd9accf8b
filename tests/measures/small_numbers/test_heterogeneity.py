import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import example
from hypothesis import strategies as st
from scipy import optimize, stats
from scipy.special import expit

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import heterogeneity, relative_rate_index

ENDS = ["2023-03-31", "2024-03-31", "2025-03-31"]
NAMES = {"numerator": "custody", "denominator": "sentenced"}


def frame(x1, n1, x0, n0, ends=ENDS):
    return pd.DataFrame(
        {
            "period_end": list(ends) * 2,
            "ethnic_group": ["Black"] * len(ends) + ["White"] * len(ends),
            "custody": [*x1, *x0],
            "sentenced": [*n1, *n0],
        }
    )


CUSTODY = frame([78, 86, 38], [889, 563, 731], [210, 218, 217], [3636, 3667, 3808])


def test_the_published_custody_ratios_disagree_by_more_than_chance(pathway_ratios):
    rows = pathway_ratios[
        (pathway_ratios["stage"] == "custodial_sentence")
        & (pathway_ratios["period_start"] != "2022-04-01").to_numpy()
        | (pathway_ratios["period_end"] == "2023-03-31").to_numpy()
    ]
    rows = rows[rows["stage"] == "custodial_sentence"]
    found = heterogeneity(
        rows, numerator="numerator", denominator="denominator", basis="stage"
    ).set_index("ethnic_group")
    assert (found["periods"] == 3).all()
    assert found.loc["Black", "lowest"] == pytest.approx(0.912, abs=5e-4)
    assert found.loc["Black", "highest"] == pytest.approx(2.569, abs=5e-4)
    assert found.loc["Black", "p_value"] < 1e-5
    assert (found.drop(index="Black")["p_value"] > 0.05).all()


@example([(1, 3, 12, 1), (5, 1, 1, 200)])
@example([(1, 3, 11, 1), (1, 4, 1, 69)])
@few(4, st.lists(st.tuples(*[st.integers(1, 300)] * 4), min_size=2, max_size=6))
def test_rates_agree_with_a_binomial_model_of_statsmodels(rows):
    x1, x0, n1, n0 = np.array(rows, float).T
    n1, n0 = n1 * 37, n0 * 91
    ends = pd.date_range("2015-03-31", periods=len(rows), freq="YE-MAR")
    # the library's own steps overshoot where the shares lie far apart: it starts at the root
    share = optimize.brentq(lambda b: (x1 - (x1 + x0) * expit(b + np.log(n1 / n0))).sum(), -40, 40)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a perfect fit is what some of these tables have
        model = sm.GLM(
            np.c_[x1, x0],
            np.ones((len(rows), 1)),
            family=sm.families.Binomial(),
            offset=np.log(n1 / n0),
        ).fit(start_params=[share], tol=1e-12)
    table = frame(x1, n1, x0, n0, ends)
    score = heterogeneity(table, **NAMES).iloc[0]
    lost = heterogeneity(table, **NAMES, method="likelihood_ratio").iloc[0]
    assert score["value"] == pytest.approx(np.exp(model.params[0]), rel=1e-6)
    assert score["statistic"] == pytest.approx(model.pearson_chi2, rel=1e-6, abs=1e-9)
    assert lost["statistic"] == pytest.approx(model.deviance, rel=1e-6, abs=1e-7)
    assert lost["p_value"] == pytest.approx(stats.chi2.sf(model.deviance, len(rows) - 1), abs=1e-6)


def test_shares_agree_with_a_likelihood_maximised_by_brute_force():
    x1, n1 = np.array([78, 86, 38]), np.array([889, 563, 731])
    x0, n0 = np.array([210, 218, 217]), np.array([3636, 3667, 3808])

    def loss(point):
        p0 = 1 / (1 + np.exp(-point[1:]))
        p1 = np.minimum(np.exp(point[0]) * p0, 1 - 1e-12)
        return -(stats.binom.logpmf(x1, n1, p1) + stats.binom.logpmf(x0, n0, p0)).sum()

    best = optimize.minimize(
        loss,
        [0.5, -2.8, -2.8, -2.8],
        method="Nelder-Mead",
        options={"maxiter": 9000, "fatol": 1e-12},
    )
    full = -(stats.binom.logpmf(x1, n1, x1 / n1) + stats.binom.logpmf(x0, n0, x0 / n0)).sum()
    found = heterogeneity(CUSTODY, **NAMES, basis="stage", method="likelihood_ratio").iloc[0]
    assert found["value"] == pytest.approx(np.exp(best.x[0]), rel=1e-4)
    assert found["statistic"] == pytest.approx(2 * (best.fun - full), rel=1e-5)
    p0 = 1 / (1 + np.exp(-best.x[1:]))
    p1 = np.exp(best.x[0]) * p0
    parts = (x1 - n1 * p1) ** 2 / (n1 * p1 * (1 - p1)) + (x0 - n0 * p0) ** 2 / (n0 * p0 * (1 - p0))
    score = heterogeneity(CUSTODY, **NAMES, basis="stage").iloc[0]
    assert score["statistic"] == pytest.approx(parts.sum(), rel=1e-4)
    assert score["degrees_of_freedom"] == 2


def test_years_of_one_ratio_agree():
    same = frame([10, 20, 40], [100, 200, 400], [10, 20, 40], [200, 400, 800])
    for basis in ("population", "stage"):
        for method in ("score", "likelihood_ratio"):
            found = heterogeneity(same, **NAMES, basis=basis, method=method).iloc[0]
            assert found["value"] == pytest.approx(2)
            assert found["statistic"] == pytest.approx(0, abs=1e-9)
            assert found["p_value"] == pytest.approx(1)


def test_the_test_keeps_its_level():
    chance = np.random.default_rng(20260101)
    areas, ends = 3000, ENDS
    keys = pd.MultiIndex.from_product([range(areas), ["Black", "White"], ends]).to_frame(
        index=False
    )
    keys.columns = ["area", "ethnic_group", "period_end"]
    black = keys["ethnic_group"] == "Black"
    keys["sentenced"] = np.where(black, 300, 900)
    keys["custody"] = chance.binomial(keys["sentenced"], np.where(black, 0.16, 0.1))
    for basis in ("population", "stage"):
        found = heterogeneity(keys, **NAMES, by="area", basis=basis)
        assert len(found) == areas
        assert (found["p_value"] < 0.05).mean() < 0.062
    assert (found["p_value"] < 0.05).mean() > 0.038


@pytest.mark.parametrize("basis", ["population", "stage"])
def test_edges(basis):
    one = heterogeneity(CUSTODY[CUSTODY["period_end"] == ENDS[0]], **NAMES, basis=basis).iloc[0]
    assert np.isnan(one["p_value"])
    assert one["degrees_of_freedom"] == 0
    assert one["flags"] == "undefined"
    none = frame([0, 0, 0], [10, 20, 30], [4, 5, 6], [40, 50, 60])
    found = heterogeneity(none, **NAMES, basis=basis).iloc[0]
    assert found[["value", "statistic", "p_value"]].isna().all()
    missing = CUSTODY.copy()
    missing.loc[0, "custody"] = np.nan
    found = heterogeneity(missing, **NAMES, basis=basis).iloc[0]
    assert np.isnan(found["value"])
    assert found["flags"] == "missing"
    every = frame([10, 5, 9], [10, 9, 9], [20, 10, 7], [20, 20, 30])
    found = heterogeneity(every, **NAMES, basis=basis).iloc[0]
    assert found["p_value"] > 0
    assert found["flags"] == "small_numerator"


def test_a_period_without_events_tells_nothing():
    more = pd.concat([CUSTODY, frame([0], [50], [0], [70], ["2026-03-31"])], ignore_index=True)
    for basis in ("population", "stage"):
        one = heterogeneity(CUSTODY, **NAMES, basis=basis).iloc[0]
        other = heterogeneity(more, **NAMES, basis=basis).iloc[0]
        assert other["periods"] == 3
        assert other["p_value"] == pytest.approx(one["p_value"], rel=1e-9)


def test_single_ratios_are_those_of_the_index():
    index = relative_rate_index(CUSTODY, **NAMES, by="period_end", basis="stage")
    black = index.loc[index["ethnic_group"] == "Black", "value"]
    found = heterogeneity(CUSTODY, **NAMES, basis="stage").iloc[0]
    assert (found["lowest"], found["highest"]) == (black.min(), black.max())


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": "period_end"}, "take it out of by"),
        ({"method": "guess"}, "method is 'guess'"),
        ({"basis": "guess"}, "basis is 'guess'"),
        ({"period": "year"}, "no column 'year'"),
        ({"reference": "Asian"}, "no row for the reference 'Asian'"),
    ],
)
def test_odd_arguments_are_refused(options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        heterogeneity(CUSTODY, **{**NAMES, **options})


def test_several_columns_make_a_group():
    one = frame([78, 86, 38], [889, 563, 731], [210, 218, 217], [3636, 3667, 3808])
    both = one.assign(sex="male")
    found = heterogeneity(both, ["ethnic_group", "sex"], ("White", "male"), basis="stage", **NAMES)
    assert list(found)[:2] == ["ethnic_group", "sex"]
    alone = heterogeneity(one, basis="stage", **NAMES)
    pd.testing.assert_frame_equal(found.drop(columns="sex"), alone)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": 3}, "no column 3"),
        ({"by": [pd.NA]}, "A NAType names no column"),
        ({"period": ["period_end"]}, "A list names no column"),
        ({"unknown": [pd.NA]}, "A label of unknown is missing"),
        ({"by": "periods"}, "'periods' is also a column of the result"),
    ],
)
def test_columns_that_cannot_be_keys_are_refused(options, sentence):
    table = frame([78, 86, 38], [889, 563, 731], [210, 218, 217], [3636, 3667, 3808])
    with pytest.raises(InputProblem, match=sentence):
        heterogeneity(table.assign(periods=1), **{**NAMES, **options})


def test_years_that_agree_exactly_have_a_p_value_of_one():
    for x1, n1, x0, n0 in ((2, 1, 1, 1), (3, 7, 5, 11), (40, 90, 13, 77)):
        table = frame([x1] * 2, [n1] * 2, [x0] * 2, [n0] * 2, ENDS[:2])
        for method in ("score", "likelihood_ratio"):
            row = heterogeneity(table, **NAMES, method=method).iloc[0]
            assert row["statistic"] >= 0
            assert row["p_value"] == pytest.approx(1, abs=1e-6)


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_rates_agree_with_a_binomial_model_of_statsmodels,
    ],
)
def test_the_same_properties_at_length(test):
    many(test, 40)
