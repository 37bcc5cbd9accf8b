"""Bars to either side of 0: what each part makes to a change, and the change they add up to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import layout, marks, palette
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.rows import LABEL_ROOM, Rows
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Table
from youthjustice.presentation.words.area_rows import check_made_by, joined
from youthjustice.presentation.words.decomposition import (
    COLUMNS,
    NO_CAUSE,
    TOTAL,
    Forms,
    check_identity,
    forms_of,
    part_name,
    small_words,
)
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_THICK = 14.0
_BELOW = 42.0
_NARROW = 3.7
_COMPOSITION = "composition"


class Content(NamedTuple):
    """What is drawn: rows from the top down (and for a phone), figures, texts and kinds of bar."""

    rows: Rows
    phone: Rows
    bars: Floats
    texts: list[str]
    kinds: list[str]
    forms: Forms


class Strata(NamedTuple):
    """The frame of a factor's strata, the kind they divide, and the column of their labels."""

    frame: pd.DataFrame
    of: str
    label: str


def decomposition_bars(
    parts: pd.DataFrame,
    *,
    title: str,
    measure: str,
    start: str,
    end: str,
    source: str,
    names: Mapping[str, str] | None = None,
    total_name: str = "change",
    strata: pd.DataFrame | None = None,
    strata_of: str = "rate within groups",
    stratum: str = "stratum",
    unit: str | None = None,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "decomposition",
) -> Chart:
    """Draw the effect of each part with its interval, and the change that they add up to.

    ``parts`` is the frame of ``decompose`` for one cell. ``names`` gives kinds or factors in words.
    ``strata`` divides one kind further: a frame with the column ``stratum``, ``value`` and, where
    there are intervals, ``lower`` and ``upper``; its values must add up to that part. Composition
    is not divided, since how much of it falls to one stratum hangs on where rates are counted from.
    A bar without an interval is drawn without one, and the note says that no claim is made of it.
    Raises InputProblem for parts that do not add up.

    >>> from youthjustice.measures import decompose
    >>> cohorts = pd.DataFrame({"year": [2010] * 2 + [2020] * 2, "before": ["none", "some"] * 2,
    ...     "children": [59731, 76917, 9285, 11410], "reoffended": [11910, 40367, 1658, 5421]})
    >>> parts = decompose(cohorts, "before", numerator="reoffended", denominator="children",
    ...     between="year", first=2010, last=2020, per=100)
    >>> chart = decomposition_bars(parts, title="Who was in the cohort", start="2010", end="2020",
    ...     measure="children who reoffended", source="Youth Justice Statistics")
    >>> print(chart.alt)
    Bar chart of the change of children who reoffended, from 38.3% in 2010 to 34.2% in 2020, by \
its parts: Who is counted, by before \N{MINUS SIGN}0.4 (\N{MINUS SIGN}0.6 to \N{MINUS SIGN}0.1); \
Rates within groups \N{MINUS SIGN}3.7 (\N{MINUS SIGN}4.3 to \N{MINUS SIGN}3.0); Change \
\N{MINUS SIGN}4.1 (\N{MINUS SIGN}4.7 to \N{MINUS SIGN}3.4). The parts add up to the change.
    """
    check_made_by(parts, "decompose", COLUMNS)
    total = check_identity(parts)
    forms = forms_of(parts, unit)
    divided = None if strata is None else _check_strata(parts, Strata(strata, strata_of, stratum))
    content = _content(parts, names, total_name, divided, forms)

    level = f"{100 * parts.attrs.get('confidence', 0.95):.4g}%"
    change = (
        f"from {forms.level(total['first'])} in {start} to {forms.level(total['last'])} in {end}"
    )
    what = f"{measure}, {change}"
    drawn = np.isfinite(content.bars[:, 0])
    bare = drawn & ~np.isfinite(content.bars[:, 1])
    return Chart(
        draw=Drawing(_draw, content),
        title=title,
        subtitle=subtitle or f"Change of {what}" + (f",{forms.unit}" if forms.unit else ""),
        alt=_alt(content, what, message),
        source=source,
        data=_table(content, sentence_case(what), level),
        name=name,
        note=joined(
            f"Lines are {level} confidence intervals." if (drawn & ~bare).any() else "",
            "Bars without one have none, so nothing is claimed of them." if bare.any() else "",
            f"{_identity(content)} {NO_CAUSE}" if drawn.all() else "",
            small_words(parts),
            note,
        ),
        wide=(7.2, content.rows.inches(narrow=False, around=_BELOW + 6)),
        narrow=(_NARROW, content.phone.inches(narrow=True, around=_BELOW + 6)),
    )


