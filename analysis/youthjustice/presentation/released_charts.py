"""Charts of what may leave: nothing is drawn for a hidden number, and nothing tells of it.

Everything is made from what a `Released` shows, as are the tables beneath the charts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from youthjustice.disclosure import Released
from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers, palette
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.bars import bars_with_intervals
from youthjustice.presentation.charts.line import line_with_intervals
from youthjustice.presentation.released import (
    RECORDS,
    Order,
    in_order,
    marked,
    only_released,
    released_table,
)
from youthjustice.presentation.table import Table
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GAP = "[c] marks a number that is kept confidential: no bar is drawn for it."
_BREAK = "The line is broken where a number is kept confidential."


def released_bars(
    released: Released,
    *,
    title: str,
    measure: str,
    unit: str = "on the service's records",
    series: str | None = None,
    order: Order | None = None,
    labels: Mapping[str, str] | None = None,
    source: str = RECORDS,
    subtitle: str = "",
    name: str = "own-bars",
) -> Chart:
    """Draw one bar for each category of a released table's one dimension; ``series`` is another.

    Totals are not drawn. A hidden number is a gap marked ``[c]``: nothing is drawn for it, and
    neither the scale nor the words know it.

    >>> from youthjustice.disclosure import release
    >>> counted = pd.DataFrame({
    ...     "sex": ["Female", "Male", "Not recorded", "All"], "children": [21, 60, 3, 84]})
    >>> released = release(counted, ["sex"], "children")
    >>> print(released_bars(released, title="Children by sex", measure="children").alt)
    Bar chart of children on the service's records: Female [c]; Male 60; Not recorded [c]. [c] \
marks a number that is kept confidential: no bar is drawn for it.
    """
    frame = in_order(only_released(released), order)
    label = _one_left(released, series)
    drawn = frame[(frame[list(released.dimensions)] != released.total).all(axis=1)]
    chart = bars_with_intervals(
        drawn.rename(columns={released.count: "value"}),
        title=title,
        measure=measure,
        unit=unit,
        source=source,
        label=label,
        series=series,
        form=numbers.count,
        subtitle=subtitle,
        message=_GAP if released.hidden.any() else "",
        note=_GAP if released.hidden.any() else "",
        name=name,
    )
    table = released_table(released, chart.subtitle, labels=labels, order=order, source=source)
    return finished(chart, released, table)


def released_lines(
    released: Released,
    *,
    title: str,
    measure: str,
    unit: str = "on the service's records",
    x: str = "period_end",
    series: str | None = None,
    step: int = 12,
    order: Order | None = None,
    labels: Mapping[str, str] | None = None,
    source: str = RECORDS,
    subtitle: str = "",
    name: str = "own-line",
) -> Chart:
    """Draw a released table over time; a line is broken at each hidden number.

    ``x`` is the dimension that holds the last day of each period, ``step`` the months between them,
    and ``series`` another dimension of at most four categories.

    >>> from youthjustice.disclosure import release
    >>> yearly = pd.DataFrame({"period_end": ["2022-12-31", "2023-12-31", "2024-12-31"],
    ...     "children": [41, 3, 27]})
    >>> released = release(yearly, ["period_end"], "children")
    >>> print(released_lines(released, title="Three years", measure="first entrants").alt)
    Line chart of first entrants on the service's records. The line is broken where a number is \
kept confidential. The figures are in the table below.
    """
    frame = in_order(only_released(released), order)
    if (left := _one_left(released, series)) != x:
        raise InputProblem(
            f"A line is drawn over {x!r}, and the table has {left!r} besides; release a table of "
            f"{x!r} and at most one other dimension."
        )
    drawn = frame[(frame[list(released.dimensions)] != released.total).all(axis=1)]
    drawn = drawn.rename(columns={released.count: "value"})
    drawn[x] = pd.to_datetime(drawn[x])
    told = _BREAK if released.hidden.any() else ""
    by = series if series is not None else "series"
    chart = line_with_intervals(
        drawn if series is not None else drawn.assign(series=sentence_case(measure)),
        title=title,
        measure=measure,
        unit=unit,
        source=source,
        x=x,
        series=by,
        step=step,
        form=numbers.count,
        subtitle=subtitle,
        note=told,
        name=name,
    )
    table = released_table(released, chart.subtitle, labels=labels, order=order, source=source)
    alt = f"Line chart of {measure} {unit}".strip() + f". {told}".rstrip()
    return finished(
        replace(chart, alt=f"{alt} The figures are in the table below."), released, table
    )


def finished(chart: Chart, released: Released, table: Table) -> Chart:
    """Give a chart the table of what it shows and, where there is one, its policy's watermark."""
    watermark = released.policy.watermark
    if watermark is None:
        return replace(chart, data=table)
    plain = chart.draw

    def draw(ax: Axes) -> Any:
        drawn = plain(ax)
        across: Any = ax.get_figure(root=True)
        across.text(
            0.5, 0.5, watermark, ha="center", va="center", rotation=25, fontsize=13,
            color=palette.DARK_PINK, alpha=0.45, zorder=10,
        )  # fmt: skip
        return drawn

    return replace(
        chart,
        draw=draw,
        data=table,
        title=marked(released, chart.title),
        alt=marked(released, chart.alt),
    )


def _one_left(released: Released, series: str | None) -> str:
    """Give the one dimension that is left for the categories of a chart."""
    left = [name for name in released.dimensions if name != series]
    if len(left) != 1 or (series is not None and series not in released.dimensions):
        raise InputProblem(
            "A chart of a released table shows one dimension, or two with one of them as its "
            "series; release a table with fewer dimensions, or name the series."
        )
    return left[0]
