"""Figures that no sum can express, attacked by trying: every count into every method.

The bounds of an interval and a p-value are worked out for every count that is still possible, and
the counts that would have printed otherwise are struck out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from youthjustice.disclosure.printed import Figures
from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray, System
from youthjustice.measures import proportion, rate, rate_ratio, risk_ratio

CONFIDENCES = (0.95, 0.99, 0.998)
_LARGEST_GRID = 20_000
_PROPORTIONS = ("wilson", "exact", "jeffreys")
_RATES = ("exact", "byar", "auto")
_RISK_RATIOS = ("koopman", "miettinen_nurminen", "mover", "katz")
_RATE_RATIOS = ("exact", "midp", "score", "wald", "auto")

Left = dict[int, IntArray]


def struck_out(
    system: System, figures: Figures, low: FloatArray, high: FloatArray
) -> tuple[System, Left]:
    """Return the system with what intervals and p-values say, and the counts left for some cells.

    Of the methods, those are believed that could have printed every figure of the column; where
    none could, nothing is learnt. A figure is passed over where too many counts are possible.
    """
    left: Left = {}
    if figures.item.kind not in ("lower", "upper", "p_value"):
        return system, left
    ends = [(low[cell], high[cell]) for cell in figures.unknowns]
    with np.errstate(over="ignore"):
        number = np.prod([most - least + 1 for least, most in ends], axis=0)
    chosen = np.flatnonzero(number <= _LARGEST_GRID)
    if not (number[chosen] > 1).any():
        return system, left
    figure, tried = _grid([(least[chosen], most[chosen]) for least, most in ends])
    figure = chosen[figure]
    fits = np.zeros(len(figure), dtype=bool)
    for answer in _answers(figures, tried):
        same = np.abs(answer - figures.value[figure]) <= figures.half[figure]
        if np.isin(chosen, figure[same]).all():
            fits |= same
    if not fits.any():
        return system, left
    for cell, numbers in zip(figures.unknowns, tried, strict=True):
        unknown = cell[figure[fits]]
        least, most = np.full(len(low), np.inf), np.full(len(low), -np.inf)
        np.minimum.at(least, unknown, numbers[fits])
        np.maximum.at(most, unknown, numbers[fits])
        seen = np.unique(unknown)
        system = system.narrow(seen, least[seen], most[seen])
        left.update(
            (int(at), np.unique(numbers[fits & (cell[figure] == at)]).astype(np.int64))
            for at in seen[high[seen] > low[seen]]
        )
    return system, left


def _grid(ends: list[tuple[FloatArray, FloatArray]]) -> tuple[IntArray, list[FloatArray]]:
    """Return every combination of whole numbers between the ends, and the figure each is for."""
    widths = [(most - least + 1).astype(np.int64) for least, most in ends]
    number = np.prod(widths, axis=0)
    figure = np.repeat(np.arange(len(number)), number)
    rest = np.arange(len(figure)) - np.repeat(np.cumsum(number) - number, number)
    tried = []
    for (least, _), width in zip(ends, widths, strict=True):
        tried.append(least[figure] + rest % width[figure])
        rest = rest // width[figure]
    return figure, tried


def _answers(figures: Figures, tried: list[FloatArray]) -> Iterator[FloatArray]:
    """Work the figures out by every method, NaN where they have no answer."""
    item = figures.item
    part = {"lower": "lower", "upper": "upper", "p_value": "p_value"}[item.kind]
    count, of, other, other_of = tried
    possible: BoolArray = (of > 0) & (other_of > 0)
    within = possible & (count <= of) & (other <= other_of)
    for confidence in CONFIDENCES:
        if item.reference is None:
            calls: list[tuple[Any, BoolArray, list[FloatArray], tuple[str, ...]]] = [
                (proportion, within, [count, of], _PROPORTIONS),
                (_per_one, possible, [count, of], _RATES),
            ]
        else:
            calls = [
                (risk_ratio, within, tried, _RISK_RATIOS),
                (rate_ratio, possible, tried, _RATE_RATIOS),
            ]
        for measure, where, arguments, methods in calls:
            for method in methods:
                answer = np.full(len(count), np.nan)
                if where.any():
                    found = measure(
                        *(given[where] for given in arguments), confidence=confidence, method=method
                    )
                    answer[where] = getattr(found, part)
                yield answer if part == "p_value" else answer * item.per


def _per_one(count: FloatArray, of: FloatArray, confidence: float, method: str) -> Any:
    return rate(count, of, per=1.0, confidence=confidence, method=method)
