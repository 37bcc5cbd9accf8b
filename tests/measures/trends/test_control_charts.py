"""Control charts against published ones, each rule by itself, and the edges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures.trends.control_charts import control_chart
from youthjustice.measures.trends.rare_events import g_chart
from youthjustice.measures.trends.runs import in_run, near_twice_in_three


def limits(chart):
    return chart[["lower", "upper"]].iloc[0].tolist()


def test_o15_limits_of_twenty_values(examples, reproduced):
    example = examples["O-15"]
    chart = control_chart(example["inputs"]["y"])
    tolerance = example["tolerance"]
    reproduced(example, limits(chart), example["expected"]["limits"], atol=tolerance)
    reproduced(example, chart["centre"].iloc[0], example["expected"]["mean"], atol=tolerance)
    assert set(chart["variation"]) == {"common cause"}


@pytest.mark.parametrize("screen", [True, False])
def test_o15_with_an_outlier_screened_and_unscreened(examples, screen, reproduced):
    example = examples["O-15"]
    y = list(example["inputs"]["y"])
    y[example["inputs"]["outlier_position"] - 1] = example["inputs"]["outlier_value"]
    chart = control_chart(y, screen=screen)
    expected = example["expected"]["screened" if screen else "unscreened"]
    reproduced(example, limits(chart), expected["limits"], atol=example["tolerance"])
    reproduced(example, chart["centre"].iloc[0], expected["mean"], atol=example["tolerance"])
    assert np.flatnonzero(chart["outside"]).tolist() == [14]


def test_occ1_belt_diameters_of_tyres(examples, reproduced):
    example = examples["CC-1"]
    chart = control_chart(example["inputs"]["y"], screen=False)
    expected, tolerance = example["expected"], example["tolerance"]
    reproduced(example, limits(chart), expected["limits"], atol=tolerance)
    reproduced(example, chart["centre"].iloc[0], expected["mean"], atol=tolerance)
    reproduced(example, chart["moving_range"].mean(), expected["moving_range"], atol=1e-6)
    reproduced(
        example, chart["moving_range_limit"].iloc[0], expected["moving_range_limit"], atol=tolerance
    )


STEADY = [
    11.0,
    9,
    11,
    9,
    11,
    9,
    11,
    9,
    11,
    9,
    11,
    9,
]  # mean 10, mean moving range 2, limits 10 ± 5.32


def after(*values, **options):
    """Chart some values against the frozen limits of a steady baseline."""
    return control_chart([*STEADY, *values], baseline=12, **options).iloc[12:].reset_index()


def test_a_point_outside_the_limits():
    chart = after(15.33, 15.31, 4.67)
    assert chart["outside"].tolist() == [True, False, True]
    assert chart["variation"].tolist()[0] == "special cause higher"
    assert chart["variation"].tolist()[2] == "special cause lower"
    assert chart["rule"].tolist()[0] == "outside"


def test_seven_points_on_one_side_and_a_point_on_the_centre_breaks_the_run():
    chart = after(9.0, 11, 12, 11, 12, 11, 12, 11, 9)
    assert chart["shift"].tolist() == [False, *[True] * 7, False]
    assert chart["rule"].iloc[1] == "shift"
    broken = after(9.0, 11, 12, 11, 10, 11, 12, 11)
    assert not broken["shift"].any()
    assert after(8.0, 9, 8, shift=3)["shift"].sum() == 3


def test_seven_points_that_rise_each_above_the_one_before():
    chart = after(8.0, 8.5, 9, 9.5, 10.5, 11, 11.5, 9)
    assert chart["trend"].tolist() == [True] * 7 + [False]
    assert set(chart["variation"][:7]) == {"special cause higher"}
    assert not after(8.0, 8.5, 9, 9.5, 9.5, 11, 11.5, 9)["trend"].any()
    falling = after(12.0, 11.5, 11, 10.5, 9.5, 9, 8.5)
    assert set(falling["variation"]) == {"special cause lower"}


def test_two_of_three_near_one_limit():
    chart = after(13.6, 10.5, 13.6, 9.0)
    assert chart["two_of_three"].tolist() == [True, False, True, False]
    assert chart["near_upper"].iloc[0] == pytest.approx(10 + 2.66 * 2 * 2 / 3)
    assert not after(13.6, 9.5, 13.6, 9.0)["two_of_three"].any()
    assert not after(13.6, 6.4, 13.6)["two_of_three"].any()
    assert not after(13.5, 10.5, 13.5)["two_of_three"].any()


def test_rules_stand_in_order_and_can_be_left_out():
    chart = after(11.0, 12, 13, 14, 15, 15.2, 16)
    assert chart["rule"].iloc[6] == "outside"
    assert chart["rule"].iloc[0] == "trend"
    only = after(11.0, 12, 13, 14, 15, 15.2, 16, rules="shift")
    assert set(only["rule"]) == {"shift"}
    assert "outside" not in only
    assert set(after(99.0, rules=())["variation"]) == {"common cause"}


def test_a_baseline_is_frozen():
    chart = control_chart([*STEADY, 30.0, 31, 32], baseline=12)
    assert set(chart["centre"]) == {10.0}
    assert control_chart([*STEADY, 30.0, 31, 32])["centre"].iloc[0] > 10


def test_phases_know_nothing_of_each_other():
    days = pd.date_range("2022-01-31", periods=24, freq="ME")
    series = pd.Series([*STEADY, *(value + 50 for value in STEADY)], index=days)
    chart = control_chart(series, rebase_at="2023-01-31")
    assert chart["centre"].tolist() == [10.0] * 12 + [60.0] * 12
    assert chart["phase"].tolist() == [1] * 12 + [2] * 12
    assert set(chart["variation"]) == {"common cause"}
    assert chart.index.equals(days)
    again = control_chart(series.to_numpy(), rebase_at=[12])
    assert again["centre"].tolist() == chart["centre"].tolist()
    assert np.isnan(chart["moving_range"].iloc[12])


def test_a_missing_value_breaks_runs_and_has_no_moving_range():
    chart = after(11.0, 12, 11, np.nan, 11, 12, 11, 12)
    assert not chart["shift"].any()
    assert chart["variation"].tolist().count("missing") == 1
    assert chart["moving_range"].isna().tolist() == [False] * 3 + [True, True] + [False] * 3
    plain = control_chart([*STEADY, None, 9.0, 11.0], screen=False)
    assert plain["upper"].iloc[0] == pytest.approx(10 + 2.66 * 2)


def test_the_lower_limit_of_what_cannot_be_negative_is_0():
    assert control_chart([9.0, 1, 8, 1, 9, 0, 9, 1, 8, 1, 9, 0])["lower"].iloc[0] == 0
    assert control_chart([-9.0, 1, 8, 1, 9, 0, 9, 1, 8, 1, 9, 0])["lower"].iloc[0] < 0


def test_few_events_are_said():
    assert set(control_chart([3, 0, 2, 1, 0, 4, 1, 2, 0, 3, 1, 0])["flags"]) == {"few_events"}
    assert set(control_chart([13, 10, 12, 11, 9, 14, 11, 12, 9, 13, 11, 9])["flags"]) == {""}
    assert set(control_chart([0.3, 0, 0.2, 0.1] * 3)["flags"]) == {""}


def test_a_target_is_set_against_the_limits():
    for target, words in ((10, "inside the"), (16, "above the"), (4, "below the")):
        chart = control_chart(STEADY, target=target)
        assert set(chart["assurance"]) == {f"target {words} limits"}
    assert "assurance" not in control_chart(STEADY)


def test_values_that_never_vary_are_common_cause():
    chart = control_chart([0.1] * 30)
    assert set(chart["variation"]) == {"common cause"}
    odd = control_chart([0.1] * 30 + [0.2], baseline=30)
    assert odd["variation"].iloc[30] == "special cause higher"


def test_screening_never_leaves_limits_without_width():
    chart = control_chart([5.0] * 11 + [9.0], rules="outside")
    assert chart["variation"].tolist() == ["common cause"] * 11 + ["special cause higher"]
    assert limits(chart) == limits(control_chart([5.0] * 11 + [9.0], screen=False))


def test_dates_that_run_backwards_or_are_missing_are_refused():
    days = pd.date_range("2023-01-31", periods=12, freq="ME")
    for index, found in (
        (days[::-1], "are not in order of time"),
        (days.where(days.month != 3), "hold a missing one"),
        (days.to_period("M")[::-1], "are not in order of time"),
    ):
        with pytest.raises(InputProblem, match=found):
            control_chart(pd.Series(STEADY, index=index))
        with pytest.raises(InputProblem, match=found):
            g_chart(pd.Series(STEADY, index=index))


@settings(max_examples=20)
@given(
    st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 2)), min_size=12, max_size=40),
    st.floats(0.5, 50),
    st.floats(-1e3, 1e3),
)
def test_another_unit_changes_no_signal_and_a_mirror_exchanges_them(values, scale, shift):
    values = np.array(values)
    chart = control_chart(values, screen=False)
    mirror = control_chart(-values, screen=False)
    words = {"special cause higher": "special cause lower", "common cause": "common cause"}
    words |= {"special cause lower": "special cause higher"}
    assert mirror["variation"].tolist() == chart["variation"].map(words).tolist()
    if np.ptp(values) > 1:
        moved = control_chart(values * scale + shift, screen=False)
        np.testing.assert_allclose(
            moved["upper"], chart["upper"] * scale + shift, atol=1e-6 * (1 + abs(scale * 1e6))
        )


def brute_runs(sign, length):
    marked = np.zeros(len(sign))
    for start in range(len(sign)):
        for stop in range(start + length, len(sign) + 1):
            part = set(sign[start:stop])
            if len(part) == 1 and 0 not in part:
                marked[start:stop] = part.pop()
    return marked


@settings(max_examples=40)
@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), max_size=20), st.integers(2, 5))
def test_runs_agree_with_looking_at_every_stretch(sign, length):
    sign = np.array(sign, dtype=float)
    np.testing.assert_array_equal(in_run(sign, length), brute_runs(sign, length))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([-1.0, 0.0, 1.0]), st.booleans()), max_size=15))
def test_two_of_three_agrees_with_looking_at_every_three(points):
    side = np.array([point[0] for point in points], dtype=float)
    near = np.array([point[1] for point in points], dtype=bool)
    expected = np.zeros(len(points))
    for start in range(len(points) - 2):
        three = slice(start, start + 3)
        if abs(side[three].sum()) == 3 and near[three].sum() >= 2:
            expected[three] = np.where(near[three], side[three], expected[three])
    np.testing.assert_array_equal(near_twice_in_three(side, near), expected)


def test_a_steady_process_seldom_signals():
    chart = control_chart(np.random.default_rng(1).normal(size=20_000), rules="outside")
    assert 0.001 < chart["outside"].mean() < 0.005


@pytest.mark.parametrize(
    ("values", "options", "message"),
    [
        (STEADY[:11], {}, "has 11 known points and limits need 12"),
        ([], {}, "The baseline has 0 known points"),
        ([None] * 12, {}, "has 0 known points"),
        ([1, None] * 12, {}, "No two neighbouring values are known"),
        (STEADY, {"baseline": 11}, "has 11 known points"),
        (STEADY, {"baseline": 1}, "baseline is 1"),
        (STEADY, {"baseline": 2.5}, "baseline is 2.5"),
        (STEADY, {"rebase_at": 6}, "phase that starts at 0 has 6 known points"),
        (STEADY, {"rebase_at": 99}, "rebase_at holds 99, which is not in the index"),
        (STEADY, {"rules": ("outside", "zone")}, "rules holds 'zone'"),
        (STEADY, {"rules": 3}, "rules holds 3"),
        (STEADY, {"rebase_at": [[6]]}, r"rebase_at holds \[6\]"),
        (STEADY, {"shift": 1}, "shift is 1"),
        (STEADY, {"minimum_points": "12"}, "minimum_points is '12'"),
        (STEADY, {"target": "low"}, "target is 'low'"),
        (STEADY, {"target": np.nan}, "target is nan"),
        (["a"] * 12, {}, "values is 'a' at position 0"),
        ([np.inf, *STEADY], {}, "values is inf"),
        (5, {}, "values must be one series"),
        ([[1, 2], [3, 4]], {}, "values must be one series"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(values, options, message):
    with pytest.raises(InputProblem, match=message):
        control_chart(values, **options)
