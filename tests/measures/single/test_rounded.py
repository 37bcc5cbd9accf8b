from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import cohorts_that_fit, ratio_bounds, smallest_cohort


def prints_as(numerator, denominator, decimals):
    """Both ways of rounding a half, in exact arithmetic."""
    digit = Decimal(1).scaleb(-decimals)
    exact = Decimal(100 * numerator) / Decimal(denominator)
    return {float(exact.quantize(digit, way)) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}


def test_o52_under_90_children_three_cohorts_print_as_52_1_per_cent(examples):
    example = examples["O-52"]
    given = example["inputs"]
    found = cohorts_that_fit(given["percentage"], given["decimals"], given["below"] - 1)
    assert found.to_numpy().tolist() == example["expected"]["cohorts"]


@pytest.mark.parametrize(
    ("percentage", "numerator", "denominator"), [(54.34, 94, 173), (21.74, 5, 23), (33.33, 1, 3)]
)
def test_the_smallest_cohort_behind_two_decimals(percentage, numerator, denominator):
    found = smallest_cohort(percentage, 2)
    assert found.to_numpy().tolist() == [[numerator, denominator]]


@few(10, st.integers(0, 1000), st.sampled_from([0, 1]))
def test_every_pair_that_fits_is_found_and_no_other(tenths, decimals):
    percentage = tenths / 10 if decimals else tenths // 10
    found = {tuple(row) for row in cohorts_that_fit(percentage, decimals, 40).to_numpy()}
    expected = {
        (x, n)
        for n in range(1, 41)
        for x in range(n + 1)
        if percentage in prints_as(x, n, decimals)
    }
    assert found == expected


def test_a_half_may_be_rounded_up_or_to_the_even_digit():
    half = cohorts_that_fit(12, 0, 8)
    assert [1, 8] in half.to_numpy().tolist()  # 12.5 is 12 to the even digit, 13 upward
    assert [1, 8] in cohorts_that_fit(13, 0, 8).to_numpy().tolist()
    assert [3, 8] not in cohorts_that_fit(37, 0, 8).to_numpy().tolist()  # 37.5 is 38 either way


@few(10, st.lists(st.integers(0, 10_000), min_size=1, max_size=30))
def test_smallest_cohorts_are_the_first_that_fit(hundredths):
    printed = pd.Series(hundredths, index=[f"row {i}" for i in range(len(hundredths))]) / 100
    found = smallest_cohort(printed, 2)
    assert found.index.equals(printed.index)
    for percentage, (x, n) in zip(printed, found.to_numpy(), strict=True):
        assert round(percentage, 2) in prints_as(x, n, 2)
        assert cohorts_that_fit(percentage, 2, int(n)).iloc[0].tolist() == [x, n]


def test_printed_tenths_have_their_first_cohort():
    printed = np.arange(0, 1001, 3) / 10
    found = smallest_cohort(printed, 1)
    for percentage, (x, n) in zip(printed, found.to_numpy(), strict=True):
        assert cohorts_that_fit(float(percentage), 1, int(n)).iloc[0].tolist() == [x, n]


def test_six_decimals_take_no_search():
    found = smallest_cohort([1e-6, 99.999999, 33.333334, 50, 33.333333], 6)
    assert found.to_numpy().tolist() == [
        [1, 66_666_667],
        [66_666_666, 66_666_667],
        [9_523_810, 28_571_429],
        [1, 2],
        [1, 3],
    ]


def test_a_missing_percentage_has_no_cohort():
    found = smallest_cohort(pd.Series([50.0, None, 0.0, 100.0]), 1)
    assert found["denominator"].isna().tolist() == [False, True, False, False]
    assert found.loc[3].tolist() == [1, 1]
    assert found.loc[2].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("percentage", "decimals", "sentence"),
    [
        (52.14, 1, "more than 1 decimals"),
        (101, 0, "between 0 and 100"),
        (-1, 0, "cannot be negative"),
        (50, -1, "decimals is -1"),
        (50, 1.5, "decimals is 1.5"),
        (50, True, "decimals is True"),
    ],
)
def test_a_figure_that_was_never_printed_is_refused(percentage, decimals, sentence):
    with pytest.raises(InputProblem, match=sentence):
        smallest_cohort(percentage, decimals)


def test_cohorts_are_for_one_figure_at_a_time():
    with pytest.raises(InputProblem, match="smallest_cohort"):
        cohorts_that_fit([50, 51], 0)


SHARES = st.tuples(st.floats(1, 60), st.floats(1, 38)).map(
    lambda pair: (pair[0], min(pair[1], 100 - pair[0]))
)


@few(10, SHARES, SHARES)
def test_the_true_ratio_lies_within_the_bounds_of_its_rounded_shares(top, base):
    true = (top[0] / base[0]) / (top[1] / base[1])
    printed = [float(round(share)) for share in (top[0], base[0], top[1], base[1])]
    bounds = ratio_bounds(*printed).iloc[0]
    assert bounds["lowest"] <= true * (1 + 1e-9)
    assert bounds["highest"] >= true * (1 - 1e-9)


def test_bounds_are_the_corners_when_the_whole_does_not_bind():
    found = ratio_bounds(22, 12, 40, 48).iloc[0]
    assert found["lowest"] == pytest.approx((21.5 / 12.5) / (40.5 / 47.5))
    assert found["highest"] == pytest.approx((22.5 / 11.5) / (39.5 / 48.5))


def test_zero_and_all_are_handled():
    shares = pd.DataFrame(
        {"top": [0, 22, 0, None, 100], "base": [5, 0, 0, 5, 50], "top0": [40, 40, 40, 40, 0]},
        index=list("abcde"),
    )
    found = ratio_bounds(shares["top"], shares["base"], shares["top0"], 50)
    assert found.index.tolist() == list("abcde")
    assert found["lowest"].iloc[0] == 0
    assert found["highest"].iloc[1] == np.inf
    assert found["flags"].tolist() == [
        "",
        "undefined;unbounded",
        "undefined;unbounded",
        "missing",
        "undefined;unbounded",
    ]
    assert found.loc["d", ["value", "lowest", "highest"]].isna().all()
    assert found.loc["e", "lowest"] == pytest.approx((99.5 / 50.5) / (0.5 / 49.5))


def test_shares_that_cannot_be_of_one_whole_are_refused():
    with pytest.raises(InputProblem, match="add to 110, above 100 even after rounding"):
        ratio_bounds(60, 10, 50, 50)
    assert ratio_bounds(51, 10, 50, 50)["highest"].iloc[0] == pytest.approx(
        (50.5 / 9.5) / (49.5 / 50.5)
    )
    with pytest.raises(InputProblem, match="base_share is 120"):
        ratio_bounds(60, 120, 30, 50)


def test_a_sliver_of_a_share_makes_no_warning():
    assert np.isnan(ratio_bounds(5, 5e-324, 5, 5)["value"].iloc[0])


def test_a_reference_without_a_share_of_the_base_has_no_ratio():
    row = ratio_bounds(22, 12, 40, 0).iloc[0]
    assert np.isnan(row["value"])
    assert "undefined" in row["flags"]


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_every_pair_that_fits_is_found_and_no_other,
        test_smallest_cohorts_are_the_first_that_fit,
        test_the_true_ratio_lies_within_the_bounds_of_its_rounded_shares,
    ],
)
def test_the_same_properties_at_length(test):
    many(test)
