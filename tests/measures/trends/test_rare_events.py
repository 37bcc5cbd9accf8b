"""Charts between rare events against the distributions they rest on."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from youthjustice.errors import InputProblem
from youthjustice.measures.trends.control_charts import control_chart
from youthjustice.measures.trends.rare_events import days_between, g_chart, t_chart

VALVES = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214]
VALVES += [2831, 96]  # Montgomery, Introduction to Statistical Quality Control: hours to failure


def test_days_between_are_in_order_of_time_and_indexed_by_date():
    found = days_between(pd.Series(["2024-03-01", "2024-01-31", "2024-03-01"]))
    assert found.tolist() == [30, 0]
    assert found.index.tolist() == [pd.Timestamp("2024-03-01")] * 2
    assert days_between(["2024-01-31"]).empty
    with pytest.raises(InputProblem, match="dates is 20240131 in row 0"):
        days_between([20240131])


def test_days_between_count_days_of_the_calendar_whatever_the_hour_and_the_zone():
    late, early = pd.Timestamp("2024-01-01 23:00", tz="UTC"), pd.Timestamp("2024-01-02 01:00")
    for dates in ([late, early], [early, late], np.array(["2024-01-02", "2024-01-01"], "M8[D]")):
        assert days_between(dates).tolist() == [1]
    with pytest.raises(InputProblem, match="dates is missing in row 0; give the date of the event"):
        days_between([pd.NaT])


def test_a_t_chart_is_an_xmr_chart_of_roots_carried_back():
    chart = t_chart(VALVES)
    roots = control_chart(np.array(VALVES) ** (1 / 3.6), screen=False)
    np.testing.assert_allclose(chart["centre"], roots["centre"] ** 3.6)
    np.testing.assert_allclose(chart["upper"], roots["upper"] ** 3.6)
    assert chart["lower"].iloc[0] == 0
    assert chart["value"].tolist() == VALVES
    assert set(chart["variation"]) == {"common cause"}
    assert 5_000 < chart["upper"].iloc[0] < 9_000


def test_a_t_chart_of_exponential_times_seldom_signals_and_hears_a_change():
    times = np.random.default_rng(3).exponential(20, 5_000)
    chart = t_chart(times)
    assert chart["outside"].mean() < 0.006
    assert chart["centre"].iloc[0] == pytest.approx(20 * np.log(2), rel=0.05)
    longer = t_chart([*times[:40], 200.0], baseline=40)
    assert longer["variation"].iloc[40] == "longer between events"
    shorter = t_chart([*times[:40], *[1.0] * 7], baseline=40)
    assert shorter["variation"].iloc[46] == "shorter between events"


def test_a_t_chart_keeps_its_index_and_flags_times_of_0():
    times = days_between(pd.date_range("2024-01-01", periods=14, freq="9D"))
    chart = t_chart(times.where(times.index != times.index[3], 0))
    assert chart.index.equals(times.index)
    assert chart["flags"].tolist().count("zero_times") == 1
    phased = t_chart(pd.concat([times, times + 3]).to_numpy(), rebase_at=13)
    assert phased["phase"].tolist() == [1] * 13 + [2] * 13


@pytest.mark.parametrize("mean", [0, 1, 2, 7, 25, 300, 738, 740, 3000])
def test_limits_of_a_g_chart_are_quantiles_of_the_geometric_distribution(mean):
    row = g_chart([mean] * 12).iloc[0]
    if mean == 0:
        assert row[["centre", "lower", "upper"]].tolist() == [0, 0, 0]
        return
    law = stats.nbinom(1, 1 / (1 + mean))
    assert row["centre"] == law.ppf(0.5)
    assert law.sf(row["upper"]) <= 0.00135 * (1 + 1e-9) < law.sf(row["upper"] - 1)
    assert law.cdf(row["lower"] - 1) <= 0.00135 < law.cdf(row["lower"])


def test_sigma_limits_are_those_of_benneyan():
    row = g_chart([10, 30] * 6, limits="sigma").iloc[0]
    assert (row["centre"], row["lower"]) == (20, 0)
    assert row["upper"] == pytest.approx(20 + 3 * np.sqrt(20 * 21))


def test_a_g_chart_signals_as_often_as_it_says():
    gaps = np.random.default_rng(5).geometric(0.04, 100_000) - 1.0
    chart = g_chart(gaps)
    assert 0.0008 < chart["outside"].mean() < 0.0017
    assert chart["zero_run"].mean() < 0.005


def test_a_run_of_zeros_is_a_cluster():
    gaps = [25, 14, 40, 3, 22, 31, 9, 18, 27, 12, 35, 16, 0, 0, 0, 20]
    chart = g_chart(gaps, baseline=12)
    assert chart.attrs["zeros_in_a_row"] == 3  # (1 / 22)^3 is under 0.00135, its square is not
    assert chart["zero_run"].tolist() == [False] * 12 + [True] * 3 + [False]
    assert chart["variation"].iloc[12] == "shorter between events"
    broken = g_chart([*gaps[:13], None, 0, 0], baseline=12)
    assert not broken["zero_run"].any()
    assert broken["variation"].iloc[13] == "missing"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: g_chart([1.5] * 12), r"between is 1\.5 at position 0; it counts cases"),
        (lambda: g_chart([-1] * 12), "between is -1"),
        (lambda: g_chart([1] * 11), "has 11 known points and limits need 12"),
        (lambda: g_chart([1] * 12, baseline=6), "has 6 known points"),
        (lambda: g_chart([1] * 12, limits="exact"), "limits is 'exact'"),
        (lambda: days_between(None), "dates is None; give a list"),
        (lambda: days_between("2024-01-01"), "dates is '2024-01-01'; give a list"),
        (lambda: g_chart(3), "between must be one series"),
        (lambda: t_chart([-1] * 12), "times is -1"),
        (lambda: t_chart([5] * 11), "has 11 known points"),
        (lambda: t_chart(["soon"] * 12), "times is 'soon'"),
        (lambda: t_chart(3), "must be one series"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(call, message):
    with pytest.raises(InputProblem, match=message):
        call()
