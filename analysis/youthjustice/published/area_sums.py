"""Compare printed counts of regions and countries with the sums of the areas in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from youthjustice._shown import bare
from youthjustice._spelling import plain
from youthjustice.published._problem import Problem
from youthjustice.published._series import present, rate_rows
from youthjustice.published._sums import (
    FEWEST,
    Codes,
    Mask,
    Sums,
    cell,
    half_step,
    numbered,
    places_of,
    says_which,
    span,
    sums_of,
    together,
)
from youthjustice.published.loading import lookup
from youthjustice.published.places import closing_days

_NAME = "areas_against_totals"
_AREA = frozenset({"area_code", "area_name", "area_type", "region", "part_of", "service"})
_NEEDS = ("value", "unit", "area_type", "area_name")
_REGIONS = 9
_NOT_ADDED = r"\b(?:median|mean|rank|score|points)\b"
# Where most sums miss by a little, the publisher adjusted figures to protect people.
_ADJUSTED = 0.02
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class _Level:
    """Rows that are wholes, rows that are parts of them, and how many parts make a whole."""

    whole: Mask
    part: Mask
    of: Codes
    expected: int | None
    called: str


def areas_against_totals(frame: pd.DataFrame) -> list[Problem]:
    """Find counts of regions and countries that are not the sum of the areas in them.

    Regions are added to England, England or its regions and Wales to England and Wales, and
    authorities and services to their region or country. The known parts may never exceed the
    whole. They may fall short of it only where parts are missing: a figure of one of nine regions,
    or one of the areas of a region, which counts as whole if most regions equal the sums of theirs.
    Where most of five or more sums miss, the publisher has adjusted the figures to protect people
    (Census 2021 did), and only those are found that miss by more than two in a hundred.

    Args:
        frame: tidy rows with `value, unit, area_type, area_name` and any other columns.

    Returns:
        One problem for each count that differs; its rows are the whole's and those of its parts.

    """
    if not set(_NEEDS) <= set(frame.columns):
        return []
    counts = frame[~rate_rows(frame) & frame["unit"].notna()]
    counts = counts[~_not_added(counts)]
    groups = present(counts, "table", "measure")
    tables = counts.groupby(groups, dropna=False, observed=True) if groups else [((), counts)]
    found = [one for _, rows in tables for one in _of_table(rows)]
    return _problems(frame, list({one[0]: one for one in reversed(found)}.values())[::-1])


def _not_added(rows: pd.DataFrame) -> pd.Series[bool]:
    """Mark rows of means, medians, ranks and scores, which do not add up."""
    marked = pd.Series(False, index=rows.index)
    for name in present(rows, "measure", "unit"):
        names = rows[name].drop_duplicates()
        words = names[names.astype("str").str.contains(_NOT_ADDED, case=False, na=False)]
        marked |= rows[name].isin(words)
    return marked


def _of_table(rows: pd.DataFrame) -> list[tuple[Any, list[Any], float, str]]:
    """Compare the wholes of one measure with their parts, level by level."""
    kinds = rows["area_type"]
    if not kinds.isin(["country", "region"]).any():
        return []
    rows = rows[~_closed(rows) & ~_counted_by_authority(rows)]
    names = [str(c) for c in rows.columns if _keeps_apart(rows[c], str(c))]
    same = together([rows[c] for c in names], len(rows))
    value = rows["value"].to_numpy(dtype=float, na_value=np.nan)
    room = half_step(value)
    found = []
    for level in _levels(rows):
        within = together([same, level.of], len(rows))
        missed = _missed(sums_of(level.whole, level.part, within, value), level.expected, room)
        for row, over, parts in zip(
            missed.row, missed.over, places_of(level.part, within, missed.group), strict=True
        ):
            found.append((rows.index[row], rows.index[parts].tolist(), float(over), level.called))
    return found


def _keeps_apart(column: pd.Series, name: str) -> bool:
    """Tell whether a column says which figure of an area a row is."""
    if name in _AREA or name.startswith("area_"):
        return False
    own = name.endswith("_published") and name not in ("value_published", "region_published")
    return own or says_which(column, name)


def _closed(rows: pd.DataFrame) -> pd.Series[bool]:
    """Mark authorities that had closed: their figures stand with their successors' too."""
    if not {"area_code", "period_start"} <= set(rows.columns):
        return pd.Series(False, index=rows.index)
    return rows["period_start"] >= rows["area_code"].map(closing_days())


