"""A sentence on where an area lies in a funnel: what chance allows an area of its size."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import pandas as pd

from youthjustice.measures.areas.limits import limit_names
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.area_rows import (
    approximate_words,
    check_made_by,
    joined,
    own_row,
)
from youthjustice.presentation.words.phrases import NO_COUNTS, in_context

COLUMNS = (
    "numerator", "denominator", "value", "lower", "upper", "benchmark", "position", "phi",
    "tau_squared", "areas", "overdispersion", "flags",
)  # fmt: skip
# Areas that vary by half as much again as chance gives lie outside its limits far too often.
_WIDE = 1.5
_FEW = 10  # fewer areas say too little of their spread


def funnel_sentence(
    found: pd.DataFrame,
    focus: str,
    *,
    subject: str,
    unit: str = "",
    area: str = "area_name",
    kind: str = "authorities",
    benchmark_name: str = "",
    form: numbers.Form = numbers.rate,
    context: str = "",
    approximate: str = "",
    why: str = NO_COUNTS,
) -> Sentence:
    """Say whether an area lies within the limits of a funnel, and what those limits allow for.

    ``found`` is the frame of ``funnel`` for one period and ``focus`` the label of the area in the
    column ``area``. ``subject`` is singular ("the rate of first-time entrants in Islington");
    ``benchmark_name`` names the centre (default: all areas together). ``approximate`` says why
    counts are not exact. Within the limits is never said to be alike, and outside limits that allow
    for chance alone, where areas differ by more than that, is a caution and no finding. Raises
    InputProblem for an area that is absent or stands there twice.

    >>> from youthjustice.measures import funnel
    >>> places = pd.DataFrame({"area_name": ["P", "Q"], "reoffended": [7, 71],
    ...                        "children": [10, 100]})
    >>> found = funnel(places, "area_name", numerator="reoffended", denominator="children", per=100,
    ...                benchmark=80.642448, method="score")
    >>> print(funnel_sentence(found, "Q", subject="the percentage in Q", kind="places"))
    Caution: The percentage in Q was 71 (95% confidence interval 61 to 79): below what chance alone \
would give an area of its size around the benchmark (80.6), 95% limits 72.9 to 88.4. About 0.1 of 2 \
places would be expected outside such limits by chance alone. The limits are those of chance alone: 2 \
places are too few to see whether they differ by more.
    """
    check_made_by(found, "funnel", [area, *COLUMNS])
    row = own_row(found, area, focus)
    level = crossed(row, found)
    unit = f" {unit}" if unit else ""
    if level is None:
        text = f"where {subject} lies among {kind} cannot be said, because {why}."
        return Sentence(in_context(context, text), kind="note")
    value = numbers.interval(
        row["value"], row["lower"], row["upper"], form=form, unit=unit,
        confidence=found.attrs.get("confidence", 0.95),
    )  # fmt: skip
    ends = [row[name] for name in limit_names(level)]
    limits = f"{_percent(level)} limits"
    centre = f"around {centre_name(row, found, kind, benchmark_name)} ({form(row['benchmark'])})"
    allowed = "chance and the usual differences between areas" if _adjusted(row) else "chance alone"
    side = side_of(row)
    if side == "within":
        text = (
            f"{subject} was {value}: within what {allowed} would give an area of its size {centre}, "
            f"{numbers.limits(*ends, form=form, name=limits)}, which does not show that it is alike."
        )
    else:
        by = "in any case" if _adjusted(row) else "by chance alone"
        text = (
            f"{subject} was {value}: {side} what {allowed} would give an area of its size {centre}, "
            f"{numbers.limits(*ends, form=form, name=limits)}. "
            f"About {expected_outside(row, found, level)} of {numbers.count(row['areas'])} {kind} "
            f"would be expected outside such limits {by}."
        )
    too_narrow = not _adjusted(row) and _times(row, found) > _WIDE
    rest = joined(
        dispersion_words(row, found, kind),
        approximate_words(approximate, row["numerator"], row["denominator"]),
    )
    whole = in_context(context, joined(text, rest))
    return Sentence(whole, kind="caution" if too_narrow else "finding")


def crossed(row: Any, found: pd.DataFrame) -> float | None:
    """Return the level of the limits that the row's position is about; None where it has none."""
    levels = found.attrs.get("limits", (0.95, 0.998))
    if side_of(row) == "within":
        return float(levels[0])
    return next((level for level in levels if f" {_percent(level)} " in str(row["position"])), None)


def side_of(row: Any) -> str:
    """Return above, below or within; nothing for an area without a figure."""
    word = str(row["position"]).split(" ", 1)[0]
    return word if word in ("above", "below", "within") else ""


def sides_of(found: pd.DataFrame) -> list[str]:
    """Return the side of every area, as `side_of` gives that of one."""
    return [side_of({"position": position}) for position in found["position"]]


def centre_name(row: Any, found: pd.DataFrame, kind: str, given: str = "") -> str:
    """Name the middle of the funnel."""
    if given or not found.attrs.get("pooled", False):
        return given or "the benchmark"
    return f"all {numbers.count(row['areas'])} {kind} together"


def expected_outside(row: Any, found: pd.DataFrame, level: float) -> str:
    """Write how many areas would lie outside limits of a level if none were unusual.

    Limits that allow for a spread take it from areas whose outermost are drawn in, which makes them
    too narrow where none is unusual: the second number is how many would then lie outside.
    """
    ends = [1 - level]
    if _adjusted(row):
        normal = NormalDist()
        reach = normal.inv_cdf((1 + level) / 2) * math.sqrt(_drawn_in(found))
        ends.append(2 * normal.cdf(-reach))
    each = [float(row["areas"]) * end for end in ends]
    written = [numbers.decimal(number, 0 if each[0] >= 1 else 1) for number in each]
    return " to ".join(dict.fromkeys(written))


def dispersion_words(row: Any, found: pd.DataFrame, kind: str) -> str:
    """Say whether the limits allow for areas differing by more than chance, and by how much."""
    count = f"{numbers.count(row['areas'])} {kind}"
    size = numbers.decimal(_times(row, found), 1, apart_from=1)
    times = f"about {size} times the variance that chance gives"
    if _adjusted(row):
        return f"The limits allow for the {kind} differing by more than chance ({times})."
    alone = "The limits are those of chance alone"
    if row["areas"] < _FEW or "too_few_areas" in str(row["flags"]).split(";"):
        return f"{alone}: {count} are too few to see whether they differ by more."
    if _times(row, found) > _WIDE:
        return f"{alone}, and the {kind} differ by more than that ({times})."
    return f"{alone} (the {count} have {times})."


def _adjusted(row: Any) -> bool:
    return str(row["overdispersion"]) != "none"


def _times(row: Any, found: pd.DataFrame) -> float:
    """Return the variance of the areas as a multiple of what chance gives areas drawn in alike."""
    return float(row["phi"]) / _drawn_in(found)


def _drawn_in(found: pd.DataFrame) -> float:
    """Return the mean square that chance alone leaves of z scores whose ends are drawn in."""
    part = float(found.attrs.get("winsorise", 0.1))
    if part == 0:
        return 1.0
    normal = NormalDist()
    end = normal.inv_cdf(1 - part)
    return 1 - 2 * part - 2 * end * normal.pdf(end) + 2 * part * end**2


def _percent(level: float) -> str:
    return f"{100 * level:.10g}%"
