"""Children whose stories turn on one rule each: days, ties, releases, ages and what is missing."""

import pytest

from tests.records.stories import Child, followed, outcome_of

LEAP = ("2024-01-01", "2024-03-31")

# Everyone here may enter from January to March 2024.
STORIES = {
    "is followed to 28 February from a leap day": (
        Child("leap").cautioned("2024-02-29").convicted("2025-02-28", "2025-03-01"),
        ("2024-02-29", 1),
    ),
    "is no longer followed on 1 March after a leap day": (
        Child("leap-after").cautioned("2024-02-29").convicted("2025-03-01", "2025-03-01"),
        ("2024-02-29", 0),
    ),
    "is waited for to 29 August from a leap day": (
        Child("leap-wait").cautioned("2024-02-29").convicted("2024-06-01", "2025-08-29"),
        ("2024-02-29", 1),
    ),
    "is not waited for to 30 August from a leap day": (
        Child("leap-late").cautioned("2024-02-29").convicted("2024-06-01", "2025-08-30"),
        ("2024-02-29", 0),
    ),
    "is waited for to the end of a shorter month": (
        Child("month-end").cautioned("2024-03-31").convicted("2024-06-01", "2025-09-30"),
        ("2024-03-31", 1),
    ),
    "is not waited for beyond the end of a shorter month": (
        Child("month-after").cautioned("2024-03-31").convicted("2024-06-01", "2025-10-01"),
        ("2024-03-31", 0),
    ),
    "enters on the first day of the quarter": (
        Child("first").cautioned("2024-01-01"),
        ("2024-01-01", 0),
    ),
    "is cautioned on the day before the quarter": (Child("early").cautioned("2023-12-31"), None),
    "enters on its last day": (Child("last").cautioned("2024-03-31"), ("2024-03-31", 0)),
    "is cautioned on the day after the quarter": (Child("late").cautioned("2024-04-01"), None),
    "enters twice and counts once, from the first day": (
        Child("twice").cautioned("2024-03-20").convicted("2023-05-01", "2024-01-20"),
        ("2024-01-20", 0),
    ),
    "is in custody at the time of the extract": (
        Child("held").sentenced_to_custody("2023-06-01", "2024-01-20"),
        None,
    ),
    "has a release that is only planned": (
        Child("planned").sentenced_to_custody("2023-06-01", "2024-01-20", released="2027-03-01"),
        None,
    ),
    "is released on the day of the sentence": (
        Child("served").sentenced_to_custody("2023-06-01", "2024-01-20", released="2024-01-20"),
        ("2024-01-20", 0),
    ),
    "is released from remand and sentenced to custody later": (
        Child("remand").sentenced_to_custody("2023-06-01", "2024-04-20", released="2024-01-20"),
        None,
    ),
    "is released from remand without a custodial sentence": (
        Child("remand-only").convicted("2023-06-01", "2024-04-20", released="2024-01-20"),
        None,
    ),
    "was on remand and enters on the day of the conviction": (
        Child("remand-tried").convicted("2023-06-01", "2024-02-20", released="2024-01-20"),
        ("2024-02-20", 0),
    ),
    "is sentenced to custody for a reoffence, and not released": (
        Child("back").cautioned("2024-01-10").sentenced_to_custody("2024-05-01", "2024-07-01"),
        ("2024-01-10", 1),
    ),
    "turns 10 on the day of the caution": (
        Child("ten", born="2014-02-01").cautioned("2024-02-01"),
        ("2024-02-01", 0),
    ),
    "is cautioned on the day before turning 10": (
        Child("nine", born="2014-02-02").cautioned("2024-02-01"),
        None,
    ),
    "is cautioned at 9 and again at 10": (
        Child("nine-ten", born="2014-02-01").cautioned("2024-01-20").cautioned("2024-02-20"),
        ("2024-02-20", 0),
    ),
    "has no date of birth": (Child("unknown", born=None).cautioned("2024-02-01"), None),
    "has a reoffence without a day": (
        Child("undated").cautioned("2024-02-01").convicted(None, "2024-09-01"),
        ("2024-02-01", 0),
    ),
    "has an offence without a day that was dealt with before": (
        Child("undated-before").cautioned("2024-02-01").convicted(None, "2024-01-31"),
        ("2024-01-31", 0),
    ),
    "has an offence without a day that was dealt with too late": (
        Child("undated-late").cautioned("2024-02-01").convicted(None, "2025-08-02"),
        ("2024-02-01", 0),
    ),
    "has a reoffence without a day of the outcome": (
        Child("no-outcome").cautioned("2024-02-01").convicted("2024-05-01", None),
        ("2024-02-01", 0),
    ),
    "has one offence in two rows, a conviction and custody, and is not released": (
        Child("two-rows")
        .convicted("2023-06-01", "2024-02-01")
        .sentenced_to_custody("2023-06-01", "2024-02-01", offence_seq=1),
        None,
    ),
    "is released, recalled and released again, which are two rows of one offence": (
        Child("recalled")
        .sentenced_to_custody("2023-06-01", "2023-09-01", released="2024-03-20")
        .sentenced_to_custody("2023-06-01", "2023-09-01", released="2024-01-20", offence_seq=1),
        ("2024-01-20", 0),
    ),
    "breaches bail, which only the offence code says": (
        Child("bail")
        .cautioned("2024-02-01")
        .convicted("2024-05-01", "2024-06-01", offence_code="BREACH OF BAIL"),
        ("2024-02-01", 0),
    ),
    "is in no other row than the children's": (Child("quiet"), None),
}


