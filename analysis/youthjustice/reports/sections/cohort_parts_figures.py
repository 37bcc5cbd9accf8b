"""How much of the national change in reoffending is who is in the cohort: figures by earlier offences."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from youthjustice.measures import decompose
from youthjustice.presentation.dates import month_year
from youthjustice.reports.citing import load_light

STRATA = "previous_offences"
_MEASURE = "cohorts_3_month"
_COUNTS = ["numerator", "denominator"]
_BEFORE, _AFTER = "before October 2015", "from October 2015"
_EXACT = 1e-9  # in percentage points: what adding floats may lose


class Cohorts(NamedTuple):
    """Annual cohorts of one measure: ``groups`` by number of previous offences, ``whole`` by year.

    ``whole`` holds the printed rate (``value``) and its ``data_source`` by ``period_end``.
    """

    groups: pd.DataFrame
    whole: pd.DataFrame


def cohorts() -> Cohorts:
    """Give the annual 3-month cohorts of England and Wales by number of previous offences."""
    table = load_light("reoffending_national_breakdowns")
    annual = table[(table["frequency"] == "annual") & (table["measure"] == _MEASURE)]
    groups = annual[annual["breakdown"] == STRATA]
    whole = annual[annual["breakdown"] == "total"].set_index("period_end")
    return Cohorts(
        groups[["period_end", STRATA, *_COUNTS]].astype(dict.fromkeys(_COUNTS, "float64")),
        whole[["value", "data_source"]].sort_index(),
    )


def spans_of(found: Cohorts) -> pd.DataFrame:
    """Choose the spans to divide, ``first`` and ``last``, and say of each whether its source changed.

    From the first year and from the peak to the last year, and, as the source of the data changed
    in October 2015, the longest span on either side of it.
    """
    printed, sources = found.whole["value"], found.whole["data_source"]
    last = printed.index.max()
    before, after = (sources.index[sources == which] for which in (_BEFORE, _AFTER))
    pairs = [
        (printed.index.min(), last),
        (printed.idxmax(), last),
        (before.min(), before.max()),
        (after.min(), after.max()),
    ]
    spans = pd.DataFrame(pairs, columns=["first", "last"])
    return spans.assign(
        one_source=[sources[first] == sources[last] != "both" for first, last in pairs]
    )


def parts_of(cohort: Cohorts, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Divide the change of one span into who is in the cohort and rates within groups.

    Raises ValueError where the groups do not make the printed rates, or the parts not the change.
    """
    found = decompose(
        cohort.groups,
        STRATA,
        numerator="numerator",
        denominator="denominator",
        between="period_end",
        first=first,
        last=last,
    )
    total, printed = found.iloc[-1], cohort.whole["value"]
    if abs(found["value"].iloc[:-1].sum() - total["value"]) > _EXACT:
        raise ValueError("the parts of the change do not add up to it")
    for end, day in (("first", first), ("last", last)):
        if abs(total[end] - printed[day]) > _EXACT:
            raise ValueError(f"the groups do not make the printed rate of {month_year(day)}")
    return found
