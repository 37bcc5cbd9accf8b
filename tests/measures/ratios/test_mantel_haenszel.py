import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable

from youthjustice.errors import InputProblem
from youthjustice.measures import rate_ratio, risk_ratio
from youthjustice.measures.ratios.mantel_haenszel import mantel_haenszel

STRATUM = st.tuples(st.integers(1, 60), st.integers(1, 60)).flatmap(
    lambda n: st.tuples(st.integers(0, n[0]), st.just(n[0]), st.integers(0, n[1]), st.just(n[1]))
)


def pooled(rows, **options):
    return mantel_haenszel(*np.array(rows, dtype=float).T, **options).iloc[0]


def limits(row):
    return row[["value", "lower", "upper"]].tolist()


def test_o7a_risk_ratio_of_the_tolbutamide_trial(examples, reproduced):
    example = examples["O-7a"]
    rows, expected = example["inputs"]["rows"], example["expected"]
    book = limits(pooled(rows, confidence=0.90))
    reproduced(example, book, expected["limits_90"], atol=example["tolerance"])
    reproduced(example, limits(pooled(rows)), expected["limits_95"], atol=1e-6)


@pytest.mark.parametrize("name", ["O-7b", "O-7c"])
def test_o7_rate_ratio_per_person_time(examples, name, reproduced):
    example = examples[name]
    rows, expected = example["inputs"]["rows"], example["expected"]
    stata = expected.get("mantel_haenszel_95", expected.get("limits_95"))
    reproduced(example, limits(pooled(rows, basis="population")), stata, atol=1e-6)
    if "mantel_haenszel_90" in expected:
        book = limits(pooled(rows, basis="population", confidence=0.90))
        reproduced(example, book, expected["mantel_haenszel_90"], atol=example["tolerance"])


@settings(max_examples=40)
@given(st.lists(STRATUM, min_size=1, max_size=6))
def test_the_ratio_is_that_of_statsmodels(rows):
    tables = [np.array([[x1, n1 - x1], [x0, n0 - x0]], dtype=float) for x1, n1, x0, n0 in rows]
    found = pooled(rows)
    below = sum(x0 * n1 / (n1 + n0) for _, n1, x0, n0 in rows)
    if below > 0:
        assert found["value"] == pytest.approx(StratifiedTable(tables).riskratio_pooled)
    else:
        assert np.isnan(found["value"])


def test_one_stratum_is_the_plain_ratio_with_the_log_interval():
    stage = pooled([[20, 80, 30, 200]])
    katz = risk_ratio(20, 80, 30, 200, method="katz")
    assert limits(stage) == pytest.approx([katz.value, katz.lower, katz.upper], abs=1e-12)
    assert stage["p_value"] == pytest.approx(katz.p_value)
    population = pooled([[20, 8000, 30, 20_000]], basis="population")
    assert population["value"] == pytest.approx(rate_ratio(20, 8000, 30, 20_000).value)


