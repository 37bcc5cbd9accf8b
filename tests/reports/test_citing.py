"""Citing: which publications figures are from."""

import pandas as pd

from youthjustice.published import load
from youthjustice.reports.citing import origins
from youthjustice.reports.sections.entrants_figures import entrants


def test_the_publications_of_rows_are_those_that_they_name():
    rates = load("first_time_entrants_area")
    (one,) = origins(rates)
    assert one.release_date == "2026-02-09"
    assert one.table.startswith("FirstYJS")
    rows = rates.head(2).assign(population_source=["ons-mye-2022", None])
    assert [each.title for each in origins(rows, rows)] == [
        one.title,
        "Population estimates for England and Wales, mid-2022",
    ]


def test_the_publications_of_a_table_by_name_are_those_its_rows_cite():
    assert origins("statistical_neighbours") == origins(load("statistical_neighbours"))
    (one,) = origins("statistical_neighbours")
    assert one.release_date == ""


def test_rates_and_the_populations_that_imply_numbers_are_told_of_an_area():
    found = entrants("Islington")
    assert [each.publisher for each in found.origins] == [
        "Department for Education",
        "Office for National Statistics",
        "Office for National Statistics",
    ]


def test_a_missing_source_is_no_publication():
    rows = pd.DataFrame({"source": ["dfe-lait-2026-02", None]})
    assert len(origins(rows)) == 1
