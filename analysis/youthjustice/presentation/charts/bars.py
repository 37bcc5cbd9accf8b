"""Horizontal bars from 0 with their intervals, for shares or rates by category."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.rows import Rows
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Format, Table
from youthjustice.presentation.words.phrases import listing, sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_THICK = 16.0
_ABOVE, _BELOW, _BENCHMARK = 4.0, 22.0, 18.0


class Columns(NamedTuple):
    """The names of the columns that hold what is drawn."""

    label: str
    value: str
    lower: str
    upper: str
    series: str | None


@dataclass(frozen=True, eq=False)
class Content:
    """What is drawn: figures, and the row and the place within it that each belongs to."""

    rows: Rows
    bars: Floats
    row: NDArray[np.int_]
    place: NDArray[np.int_]
    names: list[str]
    figures: list[str]
    form: Format
    benchmark: tuple[float, str] | None = None
    focus: str | None = None


def bars_with_intervals(
    frame: pd.DataFrame,
    *,
    title: str,
    measure: str,
    unit: str,
    source: str,
    label: str = "ethnic_group",
    value: str = "value",
    lower: str = "lower",
    upper: str = "upper",
    series: str | None = None,
    focus: str | None = None,
    form: Format = numbers.rate,
    benchmark: tuple[float, str] | None = None,
    confidence: float = 0.95,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "bars",
) -> Chart:
    """Draw one bar per category, in the order of the frame; with ``series``, up to four together.

    Every bar ends in its figure, and those of the first category in the names of their series. A
    missing figure shows its symbol in brackets, from the column ``symbol``. ``benchmark`` (value,
    label) is drawn as a dashed line. ``focus`` names the category that is drawn strong, the others
    being context, where there are no ``series``. ``lower`` and ``upper`` may be absent. Raises
    InputProblem for an empty frame, a negative figure and a focus that is not there.

    >>> frame = pd.DataFrame({"ethnic_group": ["Black", "White"], "value": [24.6, 19.8],
    ...     "lower": [20.4, 15.9], "upper": [29.3, 24.4]})
    >>> chart = bars_with_intervals(frame, title="Two groups", measure="children cautioned",
    ...     unit="per 1,000", source="Own records")
    >>> print(chart.alt)
    Bar chart of children cautioned per 1,000: Black 24.6; White 19.8.
    """
    columns = Columns(label, value, lower, upper, series)
    content = replace(_content(frame, columns, form), focus=focus, benchmark=benchmark)
    if focus is not None and focus not in content.rows.labels:
        raise InputProblem(
            f"the focus {focus!r} is not in the column {label!r} of a bar chart: check its name"
        )

    lines = f"Lines are {confidence * 100:.4g}% confidence intervals."
    notes = [lines if np.isfinite(content.bars[:, 1]).any() else "", note]
    what = f"{measure} {unit}" + (f", {listing(content.names)}" if series else "")
    around = _ABOVE + _BELOW + (_BENCHMARK if benchmark else 0)
    return Chart(
        draw=Drawing(_draw, content),
        title=title,
        subtitle=subtitle or sentence_case(what),
        alt=_alt(content, what, message),
        source=source,
        data=_table(content, sentence_case(f"{measure} {unit}"), unit),
        name=name,
        note=" ".join(filter(None, notes)),
        wide=(7.2, content.rows.inches(narrow=False, around=around)),
        narrow=(3.7, content.rows.inches(narrow=True, around=around)),
    )


def _content(frame: pd.DataFrame, columns: Columns, form: Format) -> Content:
    """Sort the figures into rows and, within a row, the bars of each series."""
    both = columns.lower in frame and columns.upper in frame
    given = [columns.value, *([columns.lower, columns.upper] if both else [])]
    bars = np.full((len(frame), 3), math.nan)
    bars[:, : len(given)] = frame[given].to_numpy(float)
    if not len(bars):
        raise InputProblem("a bar chart was given no rows: check the filter before it")
    if (bars < 0).any():
        raise InputProblem("a bar chart was given a figure below 0: its bars start at 0")
    categories = frame[columns.label].astype(str)
    which = pd.Series("", index=frame.index)
    if columns.series is not None:
        which = frame[columns.series].astype(str)
    labels, names = list(categories.unique()), list(which.unique())
    symbols = frame["symbol"].fillna("x") if "symbol" in frame else pd.Series("x", frame.index)
    figures = [
        f"[{symbol}]" if math.isnan(value) else form(value)
        for value, symbol in zip(bars[:, 0], symbols, strict=True)
    ]
    rows = Rows(tuple(labels), ("",) * len(labels), deep=len(names) * _THICK + 2)
    return Content(
        rows=rows,
        bars=bars,
        row=categories.map(labels.index).to_numpy(),
        place=which.map(names.index).to_numpy(),
        names=names,
        figures=figures,
        form=form,
    )


def _draw(ax: Axes, content: Content) -> Axes:
    rows, bars, narrow = content.rows, content.bars, layout.is_narrow(ax)
    size = layout.font_size(ax)
    left, bottom = rows.left_margin(ax), rows.bottom(narrow=narrow)
    layout.set_margins(ax, left, 6, _ABOVE + (_BENCHMARK if content.benchmark else 0), _BELOW)
    across, up = layout.axes_size(ax)
    # The first bar of a series is named; the others have the same place, colour and hatching.
    texts = list(content.figures)
    for number, name in enumerate(content.names):
        first = int(np.argmax(content.place == number))
        texts[first] = f"{texts[first]} {name}".strip()
    uppers = np.where(np.isfinite(bars[:, 2]), bars[:, 2], 0)
    ends = np.nan_to_num(np.fmax(bars[:, 0], uppers))
    top = max(float(ends.max()), content.benchmark[0] if content.benchmark else 0.0) or 1.0
    # The words after each bar must fit inside the drawing, so the bars leave them room.
    words = np.array([layout.text_width(text, size) + 12 for text in texts])
    room = np.maximum(across - words, across * 0.2)
    most = max(float((ends / room).max()) * across, top * 1.02)
    ax.set_xlim(0, most)
    ax.set_ylim(bottom, 0)
    layout.bare_axes(ax)
    ticks = layout.fitting_ticks(most, content.form, across, size)
    layout.x_ticks(ax, list(ticks), list(ticks.values()), size, grid=True)

    middle = np.array(rows.centres(narrow=narrow))[content.row]
    y = middle + (content.place - (len(content.names) - 1) / 2) * _THICK
    for number, colour in enumerate(palette.series_colours(len(content.names))):
        _draw_bars(ax, content, y, colour, number)
    _draw_intervals(ax, bars, y, most)
    for text, end, at in zip(texts, ends, y, strict=True):
        place = end * across / most + 6, up - at * up / bottom
        layout.write(ax, *place, text, size, paper=layout.PAPER, zorder=5)
    rows.write(ax, left, 6, [""] * len(rows.labels), strong=content.focus)
    if content.benchmark:
        _draw_benchmark(ax, content.benchmark, across / most)
    marks.upright(ax, 0, color=palette.TEXT_QUIET, linewidth=1)
    return ax


def _draw_bars(ax: Axes, content: Content, y: Floats, colour: str, number: int) -> None:
    """Draw one series: the first solid, the others pale and hatched; context is pale too."""
    shown = (content.place == number) & np.isfinite(content.bars[:, 0])
    hatch = palette.HATCHES[number]
    fill = palette.WHITE if hatch else colour
    for row, at, end in zip(content.row[shown], y[shown], content.bars[shown, 0], strict=True):
        strong = content.focus in (None, content.rows.labels[row])
        marks.bar(
            ax,
            at,
            end,
            _THICK - 3,
            facecolor=fill if strong else palette.CONTEXT_AREA,
            edgecolor=colour if strong else palette.CONTEXT,
            linewidth=1,
            hatch=hatch,
            zorder=2,
        )


def _draw_intervals(ax: Axes, bars: Floats, y: Floats, most: float) -> None:
    """Draw intervals as dark lines on a white one, to be seen on a bar of any colour."""
    shown = np.isfinite(bars[:, 1]) & ~np.isnan(bars[:, 2])
    for colour, width in ((palette.WHITE, 4.0), (palette.TEXT, 1.6)):
        marks.levels(
            ax,
            y[shown],
            bars[shown, 1],
            np.minimum(bars[shown, 2], most),
            color=colour,
            linewidth=width,
            zorder=3,
        )


def _draw_benchmark(ax: Axes, benchmark: tuple[float, str], scale: float) -> None:
    """Draw a dashed line with its label above, on the side that has room."""
    value, label = benchmark
    size, (across, up) = layout.font_size(ax), layout.axes_size(ax)
    marks.upright(ax, value, color=palette.TEXT, linewidth=1.2, linestyle=(0, (4, 3)), zorder=4)
    room = value * scale + layout.text_width(label, size) <= across
    align = "left" if room else "right"
    layout.write(ax, value * scale, up + 4, label, size, ha=align, va="bottom")


def _alt(content: Content, what: str, message: str) -> str:
    """Describe the drawing by its figures; long lists are left to the data table."""
    labels = (content.rows.labels[row] for row in content.row)
    names = (content.names[place] for place in content.place)
    parts = [
        " ".join(filter(None, [label, name, figure]))
        for label, name, figure in zip(labels, names, content.figures, strict=True)
    ]
    listed = "; ".join(parts) if len(parts) <= 6 else f"{len(parts)} figures, in the table below"
    beside = f" Dashed line: {content.benchmark[1]}." if content.benchmark else ""
    return f"Bar chart of {what}: {listed}.{beside} {message}".strip()


def _table(content: Content, caption: str, unit: str) -> Table:
    """Set out one row per category and one column per series, intervals in brackets."""
    cells = [
        figure if math.isnan(low) else f"{figure} ({content.form(low)} to {content.form(high)})"
        for figure, (_, low, high) in zip(content.figures, content.bars, strict=True)
    ]
    frame = pd.DataFrame("[x]", range(len(content.rows.labels)), range(len(content.names)))
    held = np.full((*frame.shape, 3), math.nan)
    for cell, bar, row, place in zip(cells, content.bars, content.row, content.place, strict=True):
        frame.loc[row, place] = cell
        held[row, place] = bar
    frame.columns = [f"series_{number}" for number in frame]
    behind = {
        str(name): Behind(f"{name}_value", f"{name}_lower", f"{name}_upper", unit) for name in frame
    }
    for number, one in enumerate(behind.values()):
        frame[list(one[:3])] = held[:, number]
    frame.insert(0, "label", list(content.rows.labels))
    columns = {"label": "Group"}
    columns |= {
        f"series_{n}": sentence_case(name) or caption for n, name in enumerate(content.names)
    }
    return Table(frame, caption, columns=columns, align_right=list(columns)[1:], behind=behind)
