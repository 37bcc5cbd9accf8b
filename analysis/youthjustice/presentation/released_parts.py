"""What is worked out from released tables alone: a part of one, and shares of what it shows.

Whatever is worked out here rests on numbers that are shown already, so that it gives no other away. It
still keeps the policy's rules: no figure of fewer children than may be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.disclosure import Policy, Released
from youthjustice.measures import proportion
from youthjustice.presentation import numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.bars import bars_with_intervals
from youthjustice.presentation.released import (
    RECORDS,
    Order,
    in_order,
    marked,
    only_released,
)
from youthjustice.presentation.released_charts import finished
from youthjustice.presentation.table import Behind, Table

FloatArray = NDArray[np.float64]


def rows_of(released: Released, **where: str | Sequence[str]) -> Released:
    """Give the rows of a released table that hold some values, as a released table of its own.

    A dimension that is left with one value is left out; one with several keeps them.
    """
    frame = only_released(released).frame
    for name, values in where.items():
        wanted = [values] if isinstance(values, str) else list(values)
        frame = frame[frame[name].isin(wanted)]
    left = tuple(n for n in released.dimensions if not isinstance(where.get(n), str))
    kept = [*left, *released.keep, released.count, "symbol"]
    return Released(
        frame[kept].reset_index(drop=True),
        dimensions=left,
        count=released.count,
        total=released.total,
        policy=released.policy,
        keep=released.keep,
    )


def shares(
    released: Released,
    by: str,
    over: str,
    part: str,
    whole: str | None = None,
    order: Order | None = None,
) -> pd.DataFrame:
    """Set the count of one category of ``over`` beside that of another of which it is a part.

    A row for each value of ``by`` in the order of a table: ``numerator``, ``denominator``, ``value``
    with ``lower`` and ``upper`` (a share of 1; Wilson 1927), and a symbol for each that is not shown.
    ``whole`` is the total where none is named. Shares are left out of few: the numerator must be one
    that the policy shows as it is, and the denominator at least its ``min_denominator``.
    """
    whole = released.total if whole is None else whole
    both = [in_order(rows_of(released, **{over: name}), order) for name in (part, whole)]
    frame = both[1][[by, released.count, "symbol"]].merge(
        both[0][[by, released.count, "symbol"]], on=by, suffixes=("_whole", "_part")
    )
    found = pd.DataFrame(
        {
            by: frame[by],
            "denominator": _numbers(frame[f"{released.count}_whole"]),
            "numerator": _numbers(frame[f"{released.count}_part"]),
            "denominator_symbol": frame["symbol_whole"],
            "numerator_symbol": frame["symbol_part"],
        }
    )
    enough = _enough(found, released.policy)
    share = proportion(found["numerator"].where(enough), found["denominator"].where(enough))
    found = found.assign(value=share.value, lower=share.lower, upper=share.upper)
    return found.assign(symbol="c")


def _numbers(counts: pd.Series) -> FloatArray:
    return counts.to_numpy(dtype=np.float64, na_value=np.nan)


def _enough(found: pd.DataFrame, policy: Policy) -> pd.Series:
    """Tell which rows have numbers of which a share may be shown."""
    known = found["numerator"].notna() & (found["denominator"] > 0)
    if policy.hides:
        known &= found["numerator"] >= policy.threshold
    return known & (found["denominator"] >= policy.min_denominator)


def shares_table(
    released: Released,
    by: str,
    over: str,
    part: str,
    whole: str | None = None,
    *,
    caption: str,
    labels: Mapping[str, str],
    order: Order | None = None,
    source: str = RECORDS,
    note: str = "",
) -> Table:
    """Print `shares` as a table; ``labels`` names ``by``, ``numerator`` and ``denominator``."""
    found = shares(released, by, over, part, whole, order)
    percent = [
        None if np.isnan(value) else f"{_percent(value)} ({_percent(low)} to {_percent(high)})"
        for value, low, high in zip(found["value"], found["lower"], found["upper"], strict=True)
    ]
    return Table(
        found.assign(percent=pd.Series(percent, dtype=object)),
        marked(released, caption),
        columns={
            by: labels[by],
            "denominator": labels["denominator"],
            "numerator": labels["numerator"],
            "percent": "Percentage (95% interval)",
        },
        formats={"numerator": numbers.count, "denominator": numbers.count},
        align_right=("percent",),
        behind={"percent": Behind("value", "lower", "upper", "share of 1")},
        source=source,
        note=note,
    )


def shares_bars(
    released: Released,
    by: str,
    over: str,
    part: str,
    whole: str | None = None,
    *,
    title: str,
    measure: str,
    labels: Mapping[str, str],
    name: str,
    order: Order | None = None,
    source: str = RECORDS,
    subtitle: str = "",
) -> Chart | Table:
    """Draw `shares` as bars with intervals; one that is not shown is a gap marked ``[c]``.

    Where none may be shown there is nothing to draw, and the table stands alone.
    """
    found = shares(released, by, over, part, whole, order)
    drawn = found[found[by] != released.total]
    if drawn["value"].isna().all():
        return shares_table(
            released, by, over, part, whole, caption=subtitle or title, labels=labels,
            order=order, source=source,
        )  # fmt: skip
    gaps = bool(drawn["value"].isna().any())
    told = "[c] marks a share that is kept confidential: no bar is drawn for it." if gaps else ""
    chart = bars_with_intervals(
        drawn,
        title=title,
        measure=measure,
        unit="in per cent",
        source=source,
        label=by,
        form=_percent,
        subtitle=subtitle,
        message=told,
        note=told,
        name=name,
    )
    table = shares_table(
        released, by, over, part, whole, caption=chart.subtitle, labels=labels, order=order,
        source=source,
    )  # fmt: skip
    return finished(chart, released, table)


def _percent(value: float) -> str:
    return numbers.percent(value)
