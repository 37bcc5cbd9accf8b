"""A picture of each chart, for use in other documents."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from youthjustice._files import write_whole
from youthjustice.presentation import Chart
from youthjustice.reports.content import Content, walk
from youthjustice.reports.files import slug, stem
from youthjustice.reports.formats.text import printable


def write_png(content: Content, folder: Path, stem: str) -> list[Path]:
    """Write each chart as a PNG with two pixels for each of a page's."""
    return _write(content, folder, stem, "png", Chart.png)


def write_svg(content: Content, folder: Path, stem: str) -> list[Path]:
    """Write each chart as an SVG that says in itself what it shows."""
    return _write(content, folder, stem, "svg", titled)


def charts(content: Content) -> dict[str, Chart]:
    """Give each chart of a report once, by a name that is fit for a file."""
    found: dict[str, Chart] = {}
    seen: set[int] = set()
    for shown in content.shown:
        for thing in walk(shown.thing):
            if isinstance(thing, Chart) and id(thing) not in seen:
                seen.add(id(thing))
                found[_free(stem(thing.name) if slug(thing.name) else "chart", found)] = thing
    return found


def titled(chart: Chart) -> str:
    """Give a chart's drawing with its title and its words for readers who cannot see it inside."""
    tag, rest = chart.svg().split(">", 1)
    name = slug(chart.name) or "chart"
    title, told = (escape(printable(text)) for text in (chart.title, chart.alt))
    return (
        f'{tag} role="img" aria-labelledby="{name}-title {name}-told" lang="en-GB">'
        f'<title id="{name}-title">{title}</title><desc id="{name}-told">{told}</desc>{rest}\n'
    )


def _write(
    content: Content, folder: Path, start: str, ending: str, drawn: Callable[[Chart], str | bytes]
) -> list[Path]:
    place = folder / f"{start}-charts"
    files = []
    for name, chart in charts(content).items():
        files.append(place / f"{name}.{ending}")
        write_whole(files[-1], drawn(chart))
    return files


def _free(name: str, taken: dict[str, Chart]) -> str:
    """Give a name that is not taken yet."""
    numbered = [name, *(f"{name}-{number}" for number in range(2, len(taken) + 2))]
    return next(one for one in numbered if one not in taken)
