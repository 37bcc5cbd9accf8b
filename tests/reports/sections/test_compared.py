"""An area beside others: what is claimed, what is taken out, and what is missing."""

import re

import pytest

from tests.reports.pages import visible_text
from tests.reports.traced import things_with_figures
from youthjustice import reports
from youthjustice.errors import InputProblem
from youthjustice.measures import rate_ratio
from youthjustice.presentation import Chart, lint_report
from youthjustice.published import place, places
from youthjustice.reports.comparators import comparators
from youthjustice.reports.sections.compared_figures import entrants_pair, holds, populations


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")


def text_of(area, *others, **when):
    return visible_text(reports.compared(area, with_=others, **when)._repr_html_())


def test_the_region_is_taken_without_the_area_and_england_from_the_release_that_has_it():
    text = text_of("Islington", "camden", "London", "England")
    assert text.startswith("Beside Camden, London and England")
    assert "Islington is part of London and England and is taken out" in text
    assert "the rest of London (157)" in text
    assert "Release 2026-02 has no sound figures of Islington and England" in text
    assert "England in the year ending December 2024" not in text
    assert "The printed reoffending rate of London includes Islington" in text
    assert "no reoffending rate of that cohort for England" in text
    assert "there is none of London and England" in text


def test_one_area_beside_another_is_the_ratio_of_two_published_rates():
    pair = entrants_pair(place("Islington"), place("Camden"))
    last = pair.years.iloc[-1]
    assert (round(last["rate"]), round(last["reference_rate"])) == (145, 241)
    counts = [last[f"{side}{part}"] for side in ("", "reference_") for part in
              ("numerator", "denominator")]  # fmt: skip
    assert rate_ratio(*counts).value == pytest.approx(last["value"])
    assert (pair.label, pair.release) == ("Camden", "2026-02")


def test_a_region_beside_an_area_of_another_region_keeps_all_its_children():
    pair = entrants_pair(place("Leeds"), place("London"))
    assert pair.label == "London"
    assert round(pair.others["value"].iloc[-1]) == 157
    assert not holds(place("London"), place("Leeds"))
    assert holds(place("Yorkshire and The Humber"), place("Leeds"))
    assert holds(place("England"), place("Leeds"))
    assert not holds(place("England"), place("Swansea"))


def test_the_rest_of_a_region_and_the_area_are_the_region():
    rows = populations(place("Islington"), [place("London")]).set_index("label")["value"]
    alone = populations(place("Leeds"), [place("London")]).set_index("label")["value"]
    assert rows.sum() == alone["London"] == 847563


@pytest.mark.parametrize("area", ["Islington", "Swansea", "Isles of Scilly"])
def test_every_figure_says_where_it_comes_from_and_claims_what_it_may(area):
    section = reports.compared(area, with_=["London", "Leeds"])
    untraced = [said for thing, said in things_with_figures([section]) if thing.lineage is None]
    assert untraced == []
    assert lint_report(section._repr_html_()) == []


def test_an_area_without_rates_says_so():
    text = text_of("Swansea", "Cardiff")
    assert "no rate of first-time entrants for Swansea" in text
    assert "34,583" in text


def test_no_name_is_no_section():
    assert reports.compared("Islington") is None


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Islington"], "beside itself"),
        (["E09000019"], "beside itself"),
        (["Camdn"], "did you mean Camden"),
        (["Northamptonshire"], "closed on 2021-04-01"),
        (["Camden", "London", "Leeds", "York"], "3 others at most, and 4"),
        (["Camden", "camden"], "named twice"),
        (["Wales"], "is a country"),
        (["Inner London"], "is a subregion"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_sentence(names, said):
    with pytest.raises(InputProblem, match=said) as problem:
        comparators("Islington", names)
    assert re.fullmatch(r"[^\n]{10,300}", str(problem.value))


@pytest.mark.prove
def test_any_two_areas_can_be_compared():
    areas = [one.name for one in places(kind="authority")]
    whole = [one.name for one in places(kind="region")] + ["England"]
    for at, area in list(enumerate(areas))[::3]:
        text = text_of(area, areas[at - 7], whole[at % len(whole)])
        assert not re.search(r"\b(nan|NaN|None|NaT|inf)\b", text), area
