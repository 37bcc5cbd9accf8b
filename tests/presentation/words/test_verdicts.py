"""A verdict says what the figures allow, whatever the claim, and never more."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.presentation import lint_words
from youthjustice.presentation.words import verdicts
from youthjustice.presentation.words.verdicts import (
    AS_PRINTED,
    DOES_NOT_HOLD,
    HOLDS,
    NOT_AS_PRINTED,
    UNCHECKED,
    above_verdict,
    agreement_verdict,
    below_verdict,
    beside_verdict,
    cause_verdict,
    place_verdict,
    quarters_verdict,
    scopes_verdict,
    several_verdict,
    sizes_verdict,
)

FINITE = st.floats(-100, 100)


@given(FINITE, FINITE, FINITE, FINITE)
def test_a_claim_holds_outright_only_where_the_whole_interval_lies_below(a, b, c, limit):
    lower, value, upper = sorted([a, b, c])
    said = below_verdict(value, lower, upper, limit)
    assert (said == HOLDS) == (upper < limit)
    assert (said == DOES_NOT_HOLD) == (lower > limit)
    assert said.startswith(HOLDS) == (value < limit)
    assert above_verdict(-value, -upper, -lower, -limit) == said


def test_an_interval_that_touches_the_limit_does_not_rule_out_the_contrary():
    assert below_verdict(0.4, 0.3, 0.5, 0.5) == AS_PRINTED
    assert below_verdict(0.6, 0.5, 0.7, 0.5) == NOT_AS_PRINTED
    assert below_verdict(0.5, 0.4, 0.6, 0.5) == NOT_AS_PRINTED
    assert below_verdict(0.4, math.nan, math.nan, 0.5) == UNCHECKED


def test_others_are_named_where_the_same_holds_of_them():
    assert beside_verdict(HOLDS, AS_PRINTED, "no clear change", other="London") == (
        "holds; for London it holds as printed, not beyond chance, with no evidence of a different pace"
    )
    assert beside_verdict(AS_PRINTED, AS_PRINTED, "fell", other="London") == (
        "holds as printed, not beyond chance, but so did London"
    )
    assert beside_verdict(HOLDS, HOLDS, "fell", other="London") == "holds, but so did London"
    assert beside_verdict(DOES_NOT_HOLD, HOLDS, "fell", other="London") == DOES_NOT_HOLD
    assert beside_verdict(HOLDS, UNCHECKED, "no claim", other="London") == HOLDS
    assert beside_verdict(HOLDS, NOT_AS_PRINTED, "fell", other="x") == "holds, and not so x"


@pytest.mark.parametrize("own", ["fell", "rose", "no clear change", "no claim"])
@pytest.mark.parametrize("pace", ["fell", "rose", "no clear change", "no claim"])
def test_no_figure_ever_shows_a_cause(own, pace):
    said = cause_verdict(own, pace, other="the rest of London")
    assert not said.startswith(HOLDS)


@given(st.lists(st.tuples(st.integers(1, 1000), st.floats(0, 1)), min_size=1, max_size=9))
def test_a_size_is_named_from_which_every_larger_cohort_passes(pairs):
    sizes, p_values = zip(*pairs, strict=True)
    said = sizes_verdict(sizes, p_values)
    failed = [size for size, p in pairs if p >= 0.05]
    assert (said == "holds at every size of cohort that fits") == (not failed)
    if failed and len(failed) < len(pairs):
        assert f"more than {max(failed):,} children" in said


def test_quarters_hold_by_their_chance_and_not_by_the_printed_rank():
    assert quarters_verdict([True, True], [0.95, 0.99]) == HOLDS
    assert quarters_verdict([True, True], [0.94, 0.99]) == AS_PRINTED
    assert quarters_verdict([False, True], [0.05, 0.99]) == DOES_NOT_HOLD
    assert quarters_verdict([], []) == UNCHECKED


def test_what_is_not_published_limits_a_claim_to_the_rest():
    both = {"ages 10 to 14": HOLDS, "ages 15 to 17": AS_PRINTED}
    assert scopes_verdict(both) == (
        "holds for ages 10 to 14; holds as printed for ages 15 to 17, not beyond chance"
    )
    assert scopes_verdict({"ages 10 to 14": UNCHECKED}) == UNCHECKED
    assert scopes_verdict({"ages 10 to 14": UNCHECKED, "ages 15 to 17": DOES_NOT_HOLD}) == (
        "does not hold for ages 15 to 17; for ages 10 to 14 it cannot be checked"
    )


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 3))
def test_a_place_among_some_is_never_taken_for_the_place_among_all(above, claimed, level):
    said = place_verdict(above, ["A"] * level, 50, claimed, "scores")
    assert said.startswith(DOES_NOT_HOLD) == (above >= claimed)
    assert said.startswith(HOLDS) == (above + 1 == claimed)
    assert "50 scores at hand" in said


def test_sources_agree_or_are_said_to_differ():
    assert agreement_verdict(0, 0, 4, "standards").startswith(UNCHECKED)
    assert agreement_verdict(2, 3, 4, "standards").startswith(DOES_NOT_HOLD)
    assert several_verdict([], []) == "no evidence of it"


def test_no_verdict_uses_a_banned_word():
    words = [
        text for name, text in vars(verdicts).items() if name.isupper() and isinstance(text, str)
    ]
    docs = [
        function.__doc__ for name, function in vars(verdicts).items() if name.endswith("_verdict")
    ]
    assert lint_words("\n\n".join(words + docs)) == []
