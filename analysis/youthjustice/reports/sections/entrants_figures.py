"""First-time entrants of one area: rates, the counts they imply, and fair comparisons."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from youthjustice.measures import compare_with, implied_counts, rate, rate_ratio
from youthjustice.presentation.lineage import Publication
from youthjustice.published import load, neighbours, place
from youthjustice.reports.once import once
from youthjustice.reports.sections.common import origins
from youthjustice.reports.sections.pace_figures import NEIGHBOURS, PER, REST, paces

POOLED_YEARS = 3
_COUNTS = ["numerator", "denominator"]
# Every step carries all columns along, so those that nobody asks for are left out.
_COLUMNS = [
    "area_code", "area_name", "area_type", "period_end", "value", "symbol", "release", "source"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entrants:
    """The figures of one area; every frame has one row per year unless it says otherwise.

    ``area``, ``region`` and ``rest`` (the region without the area) hold ``period_end, value,
    lower, upper, numerator, denominator``; ``against_rest`` compares the area with the rest, a row
    of ``compare_with`` each; ``neighbours`` has one row per statistical neighbour in the last year,
    ``against_neighbours`` the row of ``compare_with`` for them together (None without any).
    ``change`` is the area's own, first year to last (None with one year); ``paces`` sets it beside
    that of the rest and of the neighbours (see `paces`). ``pooled`` is the ratio to the rest over
    the last years together, person-years as base; ``england`` is the older release that has
    England, with the area beside it. ``origins`` are the publications of the rates and of the
    populations that they imply numbers with.
    """

    area: pd.DataFrame
    region: pd.DataFrame
    rest: pd.DataFrame
    against_rest: pd.DataFrame
    neighbours: pd.DataFrame
    against_neighbours: pd.Series | None
    change: pd.Series | None
    paces: pd.DataFrame
    pooled: pd.Series
    england: pd.DataFrame
    table: pd.DataFrame
    origins: tuple[Publication, ...]


@once
def all_rates(release: str = "latest") -> pd.DataFrame:
    """Give every area's published rates with the counts they imply and their intervals.

    The publication gives no counts. Each is inferred from the rate and the population aged 10 to
    17 of the nearest year at hand (mid-2021 to the year ending 2021, mid-2022 after it).
    """
    rates = load("first_time_entrants_area", release=release)[_COLUMNS]
    people = load("population_area")
    # Rows name their publications; pandas would copy the attributes at every step.
    rates.attrs, people.attrs = {}, {}
    # Estimates of 2011 rest on another census.
    people = people[(people["age_band"] == "10-17") & (people["period_end"] >= "2021-01-01")]
    people = people.drop_duplicates(["area_code", "period_end"])
    names = {
        "value": "population", "period_end": "population_date", "source": "population_source"
    }  # fmt: skip
    people = people[["area_code", *names]].rename(columns=names)
    joined = pd.merge_asof(
        rates.sort_values("period_end"),
        people.dropna().sort_values("population_date"),
        left_on="period_end",
        right_on="population_date",
        by="area_code",
        direction="nearest",
    )
    joined[_COUNTS] = implied_counts(joined["value"], joined["population"], PER)
    found = rate(joined["numerator"], joined["denominator"], per=PER)
    joined["lower"], joined["upper"] = found.lower, found.upper
    return joined.sort_values(["area_name", "period_end"], ignore_index=True)


@once
def entrants(area: str) -> Entrants | None:
    """Work out the figures for one English authority, or None where the table has no figure."""
    found = place(area)
    table = all_rates()
    local = _of(table, found.code)
    if local["value"].notna().sum() == 0:
        return None
    region = _of(table, found.region_code)
    against, rest = _beside_rest(local, region)
    codes = neighbours(found.name)["neighbour_code"].tolist()
    last = local.dropna(subset=["value"])["period_end"].max()
    latest = table[table["period_end"] == last]
    known = int(local["value"].notna().sum())
    return Entrants(
        area=local,
        region=region,
        rest=rest,
        against_rest=against,
        neighbours=latest[latest["area_code"].isin(codes)].reset_index(drop=True),
        against_neighbours=_beside(latest, found.code, codes) if codes else None,
        change=_first_to_last(local) if known > 1 else None,
        paces=paces(local, {REST: rest, NEIGHBOURS: table[table["area_code"].isin(codes)]}),
        pooled=_pooled(local, rest),
        england=_beside_england(found.code),
        table=load("first_time_entrants_area"),
        origins=origins(local),
    )


def _of(table: pd.DataFrame, code: str) -> pd.DataFrame:
    return table[table["area_code"] == code].reset_index(drop=True)


def _beside_rest(local: pd.DataFrame, region: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the area with its region, itself taken out, and give the rates of that rest."""
    both = pd.concat([local, region], ignore_index=True)
    found = compare_with(
        both,
        local["area_code"].iloc[0],
        whole=region["area_code"].iloc[0],
        numerator="numerator",
        denominator="denominator",
        by="period_end",
        per=PER,
    )
    names = {"value": "rate", "lower": "rate_lower", "upper": "rate_upper"}
    names |= {column: column for column in _COUNTS}
    columns = {f"reference_{column}": name for name, column in names.items()}
    return found, found[["period_end", *columns]].rename(columns=columns)


