"""A ratio of rates of events that repeat: children are resampled, with all their events."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_keys
from youthjustice.measures.disparity.group_table import GroupTable, read_groups
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import BoolArray, FloatArray, check_confidence
from youthjustice.measures.labels import group_order, names_of, number_cells, read_labels
from youthjustice.measures.ratios.rate_ratios import rate_ratio
from youthjustice.measures.ratios.repeat_events import EVENTS, PEOPLE, Repeats, read_repeats

FEW_CHILDREN = 10
_NAME = "bootstrap by child"
_COLUMNS = (
    *("children", "events", "population", "rate", "value", "lower", "upper", "p_value", "method"),
    *("flags", "poisson_lower", "poisson_upper", "variance_ratio"),
)
MOST_NUMBERS = 1_000_000  # drawn at a time: 8 MB


def bootstrap_ratio(
    frame: pd.DataFrame,
    group: str = "ethnic_group",
    reference: str = "White",
    *,
    child: str = "child_id",
    events: str | None = None,
    population: object = None,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
    draws: int = 2000,
    seed: int = 20160101,
    unknown: str | Sequence[str] = ("Unknown",),
) -> pd.DataFrame:
    """Compare rates of events of which a child may have several, by resampling children.

    A Poisson interval takes events as independent. Arrests, searches and reoffences come in runs
    of one child, and then it is too narrow.

    ``frame`` has one row for each event, or rows with a number of ``events``; rows of one ``child``
    are added up, within each cell of ``by``. Without ``population`` the children in the frame are
    all the children at risk, and those without an event must stand in it. With ``population`` (a
    mapping or Series by group, or by ``by`` and group, or a frame with a column ``population``)
    everybody else had no event. One row each of ``by`` x group:

    ``children`` (with an event), ``events``, ``population``, ``rate`` (events per child at risk),
    ``value``, ``lower``, ``upper``, ``p_value``, ``method``, ``flags``; the interval that takes
    events as independent, ``poisson_lower`` and ``poisson_upper``; and ``variance_ratio``, how many
    times the variance of the log ratio exceeds the Poisson one (the design effect, from the sums of
    squares and not from the draws).

    In each of ``draws`` resamples as many children as are at risk are drawn with replacement, group
    by group. The limits are percentiles (Efron and Tibshirani 1993), by order statistics of
    ``draws`` + 1 (Davison and Hinkley 1997), and ``p_value`` is twice the smaller share of draws on
    the far side of 1, plus one: the two never disagree. ``few_children`` flags fewer than 10 with an
    event in either group, where percentiles are too narrow. The same ``seed`` gives the same answer
    whatever the order of rows and the labels of children.

    Raises InputProblem for an absent column or reference, a child in two groups of one cell, totals
    among the groups, impossible counts, and too few ``draws`` for the ``confidence``.

    Strokes in the trial of aspirin that Efron and Tibshirani (1993) resample; the US Preventive
    Services Task Force (2002) prints its odds ratio as 1.22 (0.93 to 1.59):

    >>> strokes = pd.DataFrame({"child_id": range(217), "ethnic_group": ["A"] * 119 + ["P"] * 98})
    >>> ratio = bootstrap_ratio(strokes, reference="P", population={"A": 11_037, "P": 11_034})
    >>> ratio[["value", "lower", "upper", "poisson_upper"]].round(1).loc[0].to_list()
    [1.2, 0.9, 1.6, 1.6]
    """
    level = check_confidence(confidence)
    rank = _check_draws(draws, seed, level)
    cells, outside = names_of("by", by), names_of("unknown", unknown)
    check_keys((*cells, group), _COLUMNS)
    repeats = read_repeats(
        frame,
        group=group,
        child=child,
        events=events,
        population=population,
        by=cells,
        unknown=outside,
    )
    strata = repeats.strata
    table = read_groups(
        strata,
        group=group,
        reference=reference,
        numerator=EVENTS,
        denominator=PEOPLE,
        by=cells,
        unknown=outside,
        nested=False,
    )
    order = group_order(number_cells(strata, cells), [read_labels(strata, group)])
    compared = table.known & ~table.is_reference
    children = repeats.total(0)[order]
    spread = _log_variance(repeats, order)
    with np.errstate(all="ignore"):
        excess = (spread + spread[table.reference_row]) / (1 / table.x + 1 / table.x0)
    poisson = rate_ratio(table.x, table.n, table.x0, table.n0, level)
    usable = compared & (excess > 0) & np.isfinite(excess)
    lower, upper, p = _intervals(repeats, table, order, usable, draws, seed, rank)
    present = ~np.isnan(table.x + table.n)
    shown = [
        np.where(compared, part, np.nan) for part in (poisson.value, poisson.lower, poisson.upper)
    ]
    columns: dict[str, object] = {
        "children": np.where(np.isnan(table.x), np.nan, children),
        "events": table.x,
        "population": table.n,
        "rate": np.divide(table.x, table.n, out=np.full(table.x.shape, np.nan), where=table.n > 0),
        "value": np.where(table.is_reference & present, 1.0, shown[0]),
        "lower": lower,
        "upper": upper,
        "p_value": p,
        "method": np.where(compared, np.array(_NAME, dtype=object), ""),
        "flags": _flags(table, children, shown[0], lower, upper, compared),
        "poisson_lower": shown[1],
        "poisson_upper": shown[2],
        "variance_ratio": np.where(usable, excess, np.nan),
    }
    result = pd.concat([table.keys, pd.DataFrame(columns, index=table.keys.index)], axis=1)
    result.attrs = {
        **frame.attrs,
        "reference": reference,
        "confidence": level,
        "draws": draws,
        "seed": seed,
    }
    return result


def _check_draws(draws: object, seed: object, level: float) -> int:
    """Return which of the ordered draws is the lower limit."""
    for name, value in (("draws", draws), ("seed", seed)):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 0:
            raise InputProblem(f"{name} is {value!r}; give a whole number.")
    tail = (1 - level) / 2
    rank = int(np.floor(tail * (int(draws) + 1) + 1e-9))  # type: ignore[call-overload]
    if rank < 1:
        raise InputProblem(
            f"draws is {draws}; a confidence of {level} needs {np.ceil(1 / tail - 1):.0f} or more."
        )
    return rank


def _log_variance(repeats: Repeats, order: NDArray[np.int64]) -> FloatArray:
    """Return the variance of each log rate when children vary and not events (delta method).

    It is the sandwich of a Poisson regression with one row for each child.
    """
    people = repeats.strata[PEOPLE].to_numpy(dtype=np.float64)
    with np.errstate(all="ignore"):
        variance = repeats.total(2) / repeats.total(1) ** 2 - 1 / people
        # Children who all had the same number must not get a variance out of rounding.
        return np.asarray(np.where(variance * people < 1e-12, 0.0, variance)[order])


def _intervals(
    repeats: Repeats,
    table: GroupTable,
    order: NDArray[np.int64],
    usable: BoolArray,
    draws: int,
    seed: int,
    rank: int,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return limits and p-values of every usable row."""
    lower, upper, p = np.full((3, usable.size), np.nan)
    references: dict[int, FloatArray] = {}
    for row in np.flatnonzero(usable):
        base = int(table.reference_row[row])
        # Two streams, the same for every row: no row depends on which others there are.
        if base not in references:
            references = {base: _rates(repeats, int(order[base]), draws, [seed, 0])}
        rates = _rates(repeats, int(order[row]), draws, [seed, 1])
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = rates / references[base]
        # No event in either group says nothing: such a draw counts on both sides.
        below, above = (np.where(np.isnan(ratio), edge, ratio) for edge in (0.0, np.inf))
        lower[row] = np.partition(below, rank - 1)[rank - 1]
        upper[row] = np.partition(above, draws - rank)[draws - rank]
        fewest = min((below <= 1).sum(), (above >= 1).sum())
        p[row] = min(2 * (fewest + 1) / (draws + 1), 1.0)
    return lower, upper, p


