"""Where every figure comes from: the links in a report, and the section that they lead to."""

import re
from collections import Counter
from html import unescape

import pandas as pd
import pytest

from tests.reports.traced import holds_a_figure, things_with_figures, untraced
from youthjustice.presentation import Chart, Findings, Note, Sentence, Table
from youthjustice.presentation.lineage import Lineage, Publication, formulas
from youthjustice.published import places
from youthjustice.reports import page
from youthjustice.reports.cells import Shown, run
from youthjustice.reports.content import Content
from youthjustice.reports.lineage_section import ANCHOR, origins
from youthjustice.reports.notebook import read_notebook, with_parameters
from youthjustice.reports.section import Grouped, Section

BOOK = Publication("Office", "Book", "Table 1", "2026-02-01", "https://example.org/book")
PAPER = Publication("Of<fice", "Pa<per", address="javascript:alert(1)")
RATE = Lineage((BOOK, PAPER), ("rate",), (("children, <X>", "41 of 9,000"),))


def _page(*things):
    section = Section("Section", "section", things)
    shown = Shown("text/html", section._repr_html_(), section)
    return page.render(Content("X", "X", "About X", (shown,)))


def _told(written):
    return written[written.index(f'id="{ANCHOR}"') :]


def test_a_number_leads_to_its_entry_and_the_entry_back_to_its_first_use():
    written = _page(
        Findings(Sentence("A rate of 456.", lineage=RATE), Sentence("A note.")),
        Sentence("A count of 41.", lineage=Lineage((BOOK,))),
        Sentence("The rate again, 456.", lineage=RATE),
    )
    links = re.findall(r"<sup><a([^>]*)>(\d+)</a></sup>", written)
    assert [number for _, number in links] == ["1", "2", "1"]
    assert [re.findall(r'id="([^"]+)"', one) for one, _ in links] == [["use-1"], ["use-2"], []]
    for attributes, number in links:
        target = re.search(r'href="#([^"]+)"', attributes)[1]
        entry = re.search(rf'<li id="{target}">(.*?)</li>', written)[1]
        assert f'href="#use-{number}"' in entry
        assert f"entry {number}" in attributes


def test_an_entry_names_publications_formulas_and_inputs_and_each_is_told_once():
    written = _told(_page(Sentence("456", lineage=RATE), Sentence("41", lineage=Lineage((BOOK,)))))
    assert "children, &lt;X&gt;: 41 of 9,000" in written
    assert written.count("released 1 February 2026") == 1
    assert "release date not known" in written
    assert written.count(formulas()["rate"].name) == 1
    assert "as published" in written


def test_an_entry_leads_to_its_formula_and_the_formula_to_numbers_that_went_in():
    bare = Lineage((BOOK,), ("rate", "share"))
    written = _told(_page(Sentence("41", lineage=bare), Sentence("456", lineage=RATE)))
    first = re.search(rf'<li id="from-{bare.identifier}">(.*?)</li>', written)[1]
    formula = re.search(r'by <a href="#(f\d+)">F\d+</a>', first)[1]
    told = re.search(rf'<dt id="{formula}">F\d+</dt><dd>(.*?)</dd>', written)[1]
    assert formulas()["rate"].name in told
    assert f'Worked with the numbers of <a href="#from-{RATE.identifier}">entry 2</a>.' in told
    assert written.count("Worked with the numbers") == 1  # no numbers are told with a share


def test_only_an_address_of_the_web_becomes_a_link():
    written = _page(Sentence("456", lineage=RATE))
    assert '<a href="https://example.org/book">Book</a>' in written
    assert "javascript:" not in written
    assert "Pa&lt;per" in written


