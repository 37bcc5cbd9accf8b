"""Small charts for a first screen: a line from its first year to its last, and rows beside a mark.

They have few marks and no axis of ticks: what they show is written beside the marks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates, numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.small_drawing import (
    LineContent,
    RowsContent,
    draw_line,
    draw_rows,
)
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Format, Table
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    pass

_TALL, _ROW = 1.45, 0.34


class Line(NamedTuple):
    """One series of a small chart: its name and a frame of ``x``, ``value`` and bounds, if any."""

    name: str
    rows: pd.DataFrame


class Row(NamedTuple):
    """One row of a small chart: what it is, its value and its interval."""

    label: str
    value: float
    lower: float
    upper: float


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
        narrow=(3.7, _TALL),
    )


def small_rows(
    rows: Sequence[Row],
    *,
    title: str,
    subtitle: str,
    measure: str,
    source: str,
    reference: str = "",
    form: numbers.Form = numbers.rate,
    rows_are: str = "Area",
    unit: str = "",
    name: str = "small-rows",
) -> Chart:
    """Draw one row per figure with its interval, its label before it and its figures after.

    The first row is the one the chart is about. Ratios name their ``reference``: the axis is then
    logarithmic, 1 is marked, and a mark is filled where the interval leaves out 1. Raises
    InputProblem without rows.
    """
    if not rows:
        raise InputProblem(
            f"a small chart, {title!r}, was given no rows: check the filter before it"
        )
    shown = np.array([row[1:] for row in rows], float)
    texts = [_row_text(row, form, ratio=bool(reference)) for row in rows]

    content = RowsContent([row.label for row in rows], shown, texts, reference)
    told = "; ".join(f"{row.label}, {text}" for row, text in zip(rows, texts, strict=True))
    table = Table(
        pd.DataFrame(rows).assign(text=texts),
        title,
        columns={"label": rows_are, "text": "Figure (95% interval)"},
        align_right=["text"],
        behind={"text": Behind("value", "lower", "upper", "ratio" if reference else unit)},
    )
    tall = _ROW * len(rows) + (0.28 if reference else 0.08)
    return Chart(
        draw=Drawing(draw_rows, content),
        title=title,
        subtitle=subtitle,
        alt=f"Small chart of {measure}: {told}.",
        source=source,
        data=table,
        name=name,
        wide=(7.2, max(tall, _TALL)),
        narrow=(3.7, max(tall, _TALL)),
    )


def _with_bounds(row: pd.Series, form: numbers.Form) -> str:
    if "lower" not in row or pd.isna(row["lower"]) or pd.isna(row["upper"]):
        return form(row["value"])
    told = numbers.interval(row["value"], row["lower"], row["upper"], form=form)
    return told.replace("confidence interval", "interval")


def _row_text(row: Row, form: numbers.Form, *, ratio: bool) -> str:
    """Write a row's figures, short: the subtitle says what the interval is."""
    if math.isnan(row.lower) or math.isnan(row.upper):
        return form(row.value)
    if not ratio:
        told = numbers.interval(row.value, row.lower, row.upper, form=form)
        return told.replace("95% confidence interval ", "")
    low = numbers.ratio(row.lower, apart_from=1)
    high = "or above" if math.isinf(row.upper) else f"to {numbers.ratio(row.upper, apart_from=1)}"
    return f"{numbers.ratio(row.value)} ({low} {high})"


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
