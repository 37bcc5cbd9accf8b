"""Every figure as CSV and JSON."""

import csv
import dataclasses
import io
import json
import math

import numpy as np
import pandas as pd
import pytest

from youthjustice._shipped import data_folder
from youthjustice.errors import InputProblem
from youthjustice.presentation import Behind, Chart, Sentence, Table, numbers
from youthjustice.presentation.lineage import Lineage, Publication
from youthjustice.reports.cells import Shown, run
from youthjustice.reports.content import Content, walk
from youthjustice.reports.formats.figures import COLUMNS, write_csv, write_json
from youthjustice.reports.formats.figures_in_cells import cells
from youthjustice.reports.formats.printed import decimals, number, read
from youthjustice.reports.formats.table_figures import figures
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
        source="Paper",
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


def _held(**changes):
    """A table of which one column is text and the frame has what is behind it."""
    columns = {
        "group": ["Asian", "Black", "Other", "Mixed"],
        "text": ["145 (91 to 220)", "[c]", "not calculated: too few", "0.5% (0.1% to 2.0%)"],
        "value": [144.62, 7.0, None, 0.0049],
        "lower": [90.75, 5.0, 0.1, 0.0011],
        "upper": [219.6, 9.0, 0.2, math.inf],
    }
    return Table(
        pd.DataFrame(columns | changes),
        "Rates",
        columns={"group": "Group", "text": "Rate"},
        align_right=["text"],
        behind={"text": Behind("value", "lower", "upper", "per 100,000")},
    )


def test_what_is_behind_a_printed_figure_is_told_and_nothing_that_is_not_printed():
    table = _held()
    found = figures(table, "text", list(table.texts()["Rate"]))
    assert found[0] == (144.62, 90.75, 219.6, "145 (91 to 220)", "", "per 100,000")
    assert found[1] == (None, None, None, "[c]", "c", "")  # withheld: not told elsewhere either
    assert found[2][:3] == (None, None, None)
    # A limit without end is as printed, and the unit is that of what is held.
    assert (found[3].value, found[3].upper, found[3].unit) == (0.0049, 2, "share of 1")


def test_a_column_that_is_not_there_cannot_be_behind_another():
    with pytest.raises(InputProblem, match="'nothing'"):
        dataclasses.replace(_held(), behind={"text": Behind("nothing")})


def test_two_columns_of_one_label_keep_their_own_figures(tmp_path):
    frame = pd.DataFrame({"group": ["Asian"], "one": [1.5], "two": [2.5]})
    columns = {"group": "Group", "one": "Interval", "two": "Interval"}
    table = Table(frame, "Two", columns=columns)
    assert [cell["value"] for cell in _rows(_content(table), tmp_path)] == ["1.5", "2.5"]
    assert list(cells(table).frame.iloc[0]) == ["Asian", 1.5, 2.5]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_run_by_a_spreadsheet(tmp_path, text):
    frame = pd.DataFrame({"group": [text], "said": [text], "n": [-5]})
    content = _content(Table(frame, text, source="Paper", lineage=RATE), Sentence(text), area=text)
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


@pytest.fixture(scope="module")
def shown():
    """What the notebook shows, by area, with no chart drawn."""
    kept = {}

    def of(area):
        if area not in kept:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")
                kept[area] = run(with_parameters(read_notebook(), area=area))
        return kept[area]

    return of


def _told(shown, folder, area):
    """Give the rows of the CSV as a spreadsheet reads them."""
    content = Content(area, area, "About", tuple(shown(area)))
    return pd.read_csv(io.StringIO(write_csv(content, folder, "a")[0].read_text("utf-8-sig")))


def _source(name):
    """Read a shipped table by itself, and not as the report reads it."""
    return pd.read_csv(data_folder() / f"{name}.csv", dtype={"cohort": str})


