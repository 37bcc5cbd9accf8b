"""A section on records is made of what came through disclosure control, and of nothing else."""

import zipfile

import numpy as np
import pandas as pd
import pytest

from youthjustice import presentation as drawing
from youthjustice.disclosure import INTERNAL, Released, release
from youthjustice.disclosure.pieces_pdf import pdf_texts
from youthjustice.errors import InputProblem
from youthjustice.presentation import Chart, Group, Table, lint_words, released
from youthjustice.reports import letting_out, own_tables
from youthjustice.reports.cells import Shown
from youthjustice.reports.content import Content, walk
from youthjustice.reports.formats import FORMATS, writer
from youthjustice.reports.formats.pdf import printed
from youthjustice.reports.letting_out import let_out
from youthjustice.reports.own_tables import own_table
from youthjustice.reports.page import render

MARK = "OFFICIAL-SENSITIVE: not for publication"
COUNTS = pd.DataFrame(
    {
        "ethnic_group": ["White", "Other", "Unknown", "Asian", "All"],
        "children": [40, 3, 2, 21, 66],
    }
)


def made(**given):
    return release(COUNTS, ["ethnic_group"], "children", **given)


def content(section, **given):
    shown = (Shown("text/html", section._repr_html_(), section),)
    return Content("Somewhere", "Somewhere: report", "Own records.", shown, **given)


def over_time(counts=(20, 3, 18, 25, 3, 30)):
    ends = pd.date_range("2019-12-31", periods=len(counts), freq="YE").strftime("%Y-%m-%d")
    frame = pd.DataFrame({"period_end": [*ends, "All"], "children": [*counts, sum(counts)]})
    return release(frame, ["period_end"], "children")


class Forged(Released):
    """What is like a released table and may hold anything."""


@pytest.mark.parametrize(
    "thing",
    [COUNTS, COUNTS["children"], COUNTS["children"].to_numpy(), {"Asian": 21}, [21, 3], None, 21,
     Forged(COUNTS, dimensions=("ethnic_group",), count="children", total="All",
            policy=made().policy)],
    ids=lambda thing: type(thing).__name__,
)  # fmt: skip
def test_anything_that_is_not_released_is_refused_in_a_sentence(thing):
    for use in (own_table, drawing.released_table):
        with pytest.raises(InputProblem) as said:
            use(thing, "Outcomes")
        assert str(said.value) == (
            f"A section on records was given a {type(thing).__name__}, which may hold what should "
            "be hidden; give what yj.disclosure.release returns."
        )


def test_without_the_check_a_frame_of_counts_would_be_shown(monkeypatch):
    frame = COUNTS.assign(symbol="")
    monkeypatch.setattr(own_tables, "only_released", lambda thing: thing)
    monkeypatch.setattr(released, "only_released", lambda thing: thing)
    fake = type("Fake", (), {"frame": frame, "policy": INTERNAL, "hidden": frame["symbol"] == "c",
                             "dimensions": ("ethnic_group",), "keep": (), "derived": (),
                             "count": "children", "total": "All"})()  # fmt: skip
    assert ">3<" in own_table(fake, "Outcomes")._repr_html_()


def test_a_type_checker_is_told_as_well():
    for use in (own_table, drawing.released_table, drawing.released_bars, drawing.released_lines):
        assert use.__annotations__["released"] == "Released"


def test_a_table_shows_its_gaps_in_an_order_that_no_count_decides():
    section = own_table(made(), "Children by ethnic group")
    table = next(item for item in section.items if isinstance(item, Table))
    texts = table.texts().to_numpy().tolist()
    assert [row[0] for row in texts] == ["Asian", "White", "Other", "Unknown", "All"]
    assert [row[1] for row in texts] == ["21", "40", "[c]", "[c]", "66"]
    assert table.symbols() == {"c": "kept confidential to protect children's privacy"}
    assert "Why some numbers are hidden" in section._repr_html_()


def test_an_order_may_be_given():
    table = drawing.released_table(made(), "x", order={"ethnic_group": ["White", "Unknown"]})
    assert [*table.texts().iloc[:, 0]] == ["White", "Unknown", "Asian", "Other", "All"]


def test_a_hidden_bar_is_a_marked_gap():
    section = own_table(made(), "Children", chart="bars", name="own-children")
    chart = next(item for item in section.items if isinstance(item, Chart))
    assert len(chart.figure().axes[0].patches) == 2
    assert "Other [c]; Unknown [c]" in chart.alt and "no bar is drawn for it" in chart.note
    assert ">66<" not in chart.svg()
    assert section._repr_html_().count("[c]") > 3
    assert chart.data is not None and chart.data.symbols()


