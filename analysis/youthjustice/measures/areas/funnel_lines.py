"""Lines of a funnel: its limits at many sizes, for a chart or a table without areas."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.chance import BASES, Chance
from youthjustice.measures.areas.limits import (
    METHODS,
    Spread,
    check_benchmark,
    check_levels,
    limit_names,
    limits_of,
)
from youthjustice.measures.inputs import (
    FloatArray,
    check_choice,
    check_minimum,
    check_positive,
    read,
)


def funnel_limits(
    benchmark: float,
    sizes: object = None,
    *,
    largest: float | None = None,
    points: int = 200,
    basis: str = "proportion",
    limits: object = (0.95, 0.998),
    method: str = "exact",
    phi: float = 1.0,
    tau_squared: float = 0.0,
    per: float | None = None,
) -> pd.DataFrame:
    """Return the lines of a funnel: the limits at many sizes, one row each.

    ``benchmark`` is the centre, a share of 1 or a rate per ``per``, as ``funnel`` gives it.
    ``sizes`` are denominators; without them there are ``points`` whole ones from 1 to ``largest``,
    closer together where they are small. ``limits``, ``method`` and ``per`` are as in ``funnel``;
    ``phi`` and ``tau_squared`` come from its ``attrs`` or its columns and widen the lines. Columns:
    ``denominator``, ``benchmark``, and for every level ``limit_95_lower`` and ``limit_95_upper``.
    Raises InputProblem for a benchmark that is no share, negative sizes and levels outside 0 to 1.

    PHEindicatormethods (the public health statistics of England) prints 56.154% and 42.033% as
    the lower limits of ten children about a share of 80.642%:

    >>> lines = funnel_limits(0.8064244804, [10], method="score")
    >>> lines[["limit_95_lower", "limit_99_8_lower"]].round(5)
       limit_95_lower  limit_99_8_lower
    0         0.56154           0.42033
    """
    kind = check_choice("basis", basis, BASES)
    how = check_choice("method", method, METHODS)
    levels = check_levels(limits)
    scale = check_positive("per", BASES[kind] if per is None else per)
    centre = check_minimum("benchmark", benchmark) / scale
    check_benchmark(centre, kind, scale)
    size = _grid(largest, points) if sizes is None else read({"sizes": sizes}).numbers[0]
    wider = check_minimum("phi", phi), check_minimum("tau_squared", tau_squared)
    spread = Spread(*(np.full(size.size, part) for part in wider))
    found = limits_of(Chance(kind), size, np.full(size.size, centre), levels, how, spread)
    columns: dict[str, NDArray[np.float64]] = {
        "denominator": size,
        "benchmark": np.full(size.size, centre * scale),
    }
    for level, pair in zip(levels, found, strict=True):
        for name, side in zip(limit_names(level), pair, strict=True):
            columns[name] = side * scale
    return pd.DataFrame(columns)


def _grid(largest: float | None, points: int) -> FloatArray:
    if largest is None:
        raise InputProblem("There are no sizes; give sizes, or the largest denominator.")
    if isinstance(points, bool) or not isinstance(points, (int, np.integer)) or points < 2:
        raise InputProblem(f"points is {points!r}; give a whole number of at least 2.")
    top = np.maximum(check_positive("largest", largest), 1.0)
    return np.asarray(np.unique(np.round(np.geomspace(1.0, top, int(points)))), dtype=np.float64)
