"""Judge the rows of both tables against each other, and keep those that stand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.records.converting import Converted
from youthjustice.records.refusals import (
    AFTER_EXTRACT,
    CHILD_REFUSED,
    COPY,
    SAID_TWICE,
    Marks,
    refused_rows,
)
from youthjustice.records.schema import DATES, broken_rules


def linked(
    children: Converted, offences: Converted, flat: bool, extract_date: np.datetime64
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, pd.DataFrame]:
    """Give the rows that stand, those refused with their reasons, and the counts of both.

    ``flat`` says that rows of offences repeat their child, so that copies of children are no fault.
    """
    young, copies = _children(children, extract_date)
    if not flat:
        young = pd.concat([young, refused_rows(children.origin, [("child_id", COPY, copies)])])
    stands = ~(_any(young, children) | copies)
    more = _offences(offences, children.frame["child_id"], children.frame[stands], extract_date)
    kept = {
        "children": children.frame[stands].reset_index(drop=True),
        "offences": offences.frame[~_any(more, offences)].reset_index(drop=True),
    }
    read = {
        "children": len(children.frame) - flat * int(copies.sum()),
        "offences": len(offences.frame),
    }
    rows = pd.DataFrame({"table": list(read), "read": list(read.values())})
    rows["accepted"] = [len(kept[name]) for name in read]
    rows["refused"] = rows["read"] - rows["accepted"]
    refused = pd.concat([young, more], ignore_index=True).drop_duplicates(ignore_index=True)
    return kept, refused, rows


def _children(part: Converted, extract_date: np.datetime64) -> tuple[pd.DataFrame, Marks]:
    """List the rows of children that are refused, and mark the copies of rows that are not."""
    late = [
        ("date_of_birth", AFTER_EXTRACT, (part.frame["date_of_birth"] > extract_date).to_numpy())
    ]
    refused = pd.concat([part.refused, refused_rows(part.origin, late)])
    sound = ~_any(refused, part)
    copies = np.zeros(len(sound), dtype=bool)
    copies[sound] = part.frame[sound].duplicated().to_numpy()
    # Which of two descriptions is right cannot be told, least of all from the order of the rows.
    twice = np.zeros(len(sound), dtype=bool)
    single = sound & ~copies
    twice[single] = part.frame.loc[single, "child_id"].duplicated(keep=False).to_numpy()
    said_twice = sound & part.frame["child_id"].isin(part.frame.loc[twice, "child_id"]).to_numpy()
    more = refused_rows(part.origin, [("child_id", SAID_TWICE, said_twice)])
    return pd.concat([refused, more]), copies & ~said_twice


def _offences(
    part: Converted, every: pd.Series, stand: pd.DataFrame, extract_date: np.datetime64
) -> pd.DataFrame:
    """List the rows of offences that are refused, given the ids of all children and those that stand."""
    ids, dates = part.frame["child_id"], part.frame[list(DATES[1:])]
    place = pd.Index(stand["child_id"]).get_indexer(pd.Index(ids))
    birth = pd.Series(pd.NaT, index=part.frame.index, dtype="datetime64[us]")
    if len(stand):
        birth = pd.Series(stand["date_of_birth"].to_numpy()[place]).where(place >= 0)
    unknown = ids.isna().to_numpy()
    known = ids.isin(every.dropna()).to_numpy()
    rules = broken_rules(birth, dates, known | unknown)
    marks = [
        ("child_id", CHILD_REFUSED, known & (place < 0)),
        *((column, reason, broken) for reason, column, broken in rules),
        *((name, AFTER_EXTRACT, (dates[name] > extract_date).to_numpy()) for name in DATES[1:]),
    ]
    return pd.concat([part.refused, refused_rows(part.origin, marks)])


def _any(refused: pd.DataFrame, part: Converted) -> Marks:
    """Mark the rows that are refused for whatever reason."""
    marked = np.zeros(len(part.frame), dtype=bool)
    marked[refused.index.to_numpy(dtype="int64")] = True
    return marked
