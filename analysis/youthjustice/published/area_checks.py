"""Checks of areas: wholes beside their parts, names that are known, authorities that had closed."""

from __future__ import annotations

import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.published._problem import Problem, needs
from youthjustice.published._series import (
    period_words,
    present,
    rate_rows,
    series_keys,
    wholes_of,
)


def whole_between_parts(frame: pd.DataFrame) -> list[Problem]:
    """Find countries and regions whose rate lies outside the range of the rates of their parts.

    A rate of a whole is a weighted mean of the rates of its parts. England's "rate" of first-time
    entrants for 2016 in the Local Authority Interactive Tool of February 2026 is 3,071, the sum
    of the nine regional rates (Department for Education, 2026). Rows whose `unit` is a count are
    left out, and so are wholes with a part missing, unless the whole equals the parts' sum.
    """
    needs(frame, "area_type", "area_name", "value", "period_end")
    rates = frame[rate_rows(frame)]
    keys = [*series_keys(frame), *present(frame, "release", "period_start", "period_end", "cohort")]
    keys = list(dict.fromkeys(keys))
    parts = (
        rates.assign(_whole=wholes_of(rates))
        .dropna(subset=["_whole"])
        .groupby([*keys, "_whole"], dropna=False, observed=True)["value"]
        .agg(_low="min", _high="max", _sum="sum", _known="count", _parts="size")
        .reset_index()
    )
    wholes = rates[rates["area_type"].isin(["country", "region"])]
    names = wholes["area_name"].map(plain).astype("str")
    wholes = wholes.assign(_whole=names, _row=wholes.index)
    both = wholes.merge(parts, on=[*keys, "_whole"]).dropna(subset=["value"])
    both = both[both["_known"] >= 2]
    # Rates rounded apart: one per cent of room for the range, half a unit a part for the sum.
    summed = (both["value"] - both["_sum"]).abs() <= 0.5 * both["_known"]
    summed &= both["value"] > 1.5 * both["_high"]
    outside = (both["value"] > 1.01 * both["_high"]) | (both["value"] < 0.99 * both["_low"])
    wrong = both.assign(_is_sum=summed)[summed | (outside & (both["_known"] == both["_parts"]))]
    return [
        Problem(
            "whole_between_parts",
            f"{one['area_name']} has {one['value']:g} for {period_words(frame, one['_row'])}, "
            f"outside the range of its {one['_known']} parts ({one['_low']:g} to {one['_high']:g})"
            + ("; it is the sum of the parts, so it is no rate" if one["_is_sum"] else ""),
            (one["_row"],),
        )
        for one in wrong.to_dict("records")
    ]


def known_areas(frame: pd.DataFrame) -> list[Problem]:
    """Find area names and codes that the lookups of areas do not hold.

    Districts of counties are no areas of the lookups; a row that says which county it is a part of
    (`part_of`) is known.
    """
    from youthjustice.published.places import known_codes, known_names

    if "part_of" in frame:
        frame = frame[frame["part_of"].isna()]
    found = []
    for column, known in (("area_code", known_codes()), ("area_name", known_names())):
        distinct = frame[column].dropna().drop_duplicates() if column in frame else pd.Series()
        strange = distinct[
            ~(distinct if column == "area_code" else distinct.map(plain)).isin(known)
        ]
        if len(strange):
            rows = tuple(frame.index[frame[column].isin(strange)])
            sentence = f"{shown(strange.iloc[0])} is not an area that the lookups hold"
            found.append(Problem("known_areas", sentence, rows))
    return found


def closed_areas(frame: pd.DataFrame) -> list[Problem]:
    """Find values for periods that begin after an authority had closed, unless its flag says so."""
    needs(frame, "area_code", "value", "period_end")
    from youthjustice.published.places import closing_days

    closing = closing_days()
    start = frame["period_start"] if "period_start" in frame else frame["period_end"]
    late = frame["value"].notna() & (start >= frame["area_code"].map(closing))
    if "flag" in frame:
        late &= ~frame["flag"].astype("str").str.contains("closed", na=False)
    if not late.any():
        return []
    row = frame.index[late][0]
    sentence = (
        f"{frame.loc[row, 'area_name']} has a value for {period_words(frame, row)}, "
        f"but the authority closed on {closing[frame.loc[row, 'area_code']]:%Y-%m-%d}"
    )
    return [Problem("closed_areas", sentence, tuple(frame.index[late]))]
