"""Read a report as its readers will, and tell what it must not say."""

from __future__ import annotations

from html import escape

from youthjustice.presentation import ReportProblem, lint_report
from youthjustice.reports.cells import Shown
from youthjustice.reports.content import Content
from youthjustice.reports.page import markdown


def problems_of(content: Content) -> list[ReportProblem]:
    """Return what a report's cells, commentary and sections say against the rules of its words."""
    return lint_report("\n".join(map(_html, content.shown)))


def _html(one: Shown) -> str:
    """Give one thing shown as HTML, as the page holds it."""
    if one.kind in ("markdown", "text/markdown"):
        return markdown(one.content)
    if one.kind in ("text/html", "image/svg+xml"):
        return one.content
    return "" if one.kind.startswith("image/") else f"<p>{escape(one.content)}</p>"
