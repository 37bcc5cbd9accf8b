"""Sentences on printed rates without counts, on others beside an area, and on claims about them."""

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.presentation import Sentence, lint_words
from youthjustice.presentation.lineage import Lineage, Publication
from youthjustice.presentation.words.beside import (
    along_lines_sentence,
    beside_sentence,
    first_years_sentence,
)
from youthjustice.presentation.words.cohort_sizes import (
    unsized_change_sentence,
    unsized_claim_sentence,
)
from youthjustice.presentation.words.findings import Figures
from youthjustice.presentation.words.halving import counted_from_sentence, halving_sentence
from youthjustice.presentation.words.implied import only_year_sentence, with_children


def _row(value, lower, upper, p_value=float("nan")):
    other = {
        "reference_change": 0.38,
        "reference_change_lower": 0.36,
        "reference_change_upper": 0.4,
    }
    return {"value": value, "lower": lower, "upper": upper, "p_value": p_value, **other}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (_row(0.6, 0.4, 0.9, 0.01), "so that in proportion to it the rate in X moved down: ratio"),
        (_row(1.6, 1.1, 2.4, 0.01), "so that in proportion to it the rate in X moved up: ratio"),
        (_row(0.9, 0.7, 1.2, 0.4), "with no evidence of a different pace: ratio"),
        (
            _row(0.9, float("nan"), float("nan")),
            "and whether the two changes differ cannot be said.",
        ),
    ],
)
def test_a_pace_is_claimed_only_where_its_interval_leaves_out_one(row, words):
    said = beside_sentence(row, area="X", other="the rest of Y", before=410, after=157)
    assert words in said.text


@given(st.floats(0.05, 3), st.floats(0.01, 0.99), st.floats(1.01, 3))
def test_halving_is_told_of_the_figure_and_of_the_interval_apart(value, down, up):
    change = {"value": value, "lower": value * down, "upper": value * up}
    said = halving_sentence(
        change, before=100, after=100 * value, start="year ending A", end="B"
    ).text
    assert ("is more than a halving" in said) == (value < 0.5)
    assert ("lies wholly beyond a half" in said) == (value * up < 0.5)


@pytest.mark.parametrize(
    ("undetected", "words"),
    [
        (0, "at every size that fits the two can be told apart"),
        (40, "if the last cohort had more than 40 children"),
        (200, "if both cohorts had more than 200 children"),
        (1000, "at no cohort size up to 1,000 children can a difference be told from chance"),
    ],
)
def test_a_change_without_sizes_says_from_which_sizes_on_it_holds(undetected, words):
    change = SimpleNamespace(
        first=54.3,
        last=27.3,
        first_cohort="2016",
        last_cohort="2024",
        first_size=173,
        last_size=11,
        undetected=undetected,
        tried=1000,
    )
    assert words in unsized_change_sentence(change, subject="rate in X").text


@pytest.mark.parametrize(
    ("p_values", "words"),
    [
        ([0.01, 0.02], "holds at the 5% level for every cohort size that fits."),
        ([0.2, 0.06], "At no cohort size tried does the claim hold"),
        ([0.06, 0.01], "every cohort of more than 48 children that fits. With 25 of 48"),
    ],
)
def test_a_claim_without_a_size_is_tested_at_every_size(p_values, words):
    tested = pd.DataFrame({"numerator": [25, 50], "denominator": [48, 96], "p_value": p_values})
    assert words in unsized_claim_sentence(tested).text


def test_adding_children_keeps_the_kind_and_the_lineage():
    lineage = Lineage((Publication("Office", "Book"),))
    said = with_children(Sentence("It fell.", kind="note", lineage=lineage), 83, 22)
    assert (said.kind, said.lineage) == ("note", lineage)


def test_none_of_these_uses_a_word_that_is_refused():
    line = Figures(0.9, 0.8, 0.95)
    texts = [
        only_year_sentence(145, area="X", period="year ending A").text,
        along_lines_sentence(line, line, area="X", other="the rest of Y").text,
        first_years_sentence({"the rest of Y": 1, "neighbours": 2}, number=8, last="year").text,
        counted_from_sentence({"value": 0.5, "lower": 0.4, "upper": 0.6}, area="X", start="A").text,
    ]
    assert [word for text in texts for word in lint_words(text)] == []
