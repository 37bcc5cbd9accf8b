"""A small chart of rows for a first screen: one figure to a row, with its interval beside a mark.

It has few marks and no axis of ticks: what it shows is written beside the marks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.small_drawing import TALL, RowsContent, draw_rows
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Table

_ROW = 0.34


class Row(NamedTuple):
    """One row of a small chart: what it is, its value and its interval."""

    label: str
    value: float
    lower: float
    upper: float


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
        wide=(7.2, max(tall, TALL)),
        narrow=(3.7, max(tall, TALL)),
    )


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