@pytest.mark.prove
def test_figures_of_charts_and_tables_are_those_of_the_source_tables(tmp_path, shown):
    told = _told(shown, tmp_path, "Islington")
    source = _source("first_time_entrants_area")
    source = source[source["release"] == "2026-02"].assign(
        end=lambda rows: pd.to_datetime(rows["period_end"]).dt.strftime("%B %Y")
    )
    own = source[source["area_name"] == "Islington"].set_index("end")["value"].dropna()
    for column in ("Islington, observed", "Islington"):  # the chart of the trend, and the table
        drawn = told[(told["column"] == column) & (told["unit"].str.startswith("per 100,000"))]
        for _, rows in drawn[drawn["row"].isin(own.index)].groupby("title"):
            if "release that has both" not in rows["title"].iloc[0]:
                found = dict(zip(rows["row"], rows["value"], strict=True))
                assert found == pytest.approx(own.to_dict(), rel=1e-12)
    beside = told[told["title"] == "Islington and its statistical neighbours"]
    newest = source[source["end"] == own.index[-1]].set_index("area_name")["value"]
    listed = beside[beside["row"].isin(newest.index)]
    assert len(listed) == 11
    assert (listed["value"].to_numpy() == newest[listed["row"]].to_numpy()).all()
    rates = _source("reoffending_area")
    rates = rates[(rates["release"] == "2026-02") & (rates["area_name"] == "Islington")]
    rates = rates[rates["age_band"] == "15-17"].set_index("cohort")["value"].dropna()
    chart = told[(told["kind"] == "chart") & told["row"].astype(str).str.match("Cohort 20")]
    drawn = chart.set_index(chart["row"].str[-4:])["value"].dropna()
    assert drawn.to_dict() == rates.to_dict()
    assert any(round(value, 1) != value for value in drawn)  # printed with one decimal


@pytest.mark.prove
def test_intervals_of_charts_are_unrounded_by_another_implementation(tmp_path, shown):
    told = _told(shown, tmp_path, "Islington")
    slope = told[(told["kind"] == "chart") & (told["row"] == "Islington")]
    row = slope[slope["column"].str.startswith("Year ending December 2024")].iloc[0]
    (table,) = (
        one for one in told[told["column"] == "Children implied"].groupby("title") if len(one[1])
    )
    count = table[1].set_index("row").loc["December 2024", "value"]
    # Byar's limits for a count of 10 or more, by the formula of Breslow and Day (1987).
    lower = count * (1 - 1 / (9 * count) - 1.959964 / (3 * count**0.5)) ** 3
    upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + 1.959964 / (3 * (count + 1) ** 0.5)) ** 3
    found = row[["value", "lower", "upper"]].to_numpy(dtype=float)
    assert found == pytest.approx(row["value"] / count * np.array([count, lower, upper]), rel=1e-5)


@pytest.mark.prove
@pytest.mark.parametrize("area", ["Islington", "Rutland", "Cardiff"])
def test_what_is_held_prints_as_it_is_printed(area, shown):
    checked = 0
    for one in (thing for each in shown(area) for thing in walk(each.thing)):
        table = one.data if isinstance(one, Chart) else one
        if not isinstance(table, Table):
            continue
        for at, name in enumerate(table.columns):
            if name == table.row_header:
                continue
            for figure in figures(table, name, list(table.texts().iloc[:, at])):
                parts = read(figure.printed)
                for own, text in zip(figure[:3], parts[:3] if parts else (), strict=False):
                    if text and own is not None:
                        scale = 100 if figure.unit == "share of 1" else 1
                        near = 0.501 * 10 ** -decimals(text)
                        assert abs(own * scale - number(text)) <= near, (table.caption, name)
                        checked += 1
                if parts and name in table.align_right:
                    assert figure.unit, (table.caption, name)
    assert checked > 400


@pytest.mark.prove
def test_the_figures_of_a_whole_report_are_the_same_bytes_twice(tmp_path):
    written = []
    for name in ("one", "two"):
        made = run(with_parameters(read_notebook(), area="Islington"))
        content = Content("Islington", "Islington", "About", tuple(made))
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
