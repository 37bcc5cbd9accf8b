import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import power_proportions_2indep
from statsmodels.stats.rates import power_poisson_ratio_2indep

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import (
    power,
    rate_ratio,
    risk_ratio,
    smallest_detectable_ratio,
    years_needed,
)


def test_o80_power_on_the_log_scale(examples, reproduced):
    example = examples["O-80"]
    null, reference, years, rates, subjects = example["inputs"].values()
    time = np.array(subjects) * years
    found = power(
        np.array(rates) / reference / null, null * time, reference * time, time, method="normal"
    )
    reproduced(example, found["power"], example["expected"]["power"], atol=example["tolerance"])


def every_outcome(ratio, n1, x0, n0, basis, least):
    """Enumerate all pairs of counts and put each to the test of the package itself."""
    if basis == "population":
        mean = ratio * x0 / n0 * n1
        first = np.arange(int(mean + 9 * mean**0.5 + 25))
        second = np.arange(int(x0 + 9 * x0**0.5 + 25))
        weight = np.outer(stats.poisson.pmf(first, mean), stats.poisson.pmf(second, x0))
        test = rate_ratio
    else:
        first, second = np.arange(n1 + 1), np.arange(n0 + 1)
        weight = np.outer(
            stats.binom.pmf(first, n1, min(ratio * x0 / n0, 1)),
            stats.binom.pmf(second, n0, x0 / n0),
        )
        test = risk_ratio
    one, other = np.meshgrid(first, second, indexing="ij")
    p = test(one, n1, other, n0).p_value
    up = one * n0 > other * n1
    direction = up if ratio > 1 else ~up if ratio < 1 else True
    return weight[(p < 0.05) & direction & (np.minimum(one, other) >= least)].sum()


@pytest.mark.sampled(6)
@pytest.mark.parametrize("least", [0, 5])
@pytest.mark.parametrize(
    ("basis", "numbers"),
    [
        ("population", (1.6, 28, 61.6, 72)),
        ("population", (0.5, 28, 61.6, 72)),
        ("population", (3, 100, 12, 900)),
        ("population", (1, 50, 40, 60)),
        ("population", (2, 1000, 3, 10)),
        ("population", (0.2, 900, 4, 30)),
        ("stage", (1.6, 40, 30, 100)),
        ("stage", (0.4, 60, 30, 100)),
        ("stage", (3, 35, 12, 90)),
        ("stage", (1, 50, 40, 60)),
        ("stage", (2, 31, 15, 33)),
        ("stage", (1.0625, 40, 32, 34)),
    ],
)
def test_every_outcome_put_to_the_tests_of_the_package(basis, numbers, least):
    found = power(*numbers, basis=basis, minimum_numerator=least).iloc[0]
    assert found["method"] == "exact"
    assert found["power"] == pytest.approx(
        every_outcome(*numbers, basis, least), rel=1e-9, abs=1e-10
    )


def test_simulation_agrees():
    chance = np.random.default_rng(20260101)
    one, other = chance.poisson(38.3, 40_000), chance.poisson(61.6, 40_000)
    found = rate_ratio(one, 28, other, 72)
    rejected = ((found.p_value < 0.05) & (found.value > 1)).mean()
    expected = power(38.3 / 61.6 * 72 / 28, 28, 61.6, 72)["power"].iloc[0]
    assert rejected == pytest.approx(expected, abs=0.008)


@few(12, st.floats(0.3, 3), st.floats(20, 5000), st.floats(20, 5000), st.floats(0.1, 10))
def test_normal_rates_agree_with_statsmodels(ratio, n1, x0, weight):
    n0 = n1 * weight
    if abs(np.log(ratio)) < 0.05:
        return
    found = power(ratio, n1, x0, n0, method="normal")["power"].iloc[0]
    both = power_poisson_ratio_2indep(
        ratio * x0 / n0,
        x0 / n0,
        n1,
        nobs_ratio=weight,
        value=1,
        alpha=0.025,
        alternative="larger" if ratio > 1 else "smaller",
        return_results=False,
    )
    assert found == pytest.approx(both, abs=1e-9)


@few(12, st.floats(0.05, 0.9), st.floats(0.05, 0.9), st.integers(30, 2000), st.integers(30, 2000))
def test_normal_shares_agree_with_statsmodels(p1, p0, n1, n0):
    if abs(p1 - p0) < 0.01:
        return
    found = power(p1 / p0, n1, p0 * n0, n0, basis="stage", method="normal")["power"].iloc[0]
    other = power_proportions_2indep(
        p1 - p0,
        p0,
        n1,
        ratio=n0 / n1,
        alpha=0.025,
        alternative="larger" if p1 > p0 else "smaller",
        return_results=False,
    )
    assert found == pytest.approx(other, abs=1e-6)


@pytest.mark.parametrize("basis", ["population", "stage"])
def test_exact_and_normal_meet_for_large_numbers(basis):
    for ratio in (0.85, 1.15, 1.25):
        exact, normal = (
            power(ratio, 3000, 500, 4000, basis=basis, method=method)["power"].iloc[0]
            for method in ("exact", "normal")
        )
        assert exact == pytest.approx(normal, abs=0.01)


@few(
    6,
    st.sampled_from(["population", "stage"]),
    st.integers(30, 300),
    st.integers(30, 300),
    st.floats(0.02, 0.95),
    st.floats(1.0001, 4),
    st.floats(1.0001, 2),
)
def test_power_rises_with_the_ratio_and_is_a_probability(basis, n1, n0, share, ratio, more):
    x0 = share * n0
    further = ratio * more
    if basis == "stage" and further * share > 1:
        return
    found = power([ratio, further], n1, x0, n0, basis=basis)["power"]
    assert (found.between(0, 1 + 1e-9)).all()
    assert found.iloc[0] <= found.iloc[1] + 1e-9
    lower = power([1 / ratio, 1 / further], n1, x0, n0, basis=basis, minimum_numerator=0)["power"]
    assert lower.iloc[0] <= lower.iloc[1] + 1e-9


