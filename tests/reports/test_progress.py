"""A bar stands in an open notebook alone, and says nothing but how far the work has come."""

import pytest

from youthjustice.reports import progress


def test_nothing_is_written_elsewhere(capsys):
    assert list(progress.watched([1, 2, 3], "own records")) == [1, 2, 3]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("name", "open_"), [("ZMQInteractiveShell", True), ("_Shell", False)])
def test_a_notebook_is_known_by_its_kernel(monkeypatch, name, open_):
    import IPython

    monkeypatch.setattr(IPython, "get_ipython", type(name, (), {}))
    assert progress.in_a_notebook() == open_


def test_work_that_takes_long_shows_a_bar_that_goes_away(monkeypatch, capsys):
    monkeypatch.setattr(progress, "in_a_notebook", lambda: True)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    assert list(progress.watched(["secret", "other"], "own records")) == ["secret", "other"]
    written = capsys.readouterr()
    assert "own records:" in written.out and written.out.endswith("\r")
    assert written.err == "" and "secret" not in written.out
