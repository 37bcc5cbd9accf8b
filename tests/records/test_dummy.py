"""Invented records come back as what they are: sound, counted, and alike for one seed."""

import json

import numpy as np
import pandas as pd
import pytest

from tests.records.extracts import at_once
from youthjustice import cli
from youthjustice.errors import InputProblem
from youthjustice.records import check_records, proven_reoffending, read_extract
from youthjustice.records.dummy import MOST_AS_TEXT, dummy_records
from youthjustice.records.dummy_lives import BREACH, CHANCES, FIRST, LAST
from youthjustice.records.schema import TABLES

__all__ = ["at_once"]
pytestmark = pytest.mark.usefixtures("at_once")
COUNTS = ["children", "reoffenders", "reoffences"]


def truth_of(folder):
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def sorted_rows(frame):
    return frame.sort_values(list(frame.columns), ignore_index=True)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return dummy_records(tmp_path_factory.mktemp("sound"), children=300, seed=5)


@pytest.fixture(scope="module")
def extract(sound):
    return read_extract(sound)


def test_a_sound_extract_has_no_row_to_refuse(sound, extract):
    check_records(extract.children, extract.offences)
    assert extract.refused.empty
    assert len(extract.offences) == truth_of(sound)["offences"]
    assert extract.children["child_id"].str.startswith("DUMMY-").all()
    assert "Every child in this folder is invented" in (sound / "README.md").read_text()


def test_one_seed_gives_the_same_lives_and_another_gives_others(sound, tmp_path):
    again = dummy_records(tmp_path / "again", children=300, seed=5)
    other = dummy_records(tmp_path / "other", children=300, seed=6)
    for name in ("children.csv", "offences.csv", "truth.json"):
        assert (again / name).read_bytes() == (sound / name).read_bytes()
        assert (other / name).read_bytes() != (sound / name).read_bytes()


def test_a_messy_extract_holds_the_same_lives_and_every_bad_row_is_found(extract, tmp_path):
    folder = dummy_records(tmp_path / "messy", children=300, seed=5, messy=True)
    messy, mess = read_extract(folder), truth_of(folder)["mess"]
    pd.testing.assert_frame_equal(sorted_rows(messy.children), sorted_rows(extract.children))
    dated = messy.offences.dropna(subset=["offence_date"]).drop_duplicates()
    pd.testing.assert_frame_equal(sorted_rows(dated), sorted_rows(extract.offences))
    assert messy.offences["offence_date"].isna().sum() == mess["undated"] > 0
    assert len(messy.offences) == len(extract.offences) + mess["undated"] + mess["copies"]
    keys = ["table", "column", "reason"]
    known = pd.DataFrame(mess["refused"]).sort_values(keys, ignore_index=True)
    found = messy.reasons.sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(found[[*keys, "rows"]], known, check_dtype=False)


def test_the_truth_adds_up(sound, extract):
    truth = truth_of(sound)
    assert sum(truth["offences_by_kind"].values()) == truth["offences"]
    breach = extract.offences["is_breach"] | (extract.offences["offence_code"] == BREACH)
    assert truth["offences_by_kind"]["breach"] == breach.sum()
    final = truth["final_cohorts"]
    done = [one for one in truth["cohorts"] if one["end"] <= "2023-11-30"]
    assert final["All"]["children"] == sum(one["children"] for one in done)
    assert final["White"]["ratio_to_white"] == 1
    assert final["All"]["binary_rate"] == round(
        sum(one["reoffenders"] for one in done) / final["All"]["children"], 6
    )


def check_truth(folder, extract, quarters):
    """The definition's own engine finds what was counted as the lives were made."""
    truth = pd.DataFrame(truth_of(folder)["cohorts"])
    for (start, end), part in truth.groupby(["start", "end"]):
        if start not in quarters:
            continue
        cohort = proven_reoffending(
            extract.children,
            extract.offences,
            cohort=(start, end),
            extract_date=truth_of(folder)["extract_date"],
        )
        summary = cohort.summary
        assert [getattr(summary, name) for name in COUNTS] == part[COUNTS].sum().tolist(), start
        known = cohort.members.assign(children=1, reoffenders=cohort.members["reoffences"] > 0)
        by_group = known.groupby("ethnic_group")[COUNTS].sum().astype("int64")
        expected = part.set_index("ethnic_group")[COUNTS].sort_index()
        pd.testing.assert_frame_equal(
            by_group.reset_index(), expected.reset_index(), check_dtype=False
        )