def test_a_chart_without_gaps_says_nothing_of_them():
    chart = drawing.released_bars(
        made(policy=made().policy.with_(threshold=1)), title="a", measure="b"
    )
    assert "[c]" not in str(chart)
    assert "[c]" not in drawing.released_lines(over_time((20, 30)), title="a", measure="b").alt


def test_a_line_is_broken_at_a_hidden_number():
    table = over_time()
    section = own_table(table, "Children", chart="lines", name="own-line")
    chart = next(item for item in section.items if isinstance(item, Chart))
    lines = [line for line in chart.figure().axes[0].lines if len(line.get_ydata()) > 1]
    drawn = np.concatenate([np.asarray(line.get_ydata(), float) for line in lines])
    assert np.isnan(drawn).any()
    assert int(table.hidden.sum()) == 2
    assert "broken where a number is kept confidential" in chart.alt
    assert " 3 " not in f" {chart.alt} {chart.title} {chart.note} "


def test_a_line_of_several_series_needs_one_dimension_for_time():
    ends = ["2023-12-31", "2024-12-31", "All"]
    rows = [(end, sex) for end in ends for sex in ("female", "male", "All")]
    frame = pd.DataFrame(rows, columns=["period_end", "sex"])
    frame["children"] = [10, 20, 30, 12, 24, 36, 22, 44, 66]
    both = release(frame, ["period_end", "sex"], "children")
    chart = drawing.released_lines(both, title="a", measure="children", series="sex")
    assert chart.data is not None and len(chart.data.frame) == 9
    with pytest.raises(InputProblem, match="at most one other dimension"):
        drawing.released_lines(both, title="a", measure="children", series="period_end")
    with pytest.raises(InputProblem, match="shows one dimension"):
        drawing.released_bars(both, title="a", measure="children")
    with pytest.raises(InputProblem, match="shows one dimension"):
        drawing.released_bars(made(), title="a", measure="children", series="sex")


def test_across_needs_a_row_for_every_cell():
    with pytest.raises(InputProblem, match="of which it must have two or more"):
        drawing.released_table(made(), "x", across="ethnic_group")
    frame = pd.DataFrame(
        {"a": ["u", "v", "v", "All", "All", "All"], "b": ["p", "q", "All", "p", "q", "All"],
         "children": [10, 30, 30, 10, 30, 40]}
    )  # fmt: skip
    with pytest.raises(InputProblem, match="cells for which there is no row"):
        open_table = release(frame, ["a", "b"], "children", policy=INTERNAL)
        drawing.released_table(open_table, "x", across="b")


def test_words_names_and_charts_are_checked():
    section = own_table(made(), "Children", words=["Children are counted once."])
    assert str(section.items[0]) == "Children are counted once."
    for name in ("Jane Smith", "", "a/b", "x" * 60):
        with pytest.raises(InputProblem, match="a file may be named after it"):
            own_table(made(), "Children", name=name)
    with pytest.raises(InputProblem, match="There is no chart 'pie'; choose none, bars, lines"):
        own_table(made(), "Children", chart="pie")


def test_derived_figures_are_as_fine_as_they_are_printed():
    from youthjustice.disclosure import Derived

    frame = pd.DataFrame({"g": ["a", "b", "All"], "children": [123, 177, 300]})
    frame["percent"] = frame["children"] / 300 * 100 + 0.004
    share = Derived("percent", "percentage", "children", denominator="g", per=100, decimals=0)
    table = drawing.released_table(release(frame, ["g"], "children", derived=[share]), "x")
    assert [*table.texts()["Percent"]] == ["41%", "59%", "100%"]
    assert table.frame["percent"].tolist() == [41.0, 59.0, 100.0]


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_out_what_is_not_for_publication(tmp_path, name):
    section = own_table(made(policy=INTERNAL), "Children", chart="bars", name="own-children")
    with pytest.raises(InputProblem, match="not for publication, so nothing was written"):
        writer(name)(content(section), tmp_path, "report")
    assert list(tmp_path.iterdir()) == []


def test_what_stands_in_no_section_is_refused_as_well(tmp_path):
    table = made(policy=INTERNAL)
    local = made(policy=INTERNAL.with_(name="LOCAL", watermark="Ours alone"))
    for thing in (
        table,
        local,
        drawing.released_table(table, "Children"),
        drawing.released_bars(table, title="Children", measure="children"),
        Group(drawing.released_table(table, "Children")),
    ):
        with pytest.raises(InputProblem, match="not for publication, so nothing was written"):
            writer("csv")(content(thing), tmp_path, "report")
        assert writer("csv")(content(thing, internal=True), tmp_path / "internal", "report")
    assert not list(tmp_path.glob("*.csv"))
    assert content(made()).released and not content(made()).watermark


