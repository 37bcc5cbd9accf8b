"""The schema refuses what no record may hold, and says it without the record."""

import pandas as pd
import pytest

from tests.records.extracts import check_silence, said_by
from youthjustice.errors import InputProblem
from youthjustice.records import check_records
from youthjustice.records.schema import CHILDREN, OFFENCES, allowed, problems, table_schema

DAY = pd.Timestamp("2022-02-01")
CHILD = ("Zq7-1", pd.Timestamp("2006-06-15"), "female", "White", "Leeds")
OFFENCE = ("Zq7-1", DAY, "TH68001", 1, "custody", DAY, DAY, False)


def tables(children=(CHILD,), offences=(OFFENCE,)):
    young = pd.DataFrame(list(children), columns=list(CHILDREN))
    acts = pd.DataFrame(list(offences), columns=list(OFFENCES))
    dates = {name: acts[name].astype("datetime64[us]") for name in acts if name.endswith("_date")}
    return young, acts.assign(**dates, is_breach=acts["is_breach"].astype("bool"))


def listed(children, offences):
    found = problems(children, offences)
    return [tuple(row) for row in found.to_numpy().tolist()]


def changed(row, names, **changes):
    return tuple(changes.get(name, value) for name, value in zip(names, row, strict=True))


def test_sound_records_have_no_problems():
    check_records(*tables())
    check_records(*tables([], []))
    young, acts = tables()
    large = (
        young.astype({"sex": "category", "ethnic_group": "category"}),
        acts.set_index("child_id", drop=False),
    )
    check_records(*large)


ONE = {
    "no such value": ("children", {"sex": "Zq7"}, "sex", "is not one of female, male, unknown"),
    "no id": ("children", {"child_id": None}, "child_id", "is empty but must be filled"),
    "no such outcome": ("offences", {"outcome_type": "Zq7"}, "outcome_type",
                        f"is not one of {', '.join(allowed()['outcome_type'])}"),
    "of no child": ("offences", {"child_id": "Zq7-9"}, "child_id",
                    "names a child that the table of children does not have"),
    "before birth": ("offences", {"offence_date": pd.Timestamp("2006-06-14")}, "offence_date",
                     "is before the child was born"),
    "outcome first": ("offences", {"offence_date": pd.Timestamp("2022-02-02")}, "outcome_date",
                      "is before the offence"),
    "release first": ("offences", {"release_date": pd.Timestamp("2022-01-31")}, "release_date",
                      "is before the outcome"),
}  # fmt: skip


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", ONE)
def test_a_row_that_breaks_the_schema_is_named_by_its_place(name):
    table, changes, column, reason = ONE[name]
    if table == "children":
        young, acts = tables([CHILD, changed(CHILD, CHILDREN, **({"child_id": "Zq7-2"} | changes))])
    else:
        young, acts = tables(offences=[OFFENCE, changed(OFFENCE, OFFENCES, **changes)])
    assert listed(young, acts) == [(table, 1, column, reason)]
    with said_by(InputProblem) as told:
        check_records(young.set_index("child_id", drop=False), acts)
    assert f"row 1 of the table {table}, counted from 0: {column} {reason}; leave" in told[0]
    check_silence("\n".join(told))


def test_a_child_stands_in_one_row():
    twice = ("children", "child_id", "names a child that stands in another row too")
    assert {(t, c, r) for t, _, c, r in listed(*tables([CHILD, CHILD]))} == {twice}


KINDS = {
    "date_of_birth": ["2006-06-15"],
    "sex": [1],
    "child_id": [7],
}


@pytest.mark.parametrize("column", KINDS)
def test_a_column_of_another_kind_is_told_once(column):
    young, acts = tables()
    found = listed(young.assign(**{column: KINDS[column]}), acts)
    assert [(t, c) for t, _, c, _ in found] == [("children", column)]
    assert pd.isna(found[0][1])


def test_dates_with_a_time_zone_and_missing_columns_are_told():
    young, acts = tables()
    zoned = young.assign(date_of_birth=young["date_of_birth"].dt.tz_localize("UTC"))
    assert "without a time zone" in listed(zoned, acts)[0][3]
    with pytest.raises(InputProblem, match="the column sex of the table children is missing"):
        check_records(young.drop(columns="sex"), acts)


def test_the_pandera_schema_itself_is_at_hand():
    young, acts = tables()
    table_schema("children").validate(young.assign(care_status="never"))
    table_schema("offences").validate(acts)
