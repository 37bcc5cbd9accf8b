"""``youthjustice import`` says what a file holds, keeps it, and ends hostile files well."""

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.published.layouts.local_tables import OUTCOMES, table
from tests.sandbox.files import cell, ods, ods_row, ole, xlsx
from youthjustice import cli, cli_text
from youthjustice.cli_import import harmless, told, write_rows
from youthjustice.errors import InputProblem
from youthjustice.published import layouts_known, load


def run(capsys, *arguments):
    code = cli.main(["import", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def outcomes(tmp_path):
    """A file of outcomes as published, one of whose services has a hostile name."""
    rows = table(OUTCOMES, "Number_Cautioned_Sentenced")
    place = rows[0].index("YJS") if "YJS" in rows[0] else 1
    wrong = [list(row) for row in rows]
    for row in wrong[1:]:
        if row[place] == wrong[-1][place]:
            row[place] = '=HYPERLINK("http://127.0.0.1")<script>\x1b[31m'
    path = tmp_path / "Outcome_Table v2.csv"
    pd.DataFrame(wrong).to_csv(path, index=False, header=False)
    return path


@pytest.fixture
def folder(tmp_path_factory, monkeypatch):
    place = tmp_path_factory.mktemp("kept") / "here"
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(place))
    return place


def test_the_file_is_told_and_nothing_is_written(capsys, outcomes, folder):
    before = sorted(outcomes.parent.iterdir())
    code, out, err = run(capsys, outcomes, "--dry-run")
    assert (code, err) == (0, "")
    for words in (
        "Outcome_Table v2.csv: ", "built from a description, not tried on a real file",
        "outcomes_service: ", " rows, ", " areas, ", "Noted:", "known_areas: ",
        "Nothing was kept (--dry-run); to keep it, add --release NAME.",
    ):  # fmt: skip
        assert words in out
    assert "\x1b" not in out
    assert "<script>\\x1b[" in out  # as the file has it; a terminal obeys no tag
    assert sorted(outcomes.parent.iterdir()) == before
    assert not folder.exists()


def test_a_check_that_fails_often_is_told_three_times_and_its_other_cells(capsys):
    cells = [f"E{row}" for row in range(2, 14)]
    rows = pd.DataFrame({"table": "rates", "release": "2026-04", "sheet": "", "cell": cells})
    failed = [
        {"check": "possible_values", "message": f"{cell} is odd", "cells": [cell], "refuses": True}
        for cell in cells
    ]
    other = {"check": "possible_values", "message": "odd", "cells": ["Z9"], "refuses": True}
    source = {"title": "Rates", "publisher": "A council", "caveats": ["Few children."]}
    rows.attrs = {
        "file": "rates.csv", "layout": "rates", "release": "2026-04", "source": source,
        "notes": [], "checks": [*failed, other], "left_out": [f"column {n}" for n in range(9)],
    }  # fmt: skip
    lines = list(told(rows, rows.attrs))
    assert lines[3:5] == ["Read with care:", "  Few children."]
    assert lines[5:7] == ["Checks failed:", "  possible_values: E2 is odd [E2]"]
    assert lines[9] == ("  possible_values: 9 more like these [E5, E6, E7, E8, E9, E10 and 3 more]")
    assert lines[-1] == "  and 3 more, all in read_workbook(FILE).attrs['left_out']"
    assert not any("Z9" in line for line in lines)  # of a table that was not asked for


def test_the_layouts_are_listed_with_what_they_were_built_from(capsys):
    assert cli.main(["import", "--list"]) == 0
    out = capsys.readouterr().out
    for name, tried in layouts_known()[["name", "tried"]].to_numpy():
        words = "real file" if tried else "description"
        assert any(
            line.split(maxsplit=1)[0] == name and words in line for line in out.split("\n") if line
        )
    assert "not tried on a real file" in out
    assert cli.main(["import"]) == 2


def test_long_lines_go_on_below_on_a_screen_and_stay_whole_in_a_file(capsys, monkeypatch):
    line = "  sheet 'London': " + "word " * 40
    cli_text.say([line])
    assert capsys.readouterr().out == f"{line}\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    cli_text.say([line])
    folded = capsys.readouterr().out.splitlines()
    assert len(folded) > 1
    assert max(map(len, folded)) <= 80
    assert all(part.startswith("      word") for part in folded[1:])


@pytest.mark.prove
def test_a_failed_check_keeps_nothing_until_somebody_accepts_it(capsys, outcomes, folder):
    table = pd.read_csv(outcomes)
    pd.concat([table, table.iloc[[0]]]).to_csv(outcomes, index=False)
    code, out, err = run(capsys, outcomes, "--release", "2026-01")
    assert code == 2
    assert "repeated_figures: " in out
    assert "--accept" in err
    assert err.count("\n") == 1
    assert not folder.exists()
    asked = (outcomes, "--release", "2026-01", "--accept", "as printed")
    assert run(capsys, *asked)[0] == 0
    assert load("outcomes_service").attrs["kept"]["accepted"] == "as printed"


def test_the_rows_are_kept_and_are_a_table_then(capsys, outcomes, folder):
    asked = (outcomes, "--release", "2026-01")
    code, out, err = run(capsys, *asked)
    assert (code, err) == (0, "")
    assert "known_areas: " in out
    assert "outcomes_service, release 2026-01: kept, " in out
    kept = load("outcomes_service")
    assert kept.attrs["kept"]["accepted"] == ""
    assert [one["check"] for one in kept.attrs["kept"]["checks_failed"]] == ["known_areas"]
    assert kept["area_name"].str.startswith("=HYPERLINK").any()
    assert "already kept" in run(capsys, *asked)[1]


def test_a_file_that_says_no_release_asks_for_it(capsys, outcomes, folder):
    code, _, err = run(capsys, outcomes, "--accept", "as printed")
    assert code == 2
    assert "--release" in err
    assert not folder.exists()


def test_rows_are_written_whole_and_run_in_no_spreadsheet(capsys, outcomes):
    target = outcomes.with_name("tidy.csv")
    code, out, _ = run(capsys, outcomes, "--output", target)
    assert code == 0
    assert out.endswith(f"{target}\n")
    written = pd.read_csv(target)
    assert written["table"].eq("outcomes_service").all()
    assert not written["area_name"].str.startswith("=").any()
    assert written["area_name"].str.startswith("'=HYPERLINK").any()
    assert sorted(p.name for p in outcomes.parent.iterdir()) == [outcomes.name, "tidy.csv"]


@pytest.mark.prove
def test_a_table_may_be_chosen_and_a_wrong_one_is_told(capsys, outcomes):
    assert run(capsys, outcomes, "--table", "outcomes_service", "--dry-run")[0] == 0
    code, _, err = run(capsys, outcomes, "--table", "outcomes_servce")
    assert code == 2
    assert "did you mean outcomes_service?" in err


def test_the_file_itself_is_never_written_over(capsys, outcomes):
    before = outcomes.read_bytes()
    code, _, err = run(capsys, outcomes, "--output", outcomes)
    assert code == 2
    assert "names the file itself" in err
    assert outcomes.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told_and_nothing_stays(tmp_path):
    rows = pd.DataFrame({"area_name": ["Kent"]})
    with pytest.raises(InputProblem, match="there is no such folder"):
        write_rows(rows, tmp_path / "gone" / "tidy.csv")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputProblem, match="cannot be written"):
        write_rows(rows, tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_line_breaks_of_every_kind_are_read_back(tmp_path):
    texts = ["a\rb", "\r", "a\nb", "a\r\nb", 'a "b"', "a,b", "Kent"]
    rows = pd.DataFrame({"area_name": texts, "value": range(len(texts))})
    write_rows(rows, tmp_path / "tidy.csv")
    with (tmp_path / "tidy.csv").open(encoding="utf-8", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["area_name", *texts]
    assert pd.read_csv(tmp_path / "tidy.csv")["area_name"].tolist() == texts


def test_only_texts_that_would_run_are_changed():
    texts = ["=1+1", "+44", "-x", "@a", "\tb", "=\n1", "-", "", "a=b", " =1", "\uff1d1", np.nan]
    frame = pd.DataFrame({"text": texts, "value": [-1.5] * len(texts)})
    mended = harmless(frame)
    assert mended["text"].tolist()[:11] == [
        "'=1+1",
        "'+44",
        "'-x",
        "'@a",
        "'\tb",
        "'=\n1",
        "-",
        "",
        "a=b",
        "' =1",
        "'\uff1d1",
    ]
    assert mended["text"].isna().tolist() == [False] * 11 + [True]
    assert mended["value"].equals(frame["value"])


HOSTILE = {
    "encrypted.xlsx": ole({"EncryptedPackage": b"secret"}),
    "corners.xlsx": xlsx(("S", f'<row r="1048576">{cell("XFD1048576", 1)}{cell("A1", 1)}</row>')),
    "=HYPERLINK(1).xlsx": xlsx(("=HYPERLINK(1)", f'<row r="1">{cell("A1", "=1+1")}</row>')),
    "repeated.ods": ods(ods_row("a", repeated=16384, times=1048576)),
    "text.ods": b"some text\r\nand no table\r\n",
    "cut.xlsx": xlsx(("S", ""))[:100],
    "empty.csv": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_one_sentence_and_code_2(capsys, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    code, out, err = run(capsys, path)
    assert (code, out) == (2, "")
    assert err.startswith("youthjustice: '")
    assert err.count("\n") == 1
    assert len(err) < 500


@pytest.mark.prove
def test_ten_million_rows_end_within_twenty_seconds_as_a_whole_command(tmp_path):
    path = tmp_path / "ten million.xlsx"
    path.write_bytes(xlsx(("S", [b"<row><c><v>1</v></c></row>" * 10_000] * 1000)))
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "youthjustice", "import", path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert time.monotonic() - start < 20


def test_a_device_is_not_replaced_by_a_file(tmp_path):
    rows = pd.DataFrame({"area_name": ["Kent"]})
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path()):
        with pytest.raises(InputProblem, match="cannot be written: it is not a file"):
            write_rows(rows, path)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.prove
def test_a_screen_that_lacks_a_letter_gets_its_number(outcomes, tmp_path):
    command = [sys.executable, "-m", "youthjustice", "import", str(outcomes), "--output"]
    done = subprocess.run(
        [*command, str(tmp_path / "\u00e4.csv")],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"\\xe4.csv" in done.stdout
