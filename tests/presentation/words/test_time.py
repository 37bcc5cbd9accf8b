"""Sentences on change over time and time to an event claim what their intervals allow."""

from __future__ import annotations

import math
import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures import (
    control_chart,
    cox,
    cumulative_incidence,
    difference_in_change,
    g_chart,
    interrupted_series,
    kaplan_meier,
    log_rank,
    t_chart,
    trend,
)
from youthjustice.presentation import (
    control_sentence,
    difference_in_change_sentence,
    hazard_sentence,
    interrupted_sentence,
    lint_words,
    log_rank_sentence,
    survival_sentence,
    trend_sentence,
)

# Freireich and others (1963), weeks in remission and whether they ended in a relapse.
DRUG = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSE = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
WEEKS, EVENTS = DRUG + PLACEBO, RELAPSE + [1] * 21
GROUPS = ["6-MP"] * 21 + ["placebo"] * 21
PATIENTS = {"outcome": "relapsed", "people": "patients"}

RATIO = st.floats(0.05, 8.0)


@st.composite
def ratios(draw):
    lower, value, upper = sorted(draw(st.tuples(RATIO, RATIO, RATIO)))
    return {"value": value, "lower": lower, "upper": upper}


def yearly(counts, **more):
    ends = pd.date_range("2016-12-31", periods=len(counts), freq="YE")
    return pd.DataFrame({"period_end": ends, "children": counts, **more})


def told(counts, *, subject="the number of entrants", approximate=False, **options):
    found = trend(yearly(counts), numerator="children", **options)
    return trend_sentence(found, subject=subject, approximate=approximate)


def clean(sentence):
    assert lint_words(str(sentence), strict=True) == []
    assert not re.search(r"\bnan\b|\binf\b|None (?!of)", str(sentence))
    return str(sentence)


def test_a_fall_is_told_by_the_year_and_from_first_to_last():
    sentence = told([400, 360, 330, 290, 262, 235, 214, 190, 171])
    text = clean(sentence)
    assert text.startswith("From the year ending December 2016 to the year ending December 2024")
    assert "fell by 10% a year on average (95% confidence interval" in text
    assert "Between the first and the last alone it fell by 57% (95%" in text
    assert "Some of the years are flagged" in text
    assert sentence.kind == "finding"


def test_a_trend_that_may_be_none_has_no_direction():
    text = clean(told([40, 44, 38, 41, 43, 39, 42, 40, 41]))
    assert "showed no evidence of a change: " in text
    assert not re.search(r"\b(fell|rose)\b", text)


def test_scatter_beyond_chance_is_said_and_two_counts_alone_are_not_compared():
    text = clean(told([900, 500, 800, 450, 620, 300, 520, 240, 390]))
    assert "scatter about the line by more than chance" in text
    assert "Along that line" in text
    assert "first and the last alone" not in text


def test_too_few_points_have_no_line_but_two_ends():
    text = clean(told([400, 300, 100]))
    assert "3 years are too few for a line" in text
    assert "Between the first and the last it fell by 75%" in text
    assert "a year on average" not in text


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([0] * 6, "nothing happened in any of the years"),
        ([0, 0, 0, 0, 0, 5], "not defined for these counts"),
        ([30], "is known for the year ending December 2016 alone"),
        ([np.nan] * 6, "no period is left with its counts"),
    ],
)
def test_without_a_line_the_reason_is_said_and_nothing_claimed(counts, said):
    sentence = told(counts)
    assert said in clean(sentence)
    assert sentence.kind == "note"
    assert not re.search(r"\b(fell|rose)\b", str(sentence))


def test_segments_are_told_apart_and_approximate_counts_said_to_be_so():
    text = clean(told([80, 60, 45, 33, 25, 90, 70, 50, 40, 30], breaks=["2021-06-01"]))
    assert "is broken into 2 parts that cannot be compared with one another" in text
    assert text.count("a year on average") == 2
    assert "The counts are approximate" in clean(told([80.5, 60, 45, 33, 25]))
    assert "The counts are approximate" in clean(told([80, 60, 45, 33, 25], approximate=True))


