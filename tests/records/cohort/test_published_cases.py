"""The cases that decide how the definition is read, from A to P, each the story of one child."""

import pytest

from tests.records.stories import Child, followed, outcome_of

STORIES = {
    "is cautioned, and later convicted of one offence of the year after": (
        Child("A").cautioned("2022-02-10", "2022-01-20").convicted("2022-05-01", "2022-08-01"),
        ("2022-02-10", 1),
    ),
    "offends on the day of a conviction": (
        Child("B").convicted("2021-11-01", "2022-01-15").convicted("2022-01-15", "2022-03-01"),
        ("2022-01-15", 0),
    ),
    "is convicted late of an offence from before the start": (
        Child("C").convicted("2021-12-01", "2022-02-01").convicted("2022-01-20", "2022-04-01"),
        ("2022-02-01", 0),
    ),
    "is convicted one day after the waiting period": (
        Child("D1").cautioned("2022-03-01").convicted("2023-02-20", "2023-09-02"),
        ("2022-03-01", 0),
    ),
    "is convicted on the last day of the waiting period": (
        Child("D2").cautioned("2022-03-01").convicted("2023-02-20", "2023-09-01"),
        ("2022-03-01", 1),
    ),
    "offends in custody and again after the release": (
        Child("E")
        .sentenced_to_custody("2021-06-01", "2021-09-01", released="2022-03-20")
        .convicted("2021-12-25", "2022-05-01")
        .convicted("2022-03-25", "2022-06-01"),
        ("2022-03-20", 1),
    ),
    "breaches an order": (
        Child("F")
        .convicted("2021-11-01", "2022-01-05")
        .convicted("2022-04-04", "2022-05-01", breach=True),
        ("2022-01-05", 0),
    ),
    "turns 18 on the day after the caution and is convicted as an adult": (
        Child("G1", born="2004-02-28")
        .cautioned("2022-02-27")
        .convicted("2022-09-01", "2022-12-01"),
        ("2022-02-27", 1),
    ),
    "is cautioned on the 18th birthday": (
        Child("G2", born="2004-02-28").cautioned("2022-02-28"),
        None,
    ),
    "is dealt with twice in the quarter": (
        Child("H").cautioned("2022-01-10").convicted("2022-01-30", "2022-02-20"),
        ("2022-01-10", 1),
    ),
    "has an offence written down twice": (
        Child("I1")
        .cautioned("2022-01-10")
        .convicted("2022-06-01", "2022-07-01", offence_seq=2)
        .convicted("2022-06-01", "2022-07-01", offence_seq=2),
        ("2022-01-10", 1),
    ),
    "commits two counts of one offence": (
        Child("I2")
        .cautioned("2022-01-10")
        .convicted("2022-06-01", "2022-07-01", offence_seq=2)
        .convicted("2022-06-01", "2022-07-01", offence_seq=3),
        ("2022-01-10", 2),
    ),
    "offends on the anniversary": (
        Child("K1").cautioned("2022-01-31").convicted("2023-01-31", "2023-05-01"),
        ("2022-01-31", 1),
    ),
    "offends on the day after the anniversary": (
        Child("K2").cautioned("2022-01-31").convicted("2023-02-01", "2023-05-01"),
        ("2022-01-31", 0),
    ),
    "is not proceeded against, and then gets a community resolution": (
        Child("L")
        .cautioned("2022-01-31")
        .event("no_further_action", "2022-03-01", "2022-04-01")
        .event("community_resolution", "2022-05-01", "2022-06-01"),
        ("2022-01-31", 0),
    ),
    "gets a community resolution only": (
        Child("N").event("community_resolution", "2022-01-10", "2022-02-01"),
        None,
    ),
    "was convicted before the quarter only": (
        Child("P").convicted("2021-08-01", "2021-10-01"),
        None,
    ),
}


@pytest.fixture(scope="module")
def everyone(engine):
    return followed(*(child for child, _ in STORIES.values()), engine=engine)


@pytest.mark.parametrize("story", STORIES)
def test_a_child_who(story, everyone):
    child, expected = STORIES[story]
    assert outcome_of(everyone).get(child.name) == expected


@pytest.mark.prove
def test_the_late_conviction_is_an_entry_of_the_next_quarter():
    late, _ = STORIES["is convicted late of an offence from before the start"]
    found = followed(late, cohort=("2022-04-01", "2022-06-30"))
    assert outcome_of(found) == {"C": ("2022-04-01", 0)}


def test_together_they_are_14_children_8_who_reoffended_and_9_reoffences(everyone):
    summary = everyone.summary
    assert (summary.children, summary.reoffenders, summary.reoffences) == (14, 8, 9)
    assert summary.binary_rate == pytest.approx(0.57142857)
    assert summary.reoffences_per_reoffender == 1.125
    assert summary.reoffences_per_child == pytest.approx(0.64285714)
    assert summary.final and summary.provisional_until is None
    assert (summary.reoffenders_other_day, summary.reoffences_other_day) == (9, 10)
    assert summary.same_day_matters


def test_with_the_day_of_the_start_they_are_9_and_10(engine):
    everyone = (child for child, _ in STORIES.values())
    found = followed(*everyone, same_day="include", engine=engine)
    summary = found.summary
    assert (summary.children, summary.reoffenders, summary.reoffences) == (14, 9, 10)
    assert (summary.reoffenders_other_day, summary.reoffences_other_day) == (8, 9)
    assert outcome_of(found)["B"] == ("2022-01-15", 1)
