import decimal
import fractions

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures import proportion, rate, rate_ratio, risk_ratio

AREAS = pd.Index(["Camden", "Islington", "Hackney"])


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        (-3, "events is -3; a count cannot be negative"),
        (np.array([1, -3]), "events is -3 at position 1; a count cannot be negative"),
        (np.array([[1, 2], [3, -4]]), r"events is -4 at position \(1, 1\)"),
        (pd.Series([1, 2, -3], index=AREAS), "events is -3 in row 'Hackney'"),
        (float("inf"), "events is inf; a count must be finite"),
        (10**400, "events is inf; a count must be finite"),
        ([1, -(10**9999)], "events is -inf at position 1"),
        (1e300, r"events is 1e\+300; a count must be under 10\^12"),
        (10**13, r"events is 10000000000000.0; a count must be under 10\^12"),
        ("12", "events is '12'; give a number, or leave it missing"),
        (["1", "x"], "events is '1' at position 0"),
        (pd.Series([1, "six", 2], index=AREAS), "events is 'six' in row 'Islington'"),
        (pd.Series(["a", "b", "c"], index=AREAS), "events is 'a' in row 'Camden'"),
        (True, "events is True; give a number"),
        (pd.Series([True, False, True]), "events is True in row 0"),
        (3 + 4j, "give a number"),
        (pd.Timestamp("2024-01-01"), "give a number"),
        (pd.Series(pd.to_datetime(["2024-01-01"] * 3)), "give a number"),
        ([[1, 2], [3]], "rows of different lengths"),
        (pd.DataFrame({"events": [1]}), "give one column of it"),
    ],
)
def test_an_impossible_count_is_named_in_one_sentence(events, sentence):
    with pytest.raises(InputProblem, match=sentence) as problem:
        rate(events, 100)
    assert isinstance(problem.value, ValueError)
    assert str(problem.value).endswith(".")
    assert str(problem.value).count(". ") == 0


def test_python_and_nullable_numbers_are_all_taken():
    expected = rate(5, 100).value
    for five in (5.0, np.float32(5), decimal.Decimal(5), fractions.Fraction(10, 2), np.array(5)):
        assert rate(five, 100).value == expected
    assert proportion(fractions.Fraction(1, 3), 1).value == 1 / 3
    mixed = pd.Series([fractions.Fraction(5), decimal.Decimal(5), 5, np.int8(5), None, 5.0])
    assert list(rate(mixed, 100).value.dropna()) == [expected] * 5
    for five in ([5], (5,), pd.array([5], dtype="Int64"), pd.array([5.0], dtype="Float64")):
        assert list(rate(five, 100).value) == [expected]
    hidden = np.ma.MaskedArray([5, 6], mask=[False, True])
    assert list(rate(hidden, 100).flags) == ["small_numerator", "missing"]


def test_a_column_with_nothing_in_it_is_missing_not_text():
    column = pd.Series([None, None], dtype="str")
    assert list(rate(column, 100).flags) == ["missing", "missing"]


@pytest.mark.parametrize(
    ("column", "what"),
    [
        (np.array([1, 2], "m8[ns]"), "lengths of time"),  # as integers they are nanoseconds
        (pd.Series(pd.to_timedelta([1, 2], unit="D")), "lengths of time"),
        (np.array(["2024-01-01", "2024-01-02"], "M8[ns]"), "dates"),
        (pd.Series(pd.to_datetime(["2024-01-01", None])), "dates"),
    ],
)
def test_dates_and_lengths_of_time_are_no_numbers(column, what):
    with pytest.raises(InputProblem, match=f"n holds {what}; give a number, such as days"):
        proportion([1, 2], column)


def test_series_with_different_indexes_are_never_aligned_silently():
    one = pd.Series([1, 2, 3], index=AREAS)
    other = pd.Series([10, 20, 30], index=AREAS[::-1])
    with pytest.raises(InputProblem, match="x and n are Series with different indexes"):
        proportion(one, other)
    with pytest.raises(InputProblem, match="different indexes"):
        risk_ratio(1, other, one, 50)


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(InputProblem, match=r"x has \(2,\), n has \(3,\)"):
        proportion(np.array([1, 2]), np.array([3, 4, 5]))
    with pytest.raises(InputProblem, match="shapes do not fit"):
        rate(pd.Series([1, 2]), np.array([[5], [6]]))


@pytest.mark.parametrize(
    "confidence", [0, 1, 95, -0.5, "0.95", None, float("nan"), True, 1e-17, 1 - 1e-17, 10**400, 1j]
)
def test_confidence_lies_between_0_and_1(confidence):
    with pytest.raises(InputProblem, match="confidence is"):
        proportion(1, 2, confidence=confidence)


def test_a_decimal_is_a_number_for_every_option():
    half = decimal.Decimal("0.5")
    assert proportion(5, 10, confidence=half).confidence == 0.5
    assert rate(5, 10, per=half).value == 0.25
    with pytest.raises(InputProblem, match="per is inf; give a number above 0"):
        rate(5, 10, per=10**9999)


COUNTS = st.one_of(st.integers(0, 50), st.just(0.0), st.floats(0.01, 1e12))


@settings(max_examples=30)
@given(COUNTS, COUNTS, COUNTS, COUNTS, st.floats(1e-6, 1 - 1e-9))
def test_no_count_at_all_makes_a_warning_or_turns_an_interval_around(a, b, c, d, confidence):
    """Warnings are errors here; what does not exist is NaN with a flag."""
    (x1, n1), (x0, n0) = sorted((a, b)), sorted((c, d))
    results = [
        *(proportion(x1, n1, confidence, how) for how in ("wilson", "exact", "jeffreys")),
        *(rate(a, b, 1000, confidence, how) for how in ("auto", "exact", "byar")),
        *(
            risk_ratio(x1, n1, x0, n0, confidence, how)
            for how in ("koopman", "miettinen_nurminen", "mover", "katz")
        ),
        *(rate_ratio(a, b, c, d, confidence, how) for how in ("auto", "midp", "wald", "score")),
    ]
    for result in results:
        assert not result.lower > result.upper * (1 + 1e-8), result
        assert not (np.isnan(result.value) or np.isnan(result.lower)) or "undefined" in result.flags
        assert np.isnan(result.p_value) or 0 <= result.p_value <= 1


@pytest.mark.parametrize(
    ("call", "choices"),
    [
        (lambda: proportion(1, 2, method="wald"), "wilson, exact, jeffreys"),
        (lambda: rate(1, 2, method="wald"), "auto, exact, byar"),
        (lambda: risk_ratio(1, 2, 1, 2, method="auto"), "koopman, miettinen_nurminen, mover, katz"),
        (lambda: rate_ratio(1, 2, 1, 2, method=None), "auto, exact, midp, wald, score"),
    ],
)
def test_an_unknown_method_lists_the_choices(call, choices):
    with pytest.raises(InputProblem, match=choices):
        call()
