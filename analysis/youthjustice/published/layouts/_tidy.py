"""The last step of a layout: columns in one order, and texts that can be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from youthjustice._shipped import data_folder
from youthjustice.published.package import descriptor


def tidied(rows: pd.DataFrame, columns: Sequence[str], release: str | None) -> pd.DataFrame:
    """Give the rows with the columns that they have of those named, and with their release.

    Columns of text become texts, missing where they hold nothing, so that whole columns without a
    text compare with those that have some.

    >>> rows = pd.DataFrame({"value": [1.0], "area_name": [None]})
    >>> tidied(rows, ["area_name", "symbol", "value", "release"], None).columns.tolist()
    ['area_name', 'value', 'release']
    """
    edition = pd.Series(release or np.nan, index=rows.index, dtype="str")
    rows = rows.assign(release=edition)[[c for c in columns if c in rows or c == "release"]]
    texts = rows.columns[rows.dtypes == "object"]
    return rows.astype(dict.fromkeys(texts, "str")).reset_index(drop=True)


def titled(rows: pd.DataFrame, own: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the titles of the rows' tables: ours of the data package, or those named here."""
    shipped = {r["name"]: str(r["title"]) for r in descriptor(data_folder())["resources"]}
    titles = {**shipped, **(own or {})}
    return {name: titles.get(name, name) for name in rows["table"].drop_duplicates()}
