"""How a report comes to be: whole or not at all, and the same each time."""

from contextlib import nullcontext
from pathlib import Path

import nbformat
import pytest

from youthjustice._files import write_whole
from youthjustice.errors import InputProblem
from youthjustice.reports import ReportFailed, build
from youthjustice.reports.notebook import Cell, notebooks_folder, read_notebook, with_parameters


def notebook(tmp_path, *sources):
    cells = [nbformat.v4.new_code_cell('area = "X"', metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    path = tmp_path / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_an_analysts_own_notebook_becomes_the_report(tmp_path):
    own = notebook(tmp_path, "print('Read for', area)")
    page = build("York", tmp_path / "out", notebook=own).read_text(encoding="utf-8")
    assert "Read for York" in page


@pytest.mark.prove
def test_a_cell_that_stops_leaves_nothing(tmp_path):
    own = notebook(tmp_path, "1 / 0")
    with pytest.raises(ReportFailed, match="ZeroDivisionError"):
        build("York", tmp_path / "out", notebook=own)
    assert not (tmp_path / "out").exists()


@pytest.mark.prove
def test_a_problem_with_the_input_is_passed_on_as_one(tmp_path):
    own = notebook(
        tmp_path, "from youthjustice.errors import InputProblem\nraise InputProblem('Row 7.')"
    )
    with pytest.raises(InputProblem, match=r"^Row 7\.$"):
        build("York", tmp_path / "out", notebook=own)


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "york.html"
    write_whole(path, "first")

    def broken(*_):
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="no space left"):
        write_whole(path, "second")
    assert path.read_text(encoding="utf-8") == "first"
    assert [file.name for file in tmp_path.iterdir()] == ["york.html"]


def test_a_file_in_the_folders_place_is_said_before_anything_is_made(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(InputProblem, match="'taken' is a file: name a folder"):
        build("York", tmp_path / "taken")


@pytest.mark.prove
def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "taken").write_text("a file")
    own = notebook(tmp_path, "print('x')")
    with pytest.raises(OSError, match="taken"):
        build("York", tmp_path / "taken" / "below", notebook=own)


@pytest.mark.parametrize("content", ["", "{}", "not a notebook", '{"cells": 3}'])
def test_something_else_than_a_notebook_is_refused(tmp_path, content):
    path = tmp_path / "x.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputProblem):
        with_parameters(read_notebook(path), area="York")


def test_a_notebook_that_is_about_no_area_is_refused_and_nothing_is_overwritten(tmp_path):
    (tmp_path / "york.html").write_text("the report", encoding="utf-8")
    said = r"^The notebook's cell tagged 'parameters' sets no area, .*; take your own edit of area_"
    with pytest.raises(InputProblem, match=said):
        build("York", tmp_path, notebook=notebooks_folder() / "start_here.ipynb")
    assert (tmp_path / "york.html").read_text(encoding="utf-8") == "the report"


@pytest.mark.parametrize(
    ("source", "sets"),
    [
        ("area = 'x'", True),
        ("n = 1\narea: str='x'", True),
        ("area == 'x'", False),
        ("areas = 1", False),
    ],
)
def test_the_parameters_set_the_area_by_its_name(source, sets):
    cells = [Cell("code", source, tags=frozenset({"parameters"}))]
    with nullcontext() if sets else pytest.raises(InputProblem, match="sets no area"):
        with_parameters(cells, area="York")


def test_a_notebook_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    def refused(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_text", refused)
    with pytest.raises(InputProblem, match=r"You may not read .*x\.ipynb; ask for the right to"):
        read_notebook(tmp_path / "x.ipynb")


def test_the_notebook_keeps_to_its_discipline():
    path = notebooks_folder() / "area_report.ipynb"
    cells = read_notebook(path)
    assert len(cells) <= 15
    assert sum("parameters" in cell.tags for cell in cells) == 1
    assert cells[0].kind == "markdown" and cells[0].source.startswith("# ")
    for cell in cells:
        assert "def " not in cell.source
        assert "for " not in cell.source or cell.kind == "markdown"
    assert not any(cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells)


def test_the_notebook_lies_where_an_analyst_opens_it():
    assert (notebooks_folder() / "area_report.ipynb").is_file()
