"""What is kept reads back the same, cites its file, and never takes another release's place."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.published.imported import TABLE, failed, rows_of
from youthjustice.errors import InputProblem
from youthjustice.published import forget, keep, load, releases, tables, using
from youthjustice.published import imported_folder as module
from youthjustice.published.kept_tables import from_bytes, schema_of, to_bytes

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "kept"
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(place))
    return place


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_a_kept_release_is_the_latest_and_the_same(folder):
    rows = rows_of(some=None)
    done = keep(rows, release="2026-04")
    assert done[["table", "release", "rows", "state"]].to_numpy().tolist() == [
        [TABLE, "2026-04", len(rows), "kept"]
    ]
    assert names(folder) == ["datapackage.json", f"{TABLE}-2026-04.csv"]
    shipped, kept = load(TABLE, "2026-02"), load(TABLE)
    assert kept.attrs["release"] == "2026-04"
    own = [*shipped.columns]
    assert list(kept.columns) == [*own, "sheet", "cell", "check"]
    same = [c for c in own if c not in ("release", "source")]
    pd.testing.assert_frame_equal(kept[same], shipped[same], check_exact=True)
    assert kept.dtypes[own].equals(shipped.dtypes)
    assert kept["source"].unique().tolist() == ["dfe-lait-2026-02-2026-04"]


def test_the_source_is_the_imported_file(folder):
    rows = failed(rows_of(said="2026-02"))
    keep(rows, release="2026-04", accept="  They  are as printed. ")
    kept = load(TABLE, "2026-04")
    source = kept.attrs["source"]
    assert source["sha256"] == rows.attrs["source"]["sha256"]
    assert source["title"] == "Local Authority Interactive Tool, release 2026-04"
    assert source["caveats"] == ("Releases are never joined.",)
    assert kept["source"].unique().tolist() == ["dfe-lait-2026-04"]
    assert kept.attrs["sources"][0]["name"] == "dfe-lait-2026-04"
    told = kept.attrs["kept"]
    assert told["accepted"] == "They are as printed."
    assert told["checks_failed"] == rows.attrs["checks"]
    assert (told["file"], told["read_as"], told["tried"]) == ("a file.csv", "dfe_lait", True)
    assert len(told["imported"]) == 10
    library = load("sources").set_index("source")
    assert library.loc["dfe-lait-2026-04", "publisher"] == "Department for Education"
    assert library["release_date"].dtype == "datetime64[us]"


def test_all_lays_releases_one_below_the_other(folder):
    before = load(TABLE, "all")
    keep(rows_of(), release="2026-04")
    every = load(TABLE, "all")
    assert every["release"].value_counts().to_dict() == {
        **before["release"].value_counts().to_dict(), "2026-04": len(load(TABLE)),
    }  # fmt: skip
    assert every["cell"].notna().sum() == len(load(TABLE))
    assert every.dtypes[before.columns].equals(before.dtypes)
    assert [one["name"] for one in every.attrs["sources"]][-1] == "dfe-lait-2026-02-2026-04"
    assert every.attrs["source"]["title"].endswith("release 2026-04")
    pd.testing.assert_frame_equal(every.iloc[: len(before)][list(before)], before, check_like=False)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("release", "latest"),
    [("2026-04", "2026-04"), ("2025-12", "2026-02"), ("2026-02-10", "2026-02-10"),
     ("lait-2027", "lait-2027"), ("2010-01", "2026-02")],
)  # fmt: skip
def test_the_latest_is_the_newest_over_both(folder, release, latest):
    keep(rows_of(), release=release)
    assert load(TABLE).attrs["release"] == latest
    listed = releases(TABLE)
    assert listed["release"].iloc[0] == latest
    assert listed.set_index("release")["origin"].to_dict() == {
        "2026-02": "shipped", "2025-02": "shipped", release: "imported",
    }  # fmt: skip


def test_a_failed_check_is_refused_until_somebody_says_why(folder):
    rows = failed(rows_of())
    for reason in (None, "", "  "):
        with pytest.raises(InputProblem, match=r"England is a sum \[E9999\].*--accept") as caught:
            keep(rows, release="2026-04", accept=reason)
        assert "\n" not in str(caught.value)
    assert not folder.exists()
    sound = rows[rows["check"].isna()]
    assert keep(sound, release="2026-04")["state"].tolist() == ["kept"]
    assert load(TABLE).attrs["kept"]["accepted"] == ""


def test_a_very_long_reason_is_refused(folder):
    with pytest.raises(InputProblem, match=r"longer than 500"):
        keep(failed(rows_of()), release="2026-04", accept="x" * 501)


def test_the_same_file_again_changes_nothing(folder):
    keep(rows_of(), release="2026-04")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert keep(rows_of(), release="2026-04")["state"].tolist() == ["already kept"]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_another_file_never_takes_the_place_of_a_release(folder):
    keep(rows_of(), release="2026-04")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    other = rows_of(release="2025-02")
    with pytest.raises(InputProblem, match=r"was kept on .* from another file, 'a file.csv'"):
        keep(other, release="2026-04")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_one_file_is_not_two_releases(folder):
    keep(rows_of(), release="2026-04")
    with pytest.raises(InputProblem, match=r"kept already as release 2026-04"):
        keep(rows_of(), release="2026-05")


def test_a_shipped_release_is_never_covered(folder):
    with pytest.raises(
        InputProblem, match=r"2026-02 of first_time_entrants_area is among the ship"
    ):
        keep(rows_of(said="2026-02"))
    assert not folder.exists()


@pytest.mark.prove
def test_all_tables_of_a_file_are_kept_or_none(folder):
    keep(rows_of("reoffending_area"), release="2026-04")
    two = pd.concat([rows_of(), rows_of("reoffending_area", "2025-02")], ignore_index=True)
    two.attrs = rows_of().attrs
    with pytest.raises(InputProblem, match=r"reoffending_area was kept"):
        keep(two, release="2026-04")
    assert names(folder) == ["datapackage.json", "reoffending_area-2026-04.csv"]
    assert keep(two, release="2026-05")["table"].tolist() == [TABLE, "reoffending_area"]


@pytest.mark.parametrize(
    "release",
    ["", "2026 04", "../2026", "2026-04/..", "latest", "all", "2026-04\n", "April", "=2026", "CON",
     "2026" * 20, "-2026", "2026.04", None],
)  # fmt: skip
def test_a_name_that_is_no_release_is_refused(folder, release):
    with pytest.raises(InputProblem, match=r"no name for a release|does not say which release"):
        keep(rows_of(), release=release)
    assert not folder.exists()


@pytest.mark.parametrize("table", ["../x", "", "a b", "=A", "/etc/x", "A", "a-b", "x" * 61, "con."])
def test_a_hostile_name_of_a_table_leads_nowhere(folder, table):
    rows = rows_of().assign(table=table)
    rows.attrs = rows_of().attrs
    with pytest.raises(InputProblem, match=r"no name for a table"):
        keep(rows, release="2026-04")
    assert not folder.exists()


@pytest.mark.parametrize("table", ["sources", "symbols", "ethnic_groups"])
def test_a_lookup_of_the_project_is_not_covered(folder, table):
    rows = rows_of().assign(table=table)
    rows.attrs = rows_of().attrs
    with pytest.raises(InputProblem, match=r"is a lookup of the project"):
        keep(rows, release="2026-04")


def test_a_hostile_column_is_refused(folder):
    rows = rows_of().rename(columns={"flag": "=1+1"}).assign(**{"=1+1": "x"})
    with pytest.raises(InputProblem, match=r"'=1\+1' is no name for a column"):
        keep(rows, release="2026-04")


def test_rows_that_were_not_imported_are_refused(folder):
    with pytest.raises(InputProblem, match=r"not read by read_workbook"):
        keep(load(TABLE), release="2026-04")
    with pytest.raises(InputProblem, match=r"not read by read_workbook"):
        keep(rows_of().iloc[:0], release="2026-04")


HOSTILE = [
    '=HYPERLINK("http://127.0.0.1","x")', "+44", "-", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'",
    "'=x", "''=x", "'Kent'", "a=b", 'say "so", twice', "<script>", "two\nlines", "two\r\nlines",
    "Ynys Môn", "\u202eevil", " x ", "NA", "nan", "null", "true", "1",
]  # fmt: skip


def test_no_text_runs_in_a_spreadsheet_and_none_is_changed(folder):
    rows = rows_of(some=len(HOSTILE), flag=HOSTILE)
    keep(rows, release="2026-04")
    assert load(TABLE)["flag"].tolist() == HOSTILE
    read = pd.read_csv(folder / f"{TABLE}-2026-04.csv", dtype="str", keep_default_na=False)
    assert not read["flag"].str.match(r"[=+\-@\t\r\n]").any()


_LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
_TEXTS = st.lists(st.one_of(st.none(), st.text(_LETTERS, max_size=6)), min_size=1, max_size=8)
_NUMBERS = st.lists(st.floats(-1e15, 1e15).filter(lambda x: abs(x) > 1e-15), min_size=8, max_size=8)


@settings(max_examples=10)
@given(texts=_TEXTS, numbers=_NUMBERS)
def test_what_is_written_reads_back(texts, numbers):
    check_round_trip(texts, numbers)


@pytest.mark.prove
@settings(max_examples=1000)
@given(texts=_TEXTS, numbers=_NUMBERS)
def test_what_is_written_reads_back_at_full_size(texts, numbers):
    check_round_trip(texts, numbers)


def check_round_trip(texts, numbers):
    frame = pd.DataFrame(
        {
            "text": pd.Series([t or None for t in texts], dtype="str"),
            "number": numbers[: len(texts)],
            "whole": pd.Series([None, *range(1, len(texts))], dtype="Int64"),
            "day": pd.to_datetime(["2020-02-29"] * len(texts)),
            "truth": [True] * len(texts),
        }
    )
    schema = schema_of(frame, None)
    again = from_bytes(to_bytes(frame, schema, "x.csv"), schema, "x.csv")
    assert again["text"].fillna("").tolist() == [text or "" for text in texts]
    np.testing.assert_allclose(again["number"], frame["number"], rtol=1e-15)
    assert again["whole"].equals(frame["whole"])
    assert again["day"].astype("str").tolist() == frame["day"].astype("str").tolist()
    assert again["truth"].tolist() == frame["truth"].tolist()


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_a_text_that_no_file_can_hold_is_refused(folder, text):
    rows = rows_of()
    rows["flag"] = pd.Series([text] * len(rows), dtype="object")
    with pytest.raises(InputProblem, match=r"cannot be kept") as caught:
        keep(rows, release="2026-04")
    assert "\n" not in str(caught.value)


def test_a_number_that_no_file_can_hold_is_refused(folder):
    with pytest.raises(InputProblem, match=r"cannot be kept"):
        keep(rows_of(value=np.inf), release="2026-04")


def test_a_new_table_has_a_schema_of_its_own(folder):
    rows = rows_of().assign(table="outcomes_service", ethnic_group="Black", numerator=3.0)
    rows.attrs = rows_of().attrs
    keep(rows, release="2025-01")
    kept = load("outcomes_service")
    assert kept["numerator"].eq(3).all()
    assert kept.dtypes[["closed", "period_end", "numerator"]].astype("str").tolist() == [
        "boolean", "datetime64[us]", "float64",
    ]  # fmt: skip
    assert {"area_code", "period_end", "measure", "ethnic_group"} <= set(kept.attrs["key"])
    assert not {"value", "source", "cell", "flag"} & set(kept.attrs["key"])
    listed = tables().set_index("name")
    assert listed.loc["outcomes_service", ["origin", "latest", "rows"]].tolist() == [
        "imported", "2025-01", len(rows),
    ]  # fmt: skip
    assert listed.loc[TABLE, "origin"] == "shipped"
    with pytest.raises(InputProblem, match=r"did you mean outcomes_service"):
        load("outcomes_services")
    with using({}):
        assert load("outcomes_service").attrs["release"] == "2025-01"


def test_releases_of_a_new_table_may_have_different_columns(folder):
    first = rows_of().assign(table="outcomes_service", sex="All")
    first.attrs = rows_of().attrs
    keep(first, release="2025-01")
    second = rows_of(release="2025-02").assign(table="outcomes_service", whole=7, sure=True)
    second.attrs = rows_of(release="2025-02").attrs
    keep(second, release="2026-01")
    every = load("outcomes_service", "all")
    assert every["sex"].isna().sum() == len(second)
    assert every["whole"].isna().sum() == len(first)
    assert len(load("outcomes_service")) == len(second)


def test_a_release_can_be_taken_out(folder):
    keep(rows_of(), release="2026-04")
    forget(TABLE, "2026-04")
    assert names(folder) == ["datapackage.json"]
    assert load(TABLE).attrs["release"] == "2026-02"
    for release, why in (("2026-04", "was not imported"), ("2026-02", "is shipped")):
        with pytest.raises(InputProblem, match=why):
            forget(TABLE, release)


def test_a_changed_or_lost_file_is_told_and_mended(folder):
    keep(rows_of(), release="2026-04")
    path = folder / f"{TABLE}-2026-04.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"first-time", b"last-time1"))
    with pytest.raises(InputProblem, match=r"was changed after it was kept: import 'a file.csv'"):
        load(TABLE)
    assert load(TABLE, "2026-02").attrs["release"] == "2026-02"
    assert keep(rows_of(), release="2026-04")["state"].tolist() == ["mended"]
    assert path.read_bytes() == good
    path.unlink()
    with pytest.raises(InputProblem, match=r"cannot be read"):
        load(TABLE)
    assert keep(rows_of(), release="2026-04")["state"].tolist() == ["mended"]
    assert load(TABLE).attrs["release"] == "2026-04"


def test_under_using_an_import_looks_as_a_shipped_release(folder):
    keep(failed(rows_of()), release="2026-04", accept="as printed")
    assert load(TABLE)["area_code"].eq("E92000001").any()
    shipped = load(TABLE, "2026-02")
    with using({}):
        assert load(TABLE).attrs["release"] == "2026-02"
        assert "2026-04" not in set(load(TABLE, "all")["release"])
    with using({TABLE: "2026-04"}):
        kept = load(TABLE)
        assert kept.attrs["release"] == "2026-04"
        assert list(kept.columns) == list(shipped.columns)
        assert kept.dtypes.equals(shipped.dtypes)
        assert not kept["area_code"].eq("E92000001").any()
        assert set(load(TABLE, "all")["release"]) == {"2026-04", "2026-02", "2025-02"}
    with pytest.raises(InputProblem, match=r"has no release '2026-05'"), using({TABLE: "2026-05"}):
        pass


def test_under_using_a_warning_about_another_release_leaves_the_figures(folder):
    marks = ["shifted_labels", "shifted_labels; possible_values", np.nan]
    keep(rows_of(some=3).assign(check=marks), release="2026-04")
    assert len(load(TABLE)) == 3
    with using({TABLE: "2026-04"}):
        assert len(load(TABLE)) == 2


def test_a_note_does_not_stand_in_the_way(folder):
    rows = failed(rows_of())
    rows.attrs["checks"] = [rows.attrs["checks"][0] | {"check": "known_areas", "refuses": False}]
    assert keep(rows, release="2026-04")["state"].tolist() == ["kept"]
    told = load(TABLE).attrs["kept"]
    assert (len(told["checks_failed"]), told["accepted"]) == (1, "")


def test_using_ends_with_its_block_and_stays_in_its_thread():
    with using({TABLE: "2025-02"}):
        assert load(TABLE).attrs["release"] == "2025-02"
        with using({}):
            assert load(TABLE).attrs["release"] == "2026-02"
        assert load(TABLE).attrs["release"] == "2025-02"
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(load, TABLE).result().attrs["release"] == "2026-02"
    assert load(TABLE).attrs["release"] == "2026-02"
    with pytest.raises(ZeroDivisionError), using({TABLE: "2025-02"}):
        raise ZeroDivisionError
    assert load(TABLE).attrs["release"] == "2026-02"


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("at", [1, 2])
def test_a_full_disk_keeps_nothing_and_leaves_nothing(folder, monkeypatch, call, at):
    keep(rows_of("reoffending_area"), release="2026-04")
    before = names(folder)
    calls = []
    owner = os if call == "fsync" else Path
    real = getattr(owner, call)

    def until(*arguments):
        calls.append(arguments)
        return full() if len(calls) >= at else real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(owner, call, until)
        with pytest.raises(InputProblem, match=r"No space left.*nothing was kept.*make room"):
            keep(rows_of(), release="2026-04")
    assert names(folder) == before
    assert load(TABLE).attrs["release"] == "2026-02"
    assert keep(rows_of(), release="2026-04")["state"].tolist() == ["kept"]


@pytest.mark.skipif(os.name != "posix", reason="modes of folders")
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "a file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(tmp_path / "a file" / "kept"))
    with pytest.raises(InputProblem, match=r"cannot be written .*YOUTHJUSTICE_DATA"):
        keep(rows_of(), release="2026-04")
    assert load(TABLE).attrs["release"] == "2026-02"
    if os.getuid() == 0:
        return  # root writes everywhere
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(closed))
    with pytest.raises(InputProblem, match=r"cannot be written"):
        keep(rows_of(), release="2026-04")


def python(code, folder):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        env={**os.environ, "YOUTHJUSTICE_DATA": str(folder),
             "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))},
        stderr=subprocess.PIPE,
    )  # fmt: skip


KILLED = """
    import os, signal
    from pathlib import Path
    from tests.published.imported import rows_of
    from youthjustice.published import keep
    real, steps = (os.fsync, Path.replace), []
    def until(which):
        def step(*arguments):
            steps.append(which)
            if len(steps) == {at}:
                os.kill(os.getpid(), signal.SIGKILL)
            done = real[which](*arguments)
            return done
        return step
    os.fsync, Path.replace = until(0), until(1)
    keep(rows_of(), release="2026-04")
