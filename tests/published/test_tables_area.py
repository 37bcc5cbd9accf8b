"""Every area table says why a value is missing, whence it comes, and which area it means."""

import numpy as np
import pandas as pd
import pytest

from youthjustice._shipped import data_folder
from youthjustice.published.checks import CHECKS
from youthjustice.published.loading import load
from youthjustice.published.package import descriptor, resource_of

ISLINGTON = "E09000019"


TABLES = [
    "first_time_entrants_area", "first_time_entrants_releases", "reoffending_area",
    "cautioned_or_sentenced_area", "population_area", "population_ethnicity_area",
    "linked_cohort_ethnicity_area", "inspection_ratings", "inspection_findings",
]  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_missing_suppressed_and_zero_are_three_things(name):
    table = load(name, "all")
    assert table["symbol"].notna().equals(table["value"].isna())
    assert set(table["symbol"].dropna()) <= {"c", "x", "z", "u"}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_cites_a_publication_and_an_edition(name):
    table = load(name, "all")
    assert table["source"].isin(load("sources")["source"]).all()
    package = descriptor(data_folder())
    resource = next(r for r in package["resources"] if r["name"] == name)
    assert set(table["release"]) == {r["name"] for r in resource["releases"]}


@pytest.mark.parametrize("name", TABLES)
def test_names_and_codes_are_those_of_the_lookup(name):
    table = load(name, "all")
    official = load("areas").set_index("area_code")["area_name"]
    upper = table[~table["area_type"].isin(["lower_tier", "service"])]
    assert (upper["area_code"].map(official) == upper["area_name"]).all()


@pytest.mark.parametrize("name", TABLES[:4])
def test_float_dust_is_gone(name):
    """Trap 5: 39.020000000000003 is 39.02."""
    values = load(name, "all")["value"].dropna().to_numpy()
    assert np.array_equal(values, np.round(values, 2))


@pytest.mark.parametrize(
    ("name", "checks", "fails"),
    [
        ("first_time_entrants_area", {"closed_areas", "steady_units", "shifted_labels"}, set()),
        ("cautioned_or_sentenced_area", {"closed_areas", "steady_units", "shifted_labels"}, set()),
        ("reoffending_area", {"closed_areas", "steady_units"}, {"shifted_labels"}),
        ("first_time_entrants_releases", {"closed_areas"}, {"shifted_labels"}),
    ],
)
def test_the_checks_that_a_table_passes_run_whenever_it_is_loaded(name, checks, fails):
    """Where labels shift between releases, a caveat says so instead of the check."""
    resource = resource_of(name, descriptor(data_folder()))
    assert checks <= set(resource["checks"])
    assert fails.isdisjoint(resource["checks"])
    for release in ["all", "latest", *(one["name"] for one in resource["releases"])]:
        assert len(load(name, release))
    assert {check for check in fails if CHECKS[check](load(name, "all"))} == fails


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kingston-upon-Thames", "E09000021"),
        ("Bedford Borough", "E06000055"),
        ("Yorkshire and the Humber", "E12000003"),
        ("Yorkshire and The Humber", "E12000003"),
        ("Bournemouth (Pre LG)", "E06000028"),
        ("Kingston Upon Hull, City of", "E06000010"),
        ("Islington", ISLINGTON),
    ],
)
def test_spellings_lead_to_one_area(name, code):
    """Traps 5 and 13."""
    names = load("area_names").set_index("name")
    assert names.loc[name, "area_code"] == code


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("Tower Hamlets and City of London", "Tower Hamlets and City of London"),
        ("Gwynedd & Ynys Mon", "Gwynedd and Ynys Môn"),
        ("An inspection of Tower Hamlets and City of London", "Tower Hamlets and City of London"),
    ],
)
def test_services_of_several_authorities_have_no_code(name, service):
    """Trap 13."""
    row = load("area_names").set_index("name").loc[name]
    assert row["service"] == service
    assert pd.isna(row["area_code"])
    assert load("services").query("service == @service")["area_code"].nunique() == 2


def test_areas_and_neighbours_of_islington():
    areas = load("areas").set_index("area_name")
    assert areas.loc["Islington", ["area_code", "dfe_number", "region"]].tolist() == [
        ISLINGTON, "206", "London",
    ]  # fmt: skip
    assert areas["area_type"].value_counts().to_dict() == {
        "authority": 183, "region": 9, "country": 3, "subregion": 2,
    }  # fmt: skip
    near = load("statistical_neighbours").query("area_name == 'Islington'").sort_values("rank")
    assert near["neighbour_name"].tolist() == [
        "Camden", "Southwark", "Lambeth", "Westminster", "Hackney", "Hammersmith and Fulham",
        "Lewisham", "Haringey", "Greenwich", "Manchester",
    ]  # fmt: skip
