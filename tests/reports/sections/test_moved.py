"""What moved since earlier releases: as the comparison of releases counts it."""

import pytest

from tests.reports.pages import visible_text
from tests.reports.traced import things_with_figures
from youthjustice import reports
from youthjustice.presentation import lint_report
from youthjustice.published import compare_releases, using
from youthjustice.reports.sections import moved as module


def text_of(area, **when):
    return visible_text(reports.moved(area, **when)._repr_html_())


def test_revisions_and_findings_that_are_others():
    counts = compare_releases("first_time_entrants_area", "2025-02", "2026-02", "Islington").attrs
    section = reports.moved("Islington")
    text = visible_text(section._repr_html_())
    assert counts["counts"]["revised"] == 8
    assert "8 are revised, 1 is new and 1 is no longer given" in text
    assert "Of the 7 findings on the area that rest on it, 2 are others at the 5% level" in text
    assert "| December 2017 | 359 | 365 | +6 | revised" in text.replace("To ", "")
    assert [said for thing, said in things_with_figures([section]) if not thing.lineage] == []
    assert lint_report(section._repr_html_()) == []
    assert len(section._repr_html_()) < 12_000


def test_an_area_without_figures_is_told_so():
    assert "neither has a figure of Swansea" in text_of("Swansea")


def test_without_an_earlier_release_there_is_one_sentence():
    text = text_of("Islington", as_at="2025-Q1")
    assert text.splitlines()[1:] == [
        "No table that this report of Islington draws on has an earlier release at hand, so nothing "
        "can be said of what moved."
    ]


@pytest.mark.parametrize(
    ("names", "earlier"),
    [
        (["2026-02"], []),
        (["2026-02", "2025-02"], ["2025-02"]),
        (["2026-02", "2025-11", "2025-06"], ["2025-11"]),
        (["2026-02", "2025-11", "2025-02", "2024-11"], ["2025-11", "2025-02"]),
        (["2026-04", "2026-02", "2025-02"], ["2025-02"]),
    ],
)
def test_the_release_before_and_that_of_a_year_ago(names, earlier, monkeypatch):
    editions = [module.Edition(name, "", "") for name in names]
    monkeypatch.setattr(module, "editions_of", lambda _: editions)
    monkeypatch.setattr(module, "load", lambda *_: [1])
    assert list(module._earlier("table", "2026-02")) == earlier


def test_the_release_in_use_is_the_later_one():
    with using({"first_time_entrants_area": "2025-02"}):
        assert "release 2025-02:" not in text_of("Islington").split("Proven")[0]