@few(
    4,
    st.sampled_from(["population", "stage"]),
    st.integers(30, 300),
    st.integers(30, 300),
    st.floats(0.02, 0.95),
)
def test_the_smallest_ratio_is_where_the_power_reaches_its_target(basis, n1, n0, share):
    found = smallest_detectable_ratio(n1, share * n0, n0, basis=basis).iloc[0]
    for name, outwards in (("above_1", 1.001), ("below_1", 0.999)):
        if np.isnan(found[name]):
            assert f"none_{name[:5]}" in found["flags"]
            continue
        at = power(found[name] * np.array([1 / outwards, 1]), n1, share * n0, n0, basis=basis)
        assert at["power"].iloc[0] < 0.8 + 1e-9
        assert at["power"].iloc[1] == pytest.approx(0.8, abs=1e-3)


def test_national_numbers_need_no_enumeration():
    found = smallest_detectable_ratio(333_587, 36_923, 4_161_949).iloc[0]
    assert found["method"] == "normal"
    assert found["above_1"] == pytest.approx(1.05, abs=0.01)


def test_years_needed_is_the_first_that_suffices():
    found = years_needed([1.6, 1.2, 1.01], 28, 61.6, 72)
    assert found["years"].tolist()[:2] == [2, 13]
    assert np.isnan(found["years"].iloc[2])
    assert found["flags"].iloc[2] == "more_than_most"
    for ratio, years, reached in (
        found[["ratio", "years", "power_reached"]].iloc[:2].itertuples(index=False)
    ):
        at = power(ratio, 28 * np.arange(1, years + 1), 61.6 * np.arange(1, years + 1),
                   72 * np.arange(1, years + 1))["power"]  # fmt: skip
        assert (at.iloc[:-1] < 0.8).all()
        assert at.iloc[-1] == pytest.approx(reached)
        assert reached >= 0.8


def test_too_few_children_at_a_stage_show_nothing_in_a_year_but_do_in_three():
    one = power(3, 15, 30, 100, basis="stage").iloc[0]
    assert (one["power"], one["flags"]) == (0, "too_few")
    found = years_needed(3, 15, 30, 100, basis="stage").iloc[0]
    assert found["years"] == 2
    assert found["flags"] == ""


def test_shapes_missing_and_undefined():
    ratio = pd.Series([1.6, None, 1.6, 1.6], index=["a", "b", "c", "d"])
    expected = pd.Series([61.6, 61.6, 0, 61.6], index=["a", "b", "c", "d"])
    people = pd.Series([28, 28, 28, 0], index=["a", "b", "c", "d"])
    found = power(ratio, people, expected, 72)
    assert found.index.tolist() == ["a", "b", "c", "d"]
    assert found["power"].notna().tolist() == [True, False, False, False]
    assert found["flags"].tolist() == ["", "missing", "undefined", "denominator_zero"]
    assert found["method"].tolist() == ["exact", "", "", ""]
    smallest = smallest_detectable_ratio(people, expected, 72)
    assert smallest["above_1"].notna().tolist() == [True, True, False, False]
    assert years_needed(ratio, people, expected, 72)["years"].notna().tolist() == [
        True, False, False, False,
    ]  # fmt: skip


def test_many_rows_at_once_are_the_rows_one_by_one():
    chance = np.random.default_rng(5)
    n1, x0, n0 = chance.uniform(10, 50, 40), chance.uniform(5, 900, 40), chance.uniform(50, 80, 40)
    found = power(1.5, n1, x0, n0)
    for row in (0, 17, 39):
        one = power(1.5, n1[row], x0[row], n0[row]).iloc[0]
        assert (one["power"], one["method"]) == (
            pytest.approx(found["power"].iloc[row], rel=1e-12),
            found["method"].iloc[row],
        )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: power(0, 28, 61.6, 72), "ratio is 0; give a ratio above 0"),
        (lambda: power(-1, 28, 61.6, 72), "ratio is -1"),
        (lambda: power(3, 50, 40, 60, basis="stage"), "makes the group's share 2"),
        (lambda: power(1, 50.5, 40, 60, basis="stage"), "n1 is 50.5"),
        (lambda: power(1, 50, 70, 60, basis="stage"), "x0 is 70 and n0 is 60"),
        (lambda: power(1, 50, 40, 60, basis="all"), "basis is 'all'"),
        (lambda: power(1, 50, 40, 60, method="guess"), "method is 'guess'"),
        (lambda: power(1, 50, 40, 60, level=5), "level is 5"),
        (lambda: power(1, 50, 40, 60, minimum_numerator=-1), "minimum_numerator is -1"),
        (lambda: smallest_detectable_ratio(50, 40, 60, power=80), "power is 80"),
        (lambda: years_needed(2, 50, 40, 60, most=0), "most is 0"),
        (lambda: years_needed(0, 50, 40, 60), "ratio is 0"),
    ],
)
def test_impossible_questions_are_refused(call, sentence):
    with pytest.raises(InputProblem, match=sentence):
        call()


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_normal_rates_agree_with_statsmodels,
        test_normal_shares_agree_with_statsmodels,
        test_power_rises_with_the_ratio_and_is_a_probability,
        test_the_smallest_ratio_is_where_the_power_reaches_its_target,
    ],
)
def test_the_same_properties_at_length(test):
    many(test)