def _beside(latest: pd.DataFrame, code: str, codes: list[str]) -> pd.Series:
    """Compare the area with its neighbours together, in one year."""
    row: pd.Series = compare_with(
        latest, code, codes, numerator="numerator", denominator="denominator", per=PER
    ).iloc[0]
    return row


def _pooled(local: pd.DataFrame, rest: pd.DataFrame) -> pd.Series:
    """Take the last years together, since single years of an area are few children."""
    recent = local.dropna(subset=["value"]).tail(POOLED_YEARS)
    around = rest[rest["period_end"].isin(recent["period_end"])]
    own, other = recent[_COUNTS].sum(), around[_COUNTS].sum()
    found = rate_ratio(
        own["numerator"], own["denominator"], other["numerator"], other["denominator"]
    )
    row: pd.Series = found.to_frame().iloc[0]
    row["years"], row["last_end"] = len(recent), recent["period_end"].max()
    return row


def _first_to_last(series: pd.DataFrame) -> pd.Series:
    """Compare the last year that has a figure with the first."""
    known = series.dropna(subset=_COUNTS)
    first, last = known.iloc[0], known.iloc[-1]
    found = rate_ratio(
        last["numerator"], last["denominator"], first["numerator"], first["denominator"]
    )
    row: pd.Series = pd.concat(
        [
            found.to_frame().iloc[0],
            pd.Series(
                {
                    "first_end": first["period_end"],
                    "last_end": last["period_end"],
                    "first": PER * first["numerator"] / first["denominator"],
                    "last": PER * last["numerator"] / last["denominator"],
                }
            ),
        ]
    )
    return row


def change_between(series: pd.DataFrame, first: str, last: str) -> pd.Series | None:
    """Compare two named years (ISO dates of their ends) of one series, if both have figures."""
    chosen = series[series["period_end"].isin(pd.to_datetime([first, last]))]
    chosen = chosen.dropna(subset=_COUNTS)
    return _first_to_last(chosen) if len(chosen) == 2 else None


def _beside_england(code: str) -> pd.DataFrame:
    """Set the area beside England in the one release that has both, never spliced."""
    everything = load("first_time_entrants_area", release="all")
    england = everything[(everything["area_code"] == "E92000001") & everything["value"].notna()]
    if england.empty:
        return england
    release = england["release"].iloc[0]
    older = all_rates(release)
    local = _of(older, code)
    both = local.merge(
        england.loc[england["release"] == release, ["period_end", "value"]],
        on="period_end",
        suffixes=("", "_england"),
    )
    both.attrs = load("first_time_entrants_area", release=release).attrs
    return both
