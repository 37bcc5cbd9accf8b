"""Control chart of single values (XmR): which points are more than the usual variation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import BoolArray, FloatArray, TextArray, check_whole, read
from youthjustice.measures.trends.periods import as_date
from youthjustice.measures.trends.runs import in_run, near_twice_in_three

# 3 / 1.128 and 1 + 3 * 0.853 / 1.128: three standard deviations by the mean moving range of two.
LIMIT = 2.66
LARGEST_RANGE = 3.267
RULES = ("outside", "trend", "two_of_three", "shift")
FEWEST_EVENTS = 4.0
HIGHER = "special cause higher"
LOWER = "special cause lower"
COMMON = "common cause"
MISSING = "missing"


def control_chart(
    values: object,
    *,
    baseline: int | None = None,
    rebase_at: object = (),
    minimum_points: int = 12,
    screen: bool = True,
    rules: Sequence[str] = RULES,
    shift: int = 7,
    trend: int = 7,
    target: float | None = None,
) -> pd.DataFrame:
    """Give each value of a series with its centre line, its limits and the rules it breaks.

    ``values`` is one series in order of time (a Series keeps its index): counts, rates or any
    measure of about normal spread. The centre is the mean, the limits the mean less and plus 2.66
    mean moving ranges (Shewhart 1931; Wheeler and Chambers 1992). With ``screen``, moving ranges of
    3.267 means or more are left out once and the mean taken again, unless it would be 0.
    ``baseline`` freezes the limits at those of the first so many points of each phase; a phase
    starts at each of ``rebase_at`` (labels of the index, or positions), chosen by hand for a
    reason, never by the chart. Every baseline needs ``minimum_points`` known values. Rules, in
    their order of priority:

    - ``outside``: a point beyond a limit;
    - ``trend``: ``trend`` points each above (or each below) the one before;
    - ``two_of_three``: of three points on one side of the centre, two beyond two thirds of the way
      to the limit (those two are marked);
    - ``shift``: ``shift`` points on one side of the centre (a point on it breaks the run).

    A missing value breaks every run and has no moving range; a period without a row does not, so
    give it one. Columns: ``value``, ``centre``, ``lower``, ``upper`` (the lower limit is 0 where no
    value is negative), ``near_lower``, ``near_upper``, ``moving_range``, ``moving_range_limit``,
    ``phase``, one per rule, ``rule`` (the first broken), ``variation`` (``special cause higher``,
    ``special cause lower``, ``common cause``), ``assurance`` with a ``target``: where it lies
    against the limits; and ``flags``: ``few_events`` when the baseline is of whole numbers with a
    mean under 4, where the limits do not fit counts: take longer periods, ``g_chart`` or
    ``t_chart``. Raises InputProblem for text, infinite values, dates out of order, too few points,
    an unknown rule or label.

    Belt diameters of 30 tyres; SAS/QC prints limits of 23.8571 and 24.1596 (with 3 / d2 for 2.66):

    >>> belts = [24.05, 23.99, 23.95, 23.93, 23.97, 24.02, 24.06, 24.10, 23.98, 24.03, 23.91, 24.06,
    ...          24.06, 23.96, 23.98, 24.06, 24.01, 24.00, 23.93, 23.92, 24.09, 24.11, 24.05, 23.98,
    ...          23.98, 24.06, 24.02, 24.06, 23.97, 23.96]
    >>> chart = control_chart(belts, screen=False)
    >>> chart.loc[0, ["lower", "centre", "upper"]].astype(float).round(3).tolist()
    [23.857, 24.008, 24.16]
    """
    options = _Options(
        baseline=check_whole("baseline", baseline, 2) if baseline is not None else None,
        least=check_whole("minimum_points", minimum_points, 3),
        screen=bool(screen),
        rules=_check_rules(rules),
        shift=check_whole("shift", shift, 2),
        trend=check_whole("trend", trend, 3),
    )
    arguments = read({"values": values}, signed=True)
    if len(arguments.shape) != 1:
        raise InputProblem("values must be one series; give a list, an array or a Series.")
    value = arguments.numbers[0]
    index = arguments.index if arguments.index is not None else pd.RangeIndex(value.size)
    check_order(index)
    starts = _phase_starts(rebase_at, index)
    parts = [
        _phase(value[start:stop], index[start:stop], options).assign(phase=number)
        for number, (start, stop) in enumerate(_pairs(starts, value.size), start=1)
    ]
    chart = pd.concat(parts) if parts else _phase(value, index, options)
    if (value >= 0).any() and not (value < 0).any():
        chart["lower"] = chart["lower"].clip(lower=0)
    if target is not None:
        chart["assurance"] = _assurance(chart, target)
    chart.index = index
    return chart


@dataclass(frozen=True, slots=True)
class _Options:
    baseline: int | None
    least: int
    screen: bool
    rules: tuple[str, ...]
    shift: int
    trend: int


def _phase(value: FloatArray, index: pd.Index[Any], options: _Options) -> pd.DataFrame:
    """Return the chart of one phase, which knows nothing of the others."""
    base = value if options.baseline is None else value[: options.baseline]
    known = int((~np.isnan(base)).sum())
    if known < options.least:
        where = f" of the phase that starts at {index[0]}" if len(index) else ""
        raise InputProblem(
            f"The baseline{where} has {known} known points and limits need {options.least}; wait "
            "for more points, choose a longer baseline, or lower minimum_points and say so."
        )
    centre = float(np.nanmean(base))
    ranges = np.abs(np.diff(base))
    ranges = ranges[~np.isnan(ranges)]
    if not ranges.size:
        raise InputProblem("No two neighbouring values are known, so there is no moving range.")
    kept = ranges[ranges < LARGEST_RANGE * ranges.mean()]
    # Screened to nothing but repeats, a series would have limits of no width.
    if options.screen and kept.any():
        ranges = kept
    reach = LIMIT * float(ranges.mean())
    # A sum that should be 0 may not be, and a point on a line is not beyond it.
    rounding = 1e-12 * float(np.nanmax(np.abs(value)))
    away = np.nan_to_num(value - centre)
    side = np.where(np.abs(away) > rounding, np.sign(away), 0.0)
    rising = np.nan_to_num(np.sign(np.diff(value, prepend=np.nan)))
    found = {
        "outside": np.where(np.abs(away) > reach + rounding, side, 0.0),
        "trend": in_run(rising, options.trend - 1, point_before=True),
        "two_of_three": near_twice_in_three(side, np.abs(away) > reach * 2 / 3 + rounding),
        "shift": in_run(side, options.shift),
    }
    chosen = {name: found[name] for name in RULES if name in options.rules}
    rule, direction = _first(chosen, value.size)
    present = base[~np.isnan(base)]
    events = bool((present >= 0).all() and (present == np.floor(present)).all())
    columns: dict[str, object] = {
        "value": value,
        "centre": centre,
        "lower": centre - reach,
        "upper": centre + reach,
        "near_lower": centre - reach * 2 / 3,
        "near_upper": centre + reach * 2 / 3,
        "moving_range": np.abs(np.diff(value, prepend=np.nan)),
        "moving_range_limit": LARGEST_RANGE * reach / LIMIT,
        "phase": 1,
        **{name: side_of != 0 for name, side_of in chosen.items()},
        "rule": rule,
        "variation": _variation(value, direction),
        "flags": "few_events" if events and centre < FEWEST_EVENTS else "",
    }
    return pd.DataFrame(columns, index=index)


def _first(found: dict[str, FloatArray], size: int) -> tuple[TextArray, FloatArray]:
    """Return the first rule that each point breaks, and to which side."""
    rule, direction = np.full(size, "", dtype=object), np.zeros(size)
    for name, side in found.items():
        new = (rule == "") & (side != 0)
        rule[new], direction[new] = name, side[new]
    return rule, direction


def _variation(value: FloatArray, direction: FloatArray) -> TextArray:
    conditions = [np.isnan(value), direction > 0, direction < 0]
    choices = [np.full(value.shape, word, dtype=object) for word in (MISSING, HIGHER, LOWER)]
    return np.select(conditions, choices, default=np.array(COMMON, dtype=object))


def _assurance(chart: pd.DataFrame, target: object) -> TextArray:
    """Say where a target lies against the limits."""
    if isinstance(target, bool) or not isinstance(target, (int, float, np.number)):
        raise InputProblem(f"target is {target!r}; give a number.")
    goal = float(target)
    if not np.isfinite(goal):
        raise InputProblem(f"target is {target!r}; give a number.")
    above: BoolArray = (chart["upper"] < goal).to_numpy()
    below: BoolArray = (chart["lower"] > goal).to_numpy()
    words = np.where(above, "target above the limits", "target inside the limits")
    return np.where(below, "target below the limits", words).astype(object)


def _pairs(starts: list[int], size: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], size], strict=True))


def _phase_starts(rebase_at: object, index: pd.Index[Any]) -> list[int]:
    if rebase_at is None:
        return [0]
    listed = isinstance(rebase_at, Iterable) and not isinstance(rebase_at, str)
    labels = list(rebase_at) if listed else [rebase_at]  # type: ignore[call-overload]
    places = [0]
    for label in labels:
        plain = pd.api.types.is_scalar(label)
        found = np.flatnonzero(np.asarray(index == label) if plain else np.zeros(0))
        if isinstance(index, pd.DatetimeIndex) and plain and not found.size:
            found = np.flatnonzero(np.asarray(index == as_date("rebase_at", label)))
        if not found.size:
            raise InputProblem(
                f"rebase_at holds {label!r}, which is not in the index of the values; give the "
                "label of the first point of the new phase."
            )
        places.append(int(found[0]))
    return sorted(set(places))


def _check_rules(rules: object) -> tuple[str, ...]:
    names = (rules,) if isinstance(rules, str) or not isinstance(rules, Iterable) else tuple(rules)
    for name in () if rules is None else names:
        if name not in RULES:
            raise InputProblem(f"rules holds {name!r}; choose among {', '.join(RULES)}.")
    return () if rules is None else names


def check_order(index: pd.Index[Any] | None) -> None:
    """Raise InputProblem for dates that are missing or run backwards."""
    if not isinstance(index, (pd.DatetimeIndex, pd.PeriodIndex)):
        return
    if index.hasnans or not index.is_monotonic_increasing:
        found = "hold a missing one" if index.hasnans else "are not in order of time"
        raise InputProblem(f"The dates of the index {found}; date every value and sort by date.")
