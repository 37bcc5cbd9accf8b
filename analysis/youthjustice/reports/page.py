"""From an executed notebook to one HTML file that asks the network for nothing."""

from __future__ import annotations

import html
import importlib
import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from youthjustice import __version__
from youthjustice.presentation import stylesheet

if TYPE_CHECKING:
    from nbformat import NotebookNode

_CONTENTS = "<!-- contents -->"
_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Ratios, intervals and the sentences drawn from them are this project's own analysis; "
    "they are not official statistics."
)


def preload() -> None:
    """Import what `render` needs, so that it need not be waited for later."""
    importlib.import_module("nbconvert")


def render(notebook: NotebookNode, title: str, description: str) -> str:
    """Give the HTML of an executed notebook, code hidden and contents listed.

    Cells tagged ``notebook-only`` speak to the analyst and stay out of the report.
    """
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    folder = Path(str(resources.files("youthjustice.reports")))
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {"notebook-only"}
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name="template",
        extra_template_basedirs=[str(folder)],
        exclude_anchor_links=True,
        filters={"below_the_title": _below_the_title},
    )
    page_style = folder.joinpath("template", "page.css").read_text(encoding="utf-8")
    report = {
        "title": title,
        "description": description,
        "version": __version__,
        "style": stylesheet() + page_style,
        "banner": "Youth justice in England and Wales: published figures, with their uncertainty",
        "licence": _LICENCE,
    }
    page, _ = exporter.from_notebook_node(notebook, resources={"report": report})
    return _with_contents(page)


def _below_the_title(fragment: str) -> str:
    """Move an analyst's first-level headings down one, since a page has one h1."""
    return re.sub(r"(</?)h1\b", r"\1h2", fragment)


def _with_contents(page: str) -> str:
    """Put a list of the sections where the notebook left room for it."""
    links = "\n".join(
        f'<li><a href="#{anchor}">{re.sub("<[^>]+>", "", text)}</a></li>'
        for anchor, text in _HEADING.findall(page[page.find(_CONTENTS) :])
    )
    label = html.escape("In this report")
    contents = f'<nav class="yj-contents" aria-label="{label}">\n<ul>\n{links}\n</ul>\n</nav>'
    return page.replace(_CONTENTS, contents, 1)