def test_a_trend_that_neighbouring_years_alike_could_explain_is_not_claimed():
    row = {
        "first_period": pd.Timestamp("2016-12-31"),
        "last_period": pd.Timestamp("2024-12-31"),
        "points": 9,
        "value": 0.9,
        "lower": 0.85,
        "upper": 0.95,
        "flags": "autocorrelated",
        "hac_lower": 0.8,
        "hac_upper": 1.02,
    }
    text = clean(trend_sentence(row, subject="the rate"))
    assert "no evidence of a change: \N{MINUS SIGN}10% a year on average (95% confidence" in text
    assert "interval \N{MINUS SIGN}20% to 2%)" in text
    assert " fell " not in text
    assert " fell " in clean(trend_sentence(row | {"hac_upper": 0.98}, subject="the rate"))
    without = trend_sentence(
        {name: cell for name, cell in row.items() if not name.startswith("hac")}, subject="the rate"
    )
    assert "no claim is made because neighbouring years are alike" in clean(without)
    assert without.kind == "note"


def test_a_first_or_last_year_that_is_flagged_and_years_left_out_are_said():
    text = clean(told([400, 360, 330, 290, 262]))
    assert "flagged as unusual, among them the first or the last, on which a change" in text
    text = clean(told([400, 360, 330, 290, 262, 235, 214, 190], exclude_flagged=True))
    assert text.endswith("Some of the years are flagged as unusual and left out.")
    none = clean(
        trend_sentence(
            trend(
                yearly([400, 360], period_end=pd.to_datetime(["2020-12-31", "2021-12-31"])),
                numerator="children",
                exclude_flagged=True,
            ),
            subject="entrants",
        )
    )
    assert "no period is left with its counts. Some of the years are flagged" in none


def test_alike_years_that_scatter_are_not_compared_first_to_last():
    wave = [150, 190, 230, 240, 220, 180, 140, 120, 130, 170, 210, 240, 240]
    text = clean(told(wave, flagged=()))
    assert "Neighbouring years are alike: the intervals allow for it" in text
    assert "scatter about the line" in text
    assert "the first and the last" not in text
    assert "Along that line" not in text


def test_trends_of_several_series_or_none_are_refused():
    found = trend(
        pd.concat([yearly([9] * 5, area="a"), yearly([8] * 5, area="b")]),
        numerator="children",
        by="area",
    )
    with pytest.raises(InputProblem, match="several series"):
        trend_sentence(found, subject="x")
    with pytest.raises(InputProblem, match="no rows"):
        trend_sentence(found.head(0), subject="x")


def test_the_confidence_of_the_frame_is_the_one_written():
    assert "(90% confidence interval" in clean(told([400, 360, 330, 290, 262], confidence=0.9))


@given(ratios())
def test_no_annual_direction_without_an_interval_that_leaves_out_none(row):
    ends = {"first_period": pd.Timestamp("2016-12-31"), "last_period": pd.Timestamp("2020-12-31")}
    text = clean(trend_sentence({**row, **ends, "points": 5, "flags": ""}, subject="the rate"))
    assert ("rose" in text) == (row["lower"] > 1)
    assert ("fell" in text) == (row["upper"] < 1)


def change(found, **extra):
    words = {"subject": "the rate in Islington", "other": "that of the rest of London"}
    return difference_in_change_sentence(found, **words, start="2016", end="2024", **extra)


def test_a_difference_in_change_is_claimed_where_its_interval_allows_it():
    text = clean(change(difference_in_change(80, 10**4, 40, 10**4, 1000, 2e5, 800, 2e5)))
    assert "fell by 50% (95% confidence interval 27% to 66%)" in text
    assert "In proportion, the first fell faster: ratio of the two changes 0.63 (95%" in text
    text = clean(change(difference_in_change(80, 10**4, 56, 10**4, 1000, 2e5, 800, 2e5)))
    assert "That is no evidence that the first fell faster" in text
    assert "the intervals hold the chance of a count and no other scatter" in text


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((400, 800, 1000, 1200), "the first rose faster"),
        ((400, 600, 1000, 2500), "the first rose more slowly"),
        ((400, 350, 1000, 400), "no evidence of a change"),
        ((400, 200, 1000, 1500), "Set against the second, the first was lower at the end"),
        ((400, 800, 1000, 600), "Set against the second, the first was higher at the end"),
        ((400, 300, 1000, 300), "the first fell more slowly"),
    ],
)
def test_both_directions_of_both_are_worded(counts, said):
    a, b, c, d = counts
    found = difference_in_change(a, 10**4, b, 10**4, c, 10**5, d, 10**5)
    assert said in clean(change(found))
    assert str(change(found)) == str(change(found.to_frame().iloc[0]))


