"""What cannot be written or read is named with its folder, never with a file that passed by."""

import errno
import os

import pytest

from youthjustice import cli
from youthjustice.cli_disk import told_of_disk


def problem(number, path=None):
    return OSError(number, os.strerror(number), path)


def passed_on(number, path):
    """Give a problem of the process that makes the reports, as this one hears of it."""
    return OSError(errno.EIO, f"{os.strerror(number)} ({path})")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
@pytest.mark.parametrize("heard", [problem, passed_on])
def test_a_folder_that_may_not_be_written_is_named_without_the_part(tmp_path, number, heard):
    said = f"You may not write {tmp_path}: name another folder."
    for name in (".york-0a1b.part", "new", "york.html"):
        assert told_of_disk(heard(number, str(tmp_path / name))) == said
    assert told_of_disk(heard(number, str(tmp_path))) == said


def test_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: mode == os.F_OK)
    assert told_of_disk(problem(errno.EACCES, str(tmp_path / "x.csv"))) == (
        f"You may not read {tmp_path / 'x.csv'}: name another, or ask for the right to."
    )


@pytest.mark.parametrize("heard", [problem, passed_on])
@pytest.mark.parametrize(
    ("number", "path"), [(errno.EEXIST, "x.txt"), (errno.ENOTDIR, "x.txt/reports/york")]
)
def test_a_file_in_the_way_is_named(tmp_path, heard, number, path):
    (tmp_path / "x.txt").write_text("mine")
    said = told_of_disk(heard(number, str(tmp_path / path)))
    assert said == "'x.txt' is a file: name a folder."


@pytest.mark.parametrize("heard", [problem, passed_on])
def test_what_else_goes_wrong_is_said_as_it_is(heard):
    full = os.strerror(errno.ENOSPC)
    said = f"This could not be done: {full} (/x/\\n.html)."
    assert told_of_disk(heard(errno.ENOSPC, "/x/\n.html")) == said
    assert told_of_disk(problem(errno.ENOSPC)) == f"This could not be done: {full}."
    assert told_of_disk(OSError("odd")) == "This could not be done: odd."


def test_the_command_says_so(capsys, tmp_path):
    (tmp_path / "x.txt").write_text("mine")
    assert cli.main(["report", "York", "--output", str(tmp_path / "x.txt")]) == 2
    last = capsys.readouterr().err.split("\r")[-1]
    assert last == "youthjustice: 'x.txt' is a file: name a folder.\n"
    assert (tmp_path / "x.txt").read_text() == "mine"
