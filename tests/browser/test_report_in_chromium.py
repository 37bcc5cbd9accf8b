"""What a person meets when they open the report: on a phone, on a desk, on paper, by keyboard."""

import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from youthjustice.reports.building import authority, request_for
from youthjustice.reports.workers import ask

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# One of each kind: all sections and withheld values, a large city, a new authority without a past,
# one without figures, Wales.
AREAS = ["Islington", "Bristol, City of", "Cumberland", "Isles of Scilly", "Cardiff"]
OPEN_ALL = "document.querySelectorAll('details').forEach(part => part.open = true)"

WIDTHS = [390, 768, 1280]
PAPER = 688  # as wide as A4 between its margins
STATES = [
    *(("screen", width, opened) for width in WIDTHS for opened in (False, True)),
    ("print", PAPER, False),
    ("print", PAPER, True),
]
NAMES = [f"{medium}-{width}-{'open' if opened else 'folded'}" for medium, width, opened in STATES]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    folder, added = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("added")
    (added / "islington.md").write_text(
        "Our *words*.\n\n## Reoffending\n### More\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "utf-8"
    )
    (added / "targets.csv").write_text(
        "area,measure,value,by\nIslington,reoffending,30%,March 2027\n", "utf-8"
    )
    asked = [request_for(authority(area), folder, commentary=added) for area in AREAS]
    answers = {one.request["area"]: one for one in ask(asked)}
    assert [one.said for one in answers.values() if one.kind] == []
    return {area: Path(one.made["html"]) for area, one in answers.items()}


@pytest.fixture(scope="module", params=AREAS)
def page(request, browser, reports):
    """Open a report once for all that is asked of it; `show` brings it into a state."""
    # axe is injected by the test, so the page's own policy is set aside for that alone.
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    opened.requests = []
    opened.on("request", lambda asked: opened.requests.append(asked.url))
    opened.goto(reports[request.param].as_uri())
    yield opened
    context.close()


@pytest.fixture
def islington(browser, reports):
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(reports["Islington"].as_uri())
    yield opened
    opened.close()


def show(page, medium, width, opened):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media=medium)
    page.evaluate(
        "open => document.querySelectorAll('details').forEach(part => part.open = open)", opened
    )


def violations(page):
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=str(AXE))
    # Only what is wrong is described; what is right is counted.
    passed, wrong = page.evaluate(
        """tags => axe.run(document,
            {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})
            .then(found => [found.passes.length, found.violations.map(one =>
                [one.id, one.help, one.nodes.slice(0, 3).map(node => node.html.slice(0, 200))])])""",
        WCAG,
    )
    assert passed > 15
    return wrong


def overflow(page):
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def test_no_request_leaves_the_page(page):
    outside = [url for url in page.requests if not url.startswith(("file:", "data:"))]
    assert outside == []
    assert sum(url.startswith("file:") for url in page.requests) == 1
    assert page.locator("script").count() == 0 or page.evaluate("'axe' in window")


@pytest.mark.parametrize("state", STATES, ids=NAMES)
def test_axe_finds_no_violation_of_wcag_2_2_aa(page, state):
    show(page, *state)
    assert violations(page) == []