def test_a_change_from_zero_makes_no_claim_of_how_much():
    text = clean(change(difference_in_change(0, 10**4, 40, 10**4, 1000, 2e5, 800, 2e5)))
    assert "has no change that can be given" in text
    assert "Whether the two changes differ cannot be said because one of the counts is 0" in text
    nobody = clean(change(difference_in_change(9, 0, 40, 10**4, 1000, 2e5, 800, 2e5)))
    assert "because one of the populations is 0" in nobody
    assert "approximate" in clean(
        change(difference_in_change(80.5, 10**4, 40, 10**4, 9, 2e5, 8, 2e5))
    )


@given(ratios(), ratios(), ratios())
def test_faster_is_said_where_the_ratio_of_changes_leaves_out_1(both, own, others):
    row = dict(both)
    for name, part in (("change", own), ("reference_change", others)):
        row |= {name: part["value"], f"{name}_lower": part["lower"], f"{name}_upper": part["upper"]}
    sentence = clean(change(row))
    apart = not both["lower"] <= 1 <= both["upper"]
    assert ("That is no evidence" in sentence) == (not apart)
    assert bool(re.search("In proportion, the first|Set against the second", sentence)) == apart


def stepped(step, size=12, slope=1.0):
    at = np.arange(size)
    after = at >= size // 2
    level = 4000 * 0.9**at * np.where(after, step * slope ** (at - size // 2), 1)
    return interrupted_series(yearly(np.round(level)), at="2022-01-01", numerator="children")


def test_a_step_is_an_association_in_time_and_no_cause():
    sentence = interrupted_sentence(stepped(0.5), subject="the rate", event="the scheme")
    text = clean(sentence)
    assert "From 1 January 2022, when the scheme began, the rate was lower than" in text
    assert "no evidence that its change from year to year was other" in text
    assert "not what caused it" in text and "no comparator" in text
    same = clean(interrupted_sentence(stepped(1.0), subject="the rate", event="the scheme"))
    assert "no evidence that the rate was higher or lower than its earlier trend" in same
    turned = clean(interrupted_sentence(stepped(1.0, slope=1.3), subject="the rate", event="it"))
    assert "Its change from year to year turned upwards" in turned


def test_an_interrupted_series_says_what_is_odd_about_its_periods():
    rows = stepped(0.5).assign(flags="missing;flagged_periods;overdispersed;not_whole")
    text = clean(interrupted_sentence(rows, subject="the rate", event="the scheme"))
    assert "Some periods are missing and left out." in text
    assert "Some of the periods are flagged as unusual." in text
    assert "scatter about the line by more than chance" in text
    alike = rows.assign(flags="autocorrelated", hac_lower=0.4, hac_upper=1.1)
    text = clean(interrupted_sentence(alike, subject="the rate", event="the scheme"))
    assert "no evidence that the rate was higher or lower" in text
    assert "\N{MINUS SIGN}60% to 10%" in text
    rows.attrs = {}
    with pytest.raises(InputProblem, match="needs the date of the event"):
        interrupted_sentence(rows, subject="the rate", event="the scheme")


def test_an_interrupted_series_too_short_claims_nothing():
    sentence = interrupted_sentence(stepped(0.5, size=6), subject="the rate", event="the scheme")
    assert "no change of the rate can be told: fewer than 5 points" in clean(sentence)
    assert sentence.kind == "note"
    with pytest.raises(InputProblem, match="one series"):
        interrupted_sentence(pd.concat([stepped(0.5)] * 2), subject="x", event="y")


def test_points_that_stand_out_are_named_and_explained_by_nobody():
    index = pd.date_range("2022-03-31", periods=17, freq="QE")
    series = pd.Series([9, 11, 12, 8] * 4 + [30], index=index)
    text = clean(control_sentence(control_chart(series), subject="entrants", periods="quarters"))
    assert "1 of 17 quarters of entrants stands out" in text
    assert "higher in March 2026 (above the limit)" in text
    assert "gives none" in text
    calm = clean(control_sentence(control_chart(series[:16]), subject="entrants"))
    assert calm.startswith("None of 16 periods")
    assert "does not show that nothing changed" in calm


def test_counts_too_few_for_limits_say_so_and_mark_nothing():
    sentence = control_sentence(control_chart([1, 2, 0, 1] * 5 + [9]), subject="breaches")
    assert "too few for limits" in clean(sentence)
    assert sentence.kind == "note"
    assert "higher" not in str(sentence)


def test_rebasing_gaps_and_charts_of_rare_events_have_words():
    values = [9.5, 11, 12, 8] * 4 + [29.5, 31, 32, 28] * 4
    text = clean(control_sentence(control_chart([*values, None], rebase_at=[16]), subject="x"))
    assert "Limits were set anew from 16" in text
    assert "1 missing is left out" in text
    gaps = [4, 9, 2, 6, 0, 11, 3, 7, 5, 1, 8, 4]
    assert "(above the limit)" in clean(
        control_sentence(g_chart([*gaps, 60], baseline=12), subject="x")
    )
    assert "run of zeros" in clean(
        control_sentence(g_chart([*gaps, *[0] * 9], baseline=12), subject="x")
    )
    assert "mean" not in clean(control_sentence(t_chart([20, 30, 40] * 5), subject="days"))
    with pytest.raises(InputProblem, match="no known point"):
        control_sentence(control_chart([9, 11, 12] * 5).head(0), subject="x")


def test_shares_are_estimates_with_intervals_and_numbers_at_risk():
    found = kaplan_meier(WEEKS, EVENTS, group=GROUPS, at=[10])
    text = clean(survival_sentence(found, when="10 weeks", **PATIENTS))
    assert "an estimated 24.7% of patients in the group 6-MP had relapsed (95% confidence" in text
    assert "with 15 still at risk" in text
    assert "fewer than 10 still at risk" in text and " 8 " not in text
    late = clean(survival_sentence(kaplan_meier(DRUG, RELAPSE, at=[40]), when="x", **PATIENTS))
    assert "is not known" in late and "%" not in late
    none = survival_sentence(kaplan_meier(DRUG, RELAPSE, at=[1]).iloc[0], when="1 week", **PATIENTS)
    assert "no interval available" in clean(none) and none.kind == "note"


def test_shares_of_one_cause_are_told_and_several_refused():
    causes = ["reoffence", "custody"] * 20 + ["censored"] * 20
    found = cumulative_incidence(range(1, 61), causes, at=[45])
    one = found[found["cause"] == "reoffence"]
    assert "33.3% of children had reoffended" in clean(survival_sentence(one, when="45 days"))
    with pytest.raises(InputProblem, match="one cause"):
        survival_sentence(found, when="45 days")
    with pytest.raises(InputProblem, match="one time"):
        survival_sentence(kaplan_meier(DRUG, RELAPSE, at=[5, 10]), when="x")


def test_a_log_rank_test_names_no_direction_and_no_size():
    text = clean(log_rank_sentence(log_rank(WEEKS, EVENTS, GROUPS), **PATIENTS))
    assert "by more than chance explains (log-rank test, p < 0.001)" in text
    assert "6-MP, 9 relapsed and 19.3 would be expected" in text
    assert not re.search(r"\b(higher|lower|sooner|later)\b", text)
    alike = log_rank([1, 2, 3, 4] * 2, [1] * 8, ["a"] * 4 + ["b"] * 4)
    text = clean(log_rank_sentence(alike))
    assert text.startswith("No evidence of a difference") and "approximate with so few" in text
    empty = SimpleNamespace(p_value=math.nan, groups=None, flags="undefined")
    assert "could not be tested" in clean(log_rank_sentence(empty))


def hazard(row, **extra):
    return hazard_sentence(row, who="patients on placebo", than="patients on 6-MP", **extra)


def test_a_hazard_ratio_is_never_read_as_a_ratio_of_risks():
    frame = pd.DataFrame({"weeks": WEEKS, "relapse": EVENTS, "drug": GROUPS})
    fit = cox(frame, time="weeks", event="relapse", covariates="drug", reference={"drug": "6-MP"})
    text = clean(hazard(fit.iloc[0], event="a relapse"))
    assert text.startswith("A relapse came sooner to patients on placebo than to patients on 6-MP")
    assert "not the ratio of the shares" in text
    assert not re.search(r"\b(risk|likely|times)\b", text)
    average = clean(hazard({**fit.iloc[0], "proportional_p_value": 0.01}))
    assert "it is an average" in average


def test_a_hazard_ratio_without_an_end_makes_no_claim():
    row = {"value": math.nan, "lower": 2.0, "upper": math.inf, "flags": "monotone;unbounded"}
    sentence = hazard(row, adjusted="age")
    assert "no hazard ratio of patients on placebo" in clean(sentence).lower()
    assert sentence.kind == "note"


@given(ratios())
def test_sooner_and_later_need_an_interval_that_leaves_out_1(row):
    text = clean(hazard({**row, "flags": ""}))
    assert ("came sooner" in text) == (row["lower"] > 1)
    assert ("came later" in text) == (row["upper"] < 1)
