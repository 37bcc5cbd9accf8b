"""Ratios with their intervals on a log scale, against 1 and a band of small differences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.rows import Rows, rows_of
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Table
from youthjustice.presentation.words.findings import TOLERANCE
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NOT_CALCULATED = "not calculated: too few"
# Beyond these an interval runs off with an arrow, or one row would squeeze all the others.
_LEAST, _MOST = 1 / 16, 16.0
_TICKS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 16)
_BELOW, _ABOVE = 42.0, 24.0


class Content(NamedTuple):
    """What is drawn: value, lower and upper of each row, and the text that ends it."""

    rows: Rows
    shown: Floats
    texts: list[str]
    bounds: bool
    tolerance: tuple[float, float]
    reference: str


def ratio_forest(
    frame: pd.DataFrame,
    *,
    title: str,
    measure: str,
    source: str,
    label: str = "ethnic_group",
    value: str = "value",
    lower: str = "lower",
    upper: str = "upper",
    group_by: str | None = None,
    rows_are: str = "Group",
    reason: str = "finding",
    reference: str = "White children",
    bounds: bool = False,
    bounds_name: str = "rounding bounds",
    confidence: float = 0.95,
    tolerance: tuple[float, float] = TOLERANCE,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "forest",
) -> Chart:
    """Draw one row per ratio, in the order of the frame, under the headings of ``group_by``.

    A filled mark has an interval that leaves out 1, a hollow one an interval that holds 1. A row
    without a value or an interval shows the text of the column ``reason`` where that says "not
    calculated", else "not calculated: too few". An interval without an upper end runs off with an
    arrow. ``bounds=True`` draws lower to upper as a bar without a point and calls it
    ``bounds_name``: it is no confidence interval. ``measure`` says what the ratio is of, and
    ``rows_are`` heads the labels in the data table. Raises InputProblem for a negative ratio and
    for an empty frame.

    >>> ratios = pd.DataFrame({"ethnic_group": ["Black", "Mixed"], "value": [1.24, 1.58],
    ...     "lower": [0.96, 1.18], "upper": [1.59, 2.11]})
    >>> chart = ratio_forest(ratios, title="Two ratios", measure="children cautioned or sentenced",
    ...     source="Own analysis")
    >>> print(chart.alt)
    Chart of children cautioned or sentenced, ratio to White children with 95% confidence \
interval: Black 1.24 (0.96 to 1.59); Mixed 1.58 (1.18 to 2.11).
    """
    shown = _shown(frame, [value, lower, upper])
    rows = rows_of(frame, label, group_by)
    interval = bounds_name if bounds else f"{confidence * 100:.4g}% confidence interval"
    texts = [
        _text(row, why, bounds) for row, why in zip(shown, _reasons(frame, reason), strict=True)
    ]
    content = Content(rows, shown, texts, bounds, tolerance, reference)

    marks = (
        f"Bars are {bounds_name}, not confidence intervals."
        if bounds
        else f"Lines are {interval}s; a filled mark has an interval that leaves out 1."
    )
    band = f"Shaded: {tolerance[0]:g} to {tolerance[1]:g}, a small difference."
    around = _BELOW + _ABOVE
    return Chart(
        draw=Drawing(_draw, content),
        title=title,
        subtitle=subtitle or f"{sentence_case(measure)}, ratio to {reference}, {interval}",
        alt=_alt(rows, texts, f"{measure}, ratio to {reference} with {interval}", message),
        source=source,
        data=_table(content, rows_are, interval, f"{sentence_case(measure)}, ratio to {reference}"),
        name=name,
        note=" ".join(filter(None, [marks, band, note])),
        wide=(7.2, rows.inches(narrow=False, around=around)),
        narrow=(3.7, rows.inches(narrow=True, around=around)),
    )


def _shown(frame: pd.DataFrame, columns: list[str]) -> Floats:
    """Return value, lower and upper of each row; all NaN where any is missing."""
    shown = frame[columns].to_numpy(float)
    if not len(shown):
        raise InputProblem("a forest of ratios was given no rows: check the filter before it")
    if (shown < 0).any():
        raise InputProblem("a ratio below 0 was given to a forest of ratios: check its columns")
    return np.where(np.isnan(shown[:, 1:]).any(axis=1)[:, None], math.nan, shown)


def _reasons(frame: pd.DataFrame, reason: str) -> list[str]:
    if reason not in frame:
        return [NOT_CALCULATED] * len(frame)
    given = frame[reason].astype(str)
    return given.where(given.str.startswith("not "), NOT_CALCULATED).tolist()


def _text(row: Floats, why: str, bounds: bool) -> str:
    """Write a row's figures, short: the subtitle says what the interval is."""
    value, low, high = row
    if math.isnan(low) or (math.isnan(value) and not bounds):
        return why
    ends = f"{numbers.ratio(low, apart_from=1)} to {numbers.ratio(high, apart_from=1)}"
    if math.isinf(high):
        ends = f"{numbers.ratio(low, apart_from=1)} or above"
    return ends if bounds else f"{numbers.ratio(value)} ({ends})"


