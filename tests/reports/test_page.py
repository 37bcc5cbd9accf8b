"""The page: any name is shown as it is, sections open, and what is added stays out of the way."""

import re

import pytest

from tests.reports.pages import visible_text
from youthjustice.presentation import Findings, Group, Sentence
from youthjustice.presentation.lineage import Lineage, Publication
from youthjustice.reports import page
from youthjustice.reports.cells import Shown
from youthjustice.reports.content import Content
from youthjustice.reports.section import Contents, Section, Title
from youthjustice.reports.words_used import how_to_read

NAMES = [
    "King's Lynn and West Norfolk",
    'The "quoted" & <b>bold</b>',
    "</style><script>alert(1)</script>",
    "../../x\\20 } @page { size: A1 }",
    "Ynys Môn \N{RIGHT-TO-LEFT OVERRIDE}",
    "x" * 5000,
]


def shown(*things):
    return tuple(Shown("text/html", one._repr_html_(), one) for one in things)


def rendered(name):
    released = Lineage((Publication("Office", "Book", "1", "2026-02-09"),))
    said = Sentence(f"In {name} the rate is 12.", lineage=released)
    return page.render(
        Content(
            name,
            f"{name}: report",
            f"About {name}",
            shown(
                Title(f"Youth justice in {name}", "What it is."),
                Section("Findings", "findings", (Findings(said), Contents()), folds=False),
                Section(f"The children of {name}", "children", (Sentence(name),)),
            ),
        )
    )


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:12])
def test_any_name_is_shown_as_it_is_and_nothing_of_it_is_obeyed(name):
    html = rendered(name)
    assert " ".join(name.split()) in visible_text(html)
    assert "<script" not in html and "<b>bold" not in html
    assert html.count("<style>") == html.count("</style>") == 1
    # The foot of every printed page is one string of a style sheet, whatever the name holds.
    (foot,) = re.findall(r'@bottom-left \{ content: "([^"]*)"; \} \}\n</style>', html)
    assert re.fullmatch(r"(?:[A-Za-z0-9 ,.:]|\\[0-9a-f]{6})*", foot)
    said = re.sub(r"\\([0-9a-f]{6})", lambda letter: chr(int(letter[1], 16)), foot)
    assert said == f"Youth justice in {name}. Figures released up to 9 February 2026"


def test_a_section_folds_on_a_page_and_stands_open_in_a_notebook():
    one = Section("One & two", "one", (Sentence("Text."),))
    assert one._repr_html_().startswith(
        '<section aria-labelledby="h-one"><details class="yj-section" open><summary>'
        '<h2 id="h-one" style="display: inline">One &amp; two</h2></summary>'
    )
    html = rendered("York")
    assert '<details class="yj-section"><summary>' in html and "open>" not in html
    assert "<!--" not in html, "marks for what may be added are left out"


def test_the_contents_lead_inside_the_sections_where_a_link_opens_them():
    html = rendered("York")
    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', html)
    assert links[0] == ("children", "The children of York")
    for anchor, _ in links:
        inside = html[html.index(f'id="{anchor}"') :]
        assert inside.index("</details>") < inside.index("</section>")


def test_a_page_without_dated_figures_names_no_date():
    html = page.render(Content("York", "York", "York", shown(Title("York", "Lede."))))
    assert 'content: "Youth justice in York"' in html


def test_how_to_read_explains_the_words_of_this_report_alone():
    one = Section("One", "one", (Group("The remand of children"), Sentence("A ratio of two.")))
    section = how_to_read(shown(one))
    words = [word.word for word in section.items[-1].words]
    assert "Remand" in words and "Ratio" in words
    assert "Key stage 4" not in words and "Stop and search" not in words
    html = section._repr_html_()
    assert html.count("<dt>") == html.count("<dd>") == len(words)
    assert how_to_read([Shown("text/html", "<p>no section</p>")]) is None
