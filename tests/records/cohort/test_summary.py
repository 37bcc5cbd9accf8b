"""Figures in words, bounds, and cohorts added up."""

from dataclasses import replace
from datetime import date

import pytest

from youthjustice.records.cohort.summary import Summary, sum_of

QUARTER = Summary(
    children=40,
    reoffenders=13,
    reoffences=26,
    final=True,
    provisional_until=None,
    extract_date=date(2024, 1, 1),
    same_day="exclude",
    reoffenders_other_day=13,
    reoffences_other_day=26,
    undatable=2,
    reoffenders_at_most=14,
    reoffences_at_most=28,
    reoffences_if_merged=25,
    reoffences_if_kept=27,
)
LATER = replace(QUARTER, children=14, final=False, provisional_until=date(2024, 3, 10))


def test_thirty_children_have_a_percentage_and_fewer_have_none():
    assert QUARTER.sentence() == "32.5% of children reoffended (13 of 40)."
    assert "%" in replace(QUARTER, children=30).sentence()
    assert replace(QUARTER, children=29).sentence() == "13 of 29 children reoffended."


def test_a_provisional_figure_says_until_when():
    assert LATER.sentence() == (
        "13 of 14 children reoffended so far; the figure is provisional until 2024-03-10."
    )


def test_rates_bounds_and_choices():
    assert (QUARTER.binary_rate, QUARTER.binary_rate_at_most) == (0.325, 0.35)
    assert (QUARTER.reoffences_per_reoffender, QUARTER.reoffences_per_child) == (2, 0.65)
    assert QUARTER.reoffences_without_sequence == 2
    assert not QUARTER.same_day_matters
    assert replace(QUARTER, reoffences_other_day=27).same_day_matters


def test_a_year_is_as_provisional_as_its_last_quarter():
    year = sum_of([QUARTER, LATER, QUARTER, replace(LATER, provisional_until=date(2024, 2, 1))])
    assert (year.children, year.reoffenders, year.reoffences_if_kept) == (108, 52, 108)
    assert not year.final
    assert year.provisional_until == date(2024, 3, 10)
    assert year.sentence(of_year=True).startswith("48.1% of entries led to a reoffence (52 of 108)")
    assert year.binary_rate == pytest.approx(52 / 108)
