"""No fraction of a child is counted, and no more children than live in an area."""

import re
from pathlib import Path

import pandas as pd
import pytest

from tests.published.test_import_checks import tidy
from youthjustice.published import load, tables
from youthjustice.published.import_checks import _DO, run_checks
from youthjustice.published.importing import read_workbook
from youthjustice.published.possible_counts import possible_counts

PAGE = Path(__file__).parents[2] / "docs" / "import-checks.md"


def counted(*values, **columns):
    given = {"unit": "children", "measure": "first-time entrants", "area_type": "authority"}
    return tidy(value=list(values), **given | columns)


def said(frame):
    return [one.message for one in possible_counts(frame)]


def test_a_fraction_of_a_child_and_more_children_than_there_are_are_told():
    fraction, above = possible_counts(counted(14.5, 1e9, 3.0, 2.25, None))
    assert fraction.message == (
        "S!C2 holds 14.5, which is no whole number of children; the same holds of S!C5"
    )
    assert fraction.rows == (0, 3)
    assert re.fullmatch(
        r"S!C3 holds 1,000,000,000 children, but no more than 1\d,\d{3} aged 10 to 17 live in the area",
        above.message,
    )
    assert above.rows == (1,)


def test_the_limit_is_the_most_of_any_year():
    people = load("population_area").query("area_code == 'E09000019' and age_band == '10-17'")
    most = people["value"].max()
    assert said(counted(most)) == []
    assert len(said(counted(most + 1))) == 1


@pytest.mark.parametrize(
    ("column", "text"),
    [("unit", "disposals"), ("unit", "%"), ("unit", "children per month"),
     ("unit", "per 1,000 children"), ("measure", "average monthly population in custody"),
     ("measure", "estimated first-time entrants"), ("flag", "estimated"),
     ("area_type", "country"), ("area_type", "region")],
)  # fmt: skip
def test_what_is_no_count_of_an_authority_may_be_anything(column, text):
    assert said(counted(14.5, 1e9, **{column: text})) == []


@pytest.mark.parametrize(
    "columns",
    [{"measure": "pupils", "table": "schools"}, {"area_code": "W99999999"}, {"area_code": None},
     {"period_start": pd.Timestamp("2016-04-01")}],
)  # fmt: skip
def test_where_the_limit_does_not_hold_or_is_not_known_none_is_used(columns):
    assert said(counted(1e6, **columns)) == []


@pytest.mark.parametrize("unit", ["children", "Number of children", "young people"])
def test_the_unit_may_be_written_as_people_write_it(unit):
    assert len(said(counted(14.5, unit=unit))) == 1


def test_the_shipped_tables_pass():
    for name in tables()["name"]:
        table = load(name)
        if {"value", "unit", "area_type", "area_code"} <= set(table.columns):
            assert possible_counts(table) == [], name


def test_a_mapped_file_is_refused_where_it_has_them(tmp_path):
    (tmp_path / "a.csv").write_text("Borough,2024/25\nIslington,14.5\nCamden,1e9\n")
    (tmp_path / "a.toml").write_text("""
table = "entrants_area"
areas = "authorities"
source = { title = "First-time entrants", publisher = "A publisher" }
columns = { area = "Borough" }
[[figures]]
columns = ["2024/25"]
headings = "period"
measure = "first-time entrants"
unit = "children"
""")
    rows = read_workbook(tmp_path / "a.csv", mapping=tmp_path / "a.toml")
    failed = [one for one in rows.attrs["checks"] if one["check"] == "possible_counts"]
    assert [one["cells"] for one in failed] == [["B2"], ["B3"]]
    assert all(one["refuses"] for one in failed)


def test_every_check_is_described_and_runs():
    listed = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.M)
    assert set(listed) == set(_DO)
    assert [one.check for one in run_checks(counted(14.5))] == ["possible_counts"]