def _draw(ax: Axes, content: Content) -> Axes:
    rows, shown, texts, bounds, tolerance, reference = content
    size, narrow = layout.font_size(ax), layout.is_narrow(ax)
    drawn = ~np.isnan(shown[:, 1]) & (bounds | ~np.isnan(shown[:, 0]))
    left = rows.left_margin(ax)
    right = 8.0 if narrow else max(layout.text_width(text, size) for text in texts) + 20
    layout.set_margins(ax, left, right, _ABOVE, _BELOW)
    bottom = rows.bottom(narrow=narrow)
    low, high = _limits(shown[drawn])
    ax.set_xscale("log")
    ax.set_xlim(low, high)
    ax.set_ylim(bottom, 0)
    layout.bare_axes(ax)
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    layout.x_ticks(ax, ticks, [f"{tick:g}" for tick in ticks], size)
    marks.band(ax, *tolerance, color=palette.BAND, zorder=0)
    marks.uprights(ax, ticks, 0, bottom, color=palette.GRID, linewidth=0.8, zorder=0.5)
    marks.uprights(ax, 1, 0, bottom, color=palette.TEXT_QUIET, linewidth=1.4, zorder=1)
    _captions(ax, tolerance, (low, high), "" if narrow else f" than {reference}")
    centres = np.array(rows.centres(narrow=narrow))
    for y, row in zip(centres[drawn], shown[drawn], strict=True):
        _draw_row(ax, float(y), row, (low, high), bounds)
    rows.write(ax, left, right, texts)
    return ax


def _draw_row(ax: Axes, y: float, row: Floats, limits: tuple[float, float], bounds: bool) -> None:
    """Draw one interval, with arrows where it goes beyond the drawing, and its value."""
    value, low, high = row
    start, end = max(low, limits[0]), min(high, limits[1])
    thick = {"linewidth": 7, "color": palette.CONTEXT} if bounds else {"linewidth": 1.8}
    style: dict[str, Any] = {"color": palette.FOCUS, "solid_capstyle": "butt", "zorder": 2} | thick
    marks.line(ax, [start, end], [y, y], **style)
    for beyond, place, marker in ((low < start, start, "<"), (high > end, end, ">")):
        if beyond:
            marks.line(
                ax,
                place,
                y,
                linestyle="",
                marker=marker,
                color=style["color"],
                markersize=7,
                clip_on=False,
                zorder=3,
            )
    if bounds or not limits[0] <= value <= limits[1]:
        return
    leaves_out_1 = low > 1 or high < 1
    marks.line(
        ax,
        value,
        y,
        linestyle="",
        marker="o",
        markersize=8,
        markerfacecolor=palette.FOCUS if leaves_out_1 else palette.WHITE,
        markeredgecolor=palette.FOCUS,
        markeredgewidth=1.6,
        zorder=3,
    )


def _captions(
    ax: Axes, tolerance: tuple[float, float], limits: tuple[float, float], than: str
) -> None:
    """Name the band above the drawing and the two directions below it."""
    size, (across, up) = layout.font_size(ax), layout.axes_size(ax)
    low, high = np.log(limits)
    middle = float((np.log(tolerance).mean() - low) / (high - low) * across)
    band = f"{tolerance[0]:g} to {tolerance[1]:g}"
    half = layout.text_width(band, size) / 2
    place = min(max(middle, half), across - half)
    quiet = {"color": palette.TEXT_QUIET}
    layout.write(ax, place, up + 11, band, size, ha="center", **quiet)
    left, right = "\N{LEFTWARDS ARROW} lower", f"higher{than} \N{RIGHTWARDS ARROW}"
    if layout.text_width(left + than + right, size) + size > across:
        than, right = "", "higher \N{RIGHTWARDS ARROW}"  # the two would run into each other
    layout.write(ax, 0, -31, left + than, size, **quiet)
    layout.write(ax, across, -31, right, size, ha="right", **quiet)


def _limits(shown: Floats) -> tuple[float, float]:
    """Return an axis that holds all finite figures, 1 and some room, within 1/16 to 16."""
    finite = shown[np.isfinite(shown) & (shown > 0)]
    low = min([0.5, *finite]) / 1.15
    high = max([2.0, *finite]) * 1.15
    return max(low, _LEAST), min(high, _MOST)


def _alt(rows: Rows, texts: list[str], what: str, message: str) -> str:
    """Describe the drawing by its figures; long lists are left to the data table."""
    heading, parts = "", []
    for label, own, text in zip(rows.labels, rows.headings, texts, strict=True):
        heading = own or heading
        parts.append(f"{heading}, {label} {text}" if heading else f"{label} {text}")
    listed = "; ".join(parts) if len(parts) <= 6 else f"{len(parts)} ratios, in the table below"
    return f"Chart of {what}: {listed}. {message}".strip()


def _table(content: Content, rows_are: str, interval: str, caption: str) -> Table:
    rows = content.rows
    headings = pd.Series(rows.headings).replace("", None).ffill()
    frame = pd.DataFrame({"heading": headings, "label": rows.labels, "text": content.texts})
    frame[["value", "lower", "upper"]] = content.shown
    columns = {"heading": "Measure", "label": rows_are, "text": f"Ratio ({interval})"}
    if headings.isna().all():
        del columns["heading"]
    return Table(
        frame,
        caption,
        columns=columns,
        row_header="label",
        align_right=["text"],
        behind={"text": Behind("" if content.bounds else "value", "lower", "upper", "ratio")},
    )
