"""Ethnic groups as publications name them, into five groups and Unknown."""

from __future__ import annotations

from datetime import date

import pandas as pd

from youthjustice._shown import row_named, shown
from youthjustice._spelling import did_you_mean, plain
from youthjustice.errors import InputProblem
from youthjustice.published.loading import lookup
from youthjustice.published.periods import period as read_period

GROUPS = ("Asian", "Black", "Mixed", "White", "Other", "Unknown")
"""The groups, in the order in which tables and charts show them."""

# A code of self-defined ethnicity before or after the words: "W1 - British", "White Irish (W2)".
_CODE = r"(?:^|\s)([wmabo]\d)(?:\s|$)"


def five_groups(
    column: pd.Series, period: str | tuple[date, date] | date | pd.Series | None = None
) -> pd.Series:
    """Map labels of ethnic groups to Asian, Black, Mixed, White, Other and Unknown.

    A total stays `All`; a missing label stays missing. The groups were reclassified in 2011, so
    for some labels, such as `Chinese`, the period decides.

    Args:
        column: labels such as `Asian or Asian British`, `Chinese or Other`, `AOEG`, `Not Known`,
            or the names of the 18 and 19 groups of the censuses.
        period: the table's period, as printed, as first and last day or as the last day; or a
            Series of last days, one per label.

    Raises:
        InputProblem: a label is unknown, is a summary of several groups, or needs a period; or
            the column is no Series.

    Source: the lookup `ethnic_groups`, after the Office for National Statistics' census
    classifications and Youth Justice Statistics.

    Examples:
        >>> labels = pd.Series(["Black or Black British", "Chinese", "Not Known"])
        >>> five_groups(labels, period="2012/13").tolist()
        ['Black', 'Other', 'Unknown']
        >>> five_groups(labels, period="year ending March 2021").tolist()
        ['Black', 'Asian', 'Unknown']

    """
    if not isinstance(column, pd.Series):
        raise InputProblem(
            f"five_groups takes a column of labels, not a {type(column).__name__}: give "
            "pd.Series(labels), or a column of your table"
        )
    wanted = pd.DataFrame({"label": column.astype("object"), "end": _last_day(period, column)})
    distinct = wanted.dropna(subset=["label"]).drop_duplicates()
    book = lookup("ethnic_groups")
    book = book.assign(key=book["label"].map(plain)).drop_duplicates(["key", "period_from"])
    keys = distinct["label"].astype("str").map(plain)
    coded = keys.where(~keys.isin(book["key"])).str.extract(_CODE, expand=False)
    distinct = distinct.assign(key=coded.fillna(keys), row=distinct.index)

    unknown = distinct[~distinct["key"].isin(book["key"])]
    if len(unknown):
        text, row = unknown.iloc[0][["label", "row"]]
        groups = book.loc[book["ethnic_group"].notna(), "label"]
        hint = did_you_mean(text, groups, "add it to data/lookups/ethnic_groups.csv")
        raise InputProblem(f"{row_named(row)} holds {shown(text)}, no ethnic group we know; {hint}")

    pairs = distinct.merge(book, on="key", how="left")
    summary = pairs[pairs["ethnic_group"].isna()]
    if len(summary):
        text, row, reason = summary.iloc[0][["label_x", "row", "reason"]]
        raise InputProblem(f"{row_named(row)} holds {shown(text)}: {reason}; leave it out")

    dated = pairs["period_from"].notna() | pairs["period_to"].notna()
    undated = pairs[dated & pairs["end"].isna()]
    if len(undated):
        text, row = undated.iloc[0][["label_x", "row"]]
        raise InputProblem(
            f"{row_named(row)} holds {shown(text)}, which belongs to different groups in different "
            "periods: say which period the table is for"
        )
    fits = ~dated | (
        (pairs["period_from"].isna() | (pairs["end"] >= pairs["period_from"]))
        & (pairs["period_to"].isna() | (pairs["end"] <= pairs["period_to"]))
    )
    found = pairs.loc[fits, ["label_x", "end", "ethnic_group"]]
    found = found.rename(columns={"label_x": "label"})
    mapped = wanted.merge(found, on=["label", "end"], how="left")["ethnic_group"]
    return pd.Series(mapped.to_numpy(), index=column.index, name=column.name, dtype="str")


def _last_day(
    period: str | tuple[date, date] | date | pd.Series | None, column: pd.Series
) -> pd.Series:
    """Give the last day of the period of each label."""
    if isinstance(period, pd.Series):
        return pd.to_datetime(period).reindex(column.index).astype("datetime64[us]")
    if isinstance(period, str):
        period = read_period(period)
    end = period[1] if isinstance(period, tuple) else period
    day = pd.Timestamp(end) if isinstance(end, date) else pd.NaT
    return pd.Series(day, index=column.index, dtype="datetime64[us]")