def _counted_by_authority(rows: pd.DataFrame) -> pd.Series[bool]:
    """Mark services of which an authority stands in the same table."""
    services = lookup("services")
    if "area_code" not in rows:
        return pd.Series(False, index=rows.index)
    codes = rows["area_code"].dropna().unique()
    twice = services.loc[services["area_code"].isin(codes), "service"].map(plain)
    return rows["area_type"].eq("service") & _plain(rows["area_name"]).isin(twice)


def _plain(names: pd.Series) -> pd.Series:
    """Put names in plain spelling, each distinct one once."""
    return names.map({one: plain(str(one)) for one in names.dropna().unique()})


def _levels(rows: pd.DataFrame) -> list[_Level]:
    """List the levels at which areas add to larger ones."""
    kind = rows["area_type"].to_numpy(dtype=object)
    name = _plain(rows["area_name"]).to_numpy(dtype=object)
    regions = rows["region"] if "region" in rows else pd.Series(np.nan, rows.index, dtype="str")
    within = _plain(regions).to_numpy(dtype=object)
    local = np.isin(kind, ["authority", "service"])
    region = kind == "region"
    england, wales, both = (
        (kind == "country") & (name == one) for one in ("england", "wales", "england and wales")
    )
    parents = pd.Series(np.where(local, within, name), dtype="object")
    own = numbered(parents.where(local | region | wales))
    one = np.zeros(len(rows), dtype=np.int64)
    return [
        _Level(region | wales, local, own, None, "areas"),
        _Level(england, region, one, _REGIONS, "regions"),
        _Level(both, england | wales, one, 2, "countries"),
        _Level(both, region | wales, one, _REGIONS + 1, "regions and Wales"),
        _Level(england, local & (within != "wales"), one, None, "areas"),
        _Level(both, local, one, None, "areas"),
    ]


def _missed(sums: Sums, expected: int | None, room: float) -> Sums:
    """Choose the wholes that differ from the sums of their parts."""
    slack = np.where(room > 0, room * (sums.parts + 1), 1e-6)
    short = (sums.over < -slack) & (sums.known == sums.parts)
    many = len(sums.row) >= FEWEST
    if expected is not None:
        short &= sums.parts == expected
    elif not (many and np.mean(np.abs(sums.over) <= slack) > 0.5):
        short[:] = False
    wrong = short | (sums.over > slack)
    if many and wrong.mean() > 0.5:
        return sums.only(wrong & _far(sums))
    return sums.only(wrong)


def _far(sums: Sums) -> Mask:
    """Mark the wholes that miss by more than an adjustment does, unless most of them do."""
    whole = np.maximum(np.abs(sums.total), 1.0)
    far: Mask = np.abs(sums.over) > np.maximum(_ADJUSTED * whole, 3.0 * sums.parts)
    return far if far.mean() <= 0.5 else np.zeros_like(far)


def _problems(frame: pd.DataFrame, found: list[tuple[Any, list[Any], float, str]]) -> list[Problem]:
    """Put each difference into one sentence."""
    told = []
    for row, parts, over, called in found[:MOST_TOLD]:
        total = float(frame["value"].loc[row])
        sentence = (
            f"{cell(frame, row)} holds {total:,g} for {bare(frame['area_name'].loc[row])}, but its "
            f"{len(parts)} {called} add to {total + over:,g} ({span(frame, parts)})"
        )
        told.append(Problem(_NAME, sentence, (row, *parts)))
    if others := found[MOST_TOLD:]:
        rows = dict.fromkeys(one for row, parts, *_ in others for one in (row, *parts))
        sentence = f"{len(others):,} more counts differ from the sums of the areas in them"
        told.append(Problem(_NAME, sentence, tuple(rows)))
    return told