@pytest.fixture(scope="module")
def everyone(engine):
    told = [child for child, _ in STORIES.values()]
    return followed(*told, cohort=LEAP, extract_date="2026-12-01", engine=engine)


@pytest.mark.parametrize("story", STORIES)
def test_a_child_who(story, everyone):
    child, expected = STORIES[story]
    assert outcome_of(everyone).get(child.name) == expected


def test_a_child_born_on_a_leap_day_turns_18_on_1_march():
    told = [
        Child("still 17", born="2004-02-29").cautioned("2022-02-28"),
        Child("18", born="2004-02-29").cautioned("2022-03-01"),
    ]
    assert list(outcome_of(followed(*told))) == ["still 17"]


def test_what_cannot_be_dated_is_counted_and_bounded(everyone):
    summary = everyone.summary
    undated = everyone.members.set_index("child_id")["undatable"]
    assert undated[undated > 0].to_dict() == {"undated": 1, "no-outcome": 1}
    assert summary.undatable == 2
    assert summary.reoffences_at_most == summary.reoffences + 2
    assert summary.reoffenders_at_most == summary.reoffenders + 2
    assert summary.binary_rate_at_most > summary.binary_rate


def test_on_one_day_the_most_serious_names_the_entry():
    told = [
        Child("all three")
        .cautioned("2022-02-01")
        .convicted("2021-12-01", "2022-02-01")
        .sentenced_to_custody("2021-05-01", "2021-09-01", released="2022-02-01"),
        Child("two").cautioned("2022-02-01").convicted("2021-12-01", "2022-02-01"),
        Child("first is a caution")
        .cautioned("2022-01-31")
        .sentenced_to_custody("2021-05-01", "2021-09-01", released="2022-02-01"),
        Child("goes on to custody")
        .cautioned("2022-02-01")
        .convicted("2022-03-01", "2022-04-01")
        .sentenced_to_custody("2022-05-01", "2022-06-01"),
    ]
    members = followed(*told).members.set_index("child_id")
    assert members["index_disposal"].to_dict() == {
        "all three": "custody",
        "two": "conviction",
        "first is a caution": "caution",
        "goes on to custody": "caution",
    }
    assert members["most_serious_reoffence"].dropna().to_dict() == {"goes on to custody": "custody"}
    assert members["reoffences"].to_dict()["goes on to custody"] == 2


def test_without_sequence_numbers_rows_that_differ_stay_two_and_the_choice_is_bounded():
    rows = {"offence_seq": None}
    told = [
        Child("alike")
        .cautioned("2022-01-10")
        .convicted("2022-06-01", "2022-07-01", **rows)
        .convicted("2022-06-01", "2022-07-01", **rows),
        Child("unlike")
        .cautioned("2022-01-10")
        .convicted("2022-06-01", "2022-07-01", **rows)
        .sentenced_to_custody("2022-06-01", "2022-07-01", **rows),
    ]
    found = followed(*told)
    assert outcome_of(found) == {"alike": ("2022-01-10", 1), "unlike": ("2022-01-10", 2)}
    summary = found.summary
    assert (summary.reoffences_if_merged, summary.reoffences_if_kept) == (2, 4)
    assert summary.reoffences_without_sequence == 2


@pytest.mark.prove
@pytest.mark.parametrize(("extract_date", "entries"), [("2022-03-20", 1), ("2022-03-19", 0)])
def test_a_release_counts_from_its_own_day(extract_date, entries):
    child = Child("a").sentenced_to_custody("2021-06-01", "2021-09-01", released="2022-03-20")
    assert followed(child, extract_date=extract_date).summary.children == entries
