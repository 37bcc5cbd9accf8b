"""Invented records whose truth was counted otherwise give that truth back."""

import json

import pandas as pd
import pytest

from youthjustice.records import annual_reoffending, dummy_records, read_extract

YEAR = "2022-01-01"


@pytest.mark.prove
def test_every_quarter_and_group_comes_back(tmp_path):
    folder = dummy_records(tmp_path / "dummy", children=2_000, seed=3)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    extract = read_extract(folder)
    found = annual_reoffending(
        extract.children,
        extract.offences,
        year_start=YEAR,
        extract_date=truth["extract_date"],
    )
    members = found.members.assign(children=1, reoffenders=found.members["reoffended"].astype(int))
    counts = ["children", "reoffenders", "reoffences"]
    keys = ["cohort", "ethnic_group"]
    got = members.groupby(keys)[counts].sum()
    known = pd.DataFrame(truth["cohorts"]).assign(cohort=lambda t: pd.to_datetime(t["start"]))
    known = known.set_index(keys)[counts].query("children > 0").sort_index()
    wanted = known.loc["2022-01-01":"2022-12-31"]
    assert len(wanted) > 16
    pd.testing.assert_frame_equal(got, wanted, check_dtype=False, check_index_type=False)
