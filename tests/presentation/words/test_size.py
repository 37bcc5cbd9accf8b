"""Sentences on how large a ratio numbers could show, and on single years behind a pooled one."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from youthjustice.measures import heterogeneity, smallest_detectable_ratio, years_needed
from youthjustice.presentation import detectable_sentence, lint_words, years_sentence


def detectable(above, below, flags="", years=None, **extra):
    return str(
        detectable_sentence({"above_1": above, "below_1": below, "flags": flags}, years, **extra)
    )


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [
        (
            2.9,
            0.3,
            "a ratio above about 2.9, or below about 0.3, would be found four times in five",
        ),
        (2.66, math.nan, "above about 2.7 would be found four times in five, and no ratio below 1"),
        (math.nan, 0.3, "below about 0.3 would be found four times in five, and no ratio above 1"),
        (math.nan, math.nan, "no ratio, however large or small, would be found four times in five"),
        (1.04, 0.96, "above about 1.04, or below about 0.96"),
    ],
)
def test_each_side_that_can_be_shown(above, below, words):
    text = detectable(above, below)
    assert words in text
    assert lint_words(text, strict=True) == []


def test_years_together():
    for years, words in [
        ({"ratio": 1.5, "years": 8}, "For a ratio of 1.5, 8 years like this one would have to be"),
        ({"ratio": 1.5, "years": 1}, "For a ratio of 1.5, this year alone would do."),
        (
            {"ratio": 1.5, "years": None, "flags": "more_than_most"},
            "30 years like this one together",
        ),
    ]:
        assert words in detectable(2.0, 0.5, years=years)
    assert "year" not in detectable(2.0, 0.5, years={"ratio": 1.5, "years": math.nan, "flags": ""})


@pytest.mark.parametrize(
    ("flags", "words"),
    [("missing", "a count"), ("undefined", "none with"), ("denominator_zero", "none at all")],
)
def test_without_an_answer_it_says_why(flags, words):
    text = detectable(math.nan, math.nan, flags)
    assert "is not known because" in text
    assert words in text


def test_another_power():
    assert "70% of the time" in detectable(2.0, 0.5, power=0.7)


def test_islingtons_custody_of_2012_13():
    numbers = (114, 10, 136)
    smallest = smallest_detectable_ratio(*numbers, basis="stage").iloc[0]
    years = years_needed(1.5, *numbers, basis="stage").iloc[0]
    assert str(detectable_sentence(smallest, years)) == (
        "With these numbers a ratio above about 2.7 would be found four times in five, and no ratio "
        "below 1 would be. For a ratio of 1.5, 8 years like this one would have to be taken together."
    )


def years(*values):
    return pd.DataFrame(
        {
            "year": [str(2023 + n) for n in range(len(values))],
            "value": values,
            "lower": [value * 0.8 for value in values],
            "upper": [value * 1.25 for value in values],
        }
    )


def test_years_that_disagree_and_years_that_may_agree():
    rows = years(1.52, 2.57, 0.91)
    disagree = str(years_sentence(rows, {"p_value": 1e-6}, subject="custody"))
    assert (
        "disagree by more than chance explains (test of one ratio for all, p < 0.001)" in disagree
    )
    agree = str(years_sentence(rows, {"p_value": 0.06, "flags": ""}, subject="custody"))
    assert "which does not show that they agree" in agree
    assert "more than chance" not in agree
    for text in (disagree, agree):
        assert lint_words(text, strict=True) == []


def test_an_approximate_test_says_so():
    test = {"p_value": 0.03, "flags": "small_numerator"}
    assert "approximate with such small counts" in str(
        years_sentence(years(1, 2), test, subject="custody")
    )


@pytest.mark.parametrize("test", [None, {"p_value": math.nan}])
def test_what_could_not_be_tested_is_not_said_to_agree(test):
    text = str(years_sentence(years(1.5), test, subject="custody"))
    assert "could not be tested" in text


def test_a_year_without_a_ratio_is_named_and_no_years_are_none():
    assert "2024 not calculated" in str(
        years_sentence(years(1.5, math.nan), {"p_value": 0.5}, subject="custody")
    )
    none = years_sentence(years(), None, subject="custody")
    assert none.kind == "note"


def test_the_single_years_of_custody():
    # Youth justice statistics 2024 to 2025, table 5.8: Black and White children.
    counts = pd.DataFrame(
        {
            "period_end": ["2023-03-31", "2024-03-31", "2025-03-31"] * 2,
            "ethnic_group": ["Black"] * 3 + ["White"] * 3,
            "custody": [78, 86, 38, 210, 218, 217],
            "sentenced": [889, 563, 731, 3636, 3667, 3808],
        }
    )
    test = heterogeneity(counts, numerator="custody", denominator="sentenced", basis="stage")
    assert "p < 0.001" in str(years_sentence(years(1.52), test.iloc[0], subject="custody"))
