"""What cannot be right is refused in one sentence, with the row and nothing of the child's."""

import pandas as pd
import pytest

from tests.records.stories import QUARTER, Child, followed, tables
from youthjustice.errors import InputProblem
from youthjustice.records import annual_reoffending, proven_reoffending, track_cohort

SECRETS = ("Jane", "J-1", "2006", "1999", "13/31", "2022-01-10")


def told():
    """Two children, with dates as text, which may be anything."""
    children, offences = tables(
        Child("J-1").cautioned("2022-01-10").convicted("2022-02-01", "2022-03-01"),
        Child("J-2").cautioned("2022-01-11"),
    )
    return as_text(children), as_text(offences)


def as_text(frame):
    dates = [name for name in frame if name.endswith("date") or name == "date_of_birth"]
    written = {name: frame[name].dt.strftime("%Y-%m-%d").astype(object) for name in dates}
    return frame.assign(**written)


def changed(table, row, **values):
    def change():
        both = dict(zip(("children", "offences"), told(), strict=True))
        both[table] = both[table].astype(dict.fromkeys(values, object))
        for name, value in values.items():
            both[table].loc[row, name] = value
        return both["children"], both["offences"]

    return change


def without(table, name, **renamed):
    def change():
        both = dict(zip(("children", "offences"), told(), strict=True))
        both[table] = both[table].rename(columns={name: renamed["to"]} if renamed else {})
        both[table] = both[table].drop(columns=[name], errors="ignore")
        return both["children"], both["offences"]

    return change


def repeated():
    children, offences = told()
    return pd.concat([children, children.iloc[[1]]]), offences