def test_what_is_asked_for_carries_its_mark_everywhere(tmp_path):
    section = own_table(made(policy=INTERNAL), "Children", chart="bars", name="own-children")
    told = content(section, internal=True)
    assert told.watermark == MARK
    files = [path for name in FORMATS if name not in ("pdf", "png")
             for path in writer(name)(told, tmp_path, "report")]  # fmt: skip
    for path in files:
        assert "official-sensitive" in str(path.relative_to(tmp_path))
        raw = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                parts = {
                    part: packed.read(part).decode("utf-8", "replace") for part in packed.namelist()
                }
            marked = [part for part, text in parts.items() if MARK in text]
            assert {"docProps/core.xml"} < set(marked)
            assert path.suffix != ".docx" or any("header" in part for part in marked)
        else:
            assert MARK in raw.decode()
    page = render(let_out(told, "report")[0])
    assert page.count(MARK) > 5 and "OFFICIAL\\00002dSENSITIVE" in page.replace(
        "\\00002D", "\\00002d"
    )


def test_the_mark_is_drawn_in_the_chart_itself():
    section = own_table(made(policy=INTERNAL), "Children", chart="bars", name="own-children")
    chart = next(item for item in section.items if isinstance(item, Chart))
    for narrow in (True, False):
        assert MARK in chart.svg(narrow=narrow)
    assert chart.title.startswith(MARK) and chart.alt.startswith(MARK)
    assert chart.data is not None and chart.data.caption.startswith(MARK)
    assert "For the service's own work" in str(section.items[-1])
    open_chart = own_table(made(), "Children", chart="bars").items[0]
    assert MARK not in open_chart.svg()


def test_tables_that_give_a_number_away_together_do_not_leave_together(tmp_path, monkeypatch):
    open_policy = made().policy.with_(threshold=1, width=0, secondary=False, zeros="shown")
    first = own_table(made(), "Children", name="own-one")
    second = own_table(made(policy=open_policy), "Children again", name="own-two")
    shown = tuple(Shown("text/html", one._repr_html_(), one) for one in (first, second))
    together = Content("Somewhere", "Somewhere: report", "Own records.", shown)
    with pytest.raises(InputProblem, match="give hidden numbers away together") as said:
        writer("csv")(together, tmp_path, "report")
    assert not any(letter.isdigit() for letter in str(said.value))
    assert list(tmp_path.iterdir()) == []
    for one in (first, second):
        assert writer("csv")(content(one), tmp_path, "report")
    monkeypatch.setattr(letting_out, "_check_together", lambda tables, nested: None)
    assert writer("csv")(together, tmp_path, "report")


def test_a_report_without_such_a_section_is_as_it_was():
    open_content = content(own_table(made(), "Children"), internal=True)
    assert let_out(open_content, "report") == (open_content, "report")
    assert MARK not in render(open_content)


def test_without_the_gate_it_would_leave(tmp_path, monkeypatch):
    section = own_table(made(policy=INTERNAL), "Children")
    monkeypatch.setattr(letting_out, "let_out", lambda content, stem: (content, stem))
    assert writer("csv")(content(section), tmp_path, "report")


def test_the_reasons_for_readers_speak_plainly_and_depend_on_no_figure():
    from youthjustice.disclosure import PUBLICATION, ROUNDED
    from youthjustice.presentation.words.hidden import hidden_words

    for policy in (PUBLICATION, ROUNDED, INTERNAL, PUBLICATION.with_(threshold=2, width=1),
                   PUBLICATION.with_(threshold=1)):  # fmt: skip
        assert lint_words(str(hidden_words(policy))) == []
    both = str(hidden_words([PUBLICATION, ROUNDED]))
    assert (
        "from 1 to 4" in both and "multiple of 5" in both and both.count("people in the area") == 1
    )
    assert "Every number of 1 is hidden." in str(
        hidden_words(PUBLICATION.with_(threshold=2, width=1))
    )
    assert "Every number" not in str(hidden_words(PUBLICATION.with_(threshold=1)))


def test_all_that_stands_in_a_section_is_made_from_what_is_shown():
    section = own_table(made(), "Children", chart="bars", across=None)
    for thing in walk(section):
        for part in (thing, getattr(thing, "data", None)):
            frame = getattr(part, "frame", None)
            if frame is not None:
                assert not set(frame.to_numpy().ravel()) & {2, 3}


@pytest.mark.browser
def test_the_mark_is_on_every_printed_page():
    section = own_table(made(policy=INTERNAL), "Children")
    raw = printed(render(let_out(content(section, internal=True), "report")[0]))
    words = dict(pdf_texts(raw))["words"]
    pages = " ".join(words.split()).count("Youth justice in Somewhere")
    assert pages and words.count("OFFICIAL-SENSITIVE") >= pages
