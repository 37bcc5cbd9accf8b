"""Whoever makes a report on own records is told in the terminal which rows are not in it."""

import json
import shlex
from pathlib import Path

import pytest

from youthjustice import cli
from youthjustice.records import dummy_records, read_extract
from youthjustice.reports import own_records
from youthjustice.reports.batch import Batch
from youthjustice.reports.own.refused import check_command, refused_words


@pytest.fixture(scope="module")
def messy(tmp_path_factory):
    return dummy_records(tmp_path_factory.mktemp("messy") / "our extract", 60, messy=True)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return dummy_records(tmp_path_factory.mktemp("sound") / "islington", 60)


def words_of(folder):
    rows = read_extract(folder).rows.set_index("table")
    young, acts = (rows.loc[name, ["refused", "read"]] for name in ("children", "offences"))
    return (
        f"{young['refused']} of {young['read']} children and {acts['refused']} of {acts['read']} "
        "offences were refused and are not in the report"
    )


def test_the_rows_that_were_refused_are_counted_with_the_command_that_names_them(messy, sound):
    assert refused_words(sound) == []
    assert refused_words(messy) == [f'{words_of(messy)}: see "youthjustice check {str(messy)!r}"']


def test_the_command_is_whole_and_runs(tmp_path, sound, capsys):
    mapping = tmp_path / "our words.toml"
    mapping.write_text("")
    command = check_command(sound, mapping, "2022-01-01")
    assert command.endswith("our words.toml' --extract-date 2022-01-01")
    assert cli.main(shlex.split(command)[1:]) == 1
    assert "is after the day of the extract" in capsys.readouterr().out
    (said,) = refused_words(sound, mapping, "2022-01-01")
    assert said.endswith(f'see "{command}"')


def test_a_file_that_is_not_read_is_said_too(tmp_path, sound):
    folder = tmp_path / "extract"
    folder.mkdir()
    for file in sound.glob("*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "old.csv").write_text("a,b\n1,2\n")
    assert refused_words(folder) == [
        f'1 file of the extract was not read: see "youthjustice check {folder}"'
    ]


def test_the_command_that_makes_a_report_says_it(messy, tmp_path, capsys, monkeypatch):
    made = {"html": tmp_path / "islington.html"}
    monkeypatch.setattr("youthjustice.reports.building.build_each", lambda *_, **__: made)
    monkeypatch.chdir(messy.parent)
    asked = ["report", "Islington", "--records", "our extract", "--extract-date", "2025-06-30"]
    assert cli.main(asked) == 0
    told = capsys.readouterr()
    assert told.out == f"{made['html']}\n"
    command = "youthjustice check 'our extract' --extract-date 2025-06-30"
    (line,) = [one for one in told.err.splitlines() if "refused" in one]
    assert line.startswith("youthjustice: warning: ") and command in line
    assert cli.main(["report", "Islington"]) == 0
    assert "refused" not in capsys.readouterr().err


def test_of_many_areas_each_that_was_made_is_named(messy, sound, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "extracts"
    folder.mkdir()
    (folder / "islington").symlink_to(messy)
    (folder / "camden").symlink_to(messy)
    (folder / "kent").symlink_to(sound)
    names = ("Islington", "Kent", "York")
    batch = Batch(Path("index.html"), names, ("Camden",), {}, (), {})
    monkeypatch.setattr("youthjustice.reports.batch.build_all", lambda *_, **__: batch)
    assert cli.main(["report", "--all", "--records", str(folder), "--workers", "1"]) == 0
    (line,) = [one for one in capsys.readouterr().err.splitlines() if "refused" in one]
    assert line.startswith(f"youthjustice: warning: Islington: {words_of(messy)}")
    assert f"youthjustice check {folder / 'islington'}" in line


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ({}, "youthjustice check FOLDER lists"),
        (
            {"mapping": True, "extract_date": "2025-06-30"},
            "youthjustice check FOLDER --mapping MAPPING.toml --extract-date 2025-06-30 lists",
        ),
    ],
)
def test_the_page_names_the_whole_command_and_no_place_on_this_machine(tmp_path, given, whole):
    (tmp_path / "children.csv").write_text(
        "child_id,date_of_birth\nDUMMY-1,2008-01-01\nDUMMY-2,1/2/03\n"
    )
    head = "child_id,offence_date,outcome_type,outcome_date"
    (tmp_path / "offences.csv").write_text(f"{head}\nDUMMY-1,2023-01-01,conviction,2023-02-01\n")
    if given:
        (mapping := tmp_path / "our.toml").write_text("")
        given = given | {"mapping": mapping}
    (section,) = own_records(tmp_path, only="about", **given)
    said = " ".join(map(str, section.items))
    assert f"The command {whole} the rows." in said
    assert str(tmp_path) not in said and json.dumps(str(tmp_path)) not in said