REFUSED = {
    "an impossible date": (
        changed("offences", 1, offence_date="13/31/2023"),
        "row 1 of the table offences, counted from 0: offence_date is not a date",
    ),
    "a day that does not exist": (
        changed("offences", 2, outcome_date="2023-02-29"),
        "row 2 of the table offences, counted from 0: outcome_date is not a date",
    ),
    "an outcome before the offence": (
        changed("offences", 1, outcome_date="2022-01-31"),
        "row 1 of the table offences, counted from 0: outcome_date is before the offence",
    ),
    "a child born after the offence": (
        changed("children", 0, date_of_birth="2022-01-15"),
        "row 0 of the table offences, counted from 0: offence_date is before the child was born; ",
    ),
    "an outcome before the offence far from the cohort": (
        changed("offences", 1, offence_date="2019-02-01", outcome_date="2019-01-01"),
        "row 1 of the table offences, counted from 0: outcome_date is before the offence; leave",
    ),
    "a repeated child": (
        repeated,
        "row 1 of the table children, counted from 0: child_id names a child that stands in another "
        "row too (and 1 more); leave",
    ),
    "a child without an identifier": (
        changed("children", 1, child_id=" "),
        "row 1 of the table children, counted from 0: child_id is empty",
    ),
    "an impossible date of birth": (
        changed("children", 1, date_of_birth="1999-13-01"),
        "row 1 of the table children, counted from 0: date_of_birth is not a date",
    ),
    "an unknown outcome": (
        changed("offences", 2, outcome_type="Jane was warned"),
        "row 2 of the table offences, counted from 0: outcome_type is not one of youth_caution,",
    ),
    "a breach that is neither true nor false": (
        changed("offences", 2, is_breach="Jane"),
        "row 2 of the table offences, counted from 0: is_breach is neither true nor false",
    ),
    "a column of another name": (
        without("offences", "offence_date", to="offence_dat"),
        "the column offence_date of the table offences is missing (is it offence_dat?)",
    ),
    "a column that is not there": (
        without("children", "date_of_birth"),
        "the column date_of_birth of the table children is missing: give it that name",
    ),
    "dates among texts": (
        changed("offences", 1, offence_date=pd.Timestamp("2022-02-01")),
        "the column offence_date of the table offences mixes kinds of values: give it dates",
    ),
    "numbers for dates": (
        lambda: (told()[0], told()[1].assign(outcome_date=44_600)),
        "the column outcome_date of the table offences does not hold dates",
    ),
    "moments with a time zone": (
        lambda: (told()[0], told()[1].assign(outcome_date=pd.Timestamp("2022-03-01", tz="UTC"))),
        "the column outcome_date of the table offences does not hold dates without a time zone",
    ),
    "a column with the name of a result": (
        lambda: (told()[0].assign(days=1), told()[1]),
        "the column days of the table children has the name of a result: rename it",
    ),
    "two columns of one name": (
        lambda: (pd.concat([told()[0], told()[0][["child_id"]]], axis=1), told()[1]),
        "the table children has two columns of one name: leave one out",
    ),
    "a workbook": (
        lambda: ("children.xlsx", told()[1]),
        "the table children is neither a frame nor the path of a parquet or CSV file",
    ),
    "a file that is not there": (
        lambda: ("nowhere.csv", told()[1]),
        "there is no file nowhere.csv for the table children: check the path",
    ),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("what", REFUSED)
def test_refuses(what):
    change, words = REFUSED[what]
    with pytest.raises(InputProblem) as refused:
        proven_reoffending(*change(), cohort=QUARTER, extract_date="2024-01-01")
    said = str(refused.value)
    assert said.startswith(words)
    assert not any(secret in said.replace("like 2022-03-31", "") for secret in SECRETS)


def test_a_file_that_cannot_be_read_is_refused_without_what_stands_in_it(tmp_path):
    children, _ = tables(Child("a").cautioned("2022-01-10"))
    path = tmp_path / "offences.parquet"
    path.write_bytes(b"Jane was cautioned")
    with pytest.raises(InputProblem, match="the table offences cannot be read") as refused:
        proven_reoffending(children, path, cohort=QUARTER, extract_date="2024-01-01")
    assert "Jane" not in str(refused.value)


@pytest.mark.prove
def test_a_line_of_csv_that_cannot_be_read_is_named_by_its_number(tmp_path):
    children, offences = tables(Child("a").cautioned("2022-01-10"))
    path = tmp_path / "offences.csv"
    offences.to_csv(path, index=False)
    with path.open("a") as file:
        file.write("a,2022-01-10,Jane,1,conviction,2022-02-01,,False,9,9,9\n")
    with pytest.raises(InputProblem, match=r"cannot be read \(line 3\)") as refused:
        proven_reoffending(children, path, cohort=QUARTER, extract_date="2024-01-01")
    assert "Jane" not in str(refused.value)


ARGUMENTS = [
    ({"cohort": "2022"}, "cohort is not two dates"),
    ({"cohort": ("2022-03-31", "2022-01-01")}, "cohort ends on 2022-01-01, before it starts"),
    ({"cohort": ("2022-01-01", "soon")}, "cohort is 'soon'; give a date such as 2022-03-31"),
    ({"extract_date": pd.NaT}, "extract_date is NaT; give a date such as 2022-03-31"),
    ({"extract_date": None}, "extract_date is None; give a date such as 2022-03-31"),
    ({"same_day": "both"}, "same_day is 'both'; choose one of exclude, include"),
    ({"followup_months": 0}, "followup_months is 0; give a whole number from 1"),
    ({"waiting_months": 1.5}, "waiting_months is 1.5; give a whole number from 0"),
    ({"age_min": 18}, "age_max is 17, below age_min, 18; swap the two"),
    ({"breach_codes": "x"}, "breach_codes is not a list of texts"),
    (
        {"qualifying_outcomes": ["fine"]},
        "qualifying_outcomes has 'fine'; choose from youth_caution",
    ),
    ({"engine": "abacus"}, "engine is 'abacus'; choose one of duckdb, spark"),
]


@pytest.mark.parametrize(("choice", "words"), ARGUMENTS)
def test_refuses_the_argument(choice, words):
    with pytest.raises(InputProblem) as refused:
        followed(Child("a"), **choice)
    assert str(refused.value).startswith(words)


def test_refuses_a_year_that_starts_within_a_month():
    with pytest.raises(InputProblem, match="give the first day of a month"):
        annual_reoffending(*told(), year_start="2022-04-06", extract_date="2024-01-01")


BEFORE = "the extract of {} is whole up to {}, before the cohort starts on 2022-01-01: give a later"


@pytest.mark.parametrize(
    ("day", "whole"), [("1999-01-01", "1998-12-01"), ("2022-01-31", "2021-12-31")]
)
def test_refuses_an_extract_from_before_the_cohort_as_the_tracker_does(day, whole):
    asked = {"extract_date": day}
    for follow in (
        lambda: proven_reoffending(*told(), cohort=QUARTER, **asked),
        lambda: annual_reoffending(*told(), year_start="2022-01-01", **asked),
        lambda: track_cohort(*told(), cohort=QUARTER, **asked),
    ):
        with pytest.raises(InputProblem) as refused:
            follow()
        assert str(refused.value).startswith(BEFORE.format(day, whole))


def test_a_cohort_that_is_still_entered_is_followed_so_far():
    found = proven_reoffending(*told(), cohort=QUARTER, extract_date="2022-02-01")
    assert repr(found).startswith(
        "Cohort(0 of 2 children reoffended so far; the figure is provisional"
    )


@pytest.mark.prove
def test_community_resolutions_count_where_they_are_said_to():
    child = Child("a").event("community_resolution", "2022-01-01", "2022-02-01")
    found = followed(child, qualifying_outcomes=["community_resolution", "conviction"])
    assert found.members["index_disposal"].tolist() == ["caution"]


@pytest.mark.prove
def test_a_breach_list_of_ones_own_takes_the_place_of_the_one_that_ships():
    child = (
        Child("a").cautioned("2022-02-01").convicted("2022-03-01", "2022-04-01", offence_code="X9")
    )
    assert followed(child, breach_codes=["x9"]).summary.reoffences == 0