def _rates(repeats: Repeats, stratum: int, draws: int, seed: list[int]) -> FloatArray:
    """Return the rate of every resample of a stratum's children.

    Drawing children one by one and drawing how many had one event, two events and so on are the
    same; the second is a multinomial draw, whatever the population.
    """
    first, last = np.searchsorted(repeats.stratum, [stratum, stratum + 1])
    size, children = repeats.size[first:last], repeats.children[first:last]
    people = int(np.rint(repeats.strata[PEOPLE].iloc[stratum]))
    chance = np.random.default_rng(seed)
    shares = np.append(children / people, max(1 - children.sum() / people, 0.0))
    totals = np.empty(draws)
    block = max(MOST_NUMBERS // shares.size, 1)
    for start in range(0, draws, block):
        part = totals[start : start + block]
        part[:] = chance.multinomial(people, shares, size=part.size)[:, :-1] @ size
    return totals / people


def _flags(
    table: GroupTable,
    children: FloatArray,
    value: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
    compared: BoolArray,
) -> object:
    """Return the flags of the comparison, and of the counts alone where nothing is compared."""
    other = np.where(compared, table.reference_row, np.arange(compared.size))
    fewest, smallest, enough = (
        np.minimum(part, part[other]) for part in (table.x, table.n, children)
    )
    missing = np.isnan(fewest) | np.isnan(smallest)
    undefined = compared & (np.isnan(value) | np.isnan(lower) | np.isnan(upper))
    return flag_text(
        missing=missing,
        denominator_zero=smallest == 0,
        undefined=undefined & ~missing,
        unbounded=np.isinf(upper),
        zero_numerator=(fewest == 0) & ~missing,
        small_numerator=(fewest < SMALL_NUMERATOR) & ~missing,
        few_children=(enough < FEW_CHILDREN) & ~missing,
    )
