"""The gate that every format passes: what is not for publication leaves only when asked for."""

from __future__ import annotations

from dataclasses import replace

from youthjustice.errors import InputProblem
from youthjustice.reports.content import Content
from youthjustice.reports.files import slug


def let_out(content: Content, stem: str) -> tuple[Content, str]:
    """Return the content and the name of its file as they may be written, or refuse.

    A report in which a section carries a watermark is written where it was asked for (``internal``),
    and then says so in its title, its description and its file's name. Raises InputProblem otherwise.
    """
    if not content.watermark:
        return content, stem
    if not content.internal:
        raise InputProblem(
            "A section of this report shows numbers that are not for publication, so nothing was "
            "written; release its table under PUBLICATION, or ask for an internal report."
        )
    mark = content.watermark
    named = replace(
        content, title=f"{mark}. {content.title}", description=f"{mark}. {content.description}"
    )
    return named, f"{stem}-{slug(mark.partition(':')[0])}"
