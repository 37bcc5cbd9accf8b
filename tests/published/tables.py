"""Reading tables for tests: straight from the files, or one area's series of a loaded table."""

import json
from functools import cache
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parents[2] / "data"
_TEXT = ["symbol", "flag", "area_code", "denominator_basis", "denominator_source"]


@cache
def read(name: str) -> pd.DataFrame:
    """Read a table without the loader, so that a fault of the loader cannot hide one of the data."""
    days = ["period_start", "period_end"]
    table = pd.read_csv(DATA / f"{name}.csv", parse_dates=days, dtype=dict.fromkeys(_TEXT, "str"))
    return table.fillna({column: "" for column in _TEXT if column in table})


@cache
def describe(name: str) -> dict:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return next(resource for resource in package["resources"] if resource["name"] == name)


def caveats(name: str) -> str:
    return " ".join(describe(name)["caveats"])


def year(table: pd.DataFrame, ending: str) -> pd.DataFrame:
    """Take the rows of the year that ends on a day."""
    end = pd.Timestamp(ending)
    start = end - pd.DateOffset(years=1) + pd.Timedelta(days=1)
    return table[(table.period_end == end) & (table.period_start == start)]


def series(table: pd.DataFrame, code: str, **where: str) -> pd.Series:
    """Take one area's values by the year in which the period ends, or the cohort's label."""
    rows = table[table["area_code"] == code]
    for column, wanted in where.items():
        rows = rows[rows[column] == wanted]
    dated = rows["period_end"].notna().all()
    years = rows["period_end"].dt.year if dated else rows["cohort"].astype(int)
    return rows.set_axis(years)["value"].sort_index()
