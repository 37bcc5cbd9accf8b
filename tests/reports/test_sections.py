"""Every section, for every kind of area: a whole answer or a plain sentence, never a stumble."""

import inspect
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from tests.reports.pages import visible_text
from youthjustice import reports
from youthjustice.presentation import Chart, lint_words
from youthjustice.published import load, places


def compared(area):
    others = [name for name in ("London", "England", "Cardiff", "Camden") if name != area]
    return reports.compared(area, with_=others[:3])


SECTIONS = [
    reports.findings,
    reports.first_time_entrants,
    reports.reoffending,
    reports.claim_of_2016,
    reports.children,
    reports.local_disposals,
    reports.linked,
    reports.national,
    reports.standing,
    reports.inspection,
    compared,
    reports.moved,
    reports.sources,
]
# One of each kind: a city, a shire, the smallest, partnerships, new authorities, Wales.
KINDS = [
    "Manchester",
    "Northumberland",
    "Rutland",
    "Isles of Scilly",
    "City of London",
    "Tower Hamlets",
    "Cumberland",
    "West Northamptonshire",
    "Swansea",
]


def text_of(area, section):
    shown = section(area)
    return "" if shown is None else visible_text(shown._repr_html_())


def check(area, section, titles):
    text = text_of(area, section)
    assert not re.search(r"\b(nan|NaN|None|NaT|inf|<NA>)\b", text), area
    assert not re.search(r"\(\s*\)|\s,|\.\.(?!\.)|  ", text.replace(" | ", "")), area
    assert lint_words(text, quoted=[*titles, "“significantly higher”"]) == [], area


@pytest.fixture(scope="module")
def titles():
    return load("sources")[["title", "table"]].stack().dropna().tolist()


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__)
@pytest.mark.parametrize("area", ["West Northamptonshire", "Swansea"])
def test_a_section_is_whole_or_says_why_not(area, section, titles, monkeypatch):
    # Drawing takes most of the time and is proved below.
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")
    check(area, section, titles)


@pytest.mark.prove
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__)
def test_a_section_is_whole_or_says_why_not_for_every_authority(section, titles, monkeypatch):
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")
    areas = [place.name for place in places(kind="authority")]
    assert len(areas) > 170
    for area in areas:
        check(area, section, titles)


@pytest.mark.prove
@pytest.mark.parametrize("area", KINDS)
def test_every_chart_of_every_kind_of_area_can_be_drawn(area):
    for section in SECTIONS:
        shown = section(area)
        page = "" if shown is None else shown._repr_html_()
        assert shown is None or "</section>" in page
        for drawing in re.findall(r'src="data:image/svg\+xml,([^"]+)"', page):
            ElementTree.fromstring(unquote(drawing))


def test_a_section_takes_its_own_arguments_by_place_and_tells_of_the_added_ones():
    asked = inspect.signature(reports.compared).parameters
    assert list(asked) == ["area", "with_", "releases", "as_at"]
    assert asked["releases"].kind is asked["as_at"].kind is inspect.Parameter.KEYWORD_ONLY
    assert reports.compared("Islington", ["Camden"]).title == "Beside Camden"
