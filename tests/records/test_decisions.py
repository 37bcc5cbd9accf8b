"""Entrants and decisions are counted in children, nest, and go straight into the measures."""

import json

import numpy as np
import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.measures import pathway, relative_rate_index
from youthjustice.records import (
    decision_counts,
    first_entrants,
    proven_reoffending,
    reoffending_counts,
)
from youthjustice.records.dummy import _tables, _truth
from youthjustice.records.dummy_lives import lives
from youthjustice.records.dummy_truth import cohorts, entrants, kinds_of_rows

YEAR = ("2022-01-01", "2022-12-31")
MANY = 1_500


@pytest.fixture(scope="module")
def made():
    some = lives(MANY, seed=11, part=0)
    counted = {"offences": 0, "cohorts": [cohorts(some)], "entrants": [entrants(some)],
               "kinds": [kinds_of_rows(some)], "mess": {}}  # fmt: skip
    return (*_tables(some, 0, 6), json.loads(json.dumps(_truth(MANY, 11, counted))))


def people(truth):
    return pd.DataFrame(truth["population"].items(), columns=["ethnic_group", "population"])


def table(*rows):
    names = ["child_id", "outcome_date", "outcome_type", "is_breach", "offence_code", "remand"]
    usual = [None, None, None, False, "Theft", "none"]
    made = pd.DataFrame([[*row, *usual[len(row) :]] for row in rows], columns=names)
    return made.assign(outcome_date=pd.to_datetime(made["outcome_date"]))


def young(*born, **more):
    ids = [f"DUMMY-{number}" for number in range(len(born))]
    frame = pd.DataFrame({"child_id": ids, "date_of_birth": pd.to_datetime(list(born))})
    return frame.assign(sex="female", ethnic_group="White", **more)


def entered(children, offences, **more):
    made = first_entrants(children, offences, YEAR, by="sex", **more).set_index("sex")["numerator"]
    return int(made["female"])


