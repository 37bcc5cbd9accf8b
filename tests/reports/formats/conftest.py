"""A small report, as a notebook would show it."""

import pandas as pd
import pytest

from youthjustice.presentation import Chart, Findings, Group, Note, Sentence, Table
from youthjustice.presentation.lineage import Lineage, Publication
from youthjustice.reports.cells import Shown
from youthjustice.reports.content import Content
from youthjustice.reports.section import Contents, Folded, Heading, Section, Title

SOURCE = "Office for Examples, Book of Examples"


def draw(ax):
    ax.bar([0, 1], [2, 3])
    ax.set_title("$5 and $6")


def lineage():
    told = Publication("Office", "Book", "Table 1", "2026-02-01", "https://example.org/book")
    return Lineage((told,), ("rate",), (("children, Somewhere", "41"),))


def figures(word="Asian"):
    return pd.DataFrame(
        {
            "group": [word, "Black", "Mixed"],
            "children": [1234, 5, None],
            "change": [-0.5213, 0.25, None],
            "both": ["145 (91 to 220)", "20.1 (no interval available)", None],
            "symbol": ["x", "x", "c"],
        }
    )


def table(word="Asian", caption="Children by group"):
    return Table(
        figures(word),
        caption,
        columns={"group": "Group", "children": "Children", "change": "Change", "both": "Rate"},
        formats={"change": lambda value: f"{value * 100:.1f}%".replace("-", "\u2212")},
        note="Small numbers.",
        source=SOURCE,
        lineage=lineage(),
    )


def chart(name="bars", word="Asian"):
    return Chart(
        draw, f"Bars of {word}", "Count, somewhere, 2024", f"Bar chart: {word} 2, Black 3.", SOURCE,
        data=Table(figures(word), "Figures of the bars"), name=name, note="A bar is a count.",
        wide=(2, 1.5),
    )  # fmt: skip


def shown(thing):
    """Show a thing as a cell does; formats beside HTML read the thing itself."""
    return Shown("text/html", "", thing)


def small_content(word="Asian", area="Somewhere"):
    """Every kind of thing once; ``word`` stands wherever text comes from a table or a person."""
    first = Section(
        f"First of {word}",
        "first",
        (
            Findings(Sentence(f"{word} fell.", lineage=lineage()), "It rose."),
            Contents(),
            Heading(f"Under {word}"),
            Sentence(f"Numbers of {word} are small.", kind="caution", source=SOURCE),
            chart(word=word),
            Folded(f"More on {word}", (table(word, f"Children by group, {word}"),)),
            Note("One.", word, title="How to read"),
            Group(f"Of {word}, a note.", None),
        ),
    )
    second = Section("Second", "second", (Findings("Again from one."), chart("other")))
    return Content(
        area=area,
        title=f"{area}: report",
        description=f"What is known of {area}.",
        shown=(
            shown(Title(f"Youth justice in {area}", f"Figures on {area}.")),
            Shown(
                "markdown", "## By *hand*\n\n1. one\n2. two\n\n[out](https://example.org) <b>x</b>"
            ),
            shown(first),
            shown(second),
            shown(pd.DataFrame({"a": [1, 2]}, index=[word, "q"])),
            Shown("stream", "printed\n"),
        ),
    )


def content_of(words, area="Somewhere"):
    """Each of many words wherever text comes from a table or a person, with one drawing in all."""
    parts = [
        shown(
            Section(
                word,
                word,
                (
                    Heading(word),
                    Sentence(f"{word} fell.", source=word),
                    table(word, word),
                    Folded(word, (Note(word, title=word), Group(word))),
                ),
            )
        )
        for word in words
    ]
    return Content(
        area=area,
        title=f"{area}: report",
        description=area,
        shown=(shown(chart(word="".join(words))), Shown("markdown", "\n\n".join(words)), *parts),
    )


@pytest.fixture(scope="session")
def content():
    return small_content()
