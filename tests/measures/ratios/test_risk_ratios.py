import numpy as np
import pytest

from youthjustice.errors import InputProblem
from youthjustice.measures import risk_ratio
from youthjustice.measures.ratios.mover import difference_limits
from youthjustice.measures.single.proportions import wilson_limits

METHODS = ("koopman", "miettinen_nurminen", "mover", "katz")


@pytest.fixture
def check_rows(reproduced):
    def compare(example, method):
        rows = np.array(example["inputs"]["rows"], dtype=float)
        result = risk_ratio(*rows.T, method=method)
        printed = np.array([[float(v) for v in row] for row in example["expected"][method]])
        found = np.column_stack([result.lower, result.upper])
        reproduced(example, found, printed, atol=example["tolerance"] * 1.02)

    return compare


@pytest.mark.parametrize("method", METHODS)
def test_o5a_four_intervals_fagerland(examples, method, reproduced):
    example = examples["O-5a"]
    result = risk_ratio(**example["inputs"], method=method)
    printed = example["expected"][method]
    reproduced(example, (result.lower, result.upper), printed, atol=example["tolerance"])
    assert result.value == example["expected"]["value"]


def test_o5b_koopman_nam_1995(examples, reproduced):
    example = examples["O-5b"]
    result = risk_ratio(**example["inputs"])
    assert result.value == example["expected"]["value"]
    reproduced(
        example,
        (result.lower, result.upper),
        example["expected"]["koopman"],
        atol=example["tolerance"],
    )


def test_o5c_koopman_gart_nam_1988(examples, check_rows):
    check_rows(examples["O-5c"], "koopman")


def test_o5d_miettinen_nurminen_with_a_group_at_100_per_cent(examples, check_rows):
    check_rows(examples["O-5d"], "miettinen_nurminen")


def test_o5e_mover_zou_donner_and_fagerland_newcombe(examples, check_rows):
    check_rows(examples["O-5e"], "mover")


@pytest.mark.parametrize("name", ["O-5f", "O-5g"])
def test_o5_difference_of_proportions_newcombe(examples, name, reproduced):
    example = examples[name]
    x1, n1, x0, n0 = (np.array([float(v)]) for v in example["inputs"].values())
    lower, upper = difference_limits(
        x1 / n1, *wilson_limits(x1, n1, 0.05), x0 / n0, *wilson_limits(x0, n0, 0.05)
    )
    reproduced(
        example, (lower[0], upper[0]), example["expected"]["newcombe"], atol=example["tolerance"]
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


def test_o5i_koopman_at_none_and_at_all(examples, check_rows):
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
def test_exchanging_the_groups_gives_reciprocals(tables, method):
    x1, n1, x0, n0 = tables(3_000, seed=21)
    one, other = (
        risk_ratio(x1, n1, x0, n0, method=method),
        risk_ratio(x0, n0, x1, n1, method=method),
    )
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(one.lower, 1 / other.upper, rtol=1e-12)
    both = (x1 > 0) & (x0 > 0)
    np.testing.assert_allclose(one.value[both], 1 / other.value[both], rtol=1e-12)
    np.testing.assert_allclose(one.p_value, other.p_value, rtol=1e-9)


def near(x1, n1, n0, seed):
    """Draw reference counts that make p-values of every size."""
    chance = np.random.default_rng(seed)
    width = np.exp(chance.normal(0, 2 / np.sqrt(x1 + 1)))
    return np.clip(np.round(x1 / n1 * n0 * width), 0, n0)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("largest", [7, 120, 10**9])
def test_p_value_and_interval_never_contradict(tables, method, largest):
    x1, n1, x0, n0 = tables(2_000, seed=largest, largest=largest)
    table = (x1, n1, np.where(np.arange(2_000) < 500, x0, near(x1, n1, n0, 22)), n0)
    for confidence in (0.8, 0.95, 0.998):
        result = risk_ratio(*table, confidence, method)
        alpha = 1 - confidence
        apart = np.abs(result.p_value - alpha) > 1e-9  # NaN is not apart
        excludes = (result.lower > 1) | (result.upper < 1)
        np.testing.assert_array_equal(excludes[apart], (result.p_value < alpha)[apart])
        np.testing.assert_array_equal(np.isnan(result.p_value), np.isnan(result.lower))
        assert (excludes & apart).any() or confidence > 0.99


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


@pytest.mark.parametrize("method", METHODS)
def test_pairs_at_once_are_as_good_as_one_at_a_time(method):
    chance = np.random.default_rng(12)
    size = 20_000 if method == "mover" else 100_000
    n1, n0 = chance.choice([0, 1, 5, 200, 10**9], (2, size))
    x1, x0 = (np.floor(n * chance.choice([0, 0.004, 0.3, 1], size)) for n in (n1, n0))
    table = (x1, n1, x0, n0)
    together = risk_ratio(*table, method=method)
    for i in range(100):
        alone = risk_ratio(*(float(cells[i]) for cells in table), method=method)
        for field in ("value", "lower", "upper", "p_value", "flags"):
            np.testing.assert_equal(getattr(alone, field), getattr(together, field)[i])
    lost = (n1 == 0) | (n0 == 0)
    assert np.isnan(together.lower[lost]).all()
    assert all("denominator_zero" in flags for flags in together.flags[lost])
    if method != "katz":
        none, every = ~lost & (x1 + x0 == 0), ~lost & (x1 == n1) & (x0 == n0)
        assert min(none.sum(), every.sum()) > 500
        assert (together.lower[none] == 0).all()
        assert np.isinf(together.upper[none]).all()
        assert (together.p_value[none | every] == 1).all()
        assert ((together.lower < 1) & (together.upper > 1))[every].all()


def test_a_numerator_above_its_denominator_is_refused_in_either_group():
    with pytest.raises(InputProblem, match="x1 is 3 and n1 is 2"):
        risk_ratio(3, 2, 1, 2)
    with pytest.raises(InputProblem, match="x0 is 3 and n0 is 2 at position 1"):
        risk_ratio(1, 2, np.array([1, 3]), 2)
