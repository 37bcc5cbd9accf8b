"""Sanity checks that catch what publications of youth justice figures have got wrong before.

Each check is a named function from a frame to the problems it found. A table's descriptor in
`datapackage.json` lists under `checks` those that apply to it, and `load` runs them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import MappingProxyType

import numpy as np
import pandas as pd

from youthjustice._months import MONTHS
from youthjustice._shown import shown
from youthjustice.published._problem import Problem, needs
from youthjustice.published._series import (
    period_words,
    present,
    series_keys,
    subject,
    years,
)
from youthjustice.published.area_checks import closed_areas, known_areas, whole_between_parts


def one_period_per_label(frame: pd.DataFrame) -> list[Problem]:
    """Find labels that mean two periods, and quarters mixed with years, within one release.

    One year label means different periods in different releases of the Local Authority
    Interactive Tool (Department for Education, November 2024 and February 2025), and Youth Justice
    Statistics prints quarterly cohorts beside annual ones.
    """
    needs(frame, "period_end")
    series = [*present(frame, "release"), *series_keys(frame)]
    found = []
    for column in present(frame, "cohort", "period_label", "period_end"):
        keys = list(dict.fromkeys([*series, column]))
        dates = [c for c in present(frame, "period_start", "period_end") if c not in keys]
        distinct = frame.dropna(subset=[column, *dates]).drop_duplicates([*keys, *dates])
        repeated = distinct[distinct.duplicated(keys, keep=False)]
        for _, rows in repeated.groupby(keys, dropna=False, observed=True):
            name = shown(str(rows[column].iloc[0]).removesuffix(" 00:00:00"))
            words = " and ".join(sorted({period_words(frame, row) for row in rows.index}))
            sentence = f"{subject(frame, rows.index[0])} has {name} for two periods: {words}"
            found.append(Problem("one_period_per_label", sentence, tuple(rows.index)))
    return found


def one_period_basis(frame: pd.DataFrame) -> list[Problem]:
    """Find measures whose periods end in different months within one release.

    First-time entrants moved from years ending March to years ending December between two
    releases of the Local Authority Interactive Tool (Department for Education, 2024 and 2025).
    """
    needs(frame, "period_end")
    keys = present(frame, "release", "measure")
    dated = frame.dropna(subset=["period_end"])
    months = dated.assign(_month=dated["period_end"].dt.month.map(dict(enumerate(MONTHS, start=1))))
    months = months.drop_duplicates([*keys, "_month"])
    groups = months.groupby(keys, dropna=False) if keys else [((), months)]
    return [
        Problem(
            "one_period_basis",
            f"{subject(frame, rows.index[0])} has periods that end in "
            + " and in ".join(sorted(rows["_month"])),
            tuple(rows.index),
        )
        for _, rows in groups
        if len(rows) > 1
    ]


def one_release(frame: pd.DataFrame) -> list[Problem]:
    """Find series that are put together from more than one release of a publication.

    Definitions, period labels and base populations change from release to release, so a series
    is read from one release or not at all. A table of all releases fails this, as it should.
    """
    needs(frame, "release")
    keys = [*present(frame, "area_code", "area_name"), *series_keys(frame)]
    keys = [c for c in keys if c not in ("unit", "cohort")]
    distinct = frame.drop_duplicates([*keys, "release"])
    spliced = distinct[distinct.duplicated(keys, keep=False)] if keys else distinct
    if len(spliced) < 2:
        return []
    editions = " and ".join(sorted(spliced["release"].astype("str").unique()))
    measure = spliced["measure"].iloc[0] if "measure" in spliced else "the series"
    sentence = f"{measure} is put together from the releases {editions}"
    return [Problem("one_release", sentence, tuple(spliced.index))]


def steady_units(
    frame: pd.DataFrame, factor: float = 5.0, fewest: int = 3, of: str = "areas"
) -> list[Problem]:
    """Find periods in which a measure jumps so far in most areas that its unit must have changed.

    The jump is the median over areas of each area's ratio to its period before; beyond `factor`
    or below 1 / `factor` is too far, where at least `fewest` areas have both periods. "Children
    cautioned or sentenced" is titled per 10,000 throughout the Local Authority Interactive Tool,
    but is per 1,000 to 2022-23 (Islington 4.2) and per 10,000 in 2024-25 (Islington 33.2;
    Department for Education, February 2026). Releases are looked at together, the newest one
    where they overlap; series with another `unit` are another series. `of` is what the areas are
    called, where they are series of areas.
    """
    needs(frame, "value", "period_end")
    area = present(frame, "area_code", "area_name")
    keys = [c for c in series_keys(frame) if c != "cohort"]
    rows = frame[frame["value"] > 0].assign(_year=years(frame)).dropna(subset=["_year"])
    rows = rows.sort_values([*present(rows, "release"), "_year"], kind="stable")
    rows = rows.drop_duplicates([*area, *keys, "_year"], keep="last")
    rows = rows.sort_values("_year", kind="stable")
    before = rows.groupby([*area, *keys], dropna=False)["value"].shift()
    rows = rows.assign(_jump=rows["value"] / before).dropna(subset=["_jump"])
    found = []
    for _, part in rows.groupby([*keys, "_year"], dropna=False):
        jump = float(part["_jump"].median())
        if len(part) >= fewest and not 1 / factor <= jump <= factor:
            one = part.index[0]
            sentence = (
                f"{subject(frame, one)} is {jump:.3g} times the period before in the median of "
                f"{len(part)} {of} for {period_words(frame, one)}, so its unit must have changed"
            )
            found.append(Problem("steady_units", sentence, tuple(part.index)))
    return found


def shifted_labels(frame: pd.DataFrame, fewest: int = 6) -> list[Problem]:
    """Find releases whose values agree with another release's one year earlier or later.

    For each measure and pair of releases, areas and years are paired at the same label and one
    year apart. A release is shifted if the median absolute log ratio one year apart is below
    three quarters of that at the same label; `fewest` pairs are needed. Reoffending at ages 15-17
    in the Local Authority Interactive Tool of February 2025 differs from that of April 2026 by
    11% at the same label, and by 6% one year later (Department for Education, 2025 and 2026).
    """
    needs(frame, "value", "period_end", "release")
    keys = [*present(frame, "area_code", "area_name"), *series_keys(frame)]
    keys = [c for c in dict.fromkeys(keys) if c not in ("unit", "cohort")]
    rows = frame[frame["value"] > 0].assign(_year=years(frame)).dropna(subset=["_year"])
    measures = rows.groupby("measure") if "measure" in rows else [("the series", rows)]
    found = []
    for measure, part in measures:
        for old, new in itertools.combinations(sorted(part["release"].astype("str").unique()), 2):
            a, b = part[part["release"] == old], part[part["release"] == new]
            gaps = {lag: _gap(a, b, keys, lag) for lag in (-1, 0, 1)}
            lag = min((-1, 1), key=lambda k: gaps[k][0])
            enough = min(gaps[lag][1], gaps[0][1]) >= fewest
            if enough and gaps[lag][0] < 0.75 * gaps[0][0]:
                sentence = (
                    f"{measure} in release {old} agrees with release {new} one year "
                    f"{'later' if lag > 0 else 'earlier'}, so a year means two periods"
                )
                found.append(Problem("shifted_labels", sentence, (*a.index, *b.index)))
    return found


def _gap(a: pd.DataFrame, b: pd.DataFrame, keys: list[str], lag: int) -> tuple[float, int]:
    """Give the median absolute log ratio of a to b `lag` years later, and the number of pairs."""
    later = b.assign(_year=b["_year"] - lag)
    both = a.merge(later, on=[*keys, "_year"], suffixes=("_a", "_b"))
    if both.empty:
        return np.inf, 0
    ratios = (both["value_a"] / both["value_b"]).to_numpy(dtype=float)
    return float(np.median(np.abs(np.log(ratios)))), len(both)


def precision(frame: pd.DataFrame, decimals: int = 2) -> list[Problem]:
    """Find values with more decimals than the publication prints (two, unless told).

    More decimals mean that a value was computed, or damaged, on its way into the table.
    """
    needs(frame, "value")
    value = frame["value"].to_numpy(dtype=float, na_value=np.nan)
    scaled = value[np.isfinite(value)] * 10.0**decimals
    odd = np.abs(scaled - np.round(scaled)) > 1e-9 * np.maximum(1.0, np.abs(scaled))
    rows = frame.index[np.isfinite(value)][odd]
    if rows.empty:
        return []
    sentence = f"{float(frame.loc[rows[0], 'value'])!r} has more than {decimals} decimals"
    return [Problem("precision", sentence, tuple(rows))]


def unique_keys(frame: pd.DataFrame) -> list[Problem]:
    """Find rows that repeat the table's key (`attrs["key"]`)."""
    key = [c for c in frame.attrs.get("key", []) if c in frame]
    rows = frame.index[frame.duplicated(key, keep=False)] if key else frame.index[:0]
    if rows.empty:
        return []
    return [Problem("unique_keys", f"two rows have the same {', '.join(key)}", tuple(rows))]


CHECKS: MappingProxyType[str, Callable[[pd.DataFrame], list[Problem]]] = MappingProxyType(
    {
        "whole_between_parts": whole_between_parts,
        "one_period_per_label": one_period_per_label,
        "one_period_basis": one_period_basis,
        "one_release": one_release,
        "steady_units": steady_units,
        "shifted_labels": shifted_labels,
        "precision": precision,
        "known_areas": known_areas,
        "closed_areas": closed_areas,
        "unique_keys": unique_keys,
    }
)
"""The checks by the name that a descriptor gives them."""
