"""What is worked out from released tables alone: a part of one, and shares of what it shows.

Whatever is worked out here rests on numbers that are shown already, so that it gives no other away. It
still keeps the policy's rules: no figure of fewer children than may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.disclosure import Policy, Released
from youthjustice.measures import Estimate, proportion
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
    share = shown_shares(
        found["numerator"].to_numpy(), found["denominator"].to_numpy(), released.policy
    )
    found = found.assign(value=share.value, lower=share.lower, upper=share.upper)
    return found.assign(symbol="c")


def _numbers(counts: pd.Series) -> FloatArray:
    return counts.to_numpy(dtype=np.float64, na_value=np.nan)


def shown_shares(numerator: FloatArray, denominator: FloatArray, policy: Policy) -> Estimate:
    """Calculate each share that may be shown, with its interval; one of too few is NaN.

    >>> import numpy as np
    >>> from youthjustice.disclosure import PUBLICATION
    >>> found = shown_shares(np.array([4.0, 60.0]), np.array([80.0, 80.0]), PUBLICATION)
    >>> shares_written(found.value, found.lower, found.upper).tolist()
    [None, '75.0% (64.5% to 83.2%)']
    """
    enough = (denominator > 0) & (denominator >= policy.min_denominator)
    if policy.hides:
        enough &= numerator >= policy.threshold
    return proportion(np.where(enough, numerator, np.nan), np.where(enough, denominator, np.nan))


def shares_written(
    value: Iterable[float],
    lower: Iterable[float],
    upper: Iterable[float],
    form: numbers.Form = numbers.percent,
) -> pd.Series[Any]:
    """Write each share with its interval, "share (low to high)"; None where it is not shown."""
    texts = [
        None if pd.isna(share) else f"{form(share)} ({form(low)} to {form(high)})"
        for share, low, high in zip(value, lower, upper, strict=True)
    ]
    return pd.Series(texts, dtype=object)


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
) -> Table:
    """Print `shares` as a table; ``labels`` names ``by``, ``numerator`` and ``denominator``."""
    found = shares(released, by, over, part, whole, order)
    return Table(
        found.assign(percent=shares_written(found["value"], found["lower"], found["upper"])),
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
        form=numbers.percent,
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
