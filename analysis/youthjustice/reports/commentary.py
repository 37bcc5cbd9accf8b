"""An analyst's own words: a Markdown file per area, read and never written, merged into sections."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from youthjustice.errors import InputProblem
from youthjustice.published.imported_folder import local_folder
from youthjustice.reports.files import stem
from youthjustice.reports.section import Section

TITLE = "Commentary by the service"
FIRST = "findings"
"""The section that text before the first heading belongs to."""

_LONGEST = 50_000  # characters; a report is to stay small enough to send
_HEADING = re.compile(r" {0,3}##[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LEVEL = re.compile(r"<(/?)h([1-6])>")
_SAFE = ("http://", "https://", "mailto:", "#")


@dataclass(frozen=True, slots=True)
class Commentary:
    """Words of the service in Markdown; HTML in them is shown as it is written, never obeyed."""

    markdown: str

    def _repr_html_(self) -> str:
        return (
            f'<div class="yj-service" role="group" aria-label="{TITLE}">'
            f'<p class="yj-title"><strong>{TITLE}</strong></p>\n{as_html(self.markdown)}</div>'
        )

    def __str__(self) -> str:
        return f"{TITLE}: {self.markdown}"


@dataclass(frozen=True, slots=True)
class Part:
    """The text under one heading: the heading as written, its line, and the text."""

    heading: str
    line: int
    text: str


def commentary_folder(named: str | Path | None = None) -> Path:
    """Find the folder of commentary and targets: the one named, else `commentary` among the data.

    Raises InputProblem if a named folder is not there.
    """
    if named is None:
        return local_folder() / "commentary"
    folder = Path(named).expanduser().absolute()
    if not folder.is_dir():
        raise InputProblem(f"There is no folder {named}; check the path after --commentary.")
    return folder


def commentary_file(folder: Path, area: str) -> Path:
    """Name the file of an area's commentary, which need not be there: `islington.md`."""
    return folder / f"{stem(area)}.md"


def read_commentary(path: Path) -> list[Part]:
    """Part a file at its second-level headings; none where there is no file.

    Raises InputProblem for a file that is no text or too long.
    """
    try:
        raw = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except PermissionError:
        raise InputProblem(
            f"You may not read {path}; ask for the right to, or name another folder with --commentary."
        ) from None
    except (UnicodeDecodeError, OSError):
        raise InputProblem(
            f"{path} cannot be read as text; save it as Markdown in UTF-8."
        ) from None
    if len(raw) > _LONGEST:
        raise InputProblem(
            f"{path} has {len(raw):,} characters; shorten it to {_LONGEST:,} or fewer."
        )
    return [part for part in _parts(_CONTROL.sub("", raw).splitlines()) if part.text]


def _parts(lines: Sequence[str]) -> Iterator[Part]:
    heading, start, kept, fence = "", 1, list[str](), ""
    for number, line in enumerate(lines, start=1):
        if marked := _FENCE.match(line):
            closes = bool(fence) and line.strip().startswith(fence) and not line.strip(" `~")
            fence = "" if closes else fence or marked[1]
        if not fence and (found := _HEADING.fullmatch(line)):
            yield Part(heading, start, "\n".join(kept).strip())
            heading, start, kept = found[1], number, []
        else:
            kept.append(line)
    yield Part(heading, start, "\n".join(kept).strip())


def placed(parts: Sequence[Part], sections: Sequence[Section], path: Path) -> dict[str, list[str]]:
    """Say for each section, by its anchor, which texts belong to it.

    A heading is a section's title or anchor. Raises InputProblem for one that is neither.
    """
    known = {_plain(name): one.anchor for one in sections for name in (one.anchor, one.title)}
    if sections:
        # A notebook of one's own may have no findings: the first section has the words then.
        known[""] = FIRST if FIRST in known else sections[0].anchor
    found: dict[str, list[str]] = {}
    for part in parts:
        anchor = known.get(_plain(part.heading))
        if anchor is None:
            listed = "; ".join(one.title for one in sections) or "none"
            raise InputProblem(
                f"{path}, line {part.line}: no section is called {part.heading[:60]!r}; the sections "
                f"are: {listed}."
            )
        found.setdefault(anchor, []).append(part.text)
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().removeprefix("#")


def as_html(text: str) -> str:
    """Write Markdown as HTML that can neither run nor fetch anything, its headings from the third on.

    >>> as_html("A <b>b</b> [c](javascript:x) ![d](http://e)").strip()
    '<p>A &lt;b&gt;b&lt;/b&gt; c [d]</p>'
    """
    written = str(_markdown()(text))
    table = (
        '<div class="yj-scroll" role="group" tabindex="0" aria-label="Table of the service">'
        "<table><caption>Table of the service</caption>"
    )
    written = written.replace("<table>", table).replace("</table>", "</table></div>")
    return _with_levels(re.sub(r"<th(?=[ >])", '<th scope="col"', written))


def _with_levels(written: str) -> str:
    """Let headings begin at the third level and never skip one."""
    last = 2

    def at_level(match: re.Match[str]) -> str:
        nonlocal last
        if not match[1]:
            last = min(max(int(match[2]), 3), last + 1)
        return f"<{match[1]}h{last}>"

    return _LEVEL.sub(at_level, written)


@cache
def _markdown() -> Any:
    import mistune

    class Renderer(mistune.HTMLRenderer):
        """Keep links to the web and to mail, and the words alone of every other and of pictures."""

        def link(self, text: str, url: str, title: str | None = None) -> str:
            if not url.lower().startswith(_SAFE):
                return text
            return f'<a href="{html.escape(url)}">{text}</a>'

        def image(self, text: str, url: str, title: str | None = None) -> str:
            return f"[{text}]"

    return mistune.create_markdown(
        renderer=Renderer(escape=True), plugins=["table", "strikethrough"]
    )
