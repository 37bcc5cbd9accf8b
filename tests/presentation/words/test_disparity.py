"""Sentences on disposals, the linked cohort, unknown ethnic groups, the census and inspections."""

import math

import pandas as pd
import pytest

from youthjustice.presentation import Sentence, lint_words, numbers
from youthjustice.presentation.lineage import Lineage, Publication
from youthjustice.presentation.words.census import census_sentence
from youthjustice.presentation.words.claimed_quarters import claimed_quarters_sentence
from youthjustice.presentation.words.inspections import inspection_sentence, standards_sentence
from youthjustice.presentation.words.linked_cohort import linked_cohort_sentence
from youthjustice.presentation.words.local_disposals import (
    custodial_counts_sentence,
    disposals_sentence,
    moved_base_sentence,
)
from youthjustice.presentation.words.unknown_groups import (
    unknown_groups_sentence,
    with_unknown_bounds,
)

FROM = Lineage((Publication("Office", "Book"),))
SAID = Sentence("The ratio was 2.00.", kind="caution", lineage=FROM)


def _counts(x, n):
    return {"numerator": x, "denominator": n}


def _inspected(**changed):
    one = {
        "area_name": "X",
        "rating": "Good",
        "value": 28,
        "publication_date": pd.Timestamp("2022-03-01"),
        "flag": math.nan,
    }
    return str(inspection_sentence(one | changed))


def test_one_disposal_is_one_and_none_is_a_word():
    text = str(disposals_sentence(1, 0, area="X", whose="X and Y"))
    assert "1 disposal, of which none to children of unknown ethnic group" in text
    assert text.startswith(
        "The figures are those of the youth justice service of X and Y, as it was"
    )
    assert "whose" not in text
    assert "not of X alone" not in str(disposals_sentence(1, 0, area="X"))


def test_what_is_added_to_a_sentence_leaves_its_kind_and_where_it_comes_from():
    for told in (
        custodial_counts_sentence(SAID, _counts(1, 1), _counts(0, 1200), context="In X"),
        with_unknown_bounds(SAID, 0.5, 1.004),
    ):
        assert (told.kind, told.lineage) == ("caution", FROM)
        assert told.text.startswith("The ratio was 2.00; ")
    counts = custodial_counts_sentence(SAID, _counts(1, 1), _counts(0, 1200), context="In X")
    assert counts.text.endswith(
        "; of 1 disposal of Black children 1 were custodial, of 1,200 disposals of White children 0."
    )


def test_a_bound_never_rounds_onto_one():
    assert with_unknown_bounds(SAID, 0.5, 1.004).text.endswith(
        f"0.50 to {numbers.ratio(1.004, apart_from=1.0)}."
    )
    assert numbers.ratio(1.004, apart_from=1.0) != "1.00"


def test_too_few_are_said_to_be_too_few_and_not_compared():
    text = str(custodial_counts_sentence(None, _counts(3, 20), _counts(10, 136), context="In X"))
    assert "was not compared, since a count is under 5 or a base under 30" in text


def test_nothing_is_said_to_hang_on_the_unknown_where_nothing_does():
    told = unknown_groups_sentence({"searches": 20.0}, {})
    assert told.kind == "caution"
    assert "20.0% of searches; for sentences" in told.text
    assert "nothing is claimed" not in told.text
    undone = unknown_groups_sentence(
        {"searches": 20.0}, {"search": ["Asian", "Other"], "arrest": "A"}
    )
    assert undone.text.endswith("claimed of them: search (Asian and Other); arrest (A).")


def test_the_factor_by_which_the_base_moved_is_worked_out():
    told = moved_base_sentence((5, 10), (80, 40))
    assert told.text.endswith("by a factor of about 4.0.")
    assert told.kind == "method"


def test_withheld_is_not_none():
    assert "are withheld by the publisher" in str(census_sentence("X", None))
    assert "2021, 0 children aged" in str(census_sentence("X", 0))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "of X good, 28 of 36 points (report of March 2022)."),
        ({"value": math.nan}, "good; the score could not be read (report of March 2022)."),
        ({"rating": None}, "in words that could not be read, 28 of 36 points"),
        ({"flag": "the two do not go together"}, "March 2022) (the two do not go together)."),
        ({"flag": ""}, "(report of March 2022)."),
        ({"publication_date": "2024-08-13"}, "(report of August 2024)."),
    ],
)
def test_what_could_not_be_read_of_an_inspection_is_said(changed, words):
    assert words in _inspected(**changed)


def test_ratings_are_counted_from_the_most_frequent_on():
    told = standards_sentence("Good", 24, pd.Series(["Good"] * 3 + ["Outstanding"] * 9))
    assert "are 9 Outstanding, 3 Good. Resettlement" in told.text


def test_a_chance_is_never_none_and_never_certain():
    first = {"cohort": "2016", "highest_quarter": 1.0}
    text = str(claimed_quarters_sentence("X", first, {"cohort": "2024", "lowest_quarter": 0.0}))
    assert "among the highest quarter is over 99%" in text
    assert text.endswith("among the lowest is under 1%.")


def test_no_word_is_a_banned_one():
    for told in (
        disposals_sentence(330, 4, area="X", whose="Y"),
        custodial_counts_sentence(None, _counts(3, 20), _counts(10, 136), context="In X"),
        moved_base_sentence((4, 5.92), (82, 73.9)),
        linked_cohort_sentence("X", 8490, 547),
        unknown_groups_sentence({"searches": 20.0}, {"search": ["Asian"]}),
        census_sentence("X", None),
        standards_sentence("Good", 24, pd.Series(["Good"] * 12)),
    ):
        assert lint_words(told.text, strict=True) == []
