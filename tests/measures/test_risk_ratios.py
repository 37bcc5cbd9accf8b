import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures import risk_ratio
from youthjustice.measures.mover import difference_limits
from youthjustice.measures.proportions import wilson_limits

METHODS = ("koopman", "miettinen_nurminen", "mover", "katz")
PART = st.tuples(st.integers(0, 120), st.integers(1, 120)).map(lambda t: (min(t), max(t)))


def check_rows(example, method):
    rows = np.array(example["inputs"]["rows"], dtype=float)
    result = risk_ratio(*rows.T, method=method)
    printed = np.array([[float(v) for v in row] for row in example["expected"][method]])
    found = np.column_stack([result.lower, result.upper])
    np.testing.assert_allclose(found, printed, atol=example["tolerance"] * 1.02, rtol=0)


@pytest.mark.parametrize("method", METHODS)
def test_o5a_four_intervals_fagerland(examples, method):
    example = examples["O-5a"]
    result = risk_ratio(**example["inputs"], method=method)
    printed = example["expected"][method]
    assert (result.lower, result.upper) == pytest.approx(printed, abs=example["tolerance"])
    assert result.value == example["expected"]["value"]


def test_o5b_koopman_nam_1995(examples):
    example = examples["O-5b"]
    result = risk_ratio(**example["inputs"])
    assert result.value == example["expected"]["value"]
    assert (result.lower, result.upper) == pytest.approx(
        example["expected"]["koopman"], abs=example["tolerance"]
    )


def test_o5c_koopman_gart_nam_1988(examples):
    check_rows(examples["O-5c"], "koopman")


def test_o5d_miettinen_nurminen_with_a_group_at_100_per_cent(examples):
    check_rows(examples["O-5d"], "miettinen_nurminen")


def test_o5e_mover_zou_donner_and_fagerland_newcombe(examples):
    check_rows(examples["O-5e"], "mover")


@pytest.mark.parametrize("name", ["O-5f", "O-5g"])
def test_o5_difference_of_proportions_newcombe(examples, name):
    example = examples[name]
    x1, n1, x0, n0 = (np.array([float(v)]) for v in example["inputs"].values())
    lower, upper = difference_limits(
        x1 / n1, *wilson_limits(x1, n1, 0.05), x0 / n0, *wilson_limits(x0, n0, 0.05)
    )
    assert (lower[0], upper[0]) == pytest.approx(
        example["expected"]["newcombe"], abs=example["tolerance"]
    )


def test_o5h_none_in_one_group_or_in_both():
    both, reference = risk_ratio(0, 10, 0, 10), risk_ratio(3, 10, 0, 10)
    assert np.isnan(both.value)
    assert (both.lower, both.upper, both.p_value) == (0, np.inf, 1)
    assert {"undefined", "unbounded", "zero_numerator"} <= set(both.flags.split(";"))
    assert np.isnan(reference.value)
    assert 0 < reference.lower < np.inf
    assert reference.upper == np.inf
    assert risk_ratio(0, 10, 3, 10).upper == pytest.approx(1 / reference.lower)


def test_o5i_koopman_at_none_and_at_all(examples):
    check_rows(examples["O-5i"], "koopman")


def test_all_of_both_is_a_ratio_of_one_without_evidence():
    result = risk_ratio(5, 5, 5, 5)
    assert (result.value, result.p_value) == (1, 1)
    assert result.lower == pytest.approx(1 / result.upper)


def test_an_empty_group_is_undefined():
    result = risk_ratio(0, 0, 1, 2)
    assert np.isnan([result.value, result.lower, result.upper, result.p_value]).all()
    assert "denominator_zero" in result.flags.split(";")


def test_katz_fails_at_zero_and_says_so():
    result = risk_ratio(np.array([0, 5]), 10, 5, np.array([10, 5]), method="katz")
    assert np.isnan(result.lower[0])
    assert "undefined" in result.flags[0].split(";")


@pytest.mark.parametrize("method", METHODS)
@given(first=PART, second=PART)
def test_exchanging_the_groups_gives_reciprocals(method, first, second):
    one, other = (
        risk_ratio(*first, *second, method=method),
        risk_ratio(*second, *first, method=method),
    )
    if one.value > 0 and other.value > 0:
        assert one.value == pytest.approx(1 / other.value)
    np.testing.assert_allclose(one.p_value, other.p_value, rtol=1e-9)
    if one.lower > 0:
        assert one.lower == pytest.approx(1 / other.upper, rel=1e-9)
    elif one.lower == 0:
        assert other.upper == np.inf


@pytest.mark.parametrize("method", METHODS)
@given(first=PART, second=PART, confidence=st.sampled_from([0.8, 0.9, 0.95, 0.99, 0.998]))
def test_p_value_and_interval_never_contradict(method, first, second, confidence):
    result = risk_ratio(*first, *second, confidence, method)
    alpha = 1 - confidence
    if np.isnan(result.p_value) or abs(result.p_value - alpha) < 1e-9:
        return
    excludes = result.lower > 1 or result.upper < 1
    assert excludes == (result.p_value < alpha)


@pytest.mark.parametrize("method", ["koopman", "miettinen_nurminen", "mover"])
def test_limits_rise_with_the_group_and_fall_with_the_reference(method):
    counts = np.arange(41)
    group = risk_ratio(counts, 40, 11, 50, method=method)
    assert (np.diff(group.lower) > 0).all()
    assert (np.diff(group.upper) > 0).all()
    reference = risk_ratio(11, 50, counts, 40, method=method)
    assert (np.diff(reference.lower) < 0).all()
    assert (np.diff(reference.upper[1:]) < 0).all()


def test_rows_do_not_touch_each_other(tables):
    table = tables(500, seed=3)
    together = risk_ratio(*table)
    order = np.random.default_rng(3).permutation(500)
    shuffled = risk_ratio(*(cells[order] for cells in table))
    np.testing.assert_array_equal(together.lower[order], shuffled.lower)
    np.testing.assert_array_equal(together.flags[order], shuffled.flags)
    alone = risk_ratio(*(float(cells[17]) for cells in table))
    assert alone.upper == together.upper[17]


def test_a_numerator_above_its_denominator_is_refused_in_either_group():
    with pytest.raises(InputProblem, match="x1 is 3 and n1 is 2"):
        risk_ratio(3, 2, 1, 2)
    with pytest.raises(InputProblem, match="x0 is 3 and n0 is 2 at position 1"):
        risk_ratio(1, 2, np.array([1, 3]), 2)
