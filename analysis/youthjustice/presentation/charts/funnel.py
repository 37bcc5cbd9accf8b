"""A funnel: areas by size, and how far chance alone would carry an area of each size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.measures import funnel_limits
from youthjustice.measures.areas.limits import limit_names
from youthjustice.presentation import numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.funnel_drawing import Content, Mark, draw_funnel
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Table
from youthjustice.presentation.words.area_rows import (
    approximate_words,
    check_made_by,
    check_one_each,
    joined,
    own_row,
)
from youthjustice.presentation.words.funnel import (
    COLUMNS,
    centre_name,
    dispersion_words,
    expected_outside,
    side_of,
    sides_of,
)
from youthjustice.presentation.words.phrases import listing, sentence_case

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_POINTS = 60


class Words(NamedTuple):
    """The words that a funnel is described in."""

    what: str
    kind: str
    centre: str
    area: str
    form: numbers.Form
    unit: str


def funnel_plot(
    found: pd.DataFrame,
    *,
    focus: str,
    title: str,
    measure: str,
    unit: str,
    period: str,
    source: str,
    neighbours: Sequence[str] = (),
    neighbours_are: str = "its neighbours",
    size_name: str = "Children",
    lines: pd.DataFrame | None = None,
    area: str = "area_name",
    kind: str = "authorities",
    benchmark_name: str = "",
    benchmark_label: str = "",
    form: numbers.Form = numbers.rate,
    approximate: str = "",
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "funnel",
) -> Chart:
    """Draw every area by its size and figure, with the limits that chance gives each size.

    ``found`` is the frame of ``funnel`` for one period: one row per area. All areas are quiet dots;
    ``focus`` is strong and ``neighbours`` are named where their names have room (all are in the data
    table); ``neighbours_are`` says what they are to it. ``lines`` is the frame of ``funnel_limits``;
    without it the lines are those of the frame's own centre, levels and over-dispersion.
    ``benchmark_name`` names the centre
    (default: all areas together) and ``benchmark_label`` does so at the end of its line, in a word.
    Sizes are spaced by their square roots, as the width of chance is, so that areas of very unequal
    size can be told apart. Nothing is ranked. Raises InputProblem for a focus or neighbour that is
    absent, and for areas that stand twice.

    >>> from youthjustice.measures import funnel
    >>> places = pd.DataFrame({"area_name": ["Northam", "Eastly", "Westrow"],
    ...     "entrants": [38, 61, 22], "children": [16100, 22900, 15341]})
    >>> found = funnel(places, "area_name", numerator="entrants", denominator="children",
    ...     basis="rate", per=100_000)
    >>> chart = funnel_plot(found, focus="Westrow", title="Three areas", period="2024",
    ...     measure="first-time entrants", unit="per 100,000 children", source="Own analysis")
    >>> print(chart.alt)
    Funnel plot of first-time entrants per 100,000 children, 2024, by size: 3 authorities around \
223, 2 within, 0 above, 1 below the 95% limits; Westrow 143, below the 95% limits. The limits \
are those of chance alone: 3 authorities are too few to see whether they differ by more.
    """
    check_made_by(found, "funnel", [area, *COLUMNS])
    check_one_each(found, area)
    own = own_row(found, area, focus)
    shown = [own, *(own_row(found, area, one) for one in dict.fromkeys(neighbours) if one != focus)]
    drawn = lines if lines is not None else _lines(found)
    centre = centre_name(own, found, kind, benchmark_name)
    label = benchmark_label or sentence_case(benchmark_name) or _label(found, kind)
    content = Content(
        others=_others(found, area, [str(row[area]) for row in shown]),
        marks=[
            Mark(str(row[area]), float(row["denominator"]), float(row["value"]), at == 0)
            for at, row in enumerate(shown)
            if side_of(row)
        ],
        grid=drawn["denominator"].to_numpy(float),
        limits=_limits(found, drawn),
        centre=(float(own["benchmark"]), f"{label} {form(own['benchmark'])}"),
        unit=sentence_case(unit),
        size_name=size_name,
        form=form,
    )

    words = Words(f"{measure} {unit}, {period}", kind, centre, area, form, unit)
    return Chart(
        draw=Drawing(draw_funnel, content),
        title=title,
        subtitle=subtitle or f"{sentence_case(words.what)}, {kind} by size",
        alt=_alt(found, shown, words, message),
        source=source,
        data=_table(found, shown, words),
        name=name,
        note=_note(found, shown, words, neighbours_are, approximate, note),
        wide=(7.2, 4.4),
        narrow=(3.7, 4.6),
    )


def _label(found: pd.DataFrame, kind: str) -> str:
    return f"All {kind}" if found.attrs.get("pooled", False) else "Benchmark"


def _others(found: pd.DataFrame, area: str, named: list[str]) -> Floats:
    sided = pd.Series(sides_of(found), index=found.index) != ""
    rest = found[~found[area].isin(named) & sided]
    return rest[["denominator", "value"]].to_numpy(float)


def _lines(found: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of the funnel over the sizes there are, closer where areas are small."""
    there = found[found["denominator"] > 0]
    own, attrs = there.iloc[0], found.attrs
    root = np.sqrt([there["denominator"].min(), there["denominator"].max()])
    room = max(0.04 * (root[1] - root[0]), 0.02 * root[1])
    ends = max(root[0] - room, 1.0), root[1] + room
    done = str(own["overdispersion"])
    return funnel_limits(
        float(own["benchmark"]),
        np.unique(np.round(np.linspace(*ends, _POINTS) ** 2)),
        basis=attrs.get("basis", "proportion"),
        limits=attrs.get("limits", (0.95, 0.998)),
        method=next((how for how in there["method"] if how != "normal"), "exact"),
        phi=float(own["phi"]) if done == "multiplicative" else 1.0,
        tau_squared=float(own["tau_squared"]) if done == "additive" else 0.0,
        per=attrs.get("per"),
    )