def _check_strata(parts: pd.DataFrame, strata: Strata) -> Strata:
    check_made_by(strata.frame, "the strata", [strata.label, "value"])
    if strata.of == _COMPOSITION:
        raise InputProblem(
            "composition cannot be divided over its strata: divide 'rate within groups' instead"
        )
    rows = parts[parts["kind"] == strata.of]
    if len(rows) != 1:
        raise InputProblem(f"the decomposition has no single part of the kind {strata.of!r}")
    made, whole = float(strata.frame["value"].sum(skipna=False)), float(rows["value"].iloc[0])
    if math.isfinite(whole) and not math.isclose(made, whole, rel_tol=1e-6, abs_tol=1e-9):
        raise InputProblem(
            f"the strata add up to {made:g} and {strata.of!r} is {whole:g}: give every stratum, in "
            "the units of the decomposition"
        )
    return strata


def _content(
    parts: pd.DataFrame,
    names: Mapping[str, str] | None,
    total_name: str,
    strata: Strata | None,
    forms: Forms,
) -> Content:
    """Set parts, the strata beneath theirs, and the total below one another."""
    labels: list[str] = []
    kinds: list[str] = []
    bars: list[list[float]] = []
    ordered = pd.concat([parts[parts["kind"] != TOTAL], parts[parts["kind"] == TOTAL]])
    for _, row in ordered.iterrows():
        whole = row["kind"] == TOTAL
        labels.append(sentence_case(total_name if whole else part_name(row, names)))
        kinds.append(TOTAL if whole else "part")
        bars.append([row["value"], row["lower"], row["upper"]])
        if strata is not None and row["kind"] == strata.of:
            for _, one in strata.frame.iterrows():
                labels.append(f"of which {one[strata.label]}")
                kinds.append("stratum")
                bars.append([one["value"], one.get("lower", math.nan), one.get("upper", math.nan)])
    shown = np.array(bars, dtype=np.float64)
    shown[np.isnan(shown[:, 1:]).any(axis=1), 1:] = math.nan
    texts = [_text(row, forms) for row in shown]
    lines = max(layout.wrap(label, LABEL_ROOM, 10.5).count("\n") for label in labels)
    # Two lines of a label have room beside a bar; each further one takes its own.
    deep = _THICK + max(lines - 1, 0) * 10.5 * layout.LINE_HEIGHT
    rows = Rows(tuple(labels), ("",) * len(labels), deep=deep)
    return Content(rows, _for_phone(rows, texts), shown, texts, kinds, forms)


def _for_phone(rows: Rows, texts: list[str]) -> Rows:
    """Break labels that would run into the figures at the end of their lines."""
    size, across = 9.0, _NARROW * 72 - 24
    labels = [
        layout.wrap(label, across - layout.text_width(text, size), size)
        for label, text in zip(rows.labels, texts, strict=True)
    ]
    lines = max(label.count("\n") for label in labels)
    return Rows(tuple(labels), rows.headings, deep=_THICK + lines * size * layout.LINE_HEIGHT)


def _text(row: Floats, forms: Forms) -> str:
    value, low, high = (float(part) for part in row)
    if math.isnan(value):
        return "not calculated"
    text = forms.effect(value)
    return text if math.isnan(low) else f"{text} ({forms.effect(low)} to {forms.effect(high)})"


def _draw(ax: Axes, content: Content) -> Axes:
    size, narrow = layout.font_size(ax), layout.is_narrow(ax)
    rows, bars = content.phone if narrow else content.rows, content.bars
    left = rows.left_margin(ax)
    right = 8.0 if narrow else max(layout.text_width(text, size) for text in content.texts) + 20
    layout.set_margins(ax, left, right, 6, _BELOW)
    across = layout.axes_size(ax)[0]
    bottom = rows.bottom(narrow=narrow)
    finite = bars[np.isfinite(bars)]
    low, high = float(np.min(finite, initial=0)), float(np.max(finite, initial=0))
    room = 0.04 * ((high - low) or 1.0)
    ax.set_xlim(low - room, high + room)
    ax.set_ylim(bottom, 0)
    layout.bare_axes(ax)
    ticks = _ticks(low - room, high + room, across, size)
    layout.x_ticks(ax, list(ticks), list(ticks.values()), size)
    marks.uprights(ax, list(ticks), 0, bottom, color=palette.GRID, linewidth=0.8, zorder=0.5)
    marks.uprights(ax, 0, 0, bottom, color=palette.TEXT_QUIET, linewidth=1.2, zorder=4)
    centres = rows.centres(narrow=narrow)
    for y, row, kind in zip(centres, bars, content.kinds, strict=True):
        if math.isfinite(row[0]):
            _draw_bar(ax, y, row, kind)
    _caption(ax, content.forms, size)
    strong = rows.labels[-1]
    rows.write(ax, left, right, content.texts, strong=strong)
    return ax


