"""A report is read as its readers will read it, and what it must not say is told to its maker."""

import pytest

import youthjustice as yj
from tests.reports.batches import small_notebook
from youthjustice.cli import main
from youthjustice.presentation import Chart, Sentence, lint_report
from youthjustice.presentation.words.directions import NO_INTERVAL
from youthjustice.published import places
from youthjustice.reports import batch, building
from youthjustice.reports.cells import Shown, run
from youthjustice.reports.content import Content
from youthjustice.reports.linted import problems_of
from youthjustice.reports.notebook import read_notebook, with_parameters
from youthjustice.reports.page import render
from youthjustice.reports.workers import Answer

PROBLEM = ["Custody", "It fell.", NO_INTERVAL, "put its interval there"]
TOLD = 'in "Custody": a direction without an interval that supports it: It fell. (Put its'
AREAS = ("Islington", "Cardiff", "Isle of Wight")


def content(*shown: Shown) -> Content:
    """Make a report of what cells showed."""
    return Content("York", "York", "York", shown)


def of_notebook(area: str) -> Content:
    """Run the area notebook here."""
    return content(*run(with_parameters(read_notebook(), area=area)))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("markdown", "## Own view\n\nThe rate fell."),
        ("text/html", "<h2>Own view</h2><p>The rate fell.</p>"),
        ("text/markdown", "# Own view\n\n- The rate fell."),
    ],
)
def test_an_analysts_own_cells_are_read_and_named_by_their_section(kind: str, said: str) -> None:
    (problem,) = problems_of(content(Shown(kind, said)))
    assert problem[:3] == ("Own view", "The rate fell.", NO_INTERVAL)


def test_plain_output_is_read_and_pictures_are_not() -> None:
    shown = (Shown("text/plain", "It fell & <b>rose</b>"), Shown("image/png", "rose fell"))
    assert [one.section for one in problems_of(content(*shown))] == [""]


def test_a_sentence_of_ours_passes() -> None:
    said = yj.presentation.change_sentence(
        {"value": 0.27, "lower": 0.19, "upper": 0.38},
        subject="the rate",
        before=537,
        after=145,
        start="2016",
        end="2024",
    )
    assert isinstance(said, Sentence)
    assert problems_of(content(Shown("text/html", said._repr_html_(), said))) == []


@pytest.mark.parametrize(("more", "code"), [([], 0), (["--strict"], 1)])
def test_the_command_warns_and_fails_only_if_asked(monkeypatch, capsys, more, code) -> None:
    answer = Answer({}, {"html": "york.html"}, problems=(PROBLEM,))
    monkeypatch.setattr(building, "ask", lambda requests, tell=None: [answer])
    assert main(["report", "York", *more]) == code
    out, err = capsys.readouterr()
    assert out == "york.html\n"
    assert f"youthjustice: warning: {TOLD}" in err


def test_a_batch_warns_by_area_and_again_when_nothing_was_built(
    monkeypatch, capsys, tmp_path
) -> None:
    def ask(requests, workers=1):
        for request in requests:
            (made := batch.Path(request["output"]) / "york.html").parent.mkdir(parents=True)
            made.write_text("York", encoding="utf-8")
            problems = (PROBLEM, ["", "It rose.", NO_INTERVAL, ""])
            yield Answer(request, {"html": str(made)}, problems=problems)

    monkeypatch.setattr(batch, "ask", ask)
    folder, notebook = tmp_path / "out", small_notebook(tmp_path / "n.ipynb")
    first = batch.build_all(folder, 1, ["York"], notebook=notebook)
    again = batch.build_all(folder, 1, ["York"], notebook=notebook)
    assert again.unchanged == ("York",)
    assert [one.text for one in again.problems["York"]] == ["It fell.", "It rose."]
    assert first.problems == again.problems

    monkeypatch.setattr(batch, "places", lambda **_: [yj.published.place("York")])
    command = ["report", "--all", "--output", str(folder), "--notebook", str(notebook)]
    assert main([*command, "--workers", "1"]) == 0
    assert f"youthjustice: warning: York: {TOLD}" in (err := capsys.readouterr().err)
    assert "(1 more such)" in err
    assert main([*command, "--workers", "1", "--strict"]) == 1


@pytest.mark.prove
@pytest.mark.parametrize("country", ["England", "Wales"])
def test_no_authoritys_report_breaks_the_rules(monkeypatch, country: str) -> None:
    # Every fourth: `youthjustice report --all` lints each report that it makes.
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg></svg>")
    for area in places(kind="authority", country=country)[::4]:
        assert [(area.name, *one) for one in problems_of(of_notebook(area.name))] == []


@pytest.mark.prove
def test_whole_pages_break_no_rule(monkeypatch) -> None:
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg></svg>")
    for area in AREAS:
        assert lint_report(render(of_notebook(area))) == []
