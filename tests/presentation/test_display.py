"""Things that display themselves alike in a notebook, a report and a terminal."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.presentation import Findings, Group, Note, Sentence, Table, palette, stylesheet

NASTY = "<script>alert('x')</script> & \"quotes\""
VOID = {"img", "source", "br", "hr", "meta"}


class Balance(HTMLParser):
    """Fail on a tag that is closed out of turn or left open."""

    def __init__(self, html):
        super().__init__()
        self.open = []
        self.tags = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def things():
    frame = pd.DataFrame({NASTY: [NASTY], "b": [1]})
    return [
        Sentence(NASTY, kind="caution", source=NASTY),
        Findings(NASTY, title=NASTY),
        Note(NASTY, title=NASTY),
        Table(frame, NASTY, columns={NASTY: NASTY, "b": NASTY}, note=NASTY, source=NASTY),
    ]


@pytest.mark.parametrize("thing", [*things(), Group(*things(), None, NASTY)], ids=type)
def test_html_is_escaped_and_balanced_and_text_is_plain(thing):
    html = thing._repr_html_()
    assert "script" not in Balance(html).tags
    assert str(thing) == repr(thing)
    assert "yj-" in html
    assert "yj-" not in str(thing)


def test_unknown_kinds_and_things_are_refused():
    with pytest.raises(InputProblem, match="'loud'"):
        Sentence("x", kind="loud")
    with pytest.raises(InputProblem, match="int"):
        Group(3)


def test_a_caution_says_so_in_words():
    assert "Caution:" in Sentence("x", kind="caution")._repr_html_()
    assert str(Sentence("x", kind="caution")) == "Caution: x"


def test_every_colour_of_the_style_sheet_can_be_read_on_white():
    for name in ("text", "quiet", "blue", "pink"):
        colour = stylesheet().split(f"--yj-{name}: ")[1][:7].upper()
        assert palette.contrast(colour, palette.WHITE) >= 4.5
        assert palette.contrast(colour, "#F3F5F7") >= 4.5


def test_the_palette_keeps_its_contrasts():
    series = [palette.DARK_BLUE, palette.TURQUOISE, palette.DARK_PINK, palette.CONTEXT]
    assert all(palette.contrast(colour, palette.WHITE) >= 3 for colour in series)
    assert all(
        palette.contrast(palette.text_colour(colour), palette.WHITE) >= 4.5
        for colour in palette.series_colours(4)
    )
    with pytest.raises(ValueError, match="split the chart"):
        palette.series_colours(5)
