"""How much of a change in a rate is who is counted, and how much is rates within groups."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.area_table import as_list
from youthjustice.measures.areas.composition import symmetric_factors
from youthjustice.measures.areas.products import effects, mean_of_others
from youthjustice.measures.areas.two_populations import Populations, read_populations
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import (
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
    check_positive,
    check_whole,
)
from youthjustice.measures.trends.periods import tidy

COMPOSITION = "composition"
RATE = "rate within groups"
FREQUENCY = "frequency"
TOTAL = "total"


def decompose(
    frame: pd.DataFrame,
    strata: str | Sequence[str],
    *,
    numerator: str,
    denominator: str,
    between: str,
    first: Hashable,
    last: Hashable,
    events: str | None = None,
    by: str | Sequence[str] | None = None,
    basis: str = "proportion",
    draws: int = 10_000,
    seed: int = 20260101,
    confidence: float = 0.95,
    per: float | None = None,
) -> pd.DataFrame:
    """Split the change of a rate into who is counted and what happens within groups.

    ``frame`` has a row for every stratum (previous offences, age band, ...) of the two populations,
    the rows that hold ``first`` and ``last`` in the column ``between``: years, or places; others are
    left alone. The rate is the sum over strata of share of ``denominator`` times ``numerator`` /
    ``denominator``, and with ``events`` (reoffences) times ``events`` / ``numerator``: reoffences per
    child. One row per ``by`` cell and factor:

    - kind ``composition``: what a different make-up of the population makes, one row for each column
      of ``strata`` (cross-classified strata by Das Gupta's symmetric factors);
    - ``rate within groups`` and ``frequency``;
    - ``total``: the change itself, which the others add up to exactly.

    Columns: keys, ``kind``, ``factor``, ``first`` and ``last`` (the rate with only that factor
    different; in the total the rates themselves), ``value`` (last less first), ``lower``, ``upper``,
    ``percent`` of the total with its limits (none where chance could give the total its other sign:
    ``change_uncertain``), ``method``, ``flags``; figures are per ``per``: 100 (percentage points), 1
    with ``events``, 100,000 with ``basis="rate"`` (events in populations taken as known).

    Effects are averages over all orders of exchange (Das Gupta 1993). Intervals are quantiles of
    ``draws`` of both populations: strata multinomial, numerators binomial (Poisson for a rate), events
    of a reoffender geometric, each stratum with one child more who is like the average (a rate: half
    an event more in all). Children counted more than once make them too narrow. Attributing is
    arithmetic: it names no cause. A missing count or stratum gives a missing result, and so does a
    stratum that is empty in one population alone (``empty_stratum``): join it with another. Raises
    InputProblem for an absent population, strata that stand twice, totals among the strata,
    impossible counts and odd arguments.

    Children of England and Wales by number of previous offences, years ending March 2010 and 2020
    (Youth Justice Statistics 2020 to 2021 print 38.3% and 34.2%): fewer reoffended, though more of
    those counted had offended before.

    >>> cohorts = pd.DataFrame({"year": [2010] * 5 + [2020] * 5, "before": [0, 1, 3, 7, 11] * 2,
    ...     "children": [59731, 36162, 21802, 8003, 10950, 9285, 4086, 3461, 1585, 2278],
    ...     "reoffended": [11910, 13835, 12251, 5496, 8785, 1658, 1425, 1537, 900, 1559]})
    >>> parts = decompose(cohorts, "before", numerator="reoffended", denominator="children",
    ...                   between="year", first=2010, last=2020)
    >>> parts[["kind", "first", "last", "value"]].round(2)
                     kind  first   last  value
    0         composition  35.59  37.10   1.50
    1  rate within groups  39.12  33.57  -5.55
    2               total  38.26  34.21  -4.05
    """
    kind = check_choice("basis", basis, ("proportion", "rate"))
    if events is not None and kind == "rate":
        raise InputProblem("events belong to children of a proportion; leave out events or basis.")
    level = check_confidence(confidence)
    number = check_whole("draws", draws, 100)
    start = check_whole("seed", seed, 0)
    usual = 100_000.0 if kind == "rate" else (100.0 if events is None else 1.0)
    scale = check_positive("per", usual if per is None else per)
    columns = as_list(strata)
    found = read_populations(
        frame,
        columns,
        numerator=numerator,
        denominator=denominator,
        events=events,
        between=between,
        pair=(first, last),
        by=as_list(by),
        nested=kind == "proportion",
    )
    kinds = [*[COMPOSITION] * len(columns), RATE, *([FREQUENCY] if events else []), TOTAL]
    names = [*columns, *kinds[len(columns) :]]
    cells = [_cell(found, at, kind, number, start, level) for at in range(len(found.keys))]
    repeated = found.keys.loc[found.keys.index.repeat(len(kinds))].reset_index(drop=True)
    figures = np.array([cell.figures for cell in cells]).reshape(len(cells), len(kinds), 8)
    figures[..., :5] *= scale
    flat = figures.reshape(-1, 8).T
    flags = [text for cell in cells for text in cell.flags]
    result: dict[str, object] = {
        "kind": np.array(kinds * len(cells), dtype=object),
        "factor": np.array(names * len(cells), dtype=object),
        **dict(zip(_FIGURES, flat, strict=True)),
        "method": f"Das Gupta; {number} draws",
        "flags": np.array(flags, dtype=object),
    }
    attrs = {
        **frame.attrs,
        "basis": kind,
        "between": between,
        "first": first,
        "last": last,
        "per": scale,
        "confidence": level,
        "draws": number,
        "seed": start,
    }
    return tidy(repeated, result, attrs)


_FIGURES = (
    "first", "last", "value", "lower", "upper", "percent", "percent_lower", "percent_upper",
)  # fmt: skip


class _Cell(NamedTuple):
    figures: FloatArray
    flags: TextArray


def _cell(
    found: Populations, at: int, basis: str, draws: int, seed: int, confidence: float
) -> _Cell:
    """Return the figures of one cell, factors by the columns above, and their flags."""
    x, n, events = found.x[at], found.n[at], found.events[at]
    used = (n > 0).any(axis=0) | np.isnan(n).any(axis=0)
    x, n, codes = x[:, used], n[:, used], found.codes[:, used]
    events = events[:, used]
    rows = len(codes) + 2 + found.with_events
    missing = bool(np.isnan(x + n + events).any()) or not used.any()
    empty = not missing and bool(((n == 0) | (found.with_events & (x == 0))).any())
    if missing or empty:
        flag = "missing" if missing else "empty_stratum"
        return _Cell(np.full((rows, 8), np.nan), np.full(rows, flag, dtype=object))
    split = _split(*_observed(x, n, events, found.with_events), codes)
    chance = np.random.default_rng(seed)
    again = [
        _drawn(chance, x[side], n[side], events[side], basis, draws, found.with_events)
        for side in (0, 1)
    ]
    spread = _split(again[0], again[1], codes)[2]
    tail = (1 - confidence) / 2
    ends = np.quantile(spread, [tail, 1 - tail], axis=1)
    value = split[2]
    # Where counts are small a posterior may lie aside of the figure it is about.
    lower, upper = np.minimum(ends[0], value), np.maximum(ends[1], value)
    percent = np.full((3, rows), np.nan)
    sure = lower[-1] > 0 or upper[-1] < 0
    if sure:
        with np.errstate(divide="ignore", invalid="ignore"):
            parts = 100 * spread / spread[-1]
        low, high = np.quantile(parts, [tail, 1 - tail], axis=1)
        percent[0] = 100 * value / value[-1]
        percent[1:] = np.minimum(low, percent[0]), np.maximum(high, percent[0])
        percent[1:, -1] = np.nan  # the whole is the whole, without uncertainty
    few = np.full(rows, bool((x < SMALL_NUMERATOR).any()))
    none = np.full(rows, bool((x == 0).any()))
    text = flag_text(
        zero_numerator=none, small_numerator=few, change_uncertain=np.full(rows, not sure)
    )
    return _Cell(np.vstack([*split, lower, upper, percent]).T, text)


def _observed(
    x: FloatArray, n: FloatArray, events: FloatArray, with_events: bool
) -> tuple[FloatArray, FloatArray]:
    """Return the factors of both populations: share, rate, and events of each, by stratum."""
    parts = [n / n.sum(axis=1, keepdims=True), x / n]
    if with_events:
        parts.append(events / x)
    both = np.array(parts)
    return both[:, 0], both[:, 1]


def _drawn(
    chance: np.random.Generator,
    x: FloatArray,
    n: FloatArray,
    events: FloatArray,
    basis: str,
    draws: int,
    with_events: bool,
) -> FloatArray:
    """Draw the factors of a population from what its counts leave open: factors, draws, strata.

    What is known beforehand must weigh little in all, however many strata there are, and lean
    nowhere: the half of Jeffreys' prior in each of thirty strata would move the whole rate.
    """
    shape = (draws, x.size)
    if basis == "rate":
        people = n / n.sum()
        # Half an event more in all, which for a single stratum is Jeffreys' prior.
        return np.array(
            [np.broadcast_to(people, shape), chance.standard_gamma(x + 0.5 * people, shape) / n]
        )
    # In each stratum one child more, who is like the average of the population.
    usual = (x.sum() + 0.5) / (n.sum() + 1)
    share = chance.standard_gamma(n, shape)
    rates = chance.beta(x + usual, n - x + 1 - usual, shape)
    parts = [share / share.sum(axis=1, keepdims=True), rates]
    if with_events:
        # A geometric number of events, one at least, has its mean in one over a beta chance.
        often = (events.sum() + 0.5) / x.sum()
        parts.append(1 / chance.beta(x + 2, events - x + often - 1, shape))
    return np.array(parts)


def _split(
    first: FloatArray, last: FloatArray, codes: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return each factor's rate in the first and last population and its effect, total last.

    ``first`` and ``last`` are factors by ... by strata; so are the answers, summed over strata.
    """
    others = mean_of_others(last, first)
    sides = [(factor * others).sum(axis=-1) for factor in (first, last)]
    effect = effects(last, first).sum(axis=-1)
    whole = [factor.prod(axis=0).sum(axis=-1) for factor in (first, last)]
    if len(codes) > 1:
        one, two = (symmetric_factors(factor[0], codes) for factor in (first, last))
        shares = mean_of_others(two, one) * others[0]
        parts = [(factor * shares).sum(axis=-1) for factor in (one, two)]
        sides = [np.vstack([new, old[1:]]) if new.ndim > 1 else np.r_[new, old[1:]]
                 for new, old in zip(parts, sides, strict=True)]  # fmt: skip
        inside = (effects(two, one) * others[0]).sum(axis=-1)
        effect = np.concatenate([inside, effect[1:]])
    change = (whole[1] - whole[0])[None]
    return (
        np.concatenate([sides[0], whole[0][None]]),
        np.concatenate([sides[1], whole[1][None]]),
        np.concatenate([effect, change]),
    )
