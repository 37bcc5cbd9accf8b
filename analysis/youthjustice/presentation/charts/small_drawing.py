"""The drawing of small charts, on a sheet measured in points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.lettering import letter

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from youthjustice.presentation.table import Format

    Floats = NDArray[np.float64]

_EDGE = 8.0
TALL = 1.45  # inches, of a small chart on a phone


class LineContent(NamedTuple):
    """A series, the one behind it, the column of their dates, and how figures and dates are written."""

    own: pd.DataFrame
    other: pd.DataFrame | None
    x: str
    form: numbers.Form
    when: Format


class RowsContent(NamedTuple):
    """The rows: labels, figures with their bounds, and texts; ratios have a reference."""

    labels: list[str]
    shown: Floats
    texts: list[str]
    reference: str


def _canvas(ax: Axes) -> tuple[float, float]:
    """Take the whole drawing as one sheet measured in points, without axes."""
    layout.set_margins(ax, 0, 0, 0, 0)
    width, height = layout.axes_size(ax)
    ax.set_axis_off()
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    return width, height


def draw_line(ax: Axes, content: LineContent) -> Axes:
    """Draw a series with its ends written, and another behind it as context."""
    own, other, x, form, when = content
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
    marks.line(ax, [0, width], [low, low], color=palette.GRID, linewidth=1)
    letter(ax, 2, low + size * 0.8, "0", ha="left", **quiet)
    if other is not None:
        at = other[x].to_numpy("datetime64[D]").astype(float)
        style = {"color": palette.CONTEXT, "linewidth": 1.5, "linestyle": palette.DASHES[1]}
        marks.line(ax, across(at), up(other["value"].to_numpy(float)), **style)
    _solid_runs(ax, across(days), up(own["value"].to_numpy(float)), days)
    for row, place, align in zip(
        ends, (sides[0], width - sides[1]), ("right", "left"), strict=True
    ):
        y = float(up(np.array(row["value"])))
        if "lower" in row and pd.notna(row["lower"]) and pd.notna(row["upper"]):
            bar = [float(up(np.array(row[side]))) for side in ("lower", "upper")]
            marks.line(ax, [place, place], bar, color=palette.FOCUS, linewidth=1.3)
        marks.line(ax, place, y, marker="o", linestyle="", color=palette.FOCUS, markersize=6)
        inward = -_EDGE if align == "right" else _EDGE
        strong = {"color": palette.FOCUS, "weight": "bold", "fontsize": size}
        letter(ax, place + inward, y, form(row["value"]), ha=align, va="center", **strong)
    letter(ax, 2, size * 0.9, when(ends[0][x]), ha="left", **quiet)
    letter(ax, width - 2, size * 0.9, when(ends[1][x]), ha="right", **quiet)
    return ax


def _solid_runs(ax: Axes, across: Floats, up: Floats, days: Floats) -> None:
    """Join neighbouring years alone: a line across a year without a figure would invent one."""
    usual = float(np.median(np.diff(days)))
    gaps = np.flatnonzero(np.diff(days) > 1.5 * usual) + 1
    for part in np.split(np.arange(len(days)), gaps):
        marks.line(ax, across[part], up[part], color=palette.FOCUS, linewidth=2.2)


def draw_rows(ax: Axes, content: RowsContent) -> Axes:
    """Draw a row per figure, its label before it and its text after."""
    labels, shown, texts, reference = content
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
        marks.line(
            ax, [across(1)] * 2, [ground - 4, height], color=palette.TEXT_QUIET, linewidth=1.2
        )
        letter(
            ax, across(1), size * 0.9, f"1 = {reference}", ha="center", va="center", fontsize=size,
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
        letter(ax, 2, y, label, linespacing=layout.LINE_HEIGHT - 0.1, **style)
        letter(ax, width - 2, y, text, ha="right", **style)
        value, lower, upper = row
        if not math.isnan(lower) and not math.isnan(upper):
            ends = [across(min(max(end, low), high)) for end in (lower, upper)]
            marks.line(ax, ends, [y, y], color=colour, linewidth=1.8, solid_capstyle="butt")
        hollow = ratio and lower <= 1 <= upper
        marks.line(
            ax, across(min(max(value, low), high)), y, marker="o", linestyle="", markersize=6.5,
            markeredgecolor=colour, markerfacecolor=palette.WHITE if hollow else colour,
            markeredgewidth=1.5,
        )  # fmt: skip
    return ax


def _scale(shown: Floats) -> tuple[float, float]:
    return 0.0, float(shown[np.isfinite(shown)].max()) or 1.0


def _ratio_scale(shown: Floats) -> tuple[float, float]:
    """Hold all finite ratios, and 1, within 1/16 to 16."""
    finite = shown[np.isfinite(shown) & (shown > 0)]
    return max(min([0.5, *finite]) / 1.1, 1 / 16), min(max([2.0, *finite]) * 1.1, 16.0)
