"""A sentence on how much of a change is who is counted, and how much is rates within groups."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import SMALL_NUMERATOR
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.area_rows import check_made_by, joined
from youthjustice.presentation.words.findings import (
    FELL,
    NO_CLEAR_CHANGE,
    ROSE,
    Figures,
    compare,
    figures,
)
from youthjustice.presentation.words.phrases import NO_COUNTS, in_context, listing

COLUMNS = ("kind", "factor", "first", "last", "value", "lower", "upper", "flags")
TOTAL = "total"
_NAMES = {
    "composition": "who is counted",
    "rate within groups": "rates within groups",
    "frequency": "how often each reoffended",
}
_NOUNS = {ROSE: "rise", FELL: "fall"}
NO_CAUSE = "Before rounding the parts add up to the change; this is arithmetic and names no cause."


class Forms(NamedTuple):
    """How an effect is written, how a rate is, and the unit of an effect."""

    effect: numbers.Form
    level: numbers.Form
    unit: str


def decomposition_sentence(
    parts: pd.DataFrame,
    *,
    subject: str,
    start: str,
    end: str,
    names: Mapping[str, str] | None = None,
    unit: str | None = None,
    context: str = "",
    why: str = NO_COUNTS,
) -> Sentence:
    """Say how a change divides into its parts, each with its interval and no further than it goes.

    ``parts`` is the frame of ``decompose`` for one cell, its total last. ``subject`` is the rate
    that changed ("the reoffending rate"), ``start`` and ``end`` name the two populations, and
    ``names`` gives kinds or factors in words ("who is in the cohort"). A part whose interval holds
    0 is said to make no clear change; where the change itself may be none, that comes first.
    Raises InputProblem for parts that do not add up to their total.

    >>> parts = pd.DataFrame({"kind": ["composition", "rate within groups", "total"],
    ...     "factor": ["before", "rate within groups", "total"], "first": [38.8, 42.6, 42.9],
    ...     "last": [38.3, 34.4, 34.2], "value": [-0.5, -8.2, -8.7], "lower": [-0.8, -8.9, -9.5],
    ...     "upper": [-0.2, -7.5, -7.9], "flags": ""})
    >>> parts.attrs["per"] = 100.0
    >>> print(decomposition_sentence(parts, subject="the reoffending rate", start="2014", end="2020",
    ...     names={"composition": "who is in the cohort"}))
    Of the fall of 8.7 percentage points (95% confidence interval 7.9 to 9.5) in the reoffending rate \
