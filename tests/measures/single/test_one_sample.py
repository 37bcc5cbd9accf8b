import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency

from youthjustice.errors import InputProblem
from youthjustice.measures import one_sample_test, proportion


def test_o52_the_three_cohorts_against_the_national_rate(examples, reproduced):
    example = examples["O-52"]
    x, n = np.array(example["expected"]["cohorts"]).T
    p = one_sample_test(x, n, example["inputs"]["national"] / 100)
    reproduced(example, p, example["expected"]["p_value"], atol=example["tolerance"])


@given(st.integers(1, 400), st.data())
def test_minimum_likelihood_is_the_usual_exact_binomial_test(n, data):
    x = data.draw(st.integers(0, n))
    p0 = data.draw(st.one_of(st.floats(0.001, 0.999), st.sampled_from([0.25, 0.5, 0.374])))
    found = one_sample_test(x, n, p0)
    assert found == pytest.approx(binomtest(x, n, p0).pvalue, rel=1e-6, abs=1e-300)


@given(st.integers(1, 200), st.data())
def test_central_matches_the_exact_interval(n, data):
    x = data.draw(st.integers(0, n))
    p0 = data.draw(st.floats(0.001, 0.999))
    p, interval = one_sample_test(x, n, p0, method="central"), proportion(x, n, method="exact")
    if abs(p - 0.05) > 1e-9:
        assert (p < 0.05) == (p0 < interval.lower or p0 > interval.upper)


@given(st.integers(1, 300), st.data())
def test_expected_as_sample_is_the_corrected_chi_square_of_scipy(n, data):
    x = data.draw(st.integers(1, n))
    p0 = data.draw(st.floats(0.001, 0.999))
    found = one_sample_test(x, n, p0, method="expected_as_sample")
    expected = round(n * p0)
    if x + expected < 2 * n:
        table = [[x, n - x], [expected, n - expected]]
        assert found == pytest.approx(chi2_contingency(table).pvalue, rel=1e-9, abs=1e-300)
    else:
        assert np.isnan(found)


def test_expected_as_sample_calls_no_children_significant_whatever_was_expected():
    found = one_sample_test([0, 0, 0], [100, 20, 0], [0.3, 0.001, 0.5], method="expected_as_sample")
    np.testing.assert_array_equal(found, [0, 0, np.nan])


def test_a_certain_benchmark_and_edges():
    assert one_sample_test(0, 5, 0) == 1
    assert one_sample_test(1, 5, 0) == 0
    assert one_sample_test(5, 5, 1) == 1
    assert one_sample_test(2, 4, 0.5) == 1
    assert np.isnan(one_sample_test(0, 0, 0.5))


def test_a_series_keeps_its_index_and_missing_stays_missing():
    found = one_sample_test(pd.Series([25, None], index=["a", "b"]), 48, 0.374)
    assert found.index.tolist() == ["a", "b"]
    assert found.isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("x", "n", "p0", "sentence"),
    [
        (3, 2, 0.5, "x is 3 and n is 2"),
        (1, 2, 37.4, "p0 is 37.4; give a proportion"),
        (1.5, 2, 0.5, "x is 1.5; an exact test needs whole numbers"),
        (1, 2.5, 0.5, "n is 2.5; an exact test needs whole numbers"),
    ],
)
def test_impossible_tests_are_refused(x, n, p0, sentence):
    with pytest.raises(InputProblem, match=sentence):
        one_sample_test(x, n, p0)
