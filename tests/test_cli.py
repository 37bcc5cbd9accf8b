"""The command says what is wrong in one line, and leaves nothing behind."""

import json
import shlex
import shutil
import subprocess
import sys

import pytest

from youthjustice import cli
from youthjustice._shipped import data_folder


def run(capsys, *arguments):
    code = cli.main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def one_line(text):
    return text.startswith("youthjustice: ") and text.count("\n") == 1


def test_a_misspelt_area_exits_2_suggests_and_writes_nothing(capsys, tmp_path):
    code, out, err = run(capsys, "report", "Islingtn", "--output", str(tmp_path / "out"))
    assert (code, out) == (2, "")
    assert one_line(err.split("\r")[-1])
    assert "Islington" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "area", ["", "../../etc/passwd", "<script>alert(1)</script>", "\x00", "\x1b[31m", "x" * 9999]
)
def test_hostile_names_are_refused_in_one_short_line(capsys, tmp_path, area):
    code, _, err = run(capsys, "report", area, "--output", str(tmp_path / "out"))
    assert code == 2
    assert one_line(last := err.split("\r")[-1])
    assert len(last) < 400 and last.strip().isprintable()
    assert not (tmp_path / "out").exists()


def test_a_tag_is_repeated_as_it_was_written(capsys):
    _, _, err = run(capsys, "report", "<script>alert(1)</script>")
    assert "'<script>alert(1)</script>' is not an area we know" in err


def test_a_region_is_not_an_authority(capsys, tmp_path):
    code, _, err = run(capsys, "report", "London", "--output", str(tmp_path))
    assert code == 2
    assert "region" in err


def test_a_closed_authority_names_those_that_took_its_place(capsys, tmp_path):
    code, _, err = run(capsys, "report", "Cumbria", "--output", str(tmp_path))
    assert code == 2
    assert "Cumberland or Westmorland and Furness" in err


def test_an_area_or_all_is_needed(capsys):
    assert run(capsys, "report")[0] == 2
    assert run(capsys, "report", "Islington", "--all")[0] == 2


@pytest.fixture
def damaged(tmp_path, monkeypatch):
    """A copy of the data whose tables a test may damage."""
    copy = tmp_path / "data"
    shutil.copytree(data_folder(), copy)
    monkeypatch.setenv("YOUTHJUSTICE_PACKAGE", str(copy))
    return copy


def damage(copy, table, change):
    path = copy / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")


def letter(lines):
    header = lines[0].split(",")
    cells = lines[6].split(",")
    cells[header.index("value")] = "l45"
    return [*lines[:6], ",".join(cells), *lines[7:]]


def repeated(lines):
    return [*lines, lines[3]]


def without_value(lines):
    at = lines[0].split(",").index("value")
    return [",".join(cell for i, cell in enumerate(line.split(",")) if i != at) for line in lines]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (letter, ["row 7", "value", "l45"]),
        pytest.param(repeated, ["rows 4 and"], marks=pytest.mark.prove),
        pytest.param(without_value, ["value"], marks=pytest.mark.prove),
    ],
)
def test_a_damaged_table_exits_2_naming_file_row_and_column(
    capsys, tmp_path, damaged, change, told
):
    damage(damaged, "first_time_entrants_area", change)
    code, _, err = run(capsys, "report", "Islington", "--output", str(tmp_path / "out"))
    assert code == 2
    last = err.split("\r")[-1]
    assert one_line(last)
    for word in ["first_time_entrants_area.csv", *told]:
        assert word in last, last
    assert not (tmp_path / "out").exists()


@pytest.mark.prove
def test_all_goes_on_when_one_area_fails(capsys, tmp_path, damaged):
    own = tmp_path / "own.ipynb"
    cells = [{"cell_type": "code", "source": "area = 'x'", "metadata": {"tags": ["parameters"]},
              "execution_count": None, "outputs": [], "id": "parameters"}]  # fmt: skip
    own.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))

    def two_and_a_hostile_one(lines):
        kept = [line for line in lines if ",authority," not in line or ",York," in line]
        york = next(line for line in lines if ",York,authority," in line)
        return [*kept, york.replace("E06000014,York", "E09999999,!!!")]

    damage(damaged, "lookups/areas", two_and_a_hostile_one)
    command = ["report", "--all", "--output", str(tmp_path / "out"), "--notebook", str(own)]
    code, out, err = run(capsys, *command, "--workers", "1")
    assert code == 1
    assert out.startswith("1 of 2 reports in ")
    made = sorted(file.name for file in (tmp_path / "out").glob("*.html"))
    assert made == ["index.html", "york.html"]
    assert "youthjustice: !!!: '!!!' has no letter or digit" in err
    assert " left" in err
    assert "(1 unchanged)" in run(capsys, *command)[1]


def test_no_workers_is_refused(capsys):
    assert run(capsys, "report", "--all", "--workers", "0")[0] == 2


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("report Isle of Wight", "Isle of Wight"),
        ("report isle of wight --all --output out", "isle of wight"),
        ("report --compare East Sussex Kent", "East Sussex"),
        ("report Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
        ("releases --compare 2025-02 2026-02 a_table --area North East", "North East"),
    ],
)
def test_a_name_of_several_words_without_quotes_is_told_of_them(capsys, words, name):
    code, out, err = run(capsys, *words.split())
    assert (code, out) == (2, "")
    assert err == f'youthjustice: Put the name in quotes: "{name}".\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("report Isle of Wigt", "arguments: of Wigt (put a name with spaces in quotes)\n"),
        ("tables one", "arguments: one (put a name with spaces in quotes)\n"),
        ("report York --nonsense", "arguments: --nonsense\n"),
        ("report York --nonsense word", "arguments: --nonsense word\n"),
        (f"report {' word' * 300}", "(put a name with spaces in quotes)\n"),
    ],
)
def test_other_words_that_are_not_taken_are_named(capsys, words, said):
    with pytest.raises(SystemExit, match="2"):
        cli.main(words.split())
    assert capsys.readouterr().err.endswith(said)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a shell")
def test_a_reader_that_stops_early_is_no_fault():
    command = f"{shlex.quote(sys.executable)} -m youthjustice areas | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.count("\n") == 1 and done.stderr == ""
