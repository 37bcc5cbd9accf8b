"""Formats are chosen by name, and one that cannot be written is told before anything runs."""

import pytest

from youthjustice.cli import main
from youthjustice.errors import InputProblem
from youthjustice.reports import build
from youthjustice.reports.building import build_each
from youthjustice.reports.formats import FORMATS, chosen, writer


def test_names_may_stand_together_or_apart():
    assert chosen("html") == ("html",)
    assert chosen(["docx,html", " XLSX ", "html"]) == ("docx", "html", "xlsx")


@pytest.mark.parametrize("named", ["word", "html,doc", "", [], [","], "=1+1", "x" * 5000])
def test_an_unknown_format_is_answered_with_the_list(named):
    with pytest.raises(InputProblem, match="choose among html, pdf, docx, xlsx") as said:
        chosen(named)
    assert len(str(said.value)) < 150


def test_the_command_says_so_too_and_writes_nothing(tmp_path, capsys):
    assert main(["report", "Islington", "--format", "odt", "--output", str(tmp_path)]) == 2
    assert "There is no format 'odt'; choose among" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_a_browser_a_pdf_is_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(
        InputProblem, match=r"^A PDF is printed by Chromium, .*install Chromium.*\.$"
    ):
        build("Islington", tmp_path / "out", formats="pdf")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(InputProblem, match="at /nowhere/chromium, which CHROMIUM names"):
        chosen("pdf")
    assert not (tmp_path / "out").exists()


def test_every_format_has_a_writer():
    assert all(callable(writer(name)) for name in FORMATS)


def test_a_build_gives_the_path_of_each_format(tmp_path, monkeypatch):
    from youthjustice.reports import building
    from youthjustice.reports.workers import Answer

    asked = []

    def ask(requests, tell=None):
        asked.extend(requests)
        return [Answer(requests[0], {"docx": "b.docx", "html": "a.html"})]

    monkeypatch.setattr(building, "ask", ask)
    assert build("Islington", tmp_path, formats=["docx", "html"]).name == "b.docx"
    made = build_each("Islington", tmp_path, formats="docx,html")
    assert {name: path.name for name, path in made.items()} == {"docx": "b.docx", "html": "a.html"}
    assert [tuple(one["formats"]) for one in asked] == [("docx", "html")] * 2
