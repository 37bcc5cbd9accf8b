"""The gate that every format passes: what is not for publication leaves only when asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache

from youthjustice.disclosure import Released
from youthjustice.errors import InputProblem
from youthjustice.reports.content import Content
from youthjustice.reports.files import slug


def let_out(content: Content, stem: str) -> tuple[Content, str]:
    """Return the content and the name of its file as they may be written, or refuse.

    The tables on records in one report are audited together, since what one hides another can give
    away. A report in which a section carries a watermark is written where it was asked for
    (``internal``), and then says so in its title, its description and its file's name. Raises
    InputProblem where it was not, and where tables give hidden numbers away together.
    """
    mark = content.watermark
    if not mark:
        _check_together(content.released, json.dumps(content.nested))
        return content, stem
    if not content.internal:
        raise InputProblem(
            "A section of this report shows numbers that are not for publication, so nothing was "
            "written; release its table under PUBLICATION, or ask for an internal report."
        )
    named = replace(
        content, title=f"{mark}. {content.title}", description=f"{mark}. {content.description}"
    )
    return named, f"{stem}-internal-{slug(mark.partition(':')[0])}"


@lru_cache(maxsize=4)
def _check_together(tables: tuple[Released, ...], nested: str = "{}") -> None:
    """Refuse tables that are safe one by one and not together; asked once for all formats."""
    if len(tables) < 2:
        return
    from youthjustice.disclosure import audit

    if not audit(tables, nested=json.loads(nested))["safe"].all():
        raise InputProblem(
            "The tables on records in this report give hidden numbers away together, so nothing was "
            "written; release them in one call of release_together."
        )
