import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.measures.pathways.stages_table import read_stages

ROWS = [
    {"stage": "population", "parent": None, "unit": "children", "period": "mid-2023"},
    {"stage": "arrest", "parent": "population", "unit": "arrests", "period": "2023/24"},
    {"stage": "charge", "parent": "arrest", "unit": "arrests", "period": "2023/24"},
    {"stage": "release", "parent": "arrest", "unit": "arrests", "period": "2023/24"},
]


def changed(at, **columns):
    return [{**row, **columns} if place == at else row for place, row in enumerate(ROWS)]


def test_a_table_is_a_frame_or_a_list_and_trees_are_allowed():
    for table in (ROWS, pd.DataFrame(ROWS)):
        found = read_stages(table)
        assert found.parent == (-1, 0, 1, 1)
        assert [found.nests(at) for at in range(4)] == [False, True, True, True]
        assert found.population == (True, False, False, False)


def test_the_population_is_exempt_from_unit_and_period_and_nothing_else_is():
    renamed = changed(0, stage="residents")
    renamed[1] = {**renamed[1], "parent": "residents"}
    assert "residents, in children" in read_stages(renamed).reason[1]
    assert read_stages(renamed, population="residents").nests(1)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"unit": "children"}, "charge is counted in children and its parent, arrest, in arrests"),
        ({"period": "2022/23"}, "the periods differ: 2022/23, and 2023/24 for its parent, arrest"),
        ({"unit": None}, "no unit is given for charge"),
        ({"period": float("nan")}, "no period is given for charge"),
        ({"parent": None}, "no parent is given"),
    ],
)
def test_a_stage_that_does_not_nest_says_why(columns, reason):
    found = read_stages(changed(2, **columns))
    assert found.reason[2] == reason
    assert not found.nests(2)
    assert found.nests(3)


def test_every_reason_is_told():
    found = read_stages(changed(2, unit="children", period="2022/23"))
    assert found.reason[2].count(";") == 1


def test_periods_may_be_dates(monkeypatch):
    dated = pd.DataFrame(ROWS[1:3]).drop(columns="period").assign(parent=[None, "arrest"])
    dated["period_start"] = pd.to_datetime(["2023-04-01", "2023-04-01"])
    dated["period_end"] = pd.to_datetime(["2024-03-31", "2024-03-31"])
    monkeypatch.setattr("time.strftime", lambda *_: "März")  # as on a machine that speaks German
    found = read_stages(dated)
    assert found.nests(1)
    assert found.period == ("1 April 2023 to 31 March 2024",) * 2
    dated.loc[1, "period_end"] = pd.NaT
    assert read_stages(dated).reason[1] == "no period is given for charge"
    label = read_stages(changed(2, period=pd.Timestamp("2024-03-31")))
    assert "31 March 2024, and 2023/24" in label.reason[2]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("arrest", "stages is a str"),
        (None, "stages is a NoneType"),
        ([1, 2], "something else than dicts"),
        ([], "table of stages is empty"),
        (pd.DataFrame(ROWS).drop(columns="unit"), "no column 'unit'; it has stage, parent, period"),
        (pd.DataFrame(ROWS).drop(columns="period"), "no column 'period'"),
        (pd.concat([pd.DataFrame(ROWS)] * 2, axis=1), "has a column twice"),
        ([*ROWS, ROWS[1]], "'arrest' stands twice"),
        (changed(2, stage=None), "has no stage"),
        (changed(2, stage=["charge"]), "has no stage"),
        (changed(2, stage=" "), "has no stage"),
        (changed(2, parent=["arrest"]), r"parent of 'charge' is \['arrest'\], which is no stage"),
        (changed(2, parent="search"), "parent of 'charge' is 'search', which is no stage"),
        (changed(1, parent="charge"), "'arrest' comes back to itself"),
        (changed(2, parent="charge"), "'charge' comes back to itself"),
        (changed(2, period=[2023, 2024]), r"'charge' has \[2023, 2024\] as its unit or period"),
        (changed(2, basis="people"), "basis of 'charge' in the table of stages is 'people'"),
    ],
)
def test_a_bad_table_is_named_in_one_sentence(table, sentence):
    with pytest.raises(InputProblem, match=sentence):
        read_stages(table)


def test_blank_cells_are_empty():
    blank = read_stages(changed(1, parent="", unit=" "))
    assert blank.parent[1] == -1
    unknown = [dict(row, unit="") for row in ROWS]
    assert read_stages(unknown).reason[2] == "no unit is given for charge"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("people", "no stage of the table"),
        ("charge", "has a parent"),
        (pd.NA, "population is <NA>; give one label"),
        (pd.DataFrame(ROWS), "population is a DataFrame; give one label"),
    ],
)
def test_a_population_that_is_none_is_refused(name, sentence):
    with pytest.raises(InputProblem, match=sentence):
        read_stages(ROWS, population=name)
