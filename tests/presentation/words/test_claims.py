"""Sentences must not claim more than their interval allows."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.presentation import (
    change_sentence,
    compare,
    level_sentence,
    lint_words,
    ratio_finding,
    ratio_sentence,
)

CLAIMS = re.compile(
    r"\b(higher|lower|rose|fell|over-represented|under-represented|more|less|times)\b"
)
POSITIVE = st.floats(1e-6, 1e6)


@st.composite
def holding(draw, null):
    """Return an estimate whose interval holds the null."""
    lower, upper = draw(st.floats(1e-6, null)), draw(st.floats(null, 1e6) | st.just(math.inf))
    return {"value": draw(st.floats(lower, min(upper, 1e6))), "lower": lower, "upper": upper}


def ratio(row, **extra):
    words = {"group": "Black", "reference": "White", "outcome": "arrests"} | extra
    return ratio_sentence(row, **words)


def change(row, before=200.0, after=200.0, **extra):
    periods = {"start": "the year ending 2016", "end": "the year ending 2024"}
    return change_sentence(
        row, subject="the rate", before=before, after=after, unit="per 100,000", **periods, **extra
    )


def level(row, **extra):
    return level_sentence(row, subject="the rate", benchmark_name="London", **extra)


@given(holding(1.0))
def test_an_interval_with_the_null_in_it_claims_nothing(row):
    assert not CLAIMS.search(str(ratio(row)))
    assert not CLAIMS.search(str(change(row)))
    assert "interval" in str(ratio(row))


@given(st.floats(1, 1e5).flatmap(lambda null: st.tuples(st.just(null), holding(null))))
def test_a_level_whose_interval_holds_the_benchmark_claims_nothing(case):
    null, row = case
    assert not CLAIMS.search(str(level(row, benchmark=null)))


@given(POSITIVE, POSITIVE)
def test_without_an_interval_the_figures_stand_alone(before, after):
    for sentence in (
        change(None, before=before, after=after),
        ratio({"value": before, "lower": math.nan, "upper": math.nan}),
        level({"value": before}, benchmark=after),
    ):
        assert not CLAIMS.search(str(sentence))
        assert "no claim is made" in str(sentence)
        assert sentence.kind == "note"


@given(POSITIVE, POSITIVE, POSITIVE)
def test_what_the_room_writes_passes_its_own_word_list(a, b, c):
    low, middle, high = sorted((a, b, c))
    row = {"value": middle, "lower": low, "upper": high}
    for sentence in (ratio(row), level(row, benchmark=1.0)):
        assert lint_words(str(sentence), strict=True) == []


@pytest.mark.parametrize(
    ("row", "finding", "words"),
    [
        ((2.31, 2.05, 2.6), "over-represented", "rate was 2.31 times that of White children"),
        ((0.5, 0.4, 0.6), "under-represented", "2.00 times less often than White children"),
        ((1.1, 1.05, 1.15), "difference detected but small", "but it is small"),
        ((1.52, 0.85, 2.57), "possible difference; numbers too small to be sure", "to be sure"),
        ((1.0, 0.9, 1.1), "no evidence of a difference", "No evidence of a difference"),
        ((math.nan, math.nan, math.nan), "no claim", "was not calculated because"),
    ],
)
def test_the_decision_table(row, finding, words):
    estimate = pd.Series(row, index=["value", "lower", "upper"])
    assert ratio_finding(estimate) == finding
    assert words in str(ratio(estimate))


def test_an_index_of_zero_has_no_reciprocal():
    text = str(ratio({"value": 0.0, "lower": 0.0, "upper": 0.5}))
    assert "under-represented" in text
    assert "times" not in text


def test_the_weaker_finding_is_written():
    row = {"value": 2.3, "lower": 2.0, "upper": 2.6}
    assert ratio_finding(row | {"p_value": 0.2}) == (
        "possible difference; numbers too small to be sure"
    )
    assert ratio_finding(row | {"finding": "no evidence of a difference"}) == (
        "no evidence of a difference"
    )
    unsure = row | {"finding": "possible difference; too many of unknown ethnic group to be sure"}
    assert ratio_finding(unsure) == unsure["finding"]
    assert "too many of unknown ethnic group to be sure: the ratio" in str(ratio(unsure))
    few = row | {"finding": "not calculated: too few", "value": math.nan}
    assert "because there are too few children" in str(ratio(few))


def test_an_interval_that_touches_the_null_holds_it():
    assert compare(1.5, 1.0, 2.0) == "no evidence of a difference"
    assert compare(0.5, 0.2, 1.0, change=True) == "no clear change"


def test_a_bound_is_printed_on_the_side_that_the_claim_rests_on():
    text = str(ratio({"value": 2.0, "lower": 1.004, "upper": 3.9}))
    assert "1.004 to 3.90" in text


def test_levels_and_changes_say_which_way():
    assert "fell from 537 to 145 per 100,000" in str(
        change({"value": 0.27, "lower": 0.2, "upper": 0.4}, before=537, after=145)
    )
    assert "lower than London (300)" in str(
        level({"value": 145, "lower": 110, "upper": 190}, benchmark=300)
    )


@pytest.mark.parametrize("row", [{"value": 3, "lower": 1, "upper": 2}, {"lower": 2, "upper": 1}])
def test_figures_that_cannot_belong_together_are_refused(row):
    with pytest.raises(InputProblem, match="cannot belong together"):
        ratio(row | {"value": row.get("value", 1.5)})


def test_a_change_against_its_own_figures_is_refused():
    with pytest.raises(InputProblem, match="after over before"):
        change({"value": 2.0, "lower": 1.5, "upper": 3.0}, before=537, after=145)


def test_several_estimates_are_refused():
    with pytest.raises(InputProblem, match="one row"):
        ratio(pd.DataFrame({"value": [1.0, 2.0], "lower": [0.5, 1], "upper": [2.0, 3]}))
