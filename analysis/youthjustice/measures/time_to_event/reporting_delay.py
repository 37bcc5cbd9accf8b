"""The share of reports that arrive within each delay, learned from those that have arrived."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from youthjustice.measures.inputs import FloatArray, read
from youthjustice.measures.time_to_event.survival import kaplan_meier

_BEFORE = 1e-9
"""A limit at the delay itself still shows it, so that watching backwards begins just before."""


def arrived_within(delay: object, limit: object, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return the share of reports that arrive within each delay, where late ones are not yet seen.

    ``delay`` is how long each report took, ``limit`` how long it could have taken and still be seen
    (the extract's date less the beginning; infinite where no report can be missing). A report with
    a longer delay is not in the data at all (right truncation), so that the plain share of short
    delays is too high. Backwards in time a limit is a late entry, and the share is the product of
    1 - d/n over longer delays, where n reports took no longer and could have taken as long
    (Lagakos, Barraj and De Gruttola 1988; Kalbfleisch and Lawless 1989). On a table of cohorts by
    delay this is the chain ladder of insurers.

    Columns, one row for each delay seen: ``time``, ``at_risk`` (n), ``events`` (d), ``value`` (the
    share within it, of all that arrive within the longest delay seen), ``standard_error``
    (Greenwood's, backwards), ``lower``, ``upper``, ``flags`` (as ``kaplan_meier``). Nothing is
    learned of delays that no limit allows. Raises InputProblem for no reports, negative or missing
    numbers, and a delay above its limit.

    Three reports took 1, 2 and 1 days; the last could have taken only 1:

    >>> arrived_within([1, 2, 1], [3, 3, 1])[["time", "at_risk", "events", "value"]]
       time  at_risk  events  value
    0   1.0        2       2    0.5
    1   2.0        2       1    1.0
    """
    took = read({"delay": delay}).numbers[0]
    most = float(took.max(initial=0.0)) + 1
    allowed = np.asarray(limit, dtype=np.float64)
    found = read({"delay": delay, "limit": np.where(np.isposinf(allowed), most, allowed)})
    found.refuse(found.missing, lambda _, where: f"delay or limit is missing{where}; leave it out.")
    found.refuse_part_above_whole(0, 1)
    took, could = found.numbers
    began = np.maximum(most - could - _BEFORE, 0.0)
    backwards = kaplan_meier(most - took, np.ones(len(took)), entry=began, confidence=confidence)
    # Backwards, a row says what is left beyond its delay, and so the row before what is left with it.
    whole: dict[str, Any] = {
        "value": 1.0,
        "standard_error": 0.0,
        "lower": 1.0,
        "upper": 1.0,
        "flags": "",
    }
    within = {
        name: np.append(first, backwards[name].to_numpy()[:-1])[::-1]
        for name, first in whole.items()
    }
    return pd.DataFrame(
        {
            "time": most - backwards["time"].to_numpy()[::-1],
            "at_risk": backwards["at_risk"].to_numpy()[::-1],
            "events": backwards["events"].to_numpy()[::-1],
            **within,
        }
    )


def share_at(arrived: pd.DataFrame, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the share within any times, with its standard error; 0 before the first delay."""
    place = np.searchsorted(arrived["time"].to_numpy(), times, side="right")
    value = np.append(0.0, arrived["value"].to_numpy(np.float64))
    error = np.append(0.0, arrived["standard_error"].to_numpy(np.float64))
    return value[place], error[place]
