"""A report is built again if anything that it is made from changed, and only then."""

import shutil
import time

import pytest

from tests.reports.batches import small_notebook
from youthjustice._shipped import data_folder
from youthjustice.reports import fingerprint
from youthjustice.reports.fingerprint import of_area, of_run

REQUEST = {"area": "York", "output": "a", "notebook": "n", "formats": ("html",)}


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A package, a data package and a folder of imports that a test may change."""
    data, code, local = tmp_path / "data", tmp_path / "code", tmp_path / "local"
    (data / "lookups").mkdir(parents=True)
    shutil.copy(data_folder() / "datapackage.json", data)
    (data / "lookups" / "areas.csv").write_text("area_code\n")
    (code / "__pycache__").mkdir(parents=True)
    (code / "rates.py").write_text("x = 1\n")
    local.mkdir()
    monkeypatch.setenv("YOUTHJUSTICE_PACKAGE", str(data))
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(local))
    monkeypatch.setattr(fingerprint, "_HERE", code)
    return tmp_path


@pytest.mark.parametrize(
    "path",
    ["data/lookups/areas.csv", "data/datapackage.json", "data/new.csv", "code/rates.py",
     "code/new.css", "local/datapackage.json", "local/first_time_entrants_area-2026-04.csv"],
)  # fmt: skip
def test_data_imports_and_code_count(own, path):
    before = of_run()
    changed = own / path
    changed.write_text(
        changed.read_text(encoding="utf-8") + " " if changed.exists() else "new", encoding="utf-8"
    )
    assert of_run() != before


@pytest.mark.parametrize("path", ["code/__pycache__/rates.pyc", "local/.lock", "local/.x.part"])
def test_what_comes_and_goes_does_not_count(own, path):
    before = of_run()
    (own / path).write_text("anything")
    assert of_run() == before


def test_two_files_are_not_taken_for_one(own):
    (own / "code" / "a.py").write_text("12")
    (own / "code" / "b.py").write_text("3")
    before = of_run()
    (own / "code" / "a.py").write_text("1")
    (own / "code" / "b.py").write_text("23")
    assert of_run() != before


def test_the_notebook_counts_and_not_where_it_lies(own):
    one, two = small_notebook(own / "one.ipynb"), small_notebook(own / "two.ipynb")
    assert of_run(one) == of_run(two) != of_run()
    small_notebook(two, "print('Edited')")
    assert of_run(one) != of_run(two)


def test_libraries_count(own, monkeypatch):
    before = of_run()
    monkeypatch.setattr(fingerprint.metadata, "version", lambda _: "99")
    assert of_run() != before


def test_what_is_asked_and_the_areas_own_files_count_and_not_the_folder(tmp_path):
    before = of_area("run", REQUEST)
    assert of_area("run", REQUEST | {"output": "elsewhere", "notebook": "other"}) == before
    assert of_area("run", REQUEST | {"formats": ("html", "pdf")}) != before
    assert of_area("run", REQUEST | {"area": "Leeds"}) != before
    assert of_area("another", REQUEST) != before
    mine = tmp_path / "york.md"
    none = of_area("run", REQUEST, [mine])
    mine.write_text("Our words.")
    assert of_area("run", REQUEST, [mine]) != none


def test_it_takes_no_time_to_speak_of():
    start = time.process_time()
    of_run()
    assert time.process_time() - start < 1.5  # about 0.06 s on a machine with nothing else to do
