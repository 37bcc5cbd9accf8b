"""The trends of first-time entrants of every authority, and of the rest of its region."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from youthjustice.reports.by_area import ByArea, of_area
from youthjustice.reports.once import once
from youthjustice.reports.sections.entrants_beside import authorities_beside_rest
from youthjustice.reports.sections.pace_figures import Trends, trends

OWN, AROUND = "own", "rest"
_COLUMNS = ["area_code", "whose", "period_end", "numerator", "denominator"]


@once
def _trends(*codes: str) -> tuple[ByArea, ByArea, ByArea]:
    """Fit a line to the rates of authorities and to those of each rest."""
    beside = authorities_beside_rest(*codes)
    sides = [beside.own.whole.assign(whose=OWN), beside.rest.whole.assign(whose=AROUND)]
    rows = pd.concat([side[_COLUMNS] for side in sides], ignore_index=True)
    found = trends(rows, by=["area_code", "whose"])
    return ByArea(found.changes), ByArea(found.without_flagged), ByArea(found.lines)


def trends_beside(code: str, names: Mapping[str, str]) -> Trends:
    """Give the trends of an authority and of the rest of its region.

    ``whose`` tells the two apart, and ``series`` is the name that each is given.
    """
    found = [part.of(code) for part in of_area(_trends, code)]
    for part in found:
        part["series"] = [names[whose] for whose in part["whose"]]
    return Trends(*found)
