"""First-time entrants of every authority beside the rest of its region.

The figures have the same shape for each authority, and a step over all of them takes little longer
than one over a single authority.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from youthjustice.measures import compare_with, rate_ratio
from youthjustice.published import places
from youthjustice.reports.by_area import ByArea, Row, records
from youthjustice.reports.once import once
from youthjustice.reports.sections.entrants_rates import all_rates
from youthjustice.reports.sections.pace_figures import PER

POOLED_YEARS = 3
_COUNTS = ["numerator", "denominator"]
_OWN = [
    "area_code", "period_end", "value", "symbol", "source", "population", "population_date",
    "population_source", *_COUNTS, "lower", "upper",
]  # fmt: skip
_RATIO = {"value": "ratio", "lower": "ratio_lower", "upper": "ratio_upper"}
_AREA, _REGION = "the area", "the region"
_REST = {
    f"reference_{column}": name
    for column, name in {
        "rate": "value", "rate_lower": "lower", "rate_upper": "upper",
        "numerator": "numerator", "denominator": "denominator",
    }.items()
}  # fmt: skip


def _compared(own: pd.DataFrame, around: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare areas with what lies around each, in rows that bear the code of the area inside."""
    columns = ["area_code", "period_end", *_COUNTS]
    sides = [own[columns].assign(side=_AREA), around[columns].assign(side=_REGION)]
    found = compare_with(
        pd.concat(sides, ignore_index=True),
        _AREA,
        whole=_REGION,
        numerator="numerator",
        denominator="denominator",
        area_column="side",
        by=["area_code", "period_end"],
        per=PER,
    )
    found.attrs = {}
    return found, found[["area_code", "period_end", *_REST]].rename(columns=_REST)


@dataclass(frozen=True, slots=True)
class BesideRest:
    """Authorities beside the rest of their regions, which is each region without the authority.

    ``own`` has the rows of `all_rates` with the ratio to the rest and its interval (``ratio``,
    ``ratio_lower``, ``ratio_upper``), and ``rest`` the rates of the rest row by row. By the code of
    the authority, ``last`` is its last row with a rate, ``latest`` its newest row of
    ``compare_with`` that has a ratio, ``pooled`` the ratio over the last years together,
    person-years as base, and ``change`` the ratio of its last year that has a figure to its first.
    """

    own: ByArea
    rest: ByArea
    last: Mapping[str, Row]
    latest: Mapping[str, Row]
    pooled: Mapping[str, Row]
    change: Mapping[str, Row]


@once
def authorities_beside_rest(*codes: str) -> BesideRest:
    """Set authorities beside the rest of their regions: those of the codes, or all of England."""
    table = all_rates()
    regions = {one.code: one.region_code for one in places("authority", "England")}
    chosen = [code for code in codes or regions if regions.get(code)]
    own = table.loc[table["area_code"].isin(chosen), _OWN].reset_index(drop=True)
    part = own[["area_code", "period_end"]].assign(region=own["area_code"].map(regions))
    around = table[["area_code", "period_end", *_COUNTS]].rename(columns={"area_code": "region"})
    found, rest = _compared(own, part.merge(around))
    known = own[own["value"].notna()]
    return BesideRest(
        own=ByArea(own.join(found[list(_RATIO)].rename(columns=_RATIO))),
        rest=ByArea(rest),
        last=_last(known),
        latest=_last(found[found["value"].notna()]),
        pooled=_pooled(known, rest),
        change=_first_to_last(own.dropna(subset=_COUNTS)),
    )


def _last(rows: pd.DataFrame) -> dict[str, Row]:
    return _by_code(rows.drop_duplicates("area_code", keep="last"))


def _by_code(rows: pd.DataFrame) -> dict[str, Row]:
    """Give the one row of each area by its code."""
    return {row["area_code"]: MappingProxyType(row) for row in records(rows)}


def _pooled(known: pd.DataFrame, rest: pd.DataFrame) -> dict[str, Row]:
    """Take the last years together, since single years of an area are few children."""
    recent = known.groupby("area_code", sort=False).tail(POOLED_YEARS)
    years = recent.groupby("area_code", sort=False)
    own = years[_COUNTS].sum()
    other = rest.loc[recent.index].groupby("area_code", sort=False)[_COUNTS].sum()
    found = rate_ratio(
        own["numerator"], own["denominator"], other["numerator"], other["denominator"]
    )
    rows = found.to_frame().assign(years=years.size(), last_end=years["period_end"].max())
    return _by_code(rows.reset_index())


def _first_to_last(known: pd.DataFrame) -> dict[str, Row]:
    """Compare the last year that has a figure with the first, where there are two."""
    first, last = (
        known.drop_duplicates("area_code", keep=end).set_index("area_code")
        for end in ("first", "last")
    )
    found = rate_ratio(
        last["numerator"], last["denominator"], first["numerator"], first["denominator"]
    )
    rows = found.to_frame().assign(
        first_end=first["period_end"],
        last_end=last["period_end"],
        first=PER * first["numerator"] / first["denominator"],
        last=PER * last["numerator"] / last["denominator"],
    )
    return _by_code(rows[rows["first_end"] < rows["last_end"]].reset_index())


def change_between(series: pd.DataFrame, first: str, last: str) -> Row | None:
    """Compare two named years (ISO dates of their ends) of one area, if both have figures."""
    chosen = series[series["period_end"].isin(pd.to_datetime([first, last]))]
    found = _first_to_last(chosen.dropna(subset=_COUNTS))
    return next(iter(found.values()), None)