@settings(max_examples=40)
@given(st.lists(STRATUM, min_size=2, max_size=5), st.randoms())
@pytest.mark.prove
def test_the_order_of_strata_and_strata_that_say_nothing_change_nothing(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    more = [*shuffled, (0, 0, 3, 9), (4, 5, 0, 0), (0, 7, 0, 8)]
    one, other = pooled(rows), pooled(more)
    names = ["value", "lower", "upper", "p_value"]
    np.testing.assert_allclose(one[names].to_numpy(float), other[names].to_numpy(float), rtol=1e-10)
    assert other["strata"] == one["strata"]
    assert other["strata_left_out"] == one["strata_left_out"] + 3
    assert other["events_left_out"] == 7
    assert "strata_left_out" in other["flags"].split(";")


@settings(max_examples=40)
@given(st.lists(STRATUM, min_size=1, max_size=5))
def test_exchanging_the_groups_gives_reciprocals(rows):
    one = pooled(rows)
    other = pooled([(x0, n0, x1, n1) for x1, n1, x0, n0 in rows])
    if one["value"] > 0:
        assert one["value"] == pytest.approx(1 / other["value"])
        np.testing.assert_allclose(one["lower"], 1 / other["upper"], rtol=1e-9)


@pytest.mark.prove
def test_the_interval_holds_the_truth_as_often_as_it_says_in_small_strata():
    chance = np.random.default_rng(20260101)
    runs, strata = 4000, 12
    base = chance.uniform(0.1, 0.4, (runs, strata))
    n1, n0 = chance.integers(3, 15, (2, runs, strata))
    x1, x0 = chance.binomial(n1, 1.5 * base), chance.binomial(n0, base)
    by = np.repeat(np.arange(runs), strata)
    found = mantel_haenszel(*(part.ravel() for part in (x1, n1, x0, n0)), by=by)
    inside = (found["lower"] <= 1.5) & (found["upper"] >= 1.5)
    assert 0.94 < inside.mean() < 0.965


def test_none_in_a_group_and_all_in_both_have_no_interval():
    none = pooled([[0, 10, 3, 10], [0, 20, 2, 20]])
    assert none["value"] == 0
    assert np.isnan(none["upper"])
    assert {"undefined", "zero_numerator"} <= set(none["flags"].split(";"))
    reference = pooled([[3, 10, 0, 10]])
    assert np.isnan(reference["value"])
    every = pooled([[5, 5, 7, 7]])
    assert every["value"] == 1
    assert np.isnan(every["lower"])


def test_labels_make_several_ratios_and_a_missing_count_one_missing_ratio():
    by = ["Black", "Asian", "Black", "Asian", "Mixed"]
    found = mantel_haenszel(
        [8, 3, 22, 4, None], [106, 50, 98, 40, 20], 5, 100, by=pd.Series(by, index=range(5))
    )
    assert found.index.tolist() == ["Black", "Asian", "Mixed"]
    alone = pooled([[8, 106, 5, 100], [22, 98, 5, 100]])
    assert found.loc["Black", "upper"] == pytest.approx(alone["upper"])
    assert found.loc["Mixed", ["value", "lower", "upper", "numerator"]].isna().all()
    assert "missing" in found.loc["Mixed", "flags"]
    assert found.loc["Asian", "strata"] == 2


def test_a_label_may_be_a_pair():
    found = mantel_haenszel([8, 22], 106, 5, 120, by=[("a", 1), ("b", 2)])
    assert found.index.tolist() == [("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (([3], [2], [1], [2]), {}, "x1 is 3 and n1 is 2 at position 0"),
        (([1], [2], [-1], [2]), {}, "x0 is -1"),
        (([1], [2], [1], [2]), {"basis": "area"}, "basis is 'area'"),
        (([1], [2], [1], [2]), {"by": ["a", "b"]}, "by has 2 labels and there are 1 strata"),
        (([1, 2], 5, 1, 5), {"by": ["a", None]}, "A label in by is missing"),
        (([1, 2], 5, 1, 5), {"by": [[1], [2]]}, "values that cannot be labels"),
        (([1, 2], 5, 1, 5), {"by": {"a": 1, "b": 2}}, "by is a dict; give one label"),
        (([1, 2], 5, 1, 5), {"by": np.array([["a", "b"]])}, "by is a ndarray; give one label"),
        (([1, 2], 5, 1, 5), {"by": pd.DataFrame({"a": [1, 2]})}, "by is a DataFrame"),
        (
            (pd.Series([1, 2]), 5, 1, 5),
            {"by": pd.Series(["a", "b"], index=[1, 0])},
            "by and the counts are Series with different indexes",
        ),
        (([1], [2], [1], [2]), {"confidence": 95}, "confidence is 95"),
    ],
)
def test_what_cannot_be_is_refused(arguments, options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        mantel_haenszel(*arguments, **options)