"""


@pytest.mark.prove
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("at", [1, 2, 3, 4, 5])
def test_killed_half_way_there_is_the_whole_release_or_none(tmp_path, monkeypatch, at):
    folder = tmp_path / "kept"
    run = python(KILLED.format(at=at), folder)
    _, said = run.communicate(timeout=120)
    assert run.returncode == (-signal.SIGKILL if at < 5 else 0), said
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(folder))
    assert load(TABLE).attrs["release"] == ("2026-02" if at < 5 else "2026-04")
    assert tables().set_index("name").loc[TABLE, "releases"] == (2 if at < 5 else 3)
    assert keep(rows_of(), release="2026-04")["state"].tolist() == (
        ["kept"] if at < 5 else ["already kept"]
    )
    assert names(folder) == ["datapackage.json", f"{TABLE}-2026-04.csv"]
    assert load(TABLE).attrs["release"] == "2026-04"


TWO = """
    import sys
    from tests.published.imported import rows_of
    from youthjustice.published import keep
    keep(rows_of("{table}"), release="2026-04")
"""


@pytest.mark.prove
def test_two_imports_at_once_both_stay(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    both = (TABLE, "reoffending_area", "cautioned_or_sentenced_area")
    runs = [python(TWO.format(table=table), folder) for table in both]
    for run in runs:
        _, said = run.communicate(timeout=120)
        assert run.returncode == 0, said
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(folder))
    for table in both:
        assert load(table).attrs["release"] == "2026-04"


def test_threads_at_once_lose_nothing(folder):
    parts = {table: rows_of(table) for table in (TABLE, "reoffending_area")}
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda rows: keep(rows, release="2026-04"), parts.values()))
    assert {load(table).attrs["release"] for table in parts} == {"2026-04"}


def test_a_run_that_waits_too_long_says_so(folder, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    with module.locked(folder):
        start = time.monotonic()
        with pytest.raises(InputProblem, match=r"another import is writing"):
            keep(rows_of(), release="2026-04")
        assert time.monotonic() - start < 60
    assert keep(rows_of(), release="2026-04")["state"].tolist() == ["kept"]


@pytest.mark.prove
def test_the_folder_is_a_data_package_that_frictionless_finds_sound(folder):
    import frictionless

    keep(failed(rows_of()), release="2026-04", accept="as printed")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    small = {"name": described["name"], "resources": described["resources"]}
    report = frictionless.Package.from_descriptor(small, basepath=str(folder)).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]


def test_the_folder_may_be_moved(folder, tmp_path, monkeypatch):
    keep(rows_of(), release="2026-04")
    shutil.move(folder, tmp_path / "elsewhere")
    assert load(TABLE).attrs["release"] == "2026-02"
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(tmp_path / "elsewhere"))
    assert load(TABLE).attrs["release"] == "2026-04"