@pytest.mark.parametrize("state", STATES, ids=NAMES)
def test_the_page_never_scrolls_sideways_even_with_text_twice_as_large(page, state):
    show(page, *state)
    assert overflow(page) <= 0
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wider = overflow(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    assert wider <= 0


def test_every_chart_is_drawn(page):
    show(page, "screen", 1280, True)
    drawn = page.evaluate(
        "Array.from(document.images).map(i => [i.complete && i.naturalWidth > 0, i.alt.length])"
    )
    assert drawn
    assert all(complete and alt > 40 for complete, alt in drawn)


@pytest.mark.parametrize("width", WIDTHS)
def test_text_is_legible(page, width):
    show(page, "screen", width, True)
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll('main *'))
            .filter(e => e.childElementCount === 0 && e.textContent.trim() && !e.closest('sup'))
            .map(e => parseFloat(getComputedStyle(e).fontSize))
            .filter(size => size < 12).length"""
    )
    assert small == 0


def test_the_outline_is_sound(page):
    levels = page.evaluate(
        "Array.from(document.querySelectorAll('h1,h2,h3,h4')).map(h => +h.tagName[1])"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    for landmark in ("header", "main", "nav", "footer"):
        assert page.locator(f"body {landmark}").count() >= 1
    assert page.locator("th:not([scope])").count() == 0
    assert page.locator("table:not(:has(caption))").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_screen_stands_open_and_never_has_an_empty_place(page, width):
    show(page, "screen", width, False)
    shown = page.locator(".yj-overview > *")
    assert 1 <= shown.count() <= 4
    for one in shown.all():
        assert one.is_visible() and len(one.inner_text()) > 30
    assert page.locator("section:not(:has(details.yj-section))").count() == 1
    charts = page.locator(".yj-overview > figure").all()
    across = {round(one.bounding_box()["x"]) for one in charts}
    assert len(across) == min(len(charts), 1 if width < 768 else 2)


def test_a_link_opens_the_section_that_it_leads_to(islington):
    links = islington.locator("nav a")
    assert links.count() == islington.locator("details.yj-section").count() > 8
    for link in links.all():
        anchor = link.get_attribute("href")
        link.click()
        section = islington.locator(f"details:has(> {anchor})")
        assert section.evaluate("part => part.open")
        top = islington.locator(f"section:has({anchor}) h2").bounding_box()["y"]
        assert 0 <= top < 800, "its heading is in sight"


def test_a_reader_without_a_mouse_reaches_everything_and_sees_where_they_are(islington):
    islington.keyboard.press("Tab")
    assert islington.evaluate("document.activeElement.className") == "yj-skip"
    islington.locator("details.yj-section > summary").first.focus()
    islington.keyboard.press("Enter")
    assert islington.locator("details.yj-section").first.evaluate("part => part.open")

    islington.evaluate(OPEN_ALL)
    wanted = islington.evaluate(
        """() => { const all = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')];
            all.forEach((one, at) => one.dataset.at = at); return all.length }"""
    )
    islington.evaluate("document.activeElement.blur()")
    islington.evaluate("window.scrollTo(0, 0)")
    islington.locator("body").evaluate("body => { body.tabIndex = -1; body.focus() }")
    reached = []
    while len(reached) <= wanted:
        islington.keyboard.press("Tab")
        at, mark = islington.evaluate(
            """() => { const one = document.activeElement, look = getComputedStyle(one);
                return [one.dataset.at, look.outlineStyle + ' ' + look.outlineWidth] }"""
        )
        if at is None:
            break
        assert re.fullmatch(r"solid [3-9](\.\d+)?px", mark), mark
        reached.append(int(at))
    assert reached == list(range(wanted)), "in the order of the page, each once"


def test_paper_shows_everything_with_page_numbers_and_the_date_of_the_figures(page, tmp_path):
    show(page, "print", PAPER, False)
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('section p, section li, section td, section img')]
            .filter(e => !e.closest('.yj-small, details.yj-data:has(> .yj-table)'))
            .filter(e => !e.checkVisibility()).length"""
    )
    assert hidden == 0, "tables of figures that are folded stay in the file, and nothing else"
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.yj-scroll')]
            .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).length"""
    )
    assert cut == 0, "a table is as wide as its column"
    assert page.get_by_text("The figures behind each chart are in the file itself").is_visible()
    headings = page.locator("h2, h3, figcaption strong").all_inner_texts()

    path = tmp_path / "report.pdf"
    path.write_bytes(page.pdf(prefer_css_page_size=True))
    if shutil.which("pdftotext") is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("pdftotext reads the pages; Debian's poppler-utils has it")
    told = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    sheets = [sheet.split() for sheet in told.stdout.decode().split("\f")[:-1]]
    assert 5 <= len(sheets) <= 20
    for number, sheet in enumerate(sheets, start=1):
        text = " ".join(sheet)
        page_number = f"page {number} of {len(sheets)}"
        foot = re.search(r"Youth justice in [^.]+\. Figures released up to \d+ \w+ 20\d\d", text)
        assert foot and page_number in text
        body = text.replace(foot[0], "").replace(page_number, "").strip()
        if number == 1:
            continue  # it ends with the contents
        alone = [one for one in headings if one and body.endswith(" ".join(one.split()))]
        assert alone == [], f"page {number} ends with a heading"