def _draw_bar(ax: Axes, y: float, row: Floats, kind: str) -> None:
    """Draw one bar: parts solid, the change pale, strata white with hatching and slimmer."""
    looks: dict[str, dict[str, Any]] = {
        "part": {"facecolor": palette.FOCUS, "edgecolor": palette.FOCUS},
        TOTAL: {"facecolor": palette.CONTEXT_AREA, "edgecolor": palette.DARK_GREY},
        "stratum": {"facecolor": palette.WHITE, "edgecolor": palette.FOCUS, "hatch": "////"},
    }
    deep = _THICK - 5 if kind == "stratum" else _THICK
    marks.bar(ax, y, row[0], deep, linewidth=1, zorder=2, **looks[kind])
    if math.isfinite(row[1] + row[2]):
        # A dark line on a white one is seen on a bar of any colour.
        for colour, width in ((palette.WHITE, 4.0), (palette.TEXT, 1.6)):
            marks.levels(ax, y, row[1], row[2], color=colour, linewidth=width, zorder=3)


def _ticks(low: float, high: float, across: float, size: float) -> dict[float, str]:
    """Return round ticks to both sides of 0, as many as fit side by side."""
    texts: dict[float, str] = {}
    for most in (6, 5, 4, 3, 2):
        step = float(layout.nice_ticks(high - low, most)[1])
        places = step * np.arange(math.ceil(low / step), math.floor(high / step) + 1)
        texts = {float(place): f"{place:g}".replace("-", "\N{MINUS SIGN}") for place in places}
        if sum(layout.text_width(text, size) + size for text in texts.values()) <= across:
            break
    return texts


def _caption(ax: Axes, forms: Forms, size: float) -> None:
    """Name the two directions below the drawing, with the unit between them."""
    across, _ = layout.axes_size(ax)
    unit = sentence_case(forms.unit.strip())
    words = "\N{LEFTWARDS ARROW} lower", unit, "higher \N{RIGHTWARDS ARROW}"
    if sum(layout.text_width(word, size) + size for word in words) > across:
        words = "\N{LEFTWARDS ARROW}", unit, "\N{RIGHTWARDS ARROW}"
    places = zip((0, across / 2, across), ("left", "center", "right"), words, strict=True)
    for place, align, word in places:
        layout.write(ax, place, -31, word, size, ha=align, color=palette.TEXT_QUIET)


def _identity(content: Content) -> str:
    """Write the sum that the bars make, in the figures as they are printed."""
    effect = content.forms.effect
    values = content.bars[:, 0]
    parts = [value for value, kind in zip(values, content.kinds, strict=True) if kind == "part"]
    said = effect(parts[0])
    for part in parts[1:]:
        said += f" {'+' if part >= 0 else chr(0x2212)} {effect(abs(part))}"
    return f"{said} = {effect(values[-1])}."


def _alt(content: Content, what: str, message: str) -> str:
    pairs = zip(content.rows.labels, content.texts, content.kinds, strict=True)
    listed = "; ".join(f"{label} {text}" for label, text, kind in pairs if kind != "stratum")
    strata = content.kinds.count("stratum")
    more = f" One part is divided over {strata} groups, in the table below." if strata else ""
    done = np.isfinite(content.bars[:, 0]).all()
    adds = " The parts add up to the change." if done else ""
    return (
        f"Bar chart of the change of {what}, by its parts: {listed}.{adds}{more} {message}".strip()
    )


def _table(content: Content, caption: str, level: str) -> Table:
    frame = pd.DataFrame({"label": content.rows.labels, "text": content.texts})
    frame[["value", "lower", "upper"]] = content.bars
    columns = {"label": "Part", "text": f"Effect ({level} confidence interval)"}
    behind = {"text": Behind("value", "lower", "upper", content.forms.unit.strip())}
    return Table(frame, caption, columns=columns, align_right=["text"], behind=behind)
