"""Tables as they stood on a day: nothing published or over later is in them."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.published import load, tables, using
from youthjustice.published.as_it_stood import by_then

DAYS = st.dates(date(2008, 1, 1), date(2026, 12, 31))


def newest(table):
    """Give the newest day of any row: of its period or of its publication."""
    sources = load("sources").set_index("source")["release_date"]
    days = [sources.reindex(table["source"].dropna().unique())] if "source" in table else []
    days += [table[c] for c in ("period_end", "publication_date") if c in table]
    found = [day for one in days if pd.notna(day := pd.to_datetime(one).max())]
    return max(found, default=pd.Timestamp.min)


@pytest.mark.prove
@given(DAYS)
def test_no_row_is_newer_than_the_day(day):
    with using({}, as_at=day):
        for name in ("inspection_ratings", "population_area", "children_by_stage_national"):
            assert newest(load(name)) <= pd.Timestamp(day), name


def test_the_release_of_the_day_is_taken():
    told = {}
    for day in ("2025-02-03", "2025-02-04", "2026-02-08", "2026-02-09"):
        with using({}, as_at=date.fromisoformat(day)):
            table = load("first_time_entrants_area")
            told[day] = table.attrs["release"] if len(table) else None
    assert list(told.values()) == [None, "2025-02", "2025-02", "2026-02"]


@pytest.mark.prove
def test_a_day_far_on_changes_nothing():
    for name in tables()["name"]:
        now = load(name)
        with using({}, as_at=date(2100, 1, 1)):
            pd.testing.assert_frame_equal(load(name), now)


def test_an_inner_block_keeps_the_day_of_the_outer_one():
    with using({}, as_at=date(2025, 3, 31)), using({"first_time_entrants_area": "2026-02"}):
        assert load("first_time_entrants_area").empty
    assert len(load("first_time_entrants_area"))


def test_a_table_keeps_what_it_was_called_and_cites_only_what_is_left():
    with using({}, as_at=date(2023, 12, 31)):
        table = load("children_by_stage_national")
        cited = {source["name"] for source in table.attrs["sources"]}
        assert load("first_time_entrants_area").attrs["title"].startswith("First-time entrants")
    assert cited == set(table["source"]) == {"ho-arrests-2022", "yjs-2020-21"}


@pytest.mark.parametrize(
    ("columns", "left"),
    [
        ({"source": ["dated", "undated", "undated"]}, [0, 1, 2]),
        ({"source": ["late", "undated", "undated"]}, [1, 2]),
        # A source that says no day is no older than the newest period that it covers.
        ({"source": ["dated", "undated", "undated"],
          "period_end": pd.to_datetime(["2019-12-31", "2020-12-31", "2024-12-31"])}, [0]),
        ({"source": ["undated"] * 3, "release": ["2020-06", "2020-07", "mid-2020"]}, [0, 2]),
        ({"publication_date": pd.to_datetime(["2020-06-30", "2020-07-01", None])}, [0, 2]),
    ],
)  # fmt: skip
def test_a_row_is_as_old_as_what_it_says(columns, left):
    library = {"dated": {"release_date": "2020-01-01"}, "late": {"release_date": "2021-01-01"}}
    table = pd.DataFrame({"row": [0, 1, 2], **columns})
    assert by_then(table, date(2020, 6, 30), library)["row"].tolist() == left
