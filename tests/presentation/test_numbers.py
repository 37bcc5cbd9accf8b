"""Numbers as they are printed."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.presentation import numbers

FINITE = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (62.5, 0, "63"),  # round() gives 62
        (0.125, 2, "0.13"),
        (2.675, 2, "2.68"),  # the float lies a little below
        (0.145 * 100, 0, "15"),  # 14.499999999999998
        (-0.0, 1, "0.0"),
        (1234567.891, 1, "1,234,567.9"),
        (-5, 0, "\u22125"),
        (1e300, 0, f"{10**300:,}"),
    ],
)
def test_rounds_on_the_decimal_form_half_away_from_zero(value, decimals, text):
    assert numbers.decimal(value, decimals) == text


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA])
def test_missing_is_said_and_never_zero(missing):
    for form in (numbers.count, numbers.ratio, numbers.rate, numbers.percent):
        assert form(missing) == "not available"


def test_text_is_not_a_number():
    with pytest.raises(ValueError, match="could not convert"):
        numbers.count("twelve")


def test_bounds_that_do_not_exist_are_worded():
    assert numbers.ratio(math.inf) == "no upper limit"
    assert "not estimable above" in numbers.interval(3, 1.2, math.inf)
    assert "not estimable below" in numbers.interval(-3, -math.inf, 1.2)
    assert "upper end not available" in numbers.interval(3, 1.2, math.nan)
    assert numbers.interval(3, math.nan, math.nan) == "3.00 (no interval available)"
    assert numbers.interval(math.nan, 1, 2) == "not available"


def test_the_interval_is_worded_in_full():
    assert numbers.interval(0.95, 0.45, 2.02) == "0.95 (95% confidence interval 0.45 to 2.02)"
    assert numbers.interval(1, 0.9, 1.1, confidence=0.998).endswith(
        "(99.8% confidence interval 0.90 to 1.10)"
    )


def test_a_rate_and_its_bounds_have_the_same_decimals():
    assert numbers.interval(145.2, 98.76, 201.3, form=numbers.rate) == (
        "145 (95% confidence interval 99 to 201)"
    )


@given(st.floats(1e-6, 1e9))
def test_nothing_but_zero_is_printed_as_zero(value):
    assert any(digit in "123456789" for digit in numbers.decimal(value, 0))


@given(FINITE, FINITE)
def test_a_bound_is_printed_on_its_own_side_of_the_null(lower, null):
    if abs(lower - null) < 1e-5 or abs(lower) > 1e8:
        return
    shown = float(
        numbers.decimal(lower, 2, apart_from=null).replace(",", "").replace("\u2212", "-")
    )
    assert (shown > null) == (lower > null)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0499, "p = 0.0499"), (0.05, "p = 0.050"), (0.0501, "p = 0.0501"), (0.0, "p < 0.001")],
)
def test_a_p_value_never_crosses_the_level_by_rounding(value, text):
    assert numbers.p_value(value) == text


def test_a_share_just_under_the_whole_is_not_all():
    assert numbers.percent(0.9999) == "99.99%"
    assert numbers.percent(1) == "100.0%"
