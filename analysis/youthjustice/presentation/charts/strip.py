"""Where one area stands among all: a dot for each, its own with its interval, and no rank."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Format, Table
from youthjustice.presentation.words.findings import figures
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_DOT = 7.0
_LABELS, _LANE, _BELOW = 40.0, 46.0, 40.0


class Content(NamedTuple):
    """What is drawn: the others, the area's own figures, and the marks to compare with."""

    others: Floats
    focus: tuple[float, float, float]
    name: str
    benchmarks: list[tuple[float, str]]
    unit: str
    form: Format


def strip(
    frame: pd.DataFrame,
    *,
    focus: str,
    title: str,
    measure: str,
    unit: str,
    period: str,
    source: str,
    value: str = "value",
    lower: str = "lower",
    upper: str = "upper",
    area: str = "area_name",
    benchmarks: Sequence[tuple[float, str]] = (),
    form: Format = numbers.rate,
    kind: str = "authorities",
    confidence: float = 0.95,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "strip",
) -> Chart:
    """Draw one dot for each area, the focus strong with its interval below the others.

    ``frame`` has one row per area; ``benchmarks`` (value, label) are marked as lines ("London",
    "England"). Areas without a figure are counted in the note. No rank is printed: ranks of small
    services are unreliable (Goldstein and Spiegelhalter, 1996). Raises InputProblem when the focus
    is not in the frame, or is there twice.

    >>> places = pd.DataFrame({"area_name": ["Northam", "Eastly", "Westrow"],
    ...     "value": [236, 266, 143], "lower": [167, 204, 90], "upper": [324, 342, 217]})
    >>> chart = strip(places, focus="Westrow", title="Three areas", period="2024",
    ...     measure="first-time entrants", unit="per 100,000 children", source="Own analysis")
    >>> print(chart.alt)
    Dot plot of first-time entrants per 100,000 children, 2024: Westrow 143; 2 other authorities \
from 236 to 266.
    """
    own = frame[frame[area] == focus]
    if len(own) != 1:
        raise InputProblem(
            f"the strip chart found {len(own)} rows for {focus!r} in the column {area!r}: "
            "give one row per area"
        )
    given = frame.loc[frame[area] != focus, value].to_numpy(float)
    others = np.sort(given[np.isfinite(given)])
    read = figures(
        {"value": own[value].iloc[0]}
        | {
            bound: own[column].iloc[0]
            for bound, column in (("lower", lower), ("upper", upper))
            if column in own
        }
    )
    ends = (read.value, read.lower, read.upper)
    content = Content(others, ends, focus, sorted(benchmarks), unit, form)

    absent = len(given) - len(others)
    notes = [
        f"Each dot is one of {len(others) + math.isfinite(read.value)} {kind}.",
        f"{absent} more have no figure." if absent else "",
        f"The line is the {confidence * 100:.4g}% confidence interval of {focus}."
        if read.has_interval
        else "",
        note,
    ]
    what = f"{measure} {unit}, {period}"
    return Chart(
        draw=Drawing(_draw, content),
        title=title,
        subtitle=subtitle or f"{sentence_case(what)}, {focus} among {kind}",
        alt=_alt(content, what, kind, message),
        source=source,
        data=_table(content, sentence_case(what), kind),
        name=name,
        note=" ".join(filter(None, notes)),
        wide=(7.2, 3.2),
        narrow=(3.7, 3.6),
    )


def _draw(ax: Axes, content: Content) -> Axes:
    size = layout.font_size(ax)
    layout.set_margins(ax, 10, 14, _LABELS if content.benchmarks else 8, _BELOW)
    across, up = layout.axes_size(ax)
    compared = [mark for mark, _ in content.benchmarks]
    drawn = np.array([*content.others, *compared, *content.focus], float)
    most = float(drawn[np.isfinite(drawn)].max(initial=0)) * 1.03 or 1.0
    ticks = layout.fitting_ticks(most, content.form, across, size)
    ax.set_xlim(0, most)
    ax.set_ylim(0, up)
    layout.bare_axes(ax)
    layout.x_ticks(ax, list(ticks), list(ticks.values()), size)
    marks.level(ax, 0, color=palette.TEXT_QUIET, linewidth=1)
    layout.write(
        ax,
        across / 2,
        -size * 2.5 - 2,
        sentence_case(content.unit),
        size,
        ha="center",
        color=palette.TEXT_QUIET,
    )
    scale = across / most

    middle = _LANE + (up - _LANE) / 2
    own = content.focus[0]
    everyone = np.append(content.others, own if math.isfinite(own) else [])
    heights = swarm(everyone * scale, _dot_size(everyone * scale, up - _LANE))
    dot = _dot_size(everyone * scale, up - _LANE)
    rest = slice(0, len(content.others))
    marks.line(
        ax,
        everyone[rest],
        middle + heights[rest],
        linestyle="",
        marker="o",
        markersize=dot - 1,
        color=palette.CONTEXT,
        markeredgewidth=0,
        clip_on=False,
        zorder=2,
    )
    _draw_benchmarks(ax, content, scale, size)
    if math.isfinite(own):
        _draw_focus(ax, content, middle + heights[-1], scale, size)
    return ax


