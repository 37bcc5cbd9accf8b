"""What a person meets when they open the report: on a phone, on a desk, on paper."""

from itertools import pairwise
from pathlib import Path

import pytest

from youthjustice.reports import build

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session", params=["Islington", "Camden", "Cardiff"])
def report(request, tmp_path_factory):
    return build(request.param, tmp_path_factory.mktemp("reports"))


@pytest.fixture(params=[390, 1280])
def page(request, browser, report):
    # axe is injected by the test, so the page's own policy is set aside for that alone.
    context = browser.new_context(viewport={"width": request.param, "height": 900}, bypass_csp=True)
    opened = context.new_page()
    opened.requests = []
    opened.on("request", lambda asked: opened.requests.append(asked.url))
    opened.goto(report.as_uri())
    yield opened
    context.close()


def test_no_request_leaves_the_page(page):
    page.wait_for_timeout(200)
    outside = [url for url in page.requests if not url.startswith(("file:", "data:"))]
    assert outside == []
    assert sum(url.startswith("file:") for url in page.requests) == 1


def test_axe_finds_no_violation_of_wcag_2_2_aa(page):
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    assert len(found["passes"]) > 15
    broken = [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found["violations"]
    ]
    assert broken == []


def test_the_page_never_scrolls_sideways(page):
    wide, shown = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= shown


def test_every_chart_is_drawn(page):
    drawn = page.evaluate(
        "Array.from(document.images).map(i => [i.complete && i.naturalWidth > 0, i.alt.length])"
    )
    assert drawn
    assert all(complete and alt > 40 for complete, alt in drawn)


def test_text_is_legible(page):
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll('main *'))
            .filter(e => e.childElementCount === 0 && e.textContent.trim())
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


def test_it_prints_on_a4(browser, report):
    page = browser.new_page()
    page.goto(report.as_uri())
    printed = page.pdf(format="A4")
    page.close()
    assert printed.startswith(b"%PDF")
    assert 3 <= printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") <= 40
