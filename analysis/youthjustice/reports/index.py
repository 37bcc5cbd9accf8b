"""The page that lists all reports of a batch, with the headline figures of each area."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from youthjustice import __version__
from youthjustice.presentation import stylesheet
from youthjustice.reports.formats.text import in_one_line
from youthjustice.reports.page import BANNER, LICENCE
from youthjustice.reports.template_files import template_file

_FORMATS = {"docx": "Word", "xlsx": "workbook", "pdf": "PDF", "csv": "CSV", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Listed:
    """One area in the list: its file's stem, its files, and its headline figures."""

    name: str
    region: str
    stem: str
    files: Sequence[str]
    headline: Sequence[tuple[str, Sequence[str]]]


def render(
    areas: Iterable[Listed],
    failed: Mapping[str, str],
    said: str = "",
    unused: Iterable[str] = (),
) -> str:
    """Give the HTML of the list: areas by name within their regions, and those without a report.

    ``said`` is what is to be said of all the reports, ``unused`` the sentences on targets that none
    could use.
    """
    from jinja2 import Environment, StrictUndefined

    listed = sorted(areas, key=lambda one: (one.region, one.name))
    script = template_file("areas.js").strip()
    template = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    count = len(listed)
    return template.from_string(template_file("areas.html.j2")).render(
        banner=BANNER,
        licence=LICENCE,
        version=__version__,
        style=stylesheet() + template_file("page.css") + template_file("areas.css"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        said=said,
        count="1 area" if count == 1 else f"{count} areas",
        regions=_regions(listed),
        unused=[in_one_line(line, 600) for line in unused],
        failed=[
            {
                "name": in_one_line(name),
                "reason": in_one_line(failed[name], 600),
                "anchor": f"failed-{at}",
            }
            for at, name in enumerate(sorted(failed), start=1)
        ],
    )


def _regions(listed: Sequence[Listed]) -> list[dict[str, Any]]:
    names = dict.fromkeys(one.region for one in listed)
    return [
        {
            "name": region or "No region",
            "anchor": f"region-{at}",
            "areas": [_area(one) for one in listed if one.region == region],
        }
        for at, region in enumerate(names, start=1)
    ]


def _area(one: Listed) -> dict[str, Any]:
    """Link to the report, as HTML where there is one, and to its other files."""
    page = f"{one.stem}.html"
    whole = [f"{one.stem}.{ending}" for ending in _FORMATS]
    others = [name for name in whole if name in one.files and name != page]
    first = page if page in one.files else (others or sorted(one.files) or [""])[0]
    return {
        "name": in_one_line(one.name),
        "anchor": f"area-{one.stem}",
        "link": first,
        "others": [
            {"name": _FORMATS[name.rsplit(".", 1)[1]], "link": name}
            for name in others
            if name != first
        ],
        "headline": one.headline,
    }
