"""Sections on a service's own records: they are made of released tables, and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from youthjustice.disclosure import Released
from youthjustice.errors import InputProblem
from youthjustice.presentation import Sentence
from youthjustice.presentation.released import (
    RECORDS,
    Order,
    only_released,
    released_table,
)
from youthjustice.presentation.released_charts import released_bars, released_lines
from youthjustice.presentation.words.hidden import hidden_words
from youthjustice.reports.section import Displays, Section

CHARTS = ("none", "bars", "lines")
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


def own_table(
    released: Released,
    title: str,
    *,
    name: str = "own-records",
    words: Sequence[str] = (),
    measure: str = "children",
    chart: str = "none",
    series: str | None = None,
    across: str | None = None,
    labels: Mapping[str, str] | None = None,
    order: Order | None = None,
    source: str = RECORDS,
) -> Section:
    """Make a section of a report from one released table: words, a chart, the table, and why [c].

    ``name`` is the section's anchor and the name of its chart's file, small letters and hyphens,
    chosen by whoever writes the report and never made from what stands in records. ``chart`` is
    ``none``, ``bars`` or ``lines``; ``series``, ``across``, ``labels`` and ``order`` as in
    `released_bars` and `released_table`. Under a policy with a watermark the section, its table and
    its chart carry it, and a report refuses the section unless it is asked for such sections.

    Raises InputProblem for anything that did not come through disclosure control: a frame, a
    column, an array and a dictionary of counts are refused.

    >>> import pandas as pd
    >>> from youthjustice.disclosure import release
    >>> frame = pd.DataFrame({
    ...     "sex": ["Female", "Male", "Not recorded", "All"], "children": [21, 60, 3, 84]})
    >>> section = own_table(release(frame, ["sex"], "children"), "Children by sex")
    >>> section.title, [type(item).__name__ for item in section.items]
    ('Children by sex', ['Table', 'Note'])
    """
    only_released(released)
    if not _NAME.fullmatch(name):
        raise InputProblem(
            "The name of a section on records is a word of small letters, digits and hyphens, such "
            "as 'own-outcomes': a file may be named after it."
        )
    items: list[Displays] = [Sentence(text) for text in words]
    if chart not in CHARTS:
        raise InputProblem(f"There is no chart {str(chart)[:40]!r}; choose {', '.join(CHARTS)}.")
    if chart != "none":
        draw = released_bars if chart == "bars" else released_lines
        drawn = draw(
            released, title=title, measure=measure, series=series, labels=labels, order=order,
            source=source, name=name,
        )  # fmt: skip
        items.append(drawn)
    if chart == "none" or across is not None:
        items.append(
            released_table(
                released, title, across=across, labels=labels, order=order, source=source
            )
        )
    items.append(hidden_words(released.policy))
    mark = released.policy.watermark or ""
    return Section(title, name, tuple(items), watermark=mark, released=(released,))
