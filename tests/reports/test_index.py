"""The page that lists all reports: whole without its script, and safe with any name."""

import base64
import hashlib
import re

import pytest

from tests.reports.pages import visible_text
from youthjustice.presentation import lint_words
from youthjustice.reports.index import Listed, render

SAID = [
    ("First-time entrants", ["Year ending December 2024: 145 (95% interval, inferred, 91 to 220)"]),
    ("Inspection", ["No figure in this report"]),
]


def listed(name, region, stem, *files):
    return Listed(name, region, stem, files or (f"{stem}.html",), SAID)


@pytest.fixture
def page():
    areas = [
        listed("York", "Yorkshire and The Humber", "york", "york.html", "york.docx",
               "york-charts/a.svg"),
        listed("Leeds", "Yorkshire and The Humber", "leeds", "leeds.json"),
        listed("Camden", "London", "camden"),
        listed("<img src=x onerror=alert(1)>", "", "img"),
    ]  # fmt: skip
    return render(areas, {"<b>Lost</b>": "Its table\n is <damaged>.", "Long" * 99: "x" * 5000})


def test_areas_stand_by_name_within_regions_and_nothing_ranks_them(page):
    text = visible_text(page)
    names = re.findall(r'<h[23] id="[^"]*">(?:<a [^>]*>)?([^<]*)', page)
    assert names[:6] == [
        "No region", "&lt;img src=x onerror=alert(1)&gt;", "London", "Camden",
        "Yorkshire and The Humber", "Leeds",
    ]  # fmt: skip
    assert "Areas are not ranked" in text
    assert lint_words(text) == []


def test_every_figure_of_an_area_stands_there_and_a_missing_one_says_so(page):
    text = visible_text(page)
    assert text.count("145 (95% interval, inferred, 91 to 220)") == 4
    assert text.count("No figure in this report") == 4


def test_links_lead_to_files_of_the_same_folder(page):
    links = re.findall(r'href="([^"#][^"]*)"', page)
    assert links == ["img.html", "camden.html", "leeds.json", "york.html", "york.docx"]


def test_the_one_script_is_named_by_its_hash_and_fetches_nothing(page):
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert not re.search(r"https?:|url\(|@import|fetch|eval|innerHTML", page)


def test_no_name_and_no_reason_becomes_markup(page):
    assert "<img" not in page and "<b>Lost" not in page and "<damaged>" not in page
    assert "Its table is &lt;damaged&gt;." in page
    assert len(page) < 30_000


def test_it_is_well_formed_and_the_same_each_time(page):
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for label in re.findall(r'(?:href="#|aria-labelledby="|for=")([^"]+)"', page):
        assert label in ids
    assert page.count("<h1") == 1
    again = render([listed("York", "North", "york"), listed("Ely", "East", "ely")], {})
    assert again == render([listed("Ely", "East", "ely"), listed("York", "North", "york")], {})
    assert "Areas without a report" not in again


def test_without_areas_it_says_so():
    assert "0 areas with headline figures" in render([], {"York": "No."})


def test_targets_that_no_report_could_use_are_told():
    page = render([listed("York", "North", "york")], {}, unused=["targets.csv, row 2: <Yrok>."])
    assert "<li>targets.csv, row 2: &lt;Yrok&gt;.</li>" in page
    assert "could use" not in render([listed("York", "North", "york")], {})
