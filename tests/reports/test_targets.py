"""Targets of a service: read strictly, and told as far as the interval of the latest figure goes."""

from datetime import date

import pytest

from youthjustice.errors import InputProblem
from youthjustice.presentation import Chart
from youthjustice.presentation.words.targets import target_sentence
from youthjustice.reports.target_rows import Target, targets_of, unused_rows
from youthjustice.reports.targets import marked, target_sentences

HEAD = "area,measure,value,by,note\n"


def read(folder, text, area="Islington"):
    path = folder / "targets.csv"
    path.write_text(text, encoding="utf-8-sig")
    return targets_of(area, path)


@pytest.mark.parametrize(
    ("by", "day"),
    [("2027-03-31", date(2027, 3, 31)), ("31/03/2027", date(2027, 3, 31)),
     ("March 2027", date(2027, 3, 1)), ("2027-03", date(2027, 3, 1))],
)  # fmt: skip
def test_a_target_is_read_as_people_write_it(tmp_path, by, day):
    found = read(tmp_path, f"Area,Measure,Value,By date\nIslington,First-time entrants,150,{by}\n")
    assert found == [Target("first-time entrants", 150.0, day)]


def test_rows_of_other_areas_and_empty_rows_are_left_out(tmp_path):
    text = HEAD + "Camden,reoffending,x,never,\n,,,,\nIslington,reoffending,30%,2027-03-31,Ours\n"
    assert read(tmp_path, text) == [Target("reoffending", 30.0, date(2027, 3, 31), "Ours")]
    assert targets_of("Islington", tmp_path / "none.csv") == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "Islington,cars,30,2027-03-31,",
            "row 2, column measure: 'cars' .*first-time entrants, reoff",
        ),
        ("Islington,reoffending,thirty,2027-03-31,", "row 2, column value: 'thirty'"),
        ("Islington,reoffending,130,2027-03-31,", "row 2, column value: 130 is above 100"),
        ("Islington,first-time entrants,-5,2027-03-31,", "row 2, column value: '-5'"),
        ("Islington,reoffending,30,soon,", "row 2, column by: 'soon'"),
        ("Islington,reoffending,30", "row 2, column by: ''"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_row_and_column(tmp_path, row, said):
    with pytest.raises(InputProblem, match=f"targets.csv, {said}"):
        read(tmp_path, HEAD + row + "\n")


def test_a_row_that_no_report_uses_is_told_once_and_refuses_none(tmp_path):
    text = HEAD + (
        "Islngton,reoffending,30,2027-03-31,\nLondon,reoffending,30,2027-03-31,\n"
        "Camden,reoffending,x,2027-03-31,\nYork,cars,1,2027-03-31,\nIslington,reoffending,30,2027-03,"
    )
    assert len(read(tmp_path, text)) == 1
    misspelt, region, badly_set = unused_rows(tmp_path / "targets.csv", ["Islington", "York"])
    assert "targets.csv, row 2, column area: 'Islngton' is not an area we know" in misspelt
    assert "row 3, column area: 'London' is a region" in region
    assert "row 4, column value: 'x'" in badly_set
    assert unused_rows(tmp_path / "none.csv", []) == []


def test_a_missing_column_and_a_file_that_is_no_csv_are_refused(tmp_path):
    with pytest.raises(InputProblem, match="row 1: there is no column 'by'"):
        read(tmp_path, "area,measure,value\n")
    with pytest.raises(InputProblem, match="row 1"):
        read(tmp_path, "")
    (tmp_path / "targets.csv").write_bytes(b"\xff\xfea")
    with pytest.raises(InputProblem, match="UTF-8"):
        targets_of("Islington", tmp_path / "targets.csv")


@pytest.mark.parametrize(
    ("target", "said"),
    [(150, "cannot be told apart from the target"), (300, "below the target"),
     (60, "above the target"), (91, "cannot be told apart"), (220, "cannot be told apart")],
)  # fmt: skip
def test_a_side_is_told_only_where_the_interval_leaves_the_target_out(target, said):
    row = {"value": 145, "lower": 91, "upper": 220}
    text = str(target_sentence(row, measure="x", target=target, by=date(2027, 3, 1)))
    assert said in text and "95% confidence interval 91 to 220" in text


def test_without_an_interval_or_a_figure_no_side_is_told():
    when = date(2027, 3, 1)
    bare = {"value": 145, "lower": float("nan"), "upper": float("nan")}
    assert "is not said" in str(target_sentence(bare, measure="x", target=1, by=when))
    assert "no figure is published" in str(target_sentence(None, measure="x", target=1, by=when))


def test_targets_stand_in_their_sections_with_the_latest_figure():
    targets = [
        Target("first-time entrants", 150, date(2027, 3, 31), "Ours."),
        Target("reoffending", 30, date(2028, 3, 1)),
    ]
    found = target_sentences("Islington", targets)
    assert list(found) == ["first-time-entrants", "reoffending"]
    (entrants,), (reoffending,) = found.values()
    assert "150 per 100,000 by March 2027" in entrants.text and "145 (95%" in entrants.text
    assert entrants.text.endswith("Note by the service: Ours.") and entrants.lineage
    # Few children: the percentage has its count.
    assert "3 of 11 at the smallest cohort that fits" in reoffending.text
    nothing = target_sentences("Isles of Scilly", targets)
    assert all("no figure is published" in one.text for (one,) in nothing.values())
    assert "no figure" in target_sentences("Cardiff", targets)["reoffending"][0].text


def rate(ax):
    ax.plot([0, 1, 2], [537, 200, 145])
    ax.set_ylim(0, 600)


@pytest.mark.parametrize(
    ("value", "lines", "said"),
    [(150, 2, "marks the target of the service, 150 by March 2027."),
     (900, 1, "900 by March 2027, lies above what is drawn.")],
)  # fmt: skip
def test_a_target_is_marked_in_the_chart_of_its_measure_and_said(value, lines, said):
    chart = Chart(
        rate, "Rate", "Per 100,000", "A line.", "A", name="entrants-trend", note="Read so."
    )
    drawn = marked(chart, [Target("first-time entrants", value, date(2027, 3, 31))])
    (axes,) = drawn.figure().axes
    assert len(axes.lines) == lines
    assert [text.get_text() for text in axes.texts] == ["Target 150"][: lines - 1]
    assert drawn.alt.startswith("A line. ") and drawn.alt.endswith(said)
    assert drawn.note.startswith("Read so. ") and drawn.note.endswith(said)


def test_charts_without_a_target_are_left_as_they_are():
    chart = Chart(rate, "Rate", "Per 100,000", "A line.", "A", name="reoffending-local")
    assert marked(chart, []) is chart
    assert marked(chart, [Target("first-time entrants", 150, date(2027, 3, 31))]) is chart
