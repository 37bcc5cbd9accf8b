"""First-time entrants of every authority beside its statistical neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from youthjustice.measures import compare_with
from youthjustice.published import load
from youthjustice.reports.by_area import ByArea, Row, records
from youthjustice.reports.once import once
from youthjustice.reports.sections.entrants_rates import all_rates
from youthjustice.reports.sections.pace_figures import PER

_COUNTS = ["numerator", "denominator"]
_AREA = "the area"


@dataclass(frozen=True, slots=True)
class BesideNeighbours:
    """Authorities beside their statistical neighbours, in the last year of each authority.

    By the code of the authority, ``listed`` has the codes of its neighbours, nearest first, and
    ``together`` the row of ``compare_with`` for all of them; ``each`` has the rates of every
    neighbour in that year, in order of name.
    """

    listed: Mapping[str, tuple[str, ...]]
    together: Mapping[str, Row]
    each: ByArea


@once
def authorities_beside_neighbours() -> BesideNeighbours:
    """Set every authority that has a rate beside its statistical neighbours."""
    rates = all_rates()[
        ["area_code", "area_name", "period_end", "value", "lower", "upper", *_COUNTS]
    ]
    last = rates[rates["value"].notna()].groupby("area_code")["period_end"].max()
    near = _listed()
    near = near[near["area_code"].isin(last.index)]
    near["period_end"] = near["area_code"].map(last)
    named = rates.rename(columns={"area_code": "neighbour_code"})
    each = near.merge(named, on=["neighbour_code", "period_end"]).sort_values("area_name")
    own = rates.merge(last.reset_index()).assign(side=_AREA)
    own = own[own["area_code"].isin(near["area_code"])]
    listed = {str(code): tuple(rows) for code, rows in near.groupby("area_code")["neighbour_code"]}
    if near.empty:
        return BesideNeighbours({}, {}, ByArea(each))
    columns = ["area_code", "side", *_COUNTS]
    found = compare_with(
        pd.concat([own[columns], each[columns]], ignore_index=True),
        _AREA,
        near["side"].unique().tolist(),
        numerator="numerator",
        denominator="denominator",
        area_column="side",
        by="area_code",
        per=PER,
    )
    together = {row["area_code"]: _named(row, listed) for row in records(found)}
    return BesideNeighbours(listed, together, ByArea(each))


def _listed() -> pd.DataFrame:
    """List the neighbours of every authority, each with its number in ``side``, nearest first."""
    table = load("statistical_neighbours")
    table.attrs = {}
    order = [column for column in ("release", "rank") if column in table]
    near = table.sort_values(order)[["area_code", "neighbour_code"]].drop_duplicates()
    near = near[near["area_code"] != near["neighbour_code"]]
    number = near.groupby("area_code").cumcount() + 1
    return near.assign(side=number.astype(str))


def _named(row: Row, listed: Mapping[str, tuple[str, ...]]) -> Row:
    """Name those left out by their codes, and no number that the authority has no neighbour of."""
    codes = dict(enumerate(listed[row["area_code"]], start=1))
    numbers = [int(number) for number in row["left_out"].split("; ") if number]
    left_out = "; ".join(codes[number] for number in numbers if number in codes)
    return MappingProxyType({**row, "left_out": left_out})
