"""The folder of imported releases: where it is, and that its damage is told and goes no further."""

import json
import os

import pytest

from tests.published.imported import TABLE, rows_of
from youthjustice.errors import InputProblem
from youthjustice.published import data_folder, keep, load, local_folder, releases, tables, using
from youthjustice.published import imported_folder as module


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "kept"
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(place))
    return place


def test_the_variable_names_the_folder(folder, monkeypatch):
    assert local_folder() == folder
    monkeypatch.setenv("YOUTHJUSTICE_DATA", "~/kept")
    assert local_folder().is_absolute()
    assert "~" not in str(local_folder())


def test_by_default_it_is_in_the_checkout_and_not_in_git(monkeypatch):
    monkeypatch.delenv("YOUTHJUSTICE_DATA")
    assert local_folder() == data_folder() / "local"
    ignored = (data_folder().parent / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "data/local/" in ignored


def test_without_a_checkout_it_is_in_the_current_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("YOUTHJUSTICE_DATA")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "data_folder", lambda: tmp_path / "site" / "_data")
    assert local_folder() == tmp_path / "data" / "local"


def test_the_folder_of_the_shipped_tables_is_refused(monkeypatch):
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(data_folder()))
    with pytest.raises(InputProblem, match="holds the shipped tables: name another folder"):
        load(TABLE)


def test_no_folder_is_no_import(folder):
    assert module.entries() == []
    assert load(TABLE).attrs["release"] == "2026-02"
    assert tables()["origin"].eq("shipped").all()
    assert not folder.exists()


def described(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def with_entry(**changes):
    def change(package):
        package["resources"][0].update(changes)
        return json.dumps(package)

    return change


DAMAGES = {
    "empty": lambda _: "",
    "half": lambda package: json.dumps(package)[:200],
    "no mapping": lambda _: "[]",
    "deep": lambda _: "[" * 100_000,
    "another package": lambda package: json.dumps(package | {"name": "something-else"}),
    "no resources": lambda package: json.dumps({"name": package["name"]}),
    "twice": lambda package: json.dumps(package | {"resources": package["resources"] * 2}),
    "a path that leads out": with_entry(table="../../etc/passwd"),
    "a release that leads out": with_entry(release="2026/../../x"),
    "no fields": with_entry(schema={"fields": []}),
    "a field without a name": with_entry(schema={"fields": [{"type": "string"}]}),
    "a number for a hash": with_entry(hash=3),
    "no publication": with_entry(publication=None),
    "rows in words": with_entry(rows="many"),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_one_sentence_and_stops_no_other_table(folder, damage):
    keep(rows_of(), release="2026-04")
    text = DAMAGES[damage](described(folder))
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    for call in (lambda: load(TABLE), lambda: load(TABLE, "all"), tables, lambda: releases(TABLE)):
        with pytest.raises(InputProblem, match="is damaged, so imported releases") as caught:
            call()
        assert "\n" not in str(caught.value)
    assert load(TABLE, "2026-02").attrs["release"] == "2026-02"
    assert load("areas").attrs["release"] == "2023-04"
    assert len(load("sources")) > 10
    with using({}):
        assert load(TABLE).attrs["release"] == "2026-02"
        assert len(load(TABLE, "all"))
    with pytest.raises(InputProblem, match="is damaged"):
        keep(rows_of(release="2025-02"), release="2026-05")


def test_bytes_that_are_no_text_are_damage_too(folder):
    keep(rows_of(), release="2026-04")
    (folder / "datapackage.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(InputProblem, match="is damaged"):
        load(TABLE)


def test_a_schema_that_says_otherwise_than_its_file_is_told(folder):
    keep(rows_of(), release="2026-04")
    package = described(folder)
    package["resources"][0]["schema"]["fields"][0]["name"] = "area"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(InputProblem, match=f"{TABLE}-2026-04.csv has no column 'area'"):
        load(TABLE)


def test_other_files_in_the_folder_are_left_alone(folder):
    folder.mkdir()
    (folder / "mine.csv").write_text("a\n1\n", encoding="utf-8")
    keep(rows_of(), release="2026-04")
    assert (folder / "mine.csv").read_text(encoding="utf-8") == "a\n1\n"


def test_what_a_dead_run_left_is_cleared_by_the_next(folder):
    folder.mkdir()
    (folder / f".{TABLE}-2026-04.csv.part").write_bytes(b"half")
    (folder / f"{TABLE}-2026-04.csv").write_bytes(b"whole, but never described")
    assert load(TABLE).attrs["release"] == "2026-02"
    keep(rows_of(), release="2026-04")
    assert sorted(p.name for p in folder.iterdir()) == [
        ".lock", "datapackage.json", f"{TABLE}-2026-04.csv",
    ]  # fmt: skip
    assert load(TABLE).attrs["release"] == "2026-04"


def test_a_folder_whose_name_no_line_can_show_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("YOUTHJUSTICE_DATA", os.fsdecode(b"/d\xe9ta"))
    with pytest.raises(InputProblem, match="which is no plain text"):
        local_folder()
