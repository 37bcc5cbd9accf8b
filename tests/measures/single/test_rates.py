import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from youthjustice.errors import InputProblem
from youthjustice.measures import rate


@pytest.mark.parametrize("method", ["exact", "byar"])
def test_o6f_fifteen_events_in_four_hundred(examples, method, reproduced):
    example = examples["O-6f"]
    result = rate(**example["inputs"], per=1, method=method)
    found = [result.lower, result.upper]
    reproduced(example, found, example["expected"][method], atol=example["tolerance"])


@pytest.mark.parametrize(("name", "confidence"), [("O-10b", 0.95), ("O-10c", 0.998)])
def test_o10_byar_public_health_examples(examples, name, confidence, reproduced):
    example = examples[name]
    events = np.array(example["inputs"]["events"])
    result = rate(events, 1, per=1, confidence=confidence, method="byar")
    found = np.column_stack([result.lower, result.upper])
    reproduced(example, found, example["expected"]["byar"], atol=example["tolerance"])


def test_o10e_auto_is_exact_under_ten(examples, reproduced):
    example = examples["O-10e"]
    events, population = np.array(example["inputs"]["rows"]).T
    result = rate(events, population, per=1)
    assert list(result.method) == ["exact", "exact"]
    found = np.column_stack([result.lower, result.upper])
    reproduced(example, found, example["expected"]["exact"], atol=example["tolerance"])


def test_auto_changes_method_at_ten_events():
    result = rate(np.array([9, 10, 11]), 1000)
    assert list(result.method) == ["exact", "byar", "byar"]
    assert rate(9, 1000).method == "exact"
    assert rate(10, 1000).method == "byar"
    assert rate(10, 1000).upper == rate(10, 1000, method="byar").upper


@settings(max_examples=40)
@given(st.integers(0, 3000), st.floats(0.5, 0.999))
def test_exact_limits_put_the_right_probability_in_each_tail(events, confidence):
    result = rate(events, 1, per=1, confidence=confidence, method="exact")
    tail = (1 - confidence) / 2
    assert stats.poisson.cdf(events, result.upper) == pytest.approx(tail, rel=1e-7)
    if events:
        assert stats.poisson.sf(events - 1, result.lower) == pytest.approx(tail, rel=1e-7)
    else:
        assert result.lower == 0


@settings(max_examples=40)
@given(st.integers(0, 500), st.integers(1, 10**6), st.integers(2, 9))
def test_scaling_the_population_scales_the_rate(events, population, times):
    one, other = rate(events, population), rate(events, population * times)
    for field in ("value", "lower", "upper"):
        assert getattr(one, field) == pytest.approx(times * getattr(other, field), rel=1e-12)


def test_events_without_a_population_are_undefined_and_flagged():
    result = rate(np.array([3, 3]), np.array([0, 100]))
    assert np.isnan([result.value[0], result.lower[0], result.upper[0]]).all()
    assert "denominator_zero" in result.flags[0].split(";")
    assert result.value[1] == 3000


def test_byar_has_no_lower_limit_where_it_would_be_negative():
    result = rate(1, 1000, confidence=0.998, method="byar")
    assert np.isnan(result.lower)
    assert "undefined" in result.flags.split(";")
    assert rate(0, 1000, method="byar").lower == 0


@pytest.mark.parametrize("per", [0, -1, "ten", float("inf"), True])
def test_per_must_be_a_positive_number(per):
    with pytest.raises(InputProblem, match="per is"):
        rate(1, 10, per=per)
