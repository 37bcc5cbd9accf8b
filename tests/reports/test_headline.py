"""Headline figures are those of the report itself."""

import pandas as pd
import pytest

from tests.reports.pages import visible_text
from youthjustice.presentation import Sentence, Table
from youthjustice.presentation.words.headlines import NO_FIGURE, NO_INSPECTION
from youthjustice.reports.cells import Shown
from youthjustice.reports.content import Content
from youthjustice.reports.headline import headline
from youthjustice.reports.section import Folded, Section


def content(*sections):
    return Content("York", "", "", tuple(Shown("text/html", "", one) for one in sections))


def years(*rows):
    frame = pd.DataFrame(rows, columns=["period_end", "value", "lower", "upper"])
    frame["period_end"] = pd.to_datetime(frame["period_end"])
    table = Table(frame.assign(numerator=1.0), caption="Rates")
    return Section("Entrants", "first-time-entrants", (Folded("Every year", (table,)),))


def told(*sections):
    return dict(headline(content(*sections)))


def test_a_report_without_figures_says_so_three_times():
    assert [said for _, said in headline(content())] == [[NO_FIGURE], [NO_FIGURE], [NO_INSPECTION]]


def test_first_and_last_year_are_told_with_their_intervals():
    rows = [
        ("2016-12-31", 537, 428, 666),
        ("2017-12-31", 400, 300, 500),
        ("2018-12-31", 145, 91, 220),
    ]
    (said,) = [said for what, said in told(years(*rows)).items() if "entrants" in what]
    assert said == [
        "Year ending December 2016: 537 (95% interval, inferred, 428 to 666)",
        "Year ending December 2018: 145 (95% interval, inferred, 91 to 220)",
    ]


def test_a_last_year_without_a_rate_is_not_passed_over():
    rows = [
        ("2016-12-31", None, None, None),
        ("2017-12-31", 40, 30, 50),
        ("2018-12-31", None, None, None),
    ]
    (said,) = [said for what, said in told(years(*rows)).items() if "entrants" in what]
    assert said == [
        "Year ending December 2017: 40 (95% interval, inferred, 30 to 50)",
        "Year ending December 2018: no figure printed",
    ]


def test_one_year_is_told_once_and_none_as_none():
    (said,) = [s for w, s in told(years(("2016-12-31", 40, 30, 50))).items() if "entrants" in w]
    assert len(said) == 1
    assert [NO_FIGURE] in told(years(("2016-12-31", None, None, None))).values()


def test_the_inspection_is_told_without_what_follows_it():
    said = Sentence(
        "Inspectors rated the youth justice service of York good, 24 of 36 points (report of May "
        "2024) (read by a machine); numbers are small."
    )
    assert told(Section("Findings", "findings", (said,)))["Inspection"] == [
        "Inspectors rated the youth justice service of York good, 24 of 36 points (report of May "
        "2024) (read by a machine)"
    ]


@pytest.mark.prove
def test_the_figures_of_islington_stand_in_its_report(built, tmp_path):
    from youthjustice.reports import build_all

    listed = visible_text(build_all(tmp_path, 1, ["Islington"]).index.read_text(encoding="utf-8"))
    report = visible_text(built("Islington"))
    for figure in ["537", "428 to 666", "145", "91 to 220", "27.3%", "3 of 11"]:
        assert figure in listed and figure in report
    assert "outstanding, 34 of 36 points (report of August 2024)" in listed
    assert NO_FIGURE not in listed and NO_INSPECTION not in listed
