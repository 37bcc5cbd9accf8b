"""Every figure as CSV and JSON."""

import csv
import io
import json

import pandas as pd
import pytest

from youthjustice.presentation import Chart, Sentence, Table, numbers
from youthjustice.presentation.lineage import Lineage, Publication
from youthjustice.reports.cells import Shown, run
from youthjustice.reports.content import Content
from youthjustice.reports.formats.figures import COLUMNS, write_csv, write_json
from youthjustice.reports.notebook import read_notebook, with_parameters
from youthjustice.reports.section import Folded, Heading, Section

BOOK = Publication("Office", "Book", "Table 1", "2026-02-01")
PAPER = Publication("Office", "=Paper")
RATE = Lineage((BOOK, PAPER), ("rate",), (("=children", "41 of 9,000"),))
HOSTILE = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx"]


def _content(*things, area="Islington"):
    section = Section("A section", "a-section", things)
    return Content(area, area, "About", (Shown("text/html", "", section),))


def _table(**settings):
    frame = pd.DataFrame(
        {
            "group": ["Asian", "Black", "Other"],
            "value": [0.123456789, -0.5, None],
            "symbol": [None, None, "c"],
            "share": ["12.3% (1.5% to 20.0%)", "1 of 9", "\N{MINUS SIGN}4 to 1,200"],
        }
    )
    return Table(
        frame,
        "Shares",
        columns={"group": "Group", "value": "Change", "share": "Share"},
        formats={"value": numbers.percent},
        align_right=("share",),
        **settings,
    )


def _rows(content, folder):
    (path,) = write_csv(content, folder, "figures")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_one_row_for_each_cell_and_sentence_in_reading_order(tmp_path):
    content = _content(
        Sentence("The rate was 456.", lineage=RATE),
        Heading("Under"),
        Folded("More", (_table(lineage=RATE),)),
    )
    said, *cells = _rows(content, tmp_path)
    assert tuple(said) == COLUMNS
    assert (said["kind"], said["printed"], said["row"]) == ("sentence", "The rate was 456.", "")
    assert (said["released"], said["formulas"]) == ("2026-02-01; not known", "rate")
    assert [cell["heading"] for cell in cells] == ["Under"] * 6
    assert [(cell["row"], cell["column"]) for cell in cells[:4]] == [
        ("Asian", "Change"),
        ("Black", "Change"),
        ("Other", "Change"),
        ("Asian", "Share"),
    ]


def test_values_are_unrounded_and_what_is_missing_says_why(tmp_path):
    cells = _rows(_content(_table()), tmp_path)
    assert [cell["value"] for cell in cells] == ["0.123456789", "-0.5", "", "12.3", "", ""]
    assert [cell["lower"] for cell in cells[3:]] == ["1.5", "", "-4"]
    assert [cell["upper"] for cell in cells[3:]] == ["20", "", "1200"]
    assert [cell["symbol"] for cell in cells[:3]] == ["", "", "c"]
    assert [cell["unit"] for cell in cells[:4]] == ["share of 1", "share of 1", "", "per cent"]
    assert cells[1]["printed"] == "\N{MINUS SIGN}50.0%"
    assert cells[0]["publications"] == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_run_by_a_spreadsheet(tmp_path, text):
    frame = pd.DataFrame({"group": [text], "said": [text], "n": [-5]})
    content = _content(Table(frame, text, lineage=RATE), Sentence(text), area=text)
    for row in _rows(content, tmp_path):
        assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in row.values())
        assert row["area"] == f"'{text}"
        assert row["value"] in ("", "-5")


def test_json_tells_the_same_with_each_publication_once(tmp_path):
    chart = Chart(print, "A chart", "Sub", "Alt", "Source", _table(), lineage=Lineage((PAPER,)))
    content = _content(_table(lineage=RATE), chart, Sentence("Nothing."))
    (path,) = write_json(content, tmp_path, "figures")
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["schema"] == 1
    assert {key: one["title"] for key, one in told["publications"].items()} == {
        "P1": "Book",
        "P2": "=Paper",
    }
    assert list(told["formulas"]) == ["rate"]
    ((table, drawn, said),) = [section["items"] for section in told["sections"]]
    assert table["publications"] == ["P1", "P2"]
    assert table["inputs"] == [{"name": "=children", "value": "41 of 9,000"}]
    assert table["figures"] == drawn["figures"]
    assert table["figures"][0]["value"] == 0.123456789
    assert (drawn["kind"], drawn["publications"]) == ("chart", ["P2"])
    assert said == {"kind": "sentence", "heading": "", "text": "Nothing."}


@pytest.mark.prove
def test_the_figures_of_a_whole_report_are_the_same_bytes_twice(tmp_path):
    written = []
    for name in ("one", "two"):
        shown = run(with_parameters(read_notebook(), area="Islington"))
        content = Content("Islington", "Islington", "About", tuple(shown))
        files = [
            *write_csv(content, tmp_path / name, "a"),
            *write_json(content, tmp_path / name, "a"),
        ]
        written.append([file.read_bytes() for file in files])
    assert written[0] == written[1]
    frame = pd.read_csv(tmp_path / "one" / "a.csv")
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) > 500
    untraced = frame[(frame["kind"] != "sentence") & frame["publications"].isna()]
    assert set(untraced["section"]) <= {"Sources, methods and caveats"}
