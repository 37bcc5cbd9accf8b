"""Sentences on many comparisons: what chance would give, and what still stands."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from youthjustice.errors import InputProblem
from youthjustice.measures.disparity.findings import UNKNOWN_GROUPS
from youthjustice.presentation import chance_sentence, lint_words, several_ratios_sentence

P = st.lists(st.floats(0, 1), min_size=2, max_size=20)


def chance(*p, **extra):
    return chance_sentence(pd.DataFrame({"p_value": p}, dtype=float), **extra)


def ratios(*rows, finding=None):
    frame = pd.DataFrame(rows, columns=["value", "lower", "upper", "p_value"], dtype=float)
    frame["who"] = [f"group {n}" for n in range(len(frame))]
    return frame if finding is None else frame.assign(finding=finding)


HIGH, LOW, NONE = (2.0, 1.5, 2.7, 1e-5), (0.5, 0.3, 0.9, 0.03), (1.1, 0.8, 1.5, 0.5)
NOT_MADE = (math.nan,) * 4


def test_the_example_of_twelve():
    text = str(chance(*[0.001] * 3, 0.03, 0.04, *[0.5] * 7))
    assert text == (
        "Of 12 comparisons, chance alone would be expected to give about 0.6 findings at the 5% "
        "level; 5 were found, and 3 of them still stand after Holm's correction."
    )


@settings(max_examples=8)
@given(P)
@pytest.mark.prove
def test_what_stands_is_what_another_implementation_leaves(p):
    stand = int((multipletests(p, method="holm")[1] < 0.05).sum())
    found = sum(one < 0.05 for one in p)
    text = str(chance(*p))
    if found == 0:
        assert "none was found, which does not show" in text
    elif found == 1:
        assert ("it still stands" if stand else "it no longer stands") in text
    elif stand in (0, found):
        assert (f"all {found} still stand" if stand else "none of them still stands") in text
    else:
        assert f"{found} were found, and {stand} of them still stand" in text
    assert lint_words(text, strict=True) == []


def test_one_comparison_and_none():
    assert "there is no correction to make; it was a finding" in str(chance(0.01, math.nan))
    assert "it was not a finding at the 5% level, which chance alone would give one time in 20" in (
        str(chance(0.3))
    )
    for none in (chance(), chance(math.nan)):
        assert str(none) == "No comparison could be tested, so nothing was found at the 5% level."


def test_another_level_and_noun():
    text = str(chance(0.001, 0.5, what="test", level=0.03, context="In York"))
    assert text.startswith("In York, of 2 tests, chance alone would be expected to give about 0.1")
    assert "3.0% of the time" in str(chance(0.5, level=0.03))


def test_a_p_value_above_1_is_refused():
    with pytest.raises(InputProblem, match="at most 1"):
        chance(1.5)


def test_those_that_stand_are_claimed_and_the_others_are_not():
    text = str(several_ratios_sentence(ratios(HIGH, LOW, NONE, NOT_MADE), label="who"))
    assert text.startswith("Of 3 comparisons with White children, 2 have an interval")
    assert "1 of them still stands once all 3 are counted" in text
    assert (
        "over-represented, group 0, 2.00 (1.50 to 2.70). Taken alone but not together: below 1, group 1"
        in text
    )
    assert "under-represented" not in text
    assert text.endswith("about 0.2 of 3.")


def test_where_none_stands_none_is_called_over_or_under_represented():
    text = str(several_ratios_sentence(ratios(LOW, NONE), label="who"))
    assert "and it no longer stands once all 2 are counted" in text
    assert "below 1, group 0" in text
    assert "represented" not in text


def test_a_single_comparison_has_nothing_to_be_corrected_for():
    text = str(several_ratios_sentence(ratios(HIGH), label="who"))
    assert "Holm" not in text
    assert "Of 1 comparison with White children, 1 has an interval that leaves out 1 (ratio" in text


@pytest.mark.parametrize("rows", [ratios(), ratios(NOT_MADE)])
def test_no_comparison_claims_nothing(rows):
    sentence = several_ratios_sentence(rows, label="who")
    assert "no comparison" in str(sentence).lower()
    assert sentence.kind == "note"


def test_no_difference_is_never_said():
    assert "does not show that there is no disparity" in str(
        several_ratios_sentence(ratios(NONE, NONE), label="who")
    )


def test_what_the_unknown_could_undo_is_not_claimed():
    undone = ratios(HIGH, HIGH, finding=[UNKNOWN_GROUPS, "over-represented"])
    text = str(several_ratios_sentence(undone, label="who"))
    assert "1 has an interval" in text
    assert "1 more could be undone by those of unknown ethnic group" in text
    nothing = str(several_ratios_sentence(undone.head(1), label="who"))
    assert "the one comparison with white children could be undone" in nothing.lower()


@given(st.lists(st.sampled_from([HIGH, LOW, NONE, NOT_MADE]), max_size=8))
def test_whatever_is_compared_passes_the_word_list(rows):
    text = str(several_ratios_sentence(ratios(*rows), label="who"))
    assert lint_words(text, strict=True) == []
    assert "nan" not in text
    assert ".." not in text
    assert "  " not in text


def test_briefly_only_what_stands_is_named():
    text = str(several_ratios_sentence(ratios(HIGH, LOW, NONE), label="who", brief=True))
    assert text == (
        "Of 3 comparisons with White children, 1 can be told from chance once all are counted "
        "together (ratio, 95% confidence interval): over-represented, group 0, 2.00 (1.50 to 2.70); "
        "1 more has an interval that leaves out 1, but not once all 3 are counted."
    )
    one = str(several_ratios_sentence(ratios(HIGH), label="who", brief=True))
    assert one.endswith("over-represented, group 0, 2.00 (1.50 to 2.70).")
    none = str(several_ratios_sentence(ratios(LOW, *[NONE] * 4), label="who", brief=True))
    assert "none can be told from chance once all are counted" in none
    assert "represented" not in none
    for said in (text, one, none):
        assert lint_words(said, strict=True) == []