def _limits(found: pd.DataFrame, lines: pd.DataFrame) -> list[tuple[str, Floats, Floats]]:
    levels = found.attrs.get("limits", (0.95, 0.998))
    pairs = [(f"{100 * level:.10g}%", *limit_names(level)) for level in levels]
    check_made_by(
        lines, "funnel_limits", ["denominator", *(one for _, *two in pairs for one in two)]
    )
    return [
        (text, lines[low].to_numpy(float), lines[high].to_numpy(float)) for text, low, high in pairs
    ]


def _note(
    found: pd.DataFrame,
    shown: list[pd.Series],
    words: Words,
    neighbours_are: str,
    approximate: str,
    note: str,
) -> str:
    own = shown[0]
    levels = found.attrs.get("limits", (0.95, 0.998))
    areas = int(own["areas"])
    outside = expected_outside(own, found, levels[0])
    absent = sides_of(found).count("")
    near = listing(str(row[words.area]) for row in shown[1:])
    lines = listing(f"{100 * level:.10g}%" for level in levels)
    return joined(
        f"Each dot is one of {numbers.count(areas)} {words.kind}; the middle line is {words.centre}, "
        f"the curves are {lines} limits.",
        f"Diamonds are {neighbours_are}: {near}." if near else "",
        dispersion_words(own, found, words.kind),
        f"About {outside} would be expected outside the {100 * levels[0]:.10g}% limits in any case."
        if areas * (1 - levels[0]) >= 1
        else "",
        f"{absent} more have no figure." if absent else "",
        approximate_words(approximate, found["numerator"], found["denominator"]),
        note,
    )


def _placed(row: pd.Series, form: numbers.Form) -> str:
    """Write where an area lies: never alike, and never a rank."""
    side = side_of(row)
    if not side:
        return numbers.NOT_AVAILABLE
    return f"{form(row['value'])}, " + (
        "within the limits" if side == "within" else str(row["position"])
    )


def _alt(found: pd.DataFrame, shown: list[pd.Series], words: Words, message: str) -> str:
    own = shown[0]
    sides = sides_of(found)
    counts = ", ".join(f"{sides.count(side)} {side}" for side in ("within", "above", "below"))
    named = "; ".join(f"{row[words.area]} {_placed(row, words.form)}" for row in shown[:6])
    level = f"{100 * found.attrs.get('limits', (0.95,))[0]:.10g}%"
    return joined(
        f"Funnel plot of {words.what}, by size: {numbers.count(own['areas'])} {words.kind} around "
        f"{words.form(own['benchmark'])}, {counts} the {level} limits; {named}.",
        dispersion_words(own, found, words.kind),
        message,
    )


def _table(found: pd.DataFrame, shown: list[pd.Series], words: Words) -> Table:
    """Set out the named areas, each with its interval and the limits for its size."""
    form = words.form
    low, high = limit_names(found.attrs.get("limits", (0.95,))[0])
    rows = [
        (
            row[words.area],
            f"{form(row['value'])} ({_ends(row['lower'], row['upper'], form)})",
            _ends(row[low], row[high], form),
            "within the limits" if side_of(row) == "within" else str(row["position"]),
        )
        if side_of(row) and not math.isnan(row["lower"])
        else (row[words.area], "[x]", "[x]", numbers.NOT_AVAILABLE)
        for row in shown
    ]
    frame = pd.DataFrame(rows, columns=["area", "figure", "limits", "place"])
    held = ["value", "lower", "upper", low, high]
    frame[held] = [[row[name] for name in held] for row in shown]
    columns = {
        "area": "Area",
        "figure": f"Figure ({100 * found.attrs.get('confidence', 0.95):.4g}% confidence interval)",
        "limits": f"{100 * found.attrs.get('limits', (0.95,))[0]:.10g}% limits for its size",
        "place": "Where it lies",
    }
    caption = sentence_case(words.what)
    return Table(
        frame,
        caption,
        columns=columns,
        align_right=["figure", "limits"],
        behind={
            "figure": Behind("value", "lower", "upper", words.unit),
            "limits": Behind("", low, high, words.unit),
        },
    )


def _ends(low: float, high: float, form: numbers.Form) -> str:
    return numbers.limits(low, high, form=form, name="").strip()
