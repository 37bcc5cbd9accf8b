"""Figures that stand on the line of an authority that had closed."""

from __future__ import annotations

import pandas as pd

from youthjustice.published.places import closing_days

BEFORE = "printed on the line of an authority that had closed before the period"
WITHIN = "the authority closed within the period"
UNDATED = "the authority had closed by the end of the year of the label; the period is not stated"


def say_where_closed(rows: pd.DataFrame) -> None:
    """Put the flag of rows whose authority closed before the period or within it.

    A row without a period goes by the year of its `cohort`.
    """
    closing = rows["area_code"].map(closing_days()).where(rows["value"].notna())
    start, end = rows["period_start"], rows["period_end"]
    rows.loc[start >= closing, "flag"] = BEFORE
    rows.loc[(start < closing) & (end >= closing), "flag"] = WITHIN
    year = pd.to_numeric(rows["cohort"].str.extract(r"(\d{4})", expand=False))
    rows.loc[start.isna() & (year >= closing.dt.year), "flag"] = UNDATED
