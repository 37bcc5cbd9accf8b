"""Standardised rates: what areas would show with one composition, or at one set of rates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.measures.areas.area_table import as_list
from youthjustice.measures.areas.standard_population import StrataTable, read_strata
from youthjustice.measures.disparity.findings import NOT_DEFINED
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import (
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
    check_minimum,
    check_positive,
    number,
)
from youthjustice.measures.single.rates import byar_limits, exact_limits, method_by_count, rate
from youthjustice.measures.trends.periods import tidy

CALCULATED = "calculated"
MISSING = "not calculated: a count or a stratum is missing"
EMPTY = "not calculated: nobody in a stratum"
_LEAST = {"direct": 10.0, "indirect": 0.0}


def standardise(
    frame: pd.DataFrame,
    strata: str | Sequence[str],
    *,
    numerator: str,
    denominator: str,
    standard: str | pd.DataFrame,
    by: str | Sequence[str] | None = None,
    method: str = "direct",
    limits: str = "auto",
    minimum_events: float | None = None,
    confidence: float = 0.95,
    per: float = 100_000,
) -> pd.DataFrame:
    """Standardise the rates of every ``by`` cell over ``strata``, one row per cell.

    ``strata`` are the columns over which cells differ in composition: age band, sex, offence. ``by``
    makes the cells: area, period. ``standard`` is a frame with the strata columns and
    ``denominator``, and for the indirect method ``numerator``; or a column of ``frame``: the weight
    of the row's stratum (direct), or its standard rate per person (indirect).

    - ``direct``: ``value`` is the rate, per ``per``, that the cell's own rates would give the
      standard population; ``standard_error``; the interval is Dobson's (1991), limits of the count
      carried over to a weighted sum, never below 0. Under ``minimum_events`` (10: Morris and others
      2018, and the rule of public health statistics in England) it is not calculated;
    - ``indirect``: ``value`` is the ratio of the events to those ``expected`` at the standard rates,
      its limits those of the count, ``p_value`` the exact one (central) for a ratio of 1; with a
      frame as standard ``rate`` is the ratio times the standard's crude rate, per ``per``. Ratios of
      different areas rest on different weights, so each is compared with 1 and not with another.

    ``limits`` of the count: ``byar``, ``exact``, or ``auto`` (exact under 10, Byar from 10). Other
    columns: keys, ``numerator``, ``denominator``, ``crude_rate`` with its limits, ``method``,
    ``finding`` (``calculated``, or ``not calculated: ...``), ``flags``. A missing count, and a stratum
    that a cell lacks, make its result missing; nobody in a stratum leaves its own rate undefined
    (direct). Events are taken as independent. Raises InputProblem for a stratum that is not in the
    standard or stands twice, totals among the strata, and impossible counts.

    Two areas of four strata each, as the documentation of PySAL prints them (0.0237 and 0.0267):

    >>> areas = pd.DataFrame({"area": ["P"] * 4 + ["Q"] * 4, "age": [1, 2, 3, 4] * 2,
    ...     "events": [30, 25, 25, 15, 33, 21, 30, 20], "weight": [1000, 900] * 4,
    ...     "people": [1000, 1000, 1100, 900, 1000, 900, 1100, 900]})
    >>> rates = standardise(areas, "age", numerator="events", denominator="people",
    ...                     standard="weight", by="area", per=1)
    >>> rates[["area", "value", "lower", "upper"]].round(4)
      area   value   lower   upper
    0    P  0.0237  0.0192  0.0290
    1    Q  0.0267  0.0218  0.0323
    """
    how = check_choice("method", method, _LEAST)
    counted = check_choice("limits", limits, ("auto", "byar", "exact"))
    level = check_confidence(confidence)
    scale = check_positive("per", per)
    asked = _LEAST[how] if minimum_events is None else minimum_events
    least = check_minimum("minimum_events", asked)
    table = read_strata(frame, as_list(strata), as_list(by), numerator, denominator, standard, how)
    events, people = table.total(table.x), table.total(table.n)
    missing = table.missing | np.isnan(events + people)
    crude = rate(events, people, per=scale, confidence=level)
    columns: dict[str, object] = {
        "numerator": events,
        "denominator": people,
        "crude_rate": crude.value,
        "crude_rate_lower": crude.lower,
        "crude_rate_upper": crude.upper,
    }
    methods = method_by_count(events, counted)
    low, high = _count_limits(events, methods, level)
    too_few = events < least
    if how == "direct":
        figures = _direct(table, events, low, high, scale)
        empty = table.total((table.n == 0) & (table.weight > 0)) > 0
    else:
        figures = _indirect(table, events, low, high, scale)
        empty = np.zeros(events.size, dtype=bool)
    # No events at all have no spread to carry over, and nothing expected no ratio.
    undefined = empty | np.isnan(figures["value"] + figures["lower"] + figures["upper"])
    hidden = missing | undefined | too_few
    columns |= {
        name: np.where(missing if name == "expected" else hidden, np.nan, figure)
        for name, figure in figures.items()
    }
    rules = (
        (MISSING, missing),
        (f"not calculated: fewer than {number(least)} events", too_few),
        (EMPTY, empty),
        (NOT_DEFINED, undefined),
    )
    words = np.array([*(word for word, _ in rules), CALCULATED], dtype=object)
    chosen = np.select([rows for _, rows in rules], range(len(rules)), default=len(rules))
    columns |= {
        "method": np.array([f"{how}, {name}" for name in methods], dtype=object),
        "finding": words[chosen],
        "flags": flag_text(
            missing=missing,
            undefined=~missing & undefined,
            too_few=~missing & too_few,
            zero_numerator=~missing & (events == 0),
            small_numerator=~missing & (events < SMALL_NUMERATOR),
            not_whole=~missing & (events != np.floor(events)),
        ),
    }
    attrs = {**frame.attrs, "standardisation": how, "per": scale, "confidence": level}
    return tidy(table.keys, columns, attrs)


def _direct(
    table: StrataTable, events: FloatArray, low: FloatArray, high: FloatArray, scale: float
) -> dict[str, FloatArray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = table.weight / table.total(table.weight)[table.cell]
        each = np.where(share == 0, 0.0, share / table.n)
        value = table.total(each * table.x)
        error = np.sqrt(table.total(each**2 * table.x))
        reach = error / np.sqrt(events)
        lower, upper = value + reach * (low - events), value + reach * (high - events)
    return {
        "value": value * scale,
        "lower": np.maximum(lower, 0.0) * scale,
        "upper": upper * scale,
        "p_value": np.full(value.size, np.nan),
        "standard_error": error * scale,
    }


def _indirect(
    table: StrataTable, events: FloatArray, low: FloatArray, high: FloatArray, scale: float
) -> dict[str, FloatArray]:
    expected = table.total(table.n * table.weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        value, lower, upper = (part / expected for part in (events, low, high))
        whole = np.floor(events)
        more = np.where(events > 0, special.gammainc(np.maximum(whole, 1.0), expected), 1.0)
        fewer = special.gammaincc(whole + 1, expected)
        rates = [side * table.crude * scale for side in (value, lower, upper)]
    return {
        "value": value,
        "lower": lower,
        "upper": upper,
        "p_value": np.minimum(2 * np.minimum(more, fewer), 1.0),
        "expected": expected,
        **dict(zip(("rate", "rate_lower", "rate_upper"), rates, strict=True)),
    }


def _count_limits(
    events: FloatArray, methods: TextArray, confidence: float
) -> tuple[FloatArray, FloatArray]:
    """Return the limits of each count by its own method."""
    lower, upper = np.full((2, events.size), np.nan)
    for name, formula in (("byar", byar_limits), ("exact", exact_limits)):
        these = (methods == name) & ~np.isnan(events)
        lower[these], upper[these] = formula(events[these], 1 - confidence)
    return lower, upper
