"""A report as it stood at the end of a quarter: nothing later is in it."""

import re
from datetime import date

import pytest

from tests.published.imported import TABLE, attrs, rows_of
from tests.reports.pages import visible_text
from youthjustice import reports
from youthjustice.errors import InputProblem
from youthjustice.presentation import Chart
from youthjustice.published import keep, load, place, tables, using
from youthjustice.reports.as_at import RESTS_ON, checked, day_of, not_yet
from youthjustice.reports.notebook import read_notebook, with_parameters

SECTIONS = [name for name in reports.__all__ if reports._HOMES[name].startswith("sections.")]


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")


def text_of(name, area, day):
    options = {"with_": ["London"]} if name == "compared" else {}
    shown = getattr(reports, name)(area, as_at=day, **options)
    return "" if shown is None else visible_text(shown._repr_html_())


def later_years(text, day):
    """Give the years after a day, but those in the titles of publications and tables."""
    for title in (*tables()["title"], *load("sources")["title"]):
        text = text.replace(title, "")
    return {int(year) for year in re.findall(r"\b20\d\d\b", text) if int(year) > int(day[:4])}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["title", "first_time_entrants", "reoffending", "moved"])
def test_a_section_of_an_earlier_quarter_rests_on_the_release_of_then(name):
    text = text_of(name, "Islington", "2025-Q1")
    assert text
    assert later_years(text, "2025-Q1") == set()
    assert "2024-12-31" not in text


@pytest.mark.parametrize("name", ["first_time_entrants", "reoffending", "standing", "findings"])
def test_what_had_no_release_yet_says_so(name):
    text = text_of(name, "Islington", "2023-Q4")
    if name != "findings":
        assert re.search(r"By 31 December 2023 no release at hand of “.+” had been published", text)
        assert text.count(".") == 1
    assert later_years(text, "2023-Q4") == set()


@pytest.mark.prove
@pytest.mark.parametrize(
    "day", ["2016-Q4", "2021-12", "2023-03-31", "2024-Q3", "2025-Q1", "2026-02"]
)
def test_every_section_of_every_kind_of_area_stands_at_any_quarter(day):
    for area in ("Islington", "Cumberland", "Isles of Scilly", "Swansea"):
        for name in SECTIONS:
            text = text_of(name, area, day)
            assert not re.search(r"\b(nan|NaN|None|NaT|inf)\b", text), (name, area)
            assert later_years(text, day) == set(), (name, area)


def test_the_years_of_inspections_are_those_of_the_reports_that_were_out():
    text = text_of("inspection", "Isles of Scilly", "2022-Q4")
    assert "No inspection of Cornwall is among those at hand (2021 to 2022)." in text
    assert "No report of an inspection is at hand" in text_of("inspection", "York", "2013-Q4")


def test_the_title_names_the_tables_that_say_no_day():
    text = text_of("title", "Islington", "2025-Q1")
    assert "Children in the population, by area and age band" in text
    assert "First-time entrants to the youth justice system: rate by area" not in text
    assert "may be too early" in text
    assert "may be too early" not in text_of("title", "Islington", None)


def test_the_title_says_the_day():
    assert "as at 31 December 2023" in text_of("title", "Islington", "2023-Q4").splitlines()[0]


@pytest.mark.prove
def test_what_stands_for_a_section_has_its_heading():
    for name in RESTS_ON:
        section = getattr(reports, name)("Islington")
        title, anchor, _ = RESTS_ON[name]
        assert (section.title, section.anchor) == (title, anchor)


@pytest.mark.parametrize(
    ("when", "day"),
    [("2023-Q4", (2023, 12, 31)), ("2024 q1", (2024, 3, 31)), ("2024-02", (2024, 2, 29)),
     ("2024-03-15", (2024, 3, 15)), (date(2020, 1, 2), (2020, 1, 2))],
)  # fmt: skip
def test_a_quarter_a_month_or_a_day(when, day):
    assert day_of(when) == date(*day)


@pytest.mark.parametrize("when", ["", "2023", "2023-Q5", "2023-13", "2023-02-30", "x" * 999, "Q4"])
def test_anything_else_is_refused(when):
    with pytest.raises(InputProblem, match="is no quarter, month or day"):
        day_of(when)


def test_a_day_to_come_and_one_before_all_figures_are_refused():
    with pytest.raises(InputProblem, match="still to come"):
        day_of("9999-Q4")
    with pytest.raises(InputProblem, match="had been published by 1999-03-31"):
        checked("1999-Q1")


def test_a_day_leaves_nothing_behind():
    before = len(load("first_time_entrants_area"))
    reports.first_time_entrants("Islington", as_at="2023-Q4")
    assert len(load("first_time_entrants_area")) == before
    assert not_yet("first_time_entrants", place("Islington").name) is None


def test_a_notebook_that_does_not_use_the_day_is_told():
    cells = [cell for cell in read_notebook() if "parameters" in cell.tags]
    with pytest.raises(InputProblem, match="No cell of the notebook uses 'as_at'"):
        with_parameters(cells, area="Islington", as_at="2023-12-31")
    assert len(with_parameters(read_notebook(), area="York", compare=["Leeds"], as_at="2025-03-31"))


@pytest.mark.prove
def test_an_import_serves_where_no_shipped_release_is_old_enough(tmp_path, monkeypatch):
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(tmp_path))
    rows = rows_of(some=None)
    rows = rows[rows["period_end"] < "2023-01-01"].reset_index(drop=True)
    rows.attrs = attrs(rows)
    rows.attrs["source"]["release_date"] = "2023-11-15"
    keep(rows, release="2023-11")
    found = {}
    for day in ("2023-11-14", "2023-11-15", "2025-03-31"):
        with using({}, as_at=date.fromisoformat(day)):
            table = load(TABLE)
            found[day] = table.attrs["release"] if len(table) else None
    assert list(found.values()) == [None, "2023-11", "2025-02"]
    assert "neither has" not in (text := text_of("moved", "Islington", "2025-Q1"))
    assert "release 2025-02 beside release 2023-11" in text