from 42.9% in 2014 to 34.2% in 2020, 0.5 (0.2 to 0.8) is who is in the cohort and 8.2 (7.5 to 8.9) \
rates within groups. Before rounding the parts add up to the change; this is arithmetic and names no \
cause.
    """
    check_made_by(parts, "decompose", COLUMNS)
    total = check_identity(parts)
    forms = forms_of(parts, unit)
    confidence = float(parts.attrs.get("confidence", 0.95))
    whole = figures(total)
    side = compare(whole.value, whole.lower, whole.upper, 0.0, change=True)
    if side not in (ROSE, FELL, NO_CLEAR_CHANGE):
        text = f"how the change of {subject} divides cannot be said, because {_why(total, why)}."
        return Sentence(in_context(context, text), kind="note")
    effects = [(part_name(row, names), figures(row)) for _, row in _factors(parts).iterrows()]
    sides = [
        compare(effect.value, effect.lower, effect.upper, 0.0, change=True) for _, effect in effects
    ]
    first, last = forms.level(total["first"]), forms.level(total["last"])
    interval = f"{confidence * 100:.4g}% confidence interval"
    if side == NO_CLEAR_CHANGE:
        text = (
            f"no clear change in {subject} between {start} ({first}) and {end} ({last}): difference "
            f"{_signed(whole, forms, interval)}{forms.unit}. It has these parts: "
            f"{_told(effects, sides, forms)}."
        )
    else:
        noun = _NOUNS[side]
        change = (
            f"the {noun} of {_size(whole, forms, interval)} in {subject} from {first} in {start} to "
            f"{last} in {end}"
        )
        if all(part == side for part in sides):
            verb = ["is ", *[""] * (len(effects) - 1)]
            told = [
                f"{_size(effect, forms)} {be}{name}"
                for be, (name, effect) in zip(verb, effects, strict=True)
            ]
            text = f"of {change}, {listing(told)}."
        else:
            text = f"{change} has these parts: {_told(effects, sides, forms)}."
    said = joined(text, NO_CAUSE, small_words(parts))
    return Sentence(in_context(context, said), kind="finding")


def check_identity(parts: pd.DataFrame) -> Any:
    """Return the total of a decomposition, or raise InputProblem where its parts do not make it."""
    totals = parts[parts["kind"] == TOTAL]
    if len(totals) != 1:
        raise InputProblem(f"the decomposition has {len(totals)} totals: give the rows of one cell")
    total = totals.iloc[0]
    made, whole = float(_factors(parts)["value"].sum(skipna=False)), float(total["value"])
    if math.isfinite(whole) and not math.isclose(made, whole, rel_tol=1e-6, abs_tol=1e-9):
        raise InputProblem(
            f"the parts of the decomposition add up to {made:g} and its total is {whole:g}: give all "
            "the rows of one cell"
        )
    return total


def part_name(row: Any, names: Mapping[str, str] | None) -> str:
    """Name a part in words: by its factor or kind as given, else by its kind."""
    given = names or {}
    factor, kind = str(row["factor"]), str(row["kind"])
    if factor in given or kind in given:
        return given.get(factor, given.get(kind, ""))
    if kind == "composition":
        return f"{_NAMES[kind]}, by {factor.replace('_', ' ')}"
    return _NAMES.get(kind, kind)


def forms_of(parts: pd.DataFrame, unit: str | None = None) -> Forms:
    """Return how figures per 100, per child and per many children are written."""
    per = float(parts.attrs.get("per", 1.0))
    if per == 100:
        points = partial(numbers.decimal, decimals=1)
        level = partial(numbers.percent, scale=1)
        return Forms(points, level, f" {unit}" if unit is not None else " percentage points")
    form = numbers.ratio if per == 1 else numbers.rate
    return Forms(form, form, f" {unit}" if unit else "")


def small_words(parts: pd.DataFrame) -> str:
    """Say so where a group is so small that the limits are approximate."""
    if parts["flags"].astype(str).str.contains("small_numerator").any():
        return f"Approximate: in some groups fewer than {SMALL_NUMERATOR} children are behind the rate."
    return ""


def _factors(parts: pd.DataFrame) -> pd.DataFrame:
    return parts[parts["kind"] != TOTAL]


def _why(total: Any, why: str) -> str:
    flags = str(total["flags"]).split(";")
    return "a group has nobody to count on one side" if "empty_stratum" in flags else why


def _told(effects: list[tuple[str, Figures]], sides: list[str], forms: Forms) -> str:
    """Say of every part which way it went, if its interval does."""
    told = []
    for (name, effect), side in zip(effects, sides, strict=True):
        if side == NO_CLEAR_CHANGE:
            told.append(f"{name}, no clear change, {_signed(effect, forms)}")
        else:
            told.append(f"{name}, a {_NOUNS[side]} of {_size(effect, forms)}")
    return "; ".join(told)


def _size(effect: Figures, forms: Forms, interval: str = "") -> str:
    """Write how large an effect is, its smaller limit first, where its direction is in words."""
    low, high = sorted((abs(effect.lower), abs(effect.upper)))
    unit = forms.unit if interval else ""
    ends = f"{forms.effect(low)} to {forms.effect(high)}"
    return f"{forms.effect(abs(effect.value))}{unit} ({joined(interval, ends)})"


def _signed(effect: Figures, forms: Forms, interval: str = "") -> str:
    ends = f"{forms.effect(effect.lower)} to {forms.effect(effect.upper)}"
    return f"{forms.effect(effect.value)} ({joined(interval, ends)})"
