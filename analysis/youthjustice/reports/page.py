"""From what a notebook showed to one HTML file that asks the network for nothing."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from youthjustice import __version__
from youthjustice.presentation import dates, stylesheet
from youthjustice.reports.content import Content
from youthjustice.reports.lineage_section import lineages, with_origins
from youthjustice.reports.section import OPEN, place_for_more
from youthjustice.reports.template_files import template_file

if TYPE_CHECKING:
    from jinja2 import Template

_CONTENTS = "<!-- contents -->"
_HEADING = re.compile(r'<h2 id="h-([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_MORE = re.compile(re.escape(place_for_more("@")).replace("@", "[^>]*") + r"\n?")
_CLOSED = OPEN.replace(" open", "")
_PLAIN = re.compile(r"[^A-Za-z0-9 ,.:]")
LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Ratios, intervals and the sentences drawn from them are this project's own analysis; "
    "they are not official statistics."
)
ON_PAPER = "The figures behind each chart are in the file itself and in the workbook."
"""What a printed report says of the tables that it leaves out."""
BANNER = "Youth justice in England and Wales: published figures, with their uncertainty"


def render(content: Content) -> str:
    """Give the HTML of a report: no code, contents listed, nothing fetched."""
    page = _template().render(
        content=content,
        version=__version__,
        style=_style(),
        banner=f"{content.watermark}. {BANNER}" if content.watermark else BANNER,
        licence=LICENCE,
        foot=_foot(content),
    )
    page = with_origins(page, content).replace(OPEN, _CLOSED)
    return _with_contents(_MORE.sub("", page))


@cache
def _style() -> str:
    return stylesheet() + template_file("page.css")


def _foot(content: Content) -> str:
    """Write what every printed page says at its foot, as a string of a style sheet."""
    released = [
        publication.release_date
        for one in content.shown
        for lineage in lineages([one.thing])
        for publication in lineage.publications
        if publication.release_date
    ]
    mark = f"{content.watermark}. " if content.watermark else ""
    said = f"{mark}Youth justice in {content.area}"
    if released:
        said += f". Figures released up to {dates.day(date.fromisoformat(max(released)))}"
    # Letters beyond the plain ones are written by number, so that none ends the string or the style.
    return _PLAIN.sub(lambda letter: f"\\{ord(letter[0]):06x}", said)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["markdown"] = markdown
    return environment.from_string(template_file("index.html.j2"))


def markdown(text: str) -> str:
    """Write an analyst's Markdown as HTML, one level below the page's one first-level heading."""
    written: Any = _markdown()(text)
    return re.sub(r"(</?)h1\b", r"\1h2", written)


@cache
def _markdown() -> Any:
    import mistune

    return mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "footnotes"])


def _with_contents(page: str) -> str:
    """Put a list of the sections where the notebook left room for it."""
    links = "\n".join(
        f'<li><a href="#{anchor}">{re.sub("<[^>]+>", "", text)}</a></li>'
        for anchor, text in _HEADING.findall(page[page.find(_CONTENTS) :])
    )
    contents = (
        f'<p class="yj-paper">{ON_PAPER}</p>\n'
        '<nav class="yj-contents" aria-labelledby="h-contents">\n<p id="h-contents">In this report</p>'
        f"\n<ul>\n{links}\n</ul>\n</nav>"
    )
    return page.replace(_CONTENTS, contents, 1)
