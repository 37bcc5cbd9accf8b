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
from youthjustice.presentation import dates, layout, numbers, palette
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.table import Format, Table
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_TALL, _ROW, _EDGE = 1.45, 0.34, 8.0


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
    name: str = "small-line",
) -> Chart:
    """Draw a series with its first and last figures written and their intervals as bars.

    ``line.rows`` holds ``x`` (dates, in order), ``value``, ``lower`` and ``upper``; ``beside`` is
    drawn as context without intervals. ``when`` writes a date and ``heading`` names it. Raises
    InputProblem for fewer than two figures.
    """
    own = line.rows.dropna(subset=["value"])
    other = None if beside is None else beside.rows.dropna(subset=["value"])
    if len(own) < 2:
        raise InputProblem(f"a small chart of {line.name} was given fewer than two figures")

    def draw(ax: Axes) -> Axes:
        return _draw_line(ax, own, other, x, form, when)

    first, last = own.iloc[0], own.iloc[-1]
    context = ""
    if beside is not None and other is not None and len(other) > 1:
        ends = f"{form(other['value'].iloc[0])} to {form(other['value'].iloc[-1])}"
        context = f" Beside it, {beside.name}: {ends}."
    return Chart(
        draw=draw,
        title=title,
        subtitle=subtitle,
        alt=f"Small line chart of {measure}: {line.name}, {_with_bounds(first, form)} "
        f"({when(first[x])}) to {_with_bounds(last, form)} ({when(last[x])}).{context}",
        source=source,
        data=_line_table(line, beside, x, form, when, heading, title),
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

    def draw(ax: Axes) -> Axes:
        return _draw_rows(ax, [row.label for row in rows], shown, texts, reference)

    told = "; ".join(f"{row.label}, {text}" for row, text in zip(rows, texts, strict=True))
    table = Table(
        pd.DataFrame({"label": [row.label for row in rows], "text": texts}),
        title,
        columns={"label": rows_are, "text": "Figure (95% interval)"},
        align_right=["text"],
    )
    tall = _ROW * len(rows) + (0.28 if reference else 0.08)
    return Chart(
        draw=draw,
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
) -> Table:
    frame = pd.DataFrame({x: line.rows[x], "own": _cells(line.rows, form)})
    columns = {x: heading, "own": line.name}
    if beside is not None:
        others = pd.DataFrame({x: beside.rows[x], "other": _cells(beside.rows, form)})
        frame = frame.merge(others, on=x, how="left")
        columns["other"] = sentence_case(beside.name)
    return Table(frame, title, columns=columns, formats={x: when}, align_right=["own", "other"])


def _cells(rows: pd.DataFrame, form: numbers.Form) -> pd.Series[str]:
    return rows["value"].astype(object).map(form, na_action="ignore")


def _canvas(ax: Axes) -> tuple[float, float]:
    """Take the whole drawing as one sheet measured in points, without axes."""
    layout.set_margins(ax, 0, 0, 0, 0)
    width, height = layout.axes_size(ax)
    ax.set_axis_off()
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    return width, height


def _draw_line(
    ax: Axes,
    own: pd.DataFrame,
    other: pd.DataFrame | None,
    x: str,
    form: numbers.Form,
    when: Format,
) -> Axes:
    width, height = _canvas(ax)
    size = layout.font_size(ax)
    days = own[x].to_numpy("datetime64[D]").astype(float)
    ends = [own.iloc[0], own.iloc[-1]]
    sides = [layout.text_width(form(row["value"]), size, bold=True) + 2 * _EDGE for row in ends]
    low, high = size * 2.2, height - _EDGE
    bounds = own[[name for name in ("value", "lower", "upper") if name in own]].to_numpy(float)
    drawn = [bounds[[0, -1]].ravel(), bounds[:, 0]]
    if other is not None:
        drawn.append(other["value"].to_numpy(float))
    values = np.concatenate(drawn)
    top = float(values[np.isfinite(values)].max()) or 1.0

    first, wide = float(days[0]), float(days[-1] - days[0])

    def across(at: Floats) -> Floats:
        moved: Floats = sides[0] + (at - first) / wide * (width - sides[0] - sides[1])
        return moved

    def up(value: Floats) -> Floats:
        raised: Floats = low + value / top * (high - low)
        return raised

    quiet = {"color": palette.TEXT_QUIET, "fontsize": size, "va": "center"}
    ax.plot([0, width], [low, low], color=palette.GRID, linewidth=1)
    ax.text(2, low + size * 0.8, "0", ha="left", **quiet)  # type: ignore[arg-type]
    if other is not None:
        at = other[x].to_numpy("datetime64[D]").astype(float)
        style = {"color": palette.CONTEXT, "linewidth": 1.5, "linestyle": palette.DASHES[1]}
        ax.plot(across(at), up(other["value"].to_numpy(float)), **style)  # type: ignore[arg-type]
    _solid_runs(ax, across(days), up(own["value"].to_numpy(float)), days)
    for row, place, align in zip(
        ends, (sides[0], width - sides[1]), ("right", "left"), strict=True
    ):
        y = float(up(np.array(row["value"])))
        if "lower" in row and pd.notna(row["lower"]) and pd.notna(row["upper"]):
            bar = [float(up(np.array(row[side]))) for side in ("lower", "upper")]
            ax.plot([place, place], bar, color=palette.FOCUS, linewidth=1.3)
        ax.plot(place, y, "o", color=palette.FOCUS, markersize=6)
        inward = -_EDGE if align == "right" else _EDGE
        strong = {"color": palette.FOCUS, "weight": "bold", "fontsize": size}
        ax.text(place + inward, y, form(row["value"]), ha=align, va="center", **strong)  # type: ignore[arg-type]
    ax.text(2, size * 0.9, when(ends[0][x]), ha="left", **quiet)  # type: ignore[arg-type]
    ax.text(width - 2, size * 0.9, when(ends[1][x]), ha="right", **quiet)  # type: ignore[arg-type]
    return ax


def _solid_runs(ax: Axes, across: Floats, up: Floats, days: Floats) -> None:
    """Join neighbouring years alone: a line across a year without a figure would invent one."""
    usual = float(np.median(np.diff(days)))
    gaps = np.flatnonzero(np.diff(days) > 1.5 * usual) + 1
    for part in np.split(np.arange(len(days)), gaps):
        ax.plot(across[part], up[part], color=palette.FOCUS, linewidth=2.2)


def _draw_rows(
    ax: Axes, labels: list[str], shown: Floats, texts: list[str], reference: str
) -> Axes:
    width, height = _canvas(ax)
    size, ratio = layout.font_size(ax), bool(reference)
    names = [
        layout.wrap(layout.isolated(label), width * 0.36, size, bold=not ratio and not at)
        for at, label in enumerate(labels)
    ]
    left = max(layout.text_width(text, size, bold=not ratio) for text in names) + _EDGE
    right = width - max(layout.text_width(text, size, bold=not ratio) for text in texts) - _EDGE
    ground = size * 2.2 if ratio else 4.0
    step = (height - ground) / len(labels)
    scale = _ratio_scale if ratio else _scale
    low, high = scale(shown)

    def across(value: float) -> float:
        at, start, end = (math.log(part) if ratio else part for part in (value, low, high))
        return left + (at - start) / (end - start) * (right - left)

    if ratio:
        ax.plot([across(1)] * 2, [ground - 4, height], color=palette.TEXT_QUIET, linewidth=1.2)
        ax.text(
            across(1), size * 0.9, f"1 = {reference}", ha="center", va="center", fontsize=size,
            color=palette.TEXT_QUIET,
        )  # fmt: skip
    for at, (label, text, row) in enumerate(zip(names, texts, shown, strict=True)):
        y = height - (at + 0.5) * step
        main = ratio or at == 0
        colour = palette.FOCUS if main else palette.CONTEXT
        style = {
            "color": palette.TEXT, "weight": "bold" if main and not ratio else "normal",
            "fontsize": size, "va": "center",
        }  # fmt: skip
        ax.text(2, y, label, linespacing=layout.LINE_HEIGHT - 0.1, **style)  # type: ignore[arg-type]
        ax.text(width - 2, y, text, ha="right", **style)  # type: ignore[arg-type]
        value, lower, upper = row
        if not math.isnan(lower) and not math.isnan(upper):
            ends = [across(min(max(end, low), high)) for end in (lower, upper)]
            ax.plot(ends, [y, y], color=colour, linewidth=1.8, solid_capstyle="butt")
        hollow = ratio and lower <= 1 <= upper
        ax.plot(
            across(min(max(value, low), high)), y, "o", markersize=6.5, markeredgecolor=colour,
            markerfacecolor=palette.WHITE if hollow else colour, markeredgewidth=1.5,
        )  # fmt: skip
    return ax


def _scale(shown: Floats) -> tuple[float, float]:
    return 0.0, float(shown[np.isfinite(shown)].max()) or 1.0


def _ratio_scale(shown: Floats) -> tuple[float, float]:
    """Hold all finite ratios, and 1, within 1/16 to 16."""
    finite = shown[np.isfinite(shown) & (shown > 0)]
    return max(min([0.5, *finite]) / 1.1, 1 / 16), min(max([2.0, *finite]) * 1.1, 16.0)
