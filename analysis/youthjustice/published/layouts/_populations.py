"""Children of ages 10 to 17, added up from the ages, sexes and groups that a table prints."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.published.layouts._areas import areas_by_code
from youthjustice.published.loading import lookup

YOUNGEST, OLDEST = 10, 17
"""The ages of children in youth justice: criminal responsibility begins at 10 and 18 is adult."""

OLDEST_OF_ALL = 120
"""The last age of a band without one, such as 90 and over."""

_YEARS = r"(?: years?)?"
_SPANS = (
    # The groups are the first and the last age; a band without the one begins at 0, without the
    # other has no end.
    re.compile(rf"(?P<high>\d+){_YEARS}(?: and|,)? under"),
    re.compile(rf"(?P<low>\d+)(?:\s*\+|{_YEARS} (?:and|or) over)"),
    re.compile(rf"(?P<low>\d+)\s*(?:to|-)\s*(?P<high>\d+){_YEARS}"),
    re.compile(rf"(?P<only>\d+){_YEARS}"),
    re.compile(rf"under (?P<below>\d+){_YEARS}"),
)


def span(label: str) -> tuple[int, int] | None:
    """Read the first and last age of a label; None if it names no ages.

    >>> span("Aged 10 years"), span("Aged 10 to 14 years"), span("90+"), span("All ages")
    ((10, 10), (10, 14), (90, 120), None)
    >>> span("Aged 4 years and under"), span("Aged under 1 year")
    ((0, 4), (0, 0))
    """
    words = re.sub("[\u2010-\u2015]", "-", " ".join(label.split()).lower())
    words = re.sub(r"^(?:aged?|ages) ", "", words)
    for shape in _SPANS:
        if found := shape.fullmatch(words):
            ends = {name: int(age) for name, age in found.groupdict().items()}
            if "only" in ends:
                return ends["only"], ends["only"]
            if "below" in ends:
                return 0, ends["below"] - 1
            return ends.get("low", 0), ends.get("high", OLDEST_OF_ALL)
    return None


def spans(labels: pd.Series) -> pd.DataFrame:
    """Give `low` and `high` for each label, read once; missing where it names no ages."""
    read = {label: span(str(label)) for label in labels.dropna().unique()}
    low = labels.map({label: ends[0] for label, ends in read.items() if ends})
    high = labels.map({label: ends[1] for label, ends in read.items() if ends})
    return pd.DataFrame({"low": low, "high": high}).astype("float64")


def added(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Add the figures up that have the same values in some columns, in order of the first.

    A sum is missing if a part is. `cells` counts the cells that a figure comes from (one where the
    rows have no such column); `cell` and `sheet` are those of the first.
    """
    rows = rows if "cells" in rows else rows.assign(cells=1, flag=_no_text(rows))
    grouped = rows.groupby(list(by), sort=False, dropna=False)
    sums = grouped.agg(
        value=("value", "sum"),
        _known=("value", "count"),
        _parts=("value", "size"),
        symbol=("symbol", "first"),
        sheet=("sheet", "first"),
        cell=("cell", "first"),
        cells=("cells", "sum"),
        flag=("flag", "first"),
    ).reset_index()
    sums["value"] = sums["value"].where(sums["_known"] == sums["_parts"])
    return sums.drop(columns=["_known", "_parts"])


def cells_in_words(rows: pd.DataFrame) -> pd.Series:
    """Name the first cell of each figure and say how many more it comes from: `O9 and 7 more`."""
    more = " and " + (rows["cells"] - 1).astype("str") + " more"
    return rows["cell"] + more.where(rows["cells"] > 1, "")


def with_counties(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Add the counties whose districts the rows hold all, and which they do not print.

    Args:
        rows: rows with the columns of `areas_by_code`, `sheet`, `cell`, `cells` and `flag`.
        keys: what tells the rows of one area apart.

    """
    every = lookup("population_area").query("area_type == 'lower_tier'")
    wanted = every.drop_duplicates("area_code").groupby("part_of").size()
    parts = rows[rows["part_of"].notna() & ~rows["part_of"].isin(rows["area_code"])]
    held = parts.drop_duplicates("area_code").groupby("part_of").size()
    whole = held.index[held.eq(wanted.reindex(held.index))]
    parts = parts[parts["part_of"].isin(whole)]
    if parts.empty:
        return rows
    sums = added(parts, ["part_of", *keys]).rename(columns={"part_of": "area_code"})
    areas = areas_by_code(sums["area_code"], sums["area_code"])
    sums = pd.concat([areas, sums.drop(columns=["area_code"])], axis=1)
    return pd.concat([rows, sums.assign(flag="sum of districts")], ignore_index=True)


def children(figures: pd.DataFrame, keys: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Give the ages within 10 to 17 as printed, their sum, and girls and boys together.

    Args:
        figures: one row for each figure: the keys, `sex`, `low`, `high` (ages), `value`,
            `symbol`, `sheet`, `cell`.
        keys: what else tells figures apart.

    Returns:
        Rows with `age_band` (`10`, `10-14`, `10-17`) and `flag`, and what had to be left out.

    Raises:
        InputProblem: no age of the table lies within 10 to 17.

    """
    within = (figures["low"] >= YOUNGEST) & (figures["high"] <= OLDEST)
    inside = added(figures[within], [*keys, "sex", "low", "high"])
    if inside.empty:
        raise InputProblem(
            "the table has no ages from 10 to 17: make it with single years of age, or with bands "
            "that begin at 10 and end at 17"
        )
    if "All" not in set(inside["sex"]):
        both = added(inside, [*keys, "low", "high"]).assign(sex="All")
        inside = pd.concat([inside, both], ignore_index=True)
    low, high = (inside[end].astype("int64").astype("str") for end in ("low", "high"))
    inside["age_band"] = low.mask(low != high, low + "-" + high)
    single = inside[low == high]
    every = single["low"].nunique() == OLDEST - YOUNGEST + 1
    whole, left_out = _whole(single if every else inside, [*keys, "sex"])
    outside = figures.loc[~within, ["low", "high"]].drop_duplicates()
    if len(outside):
        left_out.append(f"{len(outside)} ages or bands of ages that are not within 10 to 17")
    return pd.concat([inside, whole], ignore_index=True), left_out


def _whole(parts: pd.DataFrame, keys: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Add ages up to 10 to 17 where they make up just these years, and no others."""
    sums = added(parts, keys).assign(age_band=f"{YOUNGEST}-{OLDEST}")
    years = parts.assign(_years=parts["high"] - parts["low"] + 1)
    held = years.groupby(list(keys), sort=False, dropna=False)["_years"].sum().to_numpy()
    wanted = OLDEST - YOUNGEST + 1
    if not (held == wanted).any():
        return sums.iloc[:0], ["ages 10 to 17 together, which the printed bands do not make up"]
    lacking = pd.Series(held != wanted, index=sums.index)
    sums["value"] = sums["value"].mask(lacking)
    sums["symbol"] = sums["symbol"].mask(lacking, "x")
    sums["flag"] = sums["flag"].mask(lacking, "the file does not hold every age from 10 to 17")
    return sums, []


def _no_text(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(None, index=rows.index, dtype="object")