def test_the_truth_of_a_quarter_comes_back(sound, extract):
    check_truth(sound, extract, ["2022-01-01"])


@pytest.mark.prove
def test_the_truth_of_many_quarters_comes_back(tmp_path):
    folder = dummy_records(tmp_path, children=9_000, seed=7)
    quarters = [f"{year}-{month:02}-01" for year in range(2019, 2026) for month in (4,)]
    check_truth(folder, read_extract(folder), quarters)


@pytest.mark.prove
def test_the_chances_that_the_lives_were_made_with_are_in_the_rates(tmp_path):
    folder = dummy_records(tmp_path, children=200_000, seed=8)
    table = pd.DataFrame(truth_of(folder)["cohorts"])
    table = table[table["end"] < "2023-12-01"].groupby("ethnic_group")[COUNTS].sum()
    rate = table["reoffenders"] / table["children"]
    chance = pd.Series(CHANCES)
    ratio = (rate / rate["White"]) / (chance / chance["White"])
    # Starts that later occasions make carry other chances, alike for all groups but for a little.
    assert (ratio - 1).abs().max() < 0.06
    young = pd.read_parquet(folder / "children.parquet")
    acts = pd.read_parquet(folder / "offences.parquet")
    assert len(young) == 200_000
    check_records(young, acts)
    assert list(acts)[:8] == list(TABLES["offences"])


def test_entrants_are_the_first_outcomes_that_count(sound, extract):
    rows = extract.offences
    kinds = ["youth_caution", "youth_conditional_caution", "caution", "conviction", "custody"]
    breach = rows["is_breach"] | (rows["offence_code"] == "Breach of statutory order")
    counted = rows[rows["outcome_type"].isin(kinds) & ~breach & rows["outcome_date"].notna()]
    first = counted.groupby("child_id")["outcome_date"].min().dt.year.value_counts()
    truth = pd.DataFrame(truth_of(sound)["first_time_entrants"]).groupby("year")["children"].sum()
    # A few are 18 by then, who first had no further action or the like.
    assert ((first - truth).loc[2019:2024] >= 0).all()
    assert truth.sum() > 0.95 * first.sum()


def test_more_children_are_written_as_parquet_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("youthjustice.records.dummy.MOST_AS_TEXT", 100)
    monkeypatch.setattr("youthjustice.records.dummy._PART", 90)
    folder = dummy_records(tmp_path, children=250, seed=2)
    extract = read_extract(folder)
    assert (len(extract.children), extract.refused.empty) == (250, True)
    assert len(extract.offences) == truth_of(folder)["offences"]
    assert extract.children["date_of_birth"].max() < np.datetime64(LAST, "D")
    assert extract.children["date_of_birth"].min() > np.datetime64(FIRST - 20 * 366, "D")


def test_a_folder_that_holds_anything_else_is_left_alone(tmp_path):
    (tmp_path / "children.csv").write_text("child_id\nreal\n")
    for trial in ({}, {"children": 0}, {"seed": -1}, {"children": True}):
        with pytest.raises(InputProblem, match=r"which no dummy extract has|give a whole number"):
            dummy_records(tmp_path, **trial)
    assert (tmp_path / "children.csv").read_text() == "child_id\nreal\n"
    with pytest.raises(InputProblem, match=f"at most {MOST_AS_TEXT:,} children"):
        dummy_records(tmp_path / "new", children=MOST_AS_TEXT + 1, messy=True)


def test_the_command_writes_and_checks(tmp_path, capsys):
    folder = tmp_path / "made"
    assert cli.main(["dummy-records", str(folder), "--children", "50", "--messy"]) == 0
    assert f"youthjustice check {folder}" in capsys.readouterr().out
    assert cli.main(["check", str(folder)]) == 1
    assert "DUMMY-" not in capsys.readouterr().out
