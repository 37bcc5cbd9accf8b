"""An area beside others that somebody chose: rates, ratios and the pace of their changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from youthjustice.measures import compare_with, rate, rate_ratio
from youthjustice.published import Place, load
from youthjustice.reports.sections.entrants_figures import POOLED_YEARS, all_rates
from youthjustice.reports.sections.pace_figures import PER, paces
from youthjustice.reports.sections.reoffending_figures import Change, first_to_last, local_rates
from youthjustice.reports.sections.wording import region_name

_COUNTS = ["numerator", "denominator"]
_AGES = "15-17"


@dataclass(frozen=True, slots=True)
class Pair:
    """An area and another in one release; ``label`` names the other, without the area if it is in it.

    ``own`` and ``others`` have a row for each year that both have: ``period_end``, the rate with
    its interval, and the counts. ``years`` compares them year by year (rows of `compare_with`),
    ``pooled`` over the last years together, with both rates and their intervals; ``pace`` is the row
    of `paces` from the first year on (None with one year).
    """

    other: Place
    label: str
    release: str
    own: pd.DataFrame
    others: pd.DataFrame
    years: pd.DataFrame
    pooled: pd.Series
    pace: pd.Series | None


def named(one: Place) -> str:
    """Name an area as a sentence does."""
    return region_name(one.name) if one.kind == "region" else one.name


def holds(whole: Place, part: Place) -> bool:
    """Tell whether an authority is part of a region or of England."""
    return (whole.kind == "region" and whole.code == part.region_code) or (
        whole.name == "England" and part.country == "England"
    )


def label_of(found: Place, other: Place) -> str:
    """Name another area as a sentence does, without the area if it is in it."""
    return f"the rest of {named(other)}" if holds(other, found) else named(other)


def releases() -> list[str]:
    """Name the releases of the rates at hand, the newest first."""
    newest = load("first_time_entrants_area").attrs["release"]
    every = load("first_time_entrants_area", release="all")["release"].drop_duplicates().tolist()
    return list(dict.fromkeys([newest, *every]))


def entrants_pair(found: Place, other: Place) -> Pair | None:
    """Set an area beside another in the newest release that has rates of both; None if none has."""
    return next(_pairs(found, other), None)


def _pairs(found: Place, other: Place) -> Iterator[Pair]:
    for release in releases():
        table = all_rates(release)
        rows = table[table["area_code"].isin([found.code, other.code])].dropna(subset=_COUNTS)
        both = rows.groupby("period_end")["area_code"].transform("nunique") == 2
        if both.any():
            yield _pair(found, other, release, rows[both].reset_index(drop=True))


def _pair(found: Place, other: Place, release: str, rows: pd.DataFrame) -> Pair:
    inside = holds(other, found)
    # By their codes a region would be refused beside an area of another region.
    sides = rows["area_code"].map({found.code: "area", other.code: "other"})
    years = compare_with(
        rows.assign(side=sides),
        "area",
        None if inside else ["other"],
        whole="other" if inside else None,
        area_column="side",
        numerator="numerator",
        denominator="denominator",
        by="period_end",
        per=PER,
    ).sort_values("period_end", ignore_index=True)
    names = {"rate": "value", "rate_lower": "lower", "rate_upper": "upper"}
    names |= {column: column for column in _COUNTS}
    own = years[["period_end", *names]].rename(columns=names)
    reference = {f"reference_{column}": name for column, name in names.items()}
    others = years[["period_end", *reference]].rename(columns=reference)
    pace = paces(own, {"other": others}) if len(years) > 1 else pd.DataFrame()
    return Pair(
        other=other,
        label=label_of(found, other),
        release=release,
        own=own,
        others=others,
        years=years,
        pooled=_pooled(own, others),
        pace=None if pace.empty else pace.sort_values("first_end").iloc[0],
    )


def _pooled(own: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Add the last years together, since single years of an area are few children."""
    sums = [part.tail(POOLED_YEARS)[_COUNTS].sum() for part in (own, others)]
    (x, n), (x0, n0) = (part.to_numpy(float) for part in sums)
    row: pd.Series = rate_ratio(x, n, x0, n0).to_frame().iloc[0]
    for name, part in (("rate", sums[0]), ("reference_rate", sums[1])):
        level = rate(part["numerator"], part["denominator"], per=PER).to_frame().iloc[0]
        row[name], row[f"{name}_lower"], row[f"{name}_upper"] = level[["value", "lower", "upper"]]
    row["years"], row["last_end"] = min(POOLED_YEARS, len(own)), own["period_end"].iloc[-1]
    return row


def reoffending_rates(places: list[Place]) -> pd.DataFrame:
    """Give the printed rates at ages 15 to 17 of the newest cohort that the first area has."""
    every = [local_rates(one.code).assign(place=one.name) for one in places]
    rows = pd.concat([one[one["age_band"] == _AGES] for one in every]).dropna(subset=["value"])
    own = rows[rows["place"] == places[0].name]
    if own.empty:
        return own
    newest: pd.DataFrame = rows[rows["cohort"] == own["cohort"].max()].reset_index(drop=True)
    return newest


def reoffending_pair(rows: pd.DataFrame, area: str, other: str) -> Change | None:
    """Compare two areas' printed rates at every pair of cohorts that fit them."""
    both = [rows[rows["place"] == name] for name in (other, area)]
    return first_to_last(pd.concat(both)) if all(map(len, both)) else None


def populations(found: Place, others: list[Place]) -> pd.DataFrame:
    """Give how many children aged 10 to 17 each area has in the newest year, with its label."""
    table = load("population_area")
    table = table[(table["age_band"] == "10-17") & table["value"].notna()]
    codes = [found.code, *(one.code for one in others)]
    rows = table[table["area_code"].isin(codes)]
    own = rows[rows["area_code"] == found.code]
    if own.empty:
        return own
    rows = rows[rows["period_end"] == own["period_end"].max()].drop_duplicates("area_code")
    rows = rows.set_index("area_code").reindex(codes).dropna(subset=["value"]).reset_index()
    wholes = [one.code for one in others if holds(one, found)]
    less = rows["area_code"].isin(wholes) * rows.loc[rows["area_code"] == found.code, "value"].sum()
    labels = {found.code: found.name, **{one.code: label_of(found, one) for one in others}}
    told: pd.DataFrame = rows.assign(
        value=rows["value"] - less, label=rows["area_code"].map(labels)
    )
    return told
