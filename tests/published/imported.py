"""Rows as `read_workbook` gives them, made from the shipped tables."""

import hashlib

import numpy as np
import pandas as pd

from youthjustice.published import load

TABLE = "first_time_entrants_area"


SOME = 60


def rows_of(table=TABLE, release="2026-02", said=None, checks=(), some=SOME, **changes):
    """Give a shipped release as if it had just been read from a file; `changes` set columns.

    `some` rows are enough to keep: None gives them all.
    """
    rows = load(table, release).iloc[:some].assign(**changes)
    rows.insert(0, "table", table)
    rows["release"] = pd.Series(said, index=rows.index, dtype="str")
    rows["sheet"] = ""
    rows["cell"] = [f"E{row}" for row in range(2, len(rows) + 2)]
    rows["check"] = pd.Series(np.nan, index=rows.index, dtype="str")
    rows.attrs = attrs(rows, checks)
    return rows


def attrs(rows, checks=()):
    """Give what `read_workbook` says of a file beside its rows."""
    told = rows.drop(columns="table").to_csv().encode()
    return {
        "file": "a file.csv",
        "layout": "dfe_lait",
        "tried": True,
        "release": None,
        "tables": {name: f"Title of {name}" for name in rows["table"].unique()},
        "checks": list(checks),
        "left_out": [],
        "notes": [],
        "source": {
            "title": "Local Authority Interactive Tool",
            "publisher": "Department for Education",
            "table": "FirstYJS",
            "address": "https://example.org/lait",
            "release_date": "",
            "licence": "OGL-UK-3.0",
            "caveats": ["Releases are never joined."],
            "sha256": hashlib.sha256(told).hexdigest(),
        },
    }


def failed(rows, *cells, value=3071.0, code="E92000001", name="England"):
    """Add a row for England that failed a check, as the sum of the regions does."""
    england = rows.iloc[[0]].assign(
        area_code=code, area_name=name, area_type="country", value=value, cell="E9999",
        check="whole_between_parts",
    )  # fmt: skip
    both = pd.concat([rows, england], ignore_index=True)
    both["region"] = both["region"].mask(both["area_type"] == "country")
    found = {"check": "whole_between_parts", "message": "England is a sum", "cells": ["E9999"]}
    both.attrs = rows.attrs | {"checks": [found]}
    return both
