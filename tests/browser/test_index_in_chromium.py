"""What a person meets who opens the list of all areas: with its script, without, and on paper."""

import pytest

from tests.browser.test_report_in_chromium import AXE, WCAG
from youthjustice.reports.index import Listed, render

pytestmark = pytest.mark.browser

SAID = [
    ("First-time entrants per 100,000 children aged 10 to 17",
     ["Year ending December 2016: 537 (95% interval, inferred, 428 to 666)",
      "Year ending December 2024: 145 (95% interval, inferred, 91 to 220)"]),
    ("Children reoffending, ages 15 to 17", ["No figure in this report"]),
    ("Inspection", ["Inspectors rated the youth justice service of a place with a long name good, "
                    "24 of 36 points (report of August 2024)"]),
]  # fmt: skip
AREAS = [
    ("Camden", "London"), ("Islington", "London"), ("York", "Yorkshire and The Humber"),
    ("Ynys Môn", "Wales"), ("x" * 300, ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    path = tmp_path_factory.mktemp("index") / "index.html"
    areas = [
        Listed(name, region, f"a{at}", [f"a{at}.html", f"a{at}.docx"], SAID)
        for at, (name, region) in enumerate(AREAS)
    ]
    path.write_text(render(areas, {"Lost": "Its table is damaged."}), encoding="utf-8")
    return path


@pytest.fixture
def page(browser, index):
    opened = browser.new_page(viewport={"width": 390, "height": 800})
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.goto(index.as_uri())
    yield opened
    opened.close()


def shown(page):
    return page.locator(".yj-area h3:visible").all_inner_texts()


def test_a_search_finds_areas_and_regions_and_says_how_many(page):
    assert len(shown(page)) == len(AREAS) + 1
    box = page.get_by_label("Find an area or a region")
    for wanted, found, told in [
        ("isling", ["Islington"], "1 area found"),
        ("ynys mon", ["Ynys Môn"], "1 area found"),
        ("LONDON", ["Camden", "Islington"], "2 areas found"),
        ("<script>", [], "0 areas found"),
    ]:
        box.fill(wanted)
        assert shown(page) == found
        assert page.get_by_role("status").inner_text() == told
    assert page.locator("h2:visible").count() == 0
    box.fill("")
    assert len(shown(page)) == len(AREAS) + 1
    assert page.said == []  # the policy let the script run, and it met no error


def test_without_script_the_whole_list_stands_and_says_how_to_search(browser, index):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(index.as_uri())
    assert len(shown(page)) == len(AREAS) + 1
    assert page.get_by_text("use the search of your browser").is_visible()
    assert not page.get_by_label("Find an area or a region").is_visible()
    context.close()


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_axe_finds_no_violation_and_nothing_overflows(browser, index, width, medium):
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.emulate_media(media=medium)
    page.goto(index.as_uri())
    wide, held = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= held
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    assert len(found["passes"]) > 10
    assert [(one["id"], one["help"]) for one in found["violations"]] == []
    context.close()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_text_at_twice_its_size_does_not_overflow(browser, index, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(index.as_uri())
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide, held = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    page.close()
    assert wide <= held


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(page):
    links = page.locator("a:visible, input:visible").count()
    reached = set()
    for _ in range(links + 2):
        page.keyboard.press("Tab")
        one = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.outerHTML.slice(0, 120), s.outlineStyle !== 'none' || s.boxShadow !== 'none'] }"""
        )
        if one[0].startswith("<body"):
            break
        assert one[1], f"no focus mark on {one[0]}"
        reached.add(one[0])
    assert len(reached) >= links
