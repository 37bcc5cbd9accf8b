"""A small line chart for a first screen: a series from its first year to its last.

It has few marks and no axis of ticks: what it shows is written beside the marks.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates, numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.small_drawing import TALL, LineContent, draw_line
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Format, Table
from youthjustice.presentation.words.phrases import sentence_case


class Line(NamedTuple):
    """One series of a small chart: its name and a frame of ``x``, ``value`` and bounds, if any."""

    name: str
    rows: pd.DataFrame


def small_line(
    line: Line,
    *,
    beside: Line | None = None,
    title: str,
    subtitle: str,
    measure: str,
    source: str,
    x: str = "period_end",
    form: numbers.Form = numbers.rate,
    when: Format = dates.month_year,
    heading: str = "Year ending",
    unit: str = "",
    name: str = "small-line",
) -> Chart:
    """Draw a series with its first and last figures written and their intervals as bars.

    ``line.rows`` holds ``x`` (dates, in order), ``value``, ``lower`` and ``upper``; ``beside`` is
    drawn as context without intervals. ``when`` writes a date and ``heading`` names it; ``unit`` is
    that of the figures, for their table. Raises InputProblem for fewer than two figures.
    """
    own = line.rows[line.rows["value"].notna()]
    other = None if beside is None else beside.rows[beside.rows["value"].notna()]
    if len(own) < 2:
        raise InputProblem(f"a small chart of {line.name} was given fewer than two figures")

    first, last = own.iloc[0], own.iloc[-1]
    context = ""
    if beside is not None and other is not None and len(other) > 1:
        ends = f"{form(other['value'].iloc[0])} to {form(other['value'].iloc[-1])}"
        context = f" Beside it, {beside.name}: {ends}."
    return Chart(
        draw=Drawing(draw_line, LineContent(own, other, x, form, when)),
        title=title,
        subtitle=subtitle,
        alt=f"Small line chart of {measure}: {line.name}, {_with_bounds(first, form)} "
        f"({when(first[x])}) to {_with_bounds(last, form)} ({when(last[x])}).{context}",
        source=source,
        data=_line_table(line, beside, x, form, when, heading, title, unit),
        name=name,
        wide=(7.2, 2.2),
        narrow=(3.7, TALL),
    )


def _with_bounds(row: pd.Series, form: numbers.Form) -> str:
    if "lower" not in row or pd.isna(row["lower"]) or pd.isna(row["upper"]):
        return form(row["value"])
    told = numbers.interval(row["value"], row["lower"], row["upper"], form=form)
    return told.replace("confidence interval", "interval")


def _line_table(
    line: Line,
    beside: Line | None,
    x: str,
    form: numbers.Form,
    when: Format,
    heading: str,
    title: str,
    unit: str,
) -> Table:
    shown = {x: line.rows[x].tolist(), "own": _cells(line.rows, form)}
    columns = {x: heading, "own": line.name}
    held = [name for name in ("value", "lower", "upper") if name in line.rows]
    shown |= {f"own_{name}": line.rows[name].tolist() for name in held}
    behind = {"own": Behind(**{name: f"own_{name}" for name in held}, unit=unit)}
    if beside is not None:
        rows = dict(zip(beside.rows[x].tolist(), enumerate(_cells(beside.rows, form)), strict=True))
        values = beside.rows["value"].tolist()
        found = [rows.get(day) for day in shown[x]]
        shown["other"] = [None if one is None else one[1] for one in found]
        shown["other_value"] = [math.nan if one is None else values[one[0]] for one in found]
        columns["other"] = sentence_case(beside.name)
        behind["other"] = Behind("other_value", unit=unit)
    return Table(
        pd.DataFrame(shown),
        title,
        columns=columns,
        formats={x: when},
        align_right=["own", "other"],
        behind=behind,
    )


def _cells(rows: pd.DataFrame, form: numbers.Form) -> list[str | None]:
    return [None if pd.isna(value) else form(value) for value in rows["value"].tolist()]
