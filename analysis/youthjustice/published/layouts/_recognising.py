"""Which release a file is, when the file does not say so: the one whose figures it repeats."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.published.loading import lookup

_FIGURES = ("value", "symbol")


def same_release(
    rows: pd.DataFrame,
    table: str,
    series: Sequence[str],
    label: str,
    figures: Sequence[str] = _FIGURES,
) -> str | None:
    """Name the newest release of one of our tables that the rows repeat, or None.

    Rows repeat a release if every series of the release stands in them, with the same labels and
    the same figures. Years alone prove nothing: a revision keeps the years and changes figures.

    Args:
        rows: rows as read.
        table: a table of the data package with a `release`.
        series: the columns that tell the series of one release apart.
        label: the column that tells the rows of one series apart, such as the cohort.
        figures: the columns that have to be equal, missing where the release's are missing.

    """
    try:
        known = lookup(table)
    except InputProblem:
        return None
    for release in sorted(known["release"].dropna().unique(), reverse=True):
        if _repeats(rows, known[known["release"] == release], series, label, figures):
            return str(release)
    return None


def contradicts(
    rows: pd.DataFrame,
    table: str,
    release: str,
    series: Sequence[str],
    label: str,
) -> bool:
    """Tell whether one of our tables holds the release with other figures than the rows do."""
    known = lookup(table)
    known = known[known["release"] == release]
    return len(known) > 0 and not _repeats(rows, known, series, label, _FIGURES)


def _repeats(
    rows: pd.DataFrame,
    release: pd.DataFrame,
    series: Sequence[str],
    label: str,
    figures: Sequence[str],
) -> bool:
    key = [*series, label]
    ours, theirs = (
        frame[[*key, *figures]].astype("object").drop_duplicates(key) for frame in (release, rows)
    )
    theirs = theirs.merge(ours[list(series)].drop_duplicates(), on=list(series))
    both = ours.merge(theirs, on=key, how="outer", suffixes=("", "_read"), indicator=True)
    if both.empty or not both["_merge"].eq("both").all():
        return False
    both = both.astype("object").where(both.notna(), "missing")
    return all(bool((both[name] == both[f"{name}_read"]).all()) for name in figures)