def _draw_benchmarks(ax: Axes, content: Content, scale: float, size: float) -> None:
    """Mark the values to compare with; their labels stand side by side above the dots."""
    across, up = layout.axes_size(ax)
    labels = [f"{label} {content.form(value)}" for value, label in content.benchmarks]
    widths = [layout.text_width(label, size) + 10 for label in labels]
    wanted = [value * scale for value, _ in content.benchmarks]
    places = layout.spread(wanted, widths, -8, across + 12)
    for (value, _), label, place in zip(content.benchmarks, labels, places, strict=True):
        marks.line(
            ax,
            [value, value],
            [_LANE, up],
            color=palette.TEXT,
            linewidth=1.3,
            linestyle=(0, (4, 2)),
            zorder=3,
        )
        marks.line(
            ax,
            [value, place / scale],
            [up, up + 16],
            color=palette.TEXT,
            linewidth=0.8,
            clip_on=False,
        )
        layout.write(ax, place, up + 18, label, size, ha="center", va="bottom")


def _draw_focus(ax: Axes, content: Content, height: float, scale: float, size: float) -> None:
    """Draw the area among the others, and again below them with its interval and its name."""
    value, low, high = content.focus
    across, _ = layout.axes_size(ax)
    lane = _LANE - 16
    marks.line(ax, [value, value], [lane, height], color=palette.FOCUS, linewidth=1, zorder=3)
    if not math.isnan(low + high):
        ends = [low, min(high, across / scale)]
        marks.line(
            ax,
            ends,
            [lane, lane],
            color=palette.FOCUS,
            linewidth=2.4,
            zorder=3,
            solid_capstyle="butt",
        )
    for y, marker in ((height, "o"), (lane, "D")):
        marks.line(
            ax,
            value,
            y,
            linestyle="",
            marker=marker,
            markersize=9,
            color=palette.FOCUS,
            markeredgecolor=palette.WHITE,
            markeredgewidth=1,
            zorder=4,
        )
    text = f"{content.name} {content.form(value)}"
    half = layout.text_width(text, size, bold=True) / 2
    place = min(max(value * scale, half - 6), across + 10 - half)
    layout.write(
        ax, place, lane - 16, text, size, ha="center", color=palette.FOCUS, fontweight="bold"
    )


def _dot_size(x: Floats, room: float) -> float:
    """Return the largest dot with which all stand clear within the height there is."""
    sizes = (
        size
        for size in np.arange(_DOT, 2.4, -0.5)
        if not len(x) or np.abs(swarm(x, size)).max() * 2 + size <= room
    )
    return float(next(sizes, 2.5))


def swarm(x: Floats, size: float) -> Floats:
    """Return heights, the same each time, at which dots of one size do not cover each other.

    Each dot goes as near to the middle as those before it allow, from left to right.

    >>> swarm(np.array([10.0, 10.0, 10.0, 30.0]), 6.0).tolist()
    [0.0, 6.0, -6.0, 0.0]
    """
    heights = np.zeros(len(x))
    done: list[int] = []
    for at in np.argsort(x, kind="stable"):
        close = [other for other in done if x[at] - x[other] < size]
        gaps = np.sqrt(np.maximum(size**2 - (x[at] - x[close]) ** 2, 0))
        choices = np.concatenate([[0.0], heights[close] + gaps, heights[close] - gaps])
        free = [
            height
            for height in sorted(choices, key=lambda height: (round(abs(height), 6), -height))
            if (np.abs(height - heights[close]) >= gaps - 1e-9).all()
        ]
        heights[at] = free[0]
        done.append(at)
    return heights


def _alt(content: Content, what: str, kind: str, message: str) -> str:
    form, value = content.form, content.focus[0]
    spread = "no other has a figure"
    if len(content.others):
        low, high = form(content.others.min()), form(content.others.max())
        spread = f"{len(content.others)} other {kind} from {low} to {high}"
    marks = "".join(f"; {label} {form(mark)}" for mark, label in content.benchmarks)
    return f"Dot plot of {what}: {content.name} {form(value)}{marks}; {spread}. {message}".strip()


def _table(content: Content, caption: str, kind: str) -> Table:
    """Set out the figures that the drawing names, and the range of the rest."""
    value, low, high = content.focus
    form = content.form
    known = not math.isnan(low + high)
    told = f"{form(value)} ({form(low)} to {form(high)})" if known else form(value)
    rows: list[tuple[str, str, float]] = [(content.name, told, value)]
    rows += [(label, form(mark), mark) for mark, label in content.benchmarks]
    if len(content.others):
        quarter = np.quantile(content.others, [0, 0.25, 0.5, 0.75, 1])
        names = ("Lowest", "Lower quarter", "Middle", "Upper quarter", "Highest")
        rows += [
            (f"{name} of the other {kind}", form(one), one)
            for name, one in zip(names, quarter, strict=True)
        ]
    frame = pd.DataFrame(rows, columns=["name", "figure", "value"])
    frame[["lower", "upper"]] = math.nan
    frame.loc[0, ["lower", "upper"]] = [low, high] if known else math.nan
    columns = {"name": "Area", "figure": sentence_case(content.unit)}
    behind = {"figure": Behind("value", "lower", "upper", content.unit)}
    return Table(frame, caption, columns=columns, align_right=["figure"], behind=behind)
