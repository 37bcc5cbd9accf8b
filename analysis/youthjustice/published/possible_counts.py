"""Find counts of children that cannot be: fractions of a child, and more children than there are."""

from __future__ import annotations

import pandas as pd

from youthjustice.published._problem import Problem
from youthjustice.published._series import present
from youthjustice.published._sums import cell, first_cells

_CHILDREN = r"\s*(?:(?:number|count) of )?(?:children|young people)\s*"
# Numbers of children that are no counts: averages over months, estimates, those that live there.
_NO_COUNT = (
    r"averag|\bmean\b|median|estimat|\brate|share|population|change|differen|growth|\bnet\b|expected"
    r"|adjusted|weight|equivalent|model|projec|forecast"
)
# What at most all children from ten to seventeen can be counted in.
_YOUTH_JUSTICE = (
    r"entrant|caution|sentenc|offen[cd]|convict|court|custod|remand|outcome|disposal|diver"
)
_LIMIT_AGES = "10-17"
_LONGEST_YEAR = pd.Timedelta(days=366)


def possible_counts(frame: pd.DataFrame) -> list[Problem]:
    """Find counts of the children of an authority that are no counts, or of more than live there.

    Only rows whose unit is children: averages, estimates and populations are left out, and so are
    countries and regions, for which official series have been scaled. More than live there are
    looked for where measure or table is about youth justice and the period is a year or less; the
    limit is the most children aged 10 to 17 that the table `population_area` has for the area in
    any year.

    Args:
        frame: tidy rows with `value`, `unit`, `area_type` and `area_code`.

    Returns:
        One problem for the fractions and one for the counts above the population.

    Examples:
        >>> tidy = pd.DataFrame({"area_code": "E09000019", "area_name": "Islington", "value": [14.5],
        ...                      "unit": "children", "area_type": "authority"})
        >>> possible_counts(tidy)[0].message
        'row 0 holds 14.5, which is no whole number of children'

    """
    counts = frame[
        frame["area_type"].isin(["authority", "service"])
        & frame["value"].notna()
        & _says(frame, _CHILDREN, "unit", whole=True)
        & ~_says(frame, _NO_COUNT, "measure", "flag")
    ]
    if counts.empty:
        return []
    value = counts["value"].astype("float64")
    broken = counts.index[(value - value.round()).abs() > 1e-6].tolist()
    found = []
    if broken:
        row = broken[0]
        words = f"{cell(frame, row)} holds {value[row]:g}, which is no whole number of children"
        found.append(_problem(frame, broken, words))
    limit = _most_children(counts)
    above = counts.index[value > limit].tolist()
    if above:
        row = above[0]
        words = (
            f"{cell(frame, row)} holds {value[row]:,.10g} children, but no more than "
            f"{limit[row]:,.0f} aged 10 to 17 live in the area"
        )
        found.append(_problem(frame, above, words))
    return found


def _most_children(counts: pd.DataFrame) -> pd.Series[float]:
    """Give the most children of youth justice age that an area had; missing where none is known."""
    from youthjustice.published.loading import load

    told = counts[_says(counts, _YOUTH_JUSTICE, "measure", "table")]
    if {"period_start", "period_end"} <= set(told.columns):
        told = told[~(told["period_end"] - told["period_start"] > _LONGEST_YEAR)]
    limit = pd.Series(float("nan"), index=counts.index)
    if told.empty:
        return limit
    people = load("population_area")
    people = people[people["age_band"] == _LIMIT_AGES]
    most = people.groupby("area_code")["value"].max().astype("float64")
    limit.loc[told.index] = told["area_code"].map(most).astype("float64")
    return limit


def _says(frame: pd.DataFrame, pattern: str, *columns: str, whole: bool = False) -> pd.Series[bool]:
    """Mark rows that have a word in one of the columns; each distinct text is read once."""
    marked = pd.Series(False, index=frame.index)
    for name in present(frame, *columns):
        texts = frame[name].drop_duplicates().dropna()
        words = texts.astype("str").str.replace("_", " ")
        hits = (words.str.fullmatch if whole else words.str.contains)(pattern, case=False)
        marked |= frame[name].isin(texts[hits])
    return marked


def _problem(frame: pd.DataFrame, rows: list[int], words: str) -> Problem:
    others = f"; the same holds of {first_cells(frame, rows[1:])}" if len(rows) > 1 else ""
    return Problem("possible_counts", f"{words}{others}", tuple(rows))
