import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from youthjustice.errors import InputProblem
from youthjustice.measures import proportion

PRINTED_IN_O2 = 2020
COUNTS = st.tuples(st.integers(0, 500), st.integers(1, 500)).map(lambda t: (min(t), max(t)))


def limits(rows, method):
    x, n = np.array(rows, dtype=float).T
    result = proportion(x, n, method=method)
    return np.column_stack([result.lower, result.upper])


def test_o2_reoffending_rates_of_children_england_and_wales(examples, reproduced):
    example = examples["O-2"]
    for row, printed in zip(example["inputs"]["rows"], example["expected"]["rows"], strict=True):
        year, cohort, reoffended, reoffences = row
        ours = [proportion(reoffended, cohort).value * 100, reoffences / reoffended]
        np.testing.assert_allclose(ours, printed, atol=example["tolerance"])
        if year == PRINTED_IN_O2:  # the others are the printed counts divided, and no proof
            reproduced(example, ours, printed, atol=example["tolerance"])


def test_o10a_wilson_public_health_examples(examples, reproduced):
    example = examples["O-10a"]
    found = limits(example["inputs"]["rows"], "wilson")
    reproduced(example, found, example["expected"]["wilson"], atol=example["tolerance"])


@pytest.mark.parametrize("method", ["wilson", "exact"])
def test_o10d_newcombe_1998_single_proportions(examples, method, reproduced):
    example = examples["O-10d"]
    found = limits(example["inputs"][method], method)
    reproduced(example, found, example["expected"][method], atol=example["tolerance"] * 1.01)


def test_o27_shares_are_of_those_whose_ethnicity_is_known(examples, reproduced):
    example = examples["O-27"]
    children = dict(example["inputs"]["children"])
    unknown = children.pop("Unknown")
    known = sum(children.values())
    for group, printed in example["expected"]["share_of_known_per_cent"].items():
        share = proportion(children[group], known).value
        reproduced(example, share * 100, printed, atol=example["tolerance"])
    reproduced(
        example,
        proportion(unknown, known + unknown).value * 100,
        example["expected"]["unknown_per_cent"],
        atol=example["tolerance"],
    )


@given(COUNTS, st.sampled_from([0.8, 0.95, 0.998]))
def test_exact_limits_put_the_right_probability_in_each_tail(counts, confidence):
    x, n = counts
    result = proportion(x, n, confidence, "exact")
    tail = (1 - confidence) / 2
    if x > 0:
        assert stats.binom.sf(x - 1, n, result.lower) == pytest.approx(tail, rel=1e-8)
    if x < n:
        assert stats.binom.cdf(x, n, result.upper) == pytest.approx(tail, rel=1e-8)


@pytest.mark.parametrize("method", ["wilson", "exact", "jeffreys"])
def test_limits_hold_the_value_and_rise_with_the_count(method):
    n = 60
    result = proportion(np.arange(n + 1), n, method=method)
    assert (result.lower <= result.value).all()
    assert (result.value <= result.upper).all()
    assert (np.diff(result.lower) > 0).all()
    assert (np.diff(result.upper) > 0).all()
    assert result.lower[0] == 0
    assert result.upper[-1] == 1
    np.testing.assert_allclose(result.lower, 1 - result.upper[::-1], atol=1e-12)


def test_jeffreys_limits_are_beta_quantiles():
    result = proportion(7, 34, method="jeffreys")
    assert result.lower == pytest.approx(stats.beta.ppf(0.025, 7.5, 27.5))
    assert result.upper == pytest.approx(stats.beta.ppf(0.975, 7.5, 27.5))


def test_none_of_none_is_undefined():
    result = proportion(0, 0)
    assert np.isnan([result.value, result.lower, result.upper]).all()
    assert "denominator_zero" in result.flags.split(";")
    assert "undefined" in result.flags.split(";")


def test_a_part_above_its_whole_is_refused():
    with pytest.raises(InputProblem, match="x is 12 and n is 10"):
        proportion(12, 10)
