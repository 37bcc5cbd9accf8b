"""Ratios of ratios against statsmodels' interaction and scipy's conditional odds ratio."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.stats.contingency import odds_ratio

from youthjustice.errors import InputProblem
from youthjustice.measures import implied_counts, rate_ratio, risk_ratio, take_out
from youthjustice.measures.trends.change import difference_in_change
from youthjustice.measures.trends.hypergeometric import odds_lower_limit, odds_p_value

COUNT = st.integers(0, 60)
PEOPLE = st.integers(1, 10**5)
# A model with a parameter for every count leaves nothing over, which statsmodels warns of.
SATURATED = pytest.mark.filterwarnings(
    "ignore:divide by zero", "ignore:Perfect separation", "ignore:The Log link"
)


def arguments(x, n):
    """Interleave counts of area first, area last, reference first, reference last."""
    return [part for pair in zip(x, n, strict=True) for part in pair]


@SATURATED
def test_wald_is_the_interaction_of_a_poisson_regression():
    x, n = np.array([80, 40, 1000, 800]), np.array([10_000.0, 9_500, 200_000, 210_000])
    design = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 1]])
    order = [2, 3, 0, 1]
    model = sm.GLM(x[order], design, family=sm.families.Poisson(), offset=np.log(n[order]))
    fit = model.fit(tol=1e-12)
    found = difference_in_change(*arguments(x, n), method="wald")
    assert np.log(found.value) == pytest.approx(fit.params[3], abs=1e-8)
    np.testing.assert_allclose(np.log([found.lower, found.upper]), fit.conf_int()[3], rtol=1e-6)
    assert found.p_value == pytest.approx(fit.pvalues[3], rel=1e-6)


@SATURATED
def test_wald_for_stages_is_the_interaction_of_a_log_binomial_regression():
    x, n = np.array([80, 40, 500, 450]), np.array([200.0, 190, 2000, 2100])
    design = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 1]])
    order = [2, 3, 0, 1]
    family = sm.families.Binomial(link=sm.families.links.Log())
    start = [np.log(0.25), -0.1, 0.4, -0.3]
    fit = sm.GLM(np.column_stack([x, n - x])[order], design, family=family).fit(
        start_params=start, tol=1e-12
    )
    found = difference_in_change(*arguments(x, n), basis="stage")
    assert found.method == "wald"
    assert np.log(found.value) == pytest.approx(fit.params[3], abs=1e-7)
    np.testing.assert_allclose(np.log([found.lower, found.upper]), fit.conf_int()[3], rtol=1e-5)
    assert found.change.value == risk_ratio(40, 190, 80, 200).value


@settings(max_examples=30)
@given(st.tuples(*[COUNT] * 4), st.tuples(*[PEOPLE] * 4), st.floats(0.5, 0.999))
def test_exact_limits_are_those_of_scipys_conditional_odds_ratio(x, n, confidence):
    found = difference_in_change(*arguments(x, n), confidence=confidence, method="exact")
    if min(x[0] + x[1], x[2] + x[3], x[0] + x[2], x[1] + x[3]) == 0:
        assert (found.lower, found.upper, found.p_value) == (0, np.inf, 1)
        return
    interval = odds_ratio([[x[1], x[0]], [x[3], x[2]]]).confidence_interval(confidence)
    offset = n[0] * n[3] / (n[1] * n[2])
    np.testing.assert_allclose(found.lower, interval.low * offset, rtol=1e-6)
    np.testing.assert_allclose(found.upper, interval.high * offset, rtol=1e-6)


@settings(max_examples=30)
@given(st.tuples(*[COUNT] * 4), st.floats(0.05, 20))
def test_p_values_are_sums_of_noncentral_hypergeometric_chances(x, odds):
    a, b, c, d = x
    law = stats.nchypergeom_fisher(a + b + c + d, a + b, a + c, odds)
    at, up, down = law.pmf(a), law.sf(a), law.cdf(a - 1)
    table = [np.array([float(part)]) for part in x]
    for part in (1.0, 0.5):
        expected = min(1, 2 * min(up + part * at, down + part * at))
        found = odds_p_value(*table, np.array([odds]), part)[0]
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-9)


@given(st.tuples(*[st.integers(1, 60)] * 4), st.sampled_from([0.01, 0.025, 0.1]))
@settings(max_examples=20)
def test_the_midp_limit_puts_the_right_chance_in_its_tail(x, tail):
    a, b, c, d = x
    odds = odds_lower_limit(*[np.array([float(part)]) for part in x], tail, 0.5)[0]
    law = stats.nchypergeom_fisher(a + b + c + d, a + b, a + c, odds)
    assert law.sf(a) + 0.5 * law.pmf(a) == pytest.approx(tail, rel=1e-6)


@pytest.mark.parametrize("method", ["auto", "exact", "midp", "wald"])
@settings(max_examples=20)
@given(x=st.tuples(*[COUNT] * 4), n=st.tuples(*[PEOPLE] * 4))
def test_exchanging_area_and_reference_or_first_and_last_gives_reciprocals(method, x, n):
    found = difference_in_change(*arguments(x, n), method=method)
    for order in ([2, 3, 0, 1], [1, 0, 3, 2]):
        turned = [x[i] for i in order], [n[i] for i in order]
        other = difference_in_change(*arguments(*turned), method=method)
        np.testing.assert_allclose(other.p_value, found.p_value, rtol=1e-8, atol=1e-12)
        if found.lower > 0:
            assert other.upper == pytest.approx(1 / found.lower, rel=1e-8)
        elif found.lower == 0:
            assert other.upper == np.inf


def random_tables(size, largest, seed=5):
    chance = np.random.default_rng(seed)
    return chance.integers(0, largest, (4, size)).astype(float), chance.integers(
        1_000, 90_000, (4, size)
    ).astype(float)


@pytest.mark.parametrize("method", ["exact", "midp", "wald"])
def test_p_value_and_interval_never_contradict(method):
    found = difference_in_change(*arguments(*random_tables(800, 40)), method=method)
    known = ~np.isnan(found.p_value)
    excludes = (found.lower > 1) | (found.upper < 1)
    assert (excludes == (found.p_value < 0.05))[known].all()


def test_auto_is_exact_for_small_counts_midp_beyond_and_wald_for_large_ones():
    x = np.array([[9, 10, 3000], [20, 20, 3000], [90, 90, 9000], [80, 80, 9000]], dtype=float)
    found = difference_in_change(*arguments(x, np.full((4, 3), 1e6)))
    assert list(found.method) == ["exact", "midp", "wald"]
    midp = difference_in_change(*arguments(x[:, 2:], np.full((4, 1), 1e6)), method="midp")
    assert found.lower[2] == pytest.approx(midp.lower[0], rel=2e-3)


def test_islington_is_not_told_apart_from_the_rest_of_london_by_its_change():
    """Rates of 2016 and 2024 as published (537 to 145, London 412 to 157); the counts are implied."""
    own = implied_counts([537, 145], [15_481, 15_240])
    london = implied_counts([412, 157], [838_000, 847_700])
    rest = take_out(
        london["numerator"], london["denominator"], own["numerator"], own["denominator"]
    )
    reference = np.column_stack([rest.events, rest.population])
    found = difference_in_change(*own.loc[0], *own.loc[1], *reference[0], *reference[1])
    assert found.change.value == pytest.approx(145 / 537)
    assert found.change.upper < 0.5
    assert found.value == pytest.approx(0.70, abs=0.005)
    assert found.lower == pytest.approx(0.43, abs=0.005)
    assert found.upper == pytest.approx(1.12, abs=0.005)
    inside = difference_in_change(*own.loc[0], *own.loc[1], *london.loc[0], *london.loc[1])
    assert found.value < inside.value < 1


def test_zeros_and_missing_counts():
    x = np.array([[10, 0, np.nan, 5], [0, 10, 4, 5], [50, 50, 50, 50], [40, 40, 40, 0]])
    n = np.full((4, 4), 1000.0)
    found = difference_in_change(*arguments(x, n))
    assert found.value[0] == 0
    assert found.lower[0] == 0
    assert 0 < found.upper[0] < np.inf
    assert np.isnan(found.value[[1, 2, 3]]).all()
    assert found.upper[1] == np.inf
    assert found.flags[1] == "undefined;unbounded;zero_numerator;small_numerator"
    assert found.flags[2] == "missing"
    assert np.isnan(found.lower[2])
    wald = difference_in_change(*arguments(x, n), method="wald")
    assert np.isnan(wald.lower[[0, 1, 3]]).all()
    nobody = difference_in_change(1, 0, 1, 10, 1, 10, 1, 10)
    assert np.isnan(nobody.value)
    assert nobody.flags.startswith("denominator_zero;undefined")


def test_the_shape_and_index_of_the_arguments_are_kept():
    index = ["Camden", "Islington"]
    found = difference_in_change(
        pd.Series([80, 60], index=index),
        10_000,
        pd.Series([40, 50], index=index),
        10_000,
        1000,
        200_000,
        800,
        200_000,
    )
    frame = found.to_frame()
    assert frame.index.tolist() == index
    assert list(frame.columns[:4]) == ["value", "lower", "upper", "p_value"]
    assert "numerator" not in frame
    np.testing.assert_allclose(frame["value"], frame["change"] / frame["reference_change"])
    single = rate_ratio(40, 10_000, 80, 10_000)
    assert frame["change_upper"].iloc[0] == single.upper
    assert "reference_change_p_value" in frame
    assert isinstance(difference_in_change(8, 9, 7, 9, 8, 9, 7, 9).value, float)
    assert "value" in repr(found)
    assert "<table" in found._repr_html_()


def test_implied_counts_that_are_not_whole_take_wald_and_are_flagged():
    found = difference_in_change(80.5, 1e4, 40, 1e4, 1000, 2e5, 800, 2e5)
    assert (found.method, found.flags) == ("wald", "not_whole")
    with pytest.raises(InputProblem, match=r"x1_first is 80\.5; method midp needs whole numbers"):
        difference_in_change(80.5, 1e4, 40, 1e4, 1000, 2e5, 800, 2e5, method="midp")


def test_tables_too_large_to_be_listed_take_wald_or_are_refused():
    huge = dict(
        zip(["x1_first", "x1_last", "x0_first", "x0_last"], [5, 1e9, 1e9, 1e9], strict=True)
    )
    people = dict.fromkeys(["n1_first", "n1_last", "n0_first", "n0_last"], 1e12)
    assert difference_in_change(**huge, **people).method == "wald"
    with pytest.raises(InputProblem, match="too many for method exact, over 1,000,000"):
        difference_in_change(**huge, **people, method="exact")
    few = difference_in_change(**{**huge, "x1_last": 6}, **people)
    assert few.method == "exact"


def test_figures_next_to_nothing_give_no_warning():
    tiny = difference_in_change(1e-12, 100, 5, 100, 5, 100, 5, 100)
    assert (tiny.lower, tiny.upper) == (0, np.inf)
    few = difference_in_change(5, 1e-300, 5, 1e-300, 5, 1e-300, 5, 1e-300)
    assert few.value == 1


@pytest.mark.parametrize(
    ("replaced", "options", "message"),
    [
        ({"x1_first": -1}, {}, "x1_first is -1"),
        ({"n0_last": "many"}, {}, "n0_last is 'many'"),
        ({"x1_last": np.inf}, {}, "x1_last is inf"),
        ({"x1_last": 20}, {"basis": "stage"}, "x1_last is 20 and n1_last is 10"),
        ({}, {"basis": "people"}, "basis is 'people'"),
        ({}, {"method": "profile"}, "method is 'profile'"),
        ({}, {"basis": "stage", "method": "exact"}, "method is 'exact'; choose one of auto, wald"),
        ({}, {"confidence": 0}, "confidence is 0"),
        ({"x1_first": [1, 2], "x1_last": [1, 2, 3]}, {}, "shapes do not fit"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(replaced, options, message):
    names = [f"{part}{side}_{when}" for side in "10" for when in ("first", "last") for part in "xn"]
    given = dict.fromkeys(names, 10) | replaced
    with pytest.raises(InputProblem, match=message):
        difference_in_change(**given, **options)


def test_hundreds_of_areas_against_a_region_take_no_time():
    chance = np.random.default_rng(1)
    x = chance.integers(0, 300, (4, 350)).astype(float)
    found = difference_in_change(*arguments(x * [[1], [1], [30], [30]], np.ones((4, 350))))
    assert (found.upper > found.lower).all()