def test_a_report_without_figures_has_no_such_section_and_a_stray_link_is_left_out():
    assert ANCHOR not in _page(Sentence("No figure."))
    shown = Shown("text/html", RATE.reference_html(), None)
    written = page.render(Content("X", "X", "About X", (shown,)))
    assert "#from-" not in written


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("In the year ending December 2024, from mid-2021 to 31 March 2022.", False),
        ("Children aged 10 to 17, at ages 15 to 17, per 100,000, at the 5% level.", False),
        ("A rate of 145 in 2024.", True),
        ("A 95% interval of 3 to 4.", True),
    ],
)
def test_dates_and_ages_are_no_figures(text, held):
    assert holds_a_figure(text) is held


@pytest.mark.prove
def test_every_link_within_a_report_has_one_target(built):
    written = built("Islington")
    names = Counter(re.findall(r'\sid="([^"]+)"', written))
    assert {name for name, times in names.items() if times > 1} == set()
    assert set(re.findall(r'href="#([^"]+)"', written)) - set(names) == set()
    entries = re.findall(r'<li id="from-\w+">', _told(written))
    assert len(entries) > 40
    assert len(_told(written).encode()) < 40_000


@pytest.mark.prove
def test_every_sentence_of_a_report_with_a_figure_has_a_link(built):
    written = built("Islington")
    sentences = re.findall(r'<(?:p|li) class="yj-sentence[^>]*>(.*?)</(?:p|li)>', written)
    bare = [unescape(one.split("</strong> ")[-1]) for one in sentences if "#from-" not in one]
    assert len(bare) < len(sentences) / 2
    assert [one for one in bare if holds_a_figure(one)] == []


@pytest.fixture
def made(monkeypatch):
    """Run the notebook for an area, and give what it shows and its page, with no chart drawn."""
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")

    def of(area, **settings):
        shown = run(with_parameters(read_notebook(), area=area, **settings))
        return shown, page.render(Content(area, area, area, tuple(shown)))

    return of


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("area", "settings"),
    [
        ("Rutland", {}),
        ("Islington", {"compare": ["Camden", "London"]}),
        ("Islington", {"as_at": "2025-03-01"}),
        ("Trafford", {}),
        ("Cardiff", {}),
        ("City of London", {}),
        ("Isles of Scilly", {}),
        ("Dorset", {}),
    ],
)
def test_every_sentence_table_and_chart_with_a_figure_is_traced(made, area, settings):
    shown, written = made(area, **settings)
    traced = list(things_with_figures([one.thing for one in shown]))
    assert len(traced) > 20
    assert [said for thing, said in traced if thing.lineage is None] == []
    assert list(untraced(written)) == []
    found = origins(Content(area, area, area, tuple(shown)))
    for lineage in found.lineages:
        assert lineage.publications
        assert all(name and value for name, value in lineage.inputs)
    for one in found.publications:
        assert one.title
        assert re.fullmatch(r"\d{4}-\d\d-\d\d|", one.release_date)


@pytest.mark.prove
def test_no_report_of_many_areas_has_a_figure_without_a_link(made):
    areas = [one.name for one in places(kind="authority")][::23]
    assert len(areas) > 6
    assert {area: found for area in areas if (found := list(untraced(made(area)[1])))} == {}


def test_a_figure_without_a_link_is_found_wherever_it_stands():
    bare = pd.DataFrame({"group": ["Asian"], "n": [7]})
    drawn = Chart(print, "A chart", "Sub", "Alt", "Source", Table(bare, "Data"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")
        written = _page(
            Sentence("A rate of 456."),
            Sentence("A rate of 457.", lineage=RATE),
            Note("It was 12 of 34.", title="Note"),
            Table(bare, "Bare"),
            Table(bare, "Traced", source="Paper", lineage=RATE),
            drawn,
            Grouped(Table(pd.DataFrame({"a": ["All 99 of them"], "b": ["Told"]}), "Texts")),
        )
    assert list(untraced(written)) == [
        "A rate of 456.", "It was 12 of 34.", "7", "7", "All 99 of them"
    ]  # fmt: skip


def test_a_table_links_under_its_source():
    table = Table(pd.DataFrame({"a": ["x"], "n": [1]}), "Caption", source="Paper", lineage=RATE)
    assert 'id="use-1"' in _page(table)
