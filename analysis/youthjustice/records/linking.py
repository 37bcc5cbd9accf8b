"""Judge the rows of both tables against each other, and keep those that stand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.records.care import with_care
from youthjustice.records.converting import Converted
from youthjustice.records.last_day import LastDay
from youthjustice.records.refusals import (
    CHILD_REFUSED,
    COPY,
    SAID_TWICE,
    Marks,
    refused_rows,
)
from youthjustice.records.schema import DATES, broken_rules


def linked(
    children: Converted, offences: Converted, flat: bool, last: LastDay
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, pd.DataFrame, list[str]]:
    """Give the rows that stand, those refused with their reasons, the counts of both, and notes.

    ``flat`` says that rows of offences repeat their child, so that copies of children are no fault.
    """
    young, copies = _children(children, last)
    if not flat:
        young = pd.concat([young, refused_rows(children.origin, [("child_id", COPY, copies)])])
    stands = ~(_any(young, children) | copies)
    born = _births(offences.frame["child_id"], children.frame[stands])
    more = _offences(offences, children.frame["child_id"], born, last)
    used = ~_any(more, offences)
    kept = {
        "children": children.frame[stands].reset_index(drop=True),
        "offences": offences.frame[used].reset_index(drop=True),
    }
    notes = with_care(offences.frame[used], born[used], offences.origin[used], last)
    read = {
        "children": len(children.frame) - flat * int(copies.sum()),
        "offences": len(offences.frame),
    }
    rows = pd.DataFrame({"table": list(read), "read": list(read.values())})
    rows["accepted"] = [len(kept[name]) for name in read]
    rows["refused"] = rows["read"] - rows["accepted"]
    refused = pd.concat([young, more], ignore_index=True).drop_duplicates(ignore_index=True)
    return kept, refused, rows, list(notes)


def _births(ids: pd.Series, stand: pd.DataFrame) -> pd.Series:
    """Give the date of birth of each offence's child; nothing where no such child stands."""
    place = pd.Index(stand["child_id"]).get_indexer(pd.Index(ids))
    if not len(stand):
        return pd.Series(pd.NaT, index=ids.index, dtype="datetime64[us]")
    born = pd.Series(stand["date_of_birth"].to_numpy()[place], index=ids.index)
    return born.where(place >= 0)


def _children(part: Converted, last: LastDay) -> tuple[pd.DataFrame, Marks]:
    """List the rows of children that are refused, and mark the copies of rows that are not."""
    late = [("date_of_birth", last.reason, (part.frame["date_of_birth"] > last.day).to_numpy())]
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


def _offences(part: Converted, every: pd.Series, born: pd.Series, last: LastDay) -> pd.DataFrame:
    """List the rows of offences that are refused, given the ids of all children and their births.

    A child who stands has a date of birth. A release after the last day is only planned.
    """
    ids, dates = part.frame["child_id"], part.frame[list(DATES[1:])]
    stands = born.notna().to_numpy()
    unknown = ids.isna().to_numpy()
    known = ids.isin(every.dropna()).to_numpy()
    rules = broken_rules(born, dates, known | unknown)
    marks = [
        ("child_id", CHILD_REFUSED, known & ~stands),
        *((column, reason, broken) for reason, column, broken in rules),
        *(
            (name, last.reason, (dates[name] > last.day).to_numpy())
            for name in ("offence_date", "outcome_date")
        ),
    ]
    return pd.concat([part.refused, refused_rows(part.origin, marks)])


def _any(refused: pd.DataFrame, part: Converted) -> Marks:
    """Mark the rows that are refused for whatever reason."""
    marked = np.zeros(len(part.frame), dtype=bool)
    marked[refused.index.to_numpy(dtype="int64")] = True
    return marked