STORIES = {
    "a first caution": ([("DUMMY-0", "2022-02-01", "youth_caution")], 1),
    "on the first and the last day": ([("DUMMY-0", "2022-01-01", "caution"),
                                       ("DUMMY-0", "2022-12-31", "custody")], 1),
    "the year before already": ([("DUMMY-0", "2021-12-31", "youth_caution"),
                                 ("DUMMY-0", "2022-02-01", "conviction")], 0),
    "a community resolution before does not count": (
        [("DUMMY-0", "2021-05-01", "community_resolution"), ("DUMMY-0", "2022-02-01", "conviction")], 1),
    "diversion alone": ([("DUMMY-0", "2022-02-01", "diversion")], 0),
    "a breach alone": ([("DUMMY-0", "2022-02-01", "conviction", True)], 0),
    "a breach told by its code": (
        [("DUMMY-0", "2022-02-01", "conviction", False, "Breach of bail")], 0),
    "no outcome yet": ([("DUMMY-0", None, "conviction")], 0),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_who_enters(story):
    rows, expected = STORIES[story]
    assert entered(young("2008-03-01"), table(*rows)) == expected


@pytest.mark.parametrize(("born", "expected"), [
    ("2004-06-02", 1), ("2004-06-01", 0), ("2012-06-01", 1), ("2012-06-02", 0)])  # fmt: skip
def test_a_child_enters_from_the_tenth_birthday_until_the_eighteenth(born, expected):
    assert entered(young(born), table(("DUMMY-0", "2022-06-01", "caution"))) == expected


def test_local_entrants_of_invented_lives_are_those_that_were_counted_as_they_were_made(made):
    children, offences, truth = made
    found = first_entrants(children, offences, YEAR, population=people(truth))
    known = pd.DataFrame(truth["first_time_entrants"])
    known = known[known["year"] == 2022].set_index("ethnic_group")["children"]
    assert found.set_index("ethnic_group")["numerator"].to_dict() == known.to_dict()
    assert set(found["measure"]) == {"local first entrants"}
    assert "not the published number" in found.attrs["notes"][0]
    index = relative_rate_index(found, numerator="numerator", denominator="denominator")
    assert index.set_index("ethnic_group")["numerator"].to_dict() == known.to_dict()
    assert (index["finding"] == "reference").sum() == 1


def test_no_group_is_lost(made):
    children, offences, _ = made
    for by in ("ethnic_group", "service", ["care_status", "special_educational_needs", "age_band"]):
        found = first_entrants(children, offences, YEAR, by=by)
        whole = first_entrants(children, offences, YEAR, by="sex")
        assert found["numerator"].sum() == whole["numerator"].sum()
        assert found["denominator"].isna().all()
        counted = decision_counts(children, offences, YEAR, by=by)
        totals = counted.groupby("stage")["children"].sum()
        pd.testing.assert_series_equal(
            totals,
            decision_counts(children, offences, YEAR, by="sex").groupby("stage")["children"].sum(),
        )


def test_decisions_are_the_sets_of_children_that_a_plain_loop_finds(made):
    children, offences, _ = made
    child = children.set_index("child_id").astype({"ethnic_group": "str"})
    stages = {}
    for row in offences.astype(
        {"child_id": "str", "outcome_type": "str", "remand": "str"}
    ).itertuples():
        if not pd.Timestamp(YEAR[0]) <= row.outcome_date <= pd.Timestamp(YEAR[1]):
            continue
        born = child.loc[row.child_id, "date_of_birth"]
        age = row.outcome_date.year - born.year
        age -= (row.outcome_date.month, row.outcome_date.day) < (born.month, born.day)
        if not 10 <= age <= 17 or row.outcome_type in ("no_further_action", "other"):
            continue
        court = row.outcome_type in ("conviction", "custody")
        named = ["had an outcome", "sentenced at court" if court else "out of court"]
        named += ["sentenced to custody"] if row.outcome_type == "custody" else []
        named += ["remanded in custody"] if court and row.remand == "custody" else []
        for name in named:
            stages.setdefault((name, child.loc[row.child_id, "ethnic_group"]), set()).add(
                row.child_id
            )
    found = decision_counts(children, offences, YEAR)
    counts = found.set_index(["stage", "ethnic_group"])["children"]
    assert counts[counts > 0].to_dict() == {key: len(ids) for key, ids in stages.items()}


def test_decisions_go_straight_into_the_measures(made):
    children, offences, truth = made
    found = decision_counts(children, offences, YEAR, population=people(truth))
    shuffled = decision_counts(
        children.sample(frac=1, random_state=1), offences.sample(frac=1, random_state=1), YEAR,
        population=people(truth),
    )  # fmt: skip
    pd.testing.assert_frame_equal(found, shuffled)
    path = pathway(found, found.attrs["stages"], final="sentenced to custody")
    chain = path[(path["stage"] == "sentenced to custody") & (path["ethnic_group"] == "Black")]
    assert chain["nested"].item()
    custody = found[found["stage"] == "sentenced to custody"]
    index = relative_rate_index(
        custody, numerator="children", denominator="denominator", basis="stage"
    )
    both = path[path["stage"] == "sentenced to custody"].set_index("ethnic_group")["value"]
    np.testing.assert_allclose(
        index.set_index("ethnic_group")["value"], both[index["ethnic_group"]]
    )
    for name, part in found.groupby("stage"):
        if name != "population":
            assert (part["children"] <= part["denominator"]).all()


def test_without_a_column_for_remand_there_is_no_such_stage(made):
    children, offences, _ = made
    found = decision_counts(children, offences.drop(columns="remand"), YEAR)
    assert "remanded in custody" not in set(found["stage"])
    assert found.loc[found["stage"] == "had an outcome", "denominator"].isna().all()


def test_reoffending_is_counted_from_the_cohort(made):
    children, offences, truth = made
    cohort = proven_reoffending(
        children.astype({"ethnic_group": "str"}), offences, cohort=("2022-01-01", "2022-03-31"),
        extract_date=truth["extract_date"],
    )  # fmt: skip
    found = reoffending_counts(cohort).set_index("ethnic_group")
    known = pd.DataFrame(truth["cohorts"]).query("start == '2022-01-01'").set_index("ethnic_group")
    some = found[found["denominator"] > 0]
    assert some["numerator"].to_dict() == known["reoffenders"].to_dict()
    assert some["denominator"].to_dict() == known["children"].to_dict()
    by_age = reoffending_counts(cohort, by="age_band")
    assert by_age["denominator"].sum() == cohort.summary.children


def test_what_cannot_be_counted_is_told(made):
    children, offences, truth = made
    with pytest.raises(
        InputProblem, match=r"by names 'religion', which is no column here; there are"
    ):
        decision_counts(children, offences, YEAR, by="religion")
    for period in ("2022", ("2022-12-31", "2022-01-01"), (None, None), ("x", "y")):
        with pytest.raises(InputProblem, match="period"):
            first_entrants(children, offences, period)
    with pytest.raises(InputProblem, match="1 children have no date of birth"):
        first_entrants(children.assign(date_of_birth=children["date_of_birth"].where(
            children.index > 0)), offences, YEAR)  # fmt: skip
    few = people(truth).rename(columns={"population": "people"})
    with pytest.raises(InputProblem, match="has no column population"):
        first_entrants(children, offences, YEAR, population=few)
    twice = pd.concat([people(truth)] * 2)
    with pytest.raises(InputProblem, match="has a group twice"):
        first_entrants(children, offences, YEAR, population=twice)
