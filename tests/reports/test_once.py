"""What is worked out once is never told of other data, and nobody can change it."""

from contextlib import contextmanager

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from tests.published.imported import TABLE, attrs, rows_of
from tests.reports import test_sections
from youthjustice import reports
from youthjustice.presentation import Chart
from youthjustice.published import keep, load, place, using
from youthjustice.reports.once import once
from youthjustice.reports.sections import (
    disparity_figures,
    entrants_figures,
    linked_figures,
    national_figures,
    reoffending_figures,
    standing_figures,
)

SECTIONS = [section.__name__ for section in test_sections.SECTIONS]
_KEPT = {
    "rates": entrants_figures.all_rates,
    "latest": standing_figures.entrants_latest,
    "cohorts": standing_figures.reoffending_cohorts,
    "stages": national_figures.national_stages,
    "disposals": lambda: disparity_figures.disposals(place("Islington")),
    "linked": lambda: linked_figures.linked_cohort(place("Islington")),
    "reoffending": lambda: reoffending_figures.local_rates("E09000019"),
    "claim": lambda: reoffending_figures.claim_figures("E09000019"),
}


def test_work_is_done_once_for_the_same_tables_and_arguments():
    done = []

    @once
    def found(release):
        done.append(release)
        return len(load(TABLE, release))

    assert found("2026-02") == found("2026-02") != found("2025-02")
    assert done == ["2026-02", "2025-02"]
    with using({}):
        found("2026-02")
    assert done == ["2026-02", "2025-02", "2026-02"]


def test_a_failure_is_not_kept():
    said = iter([ValueError("for a moment"), "well"])

    @once
    def found():
        one = next(said)
        if isinstance(one, Exception):
            raise one
        return one

    with pytest.raises(ValueError, match="moment"):
        found()
    assert found() == "well"


@pytest.mark.parametrize("ask", _KEPT.values(), ids=_KEPT)
def test_nobody_changes_a_frame_that_is_kept(ask):
    whole = ask().copy()
    mine = ask()
    for name in mine:
        mine.loc[:, name] = mine[name].to_numpy()[::-1].copy()
    mine["mine"] = 1
    mine.attrs["mine"] = 1
    assert_frame_equal(ask(), whole)
    assert "mine" not in ask().attrs


def test_a_table_that_is_loaded_is_the_caller_s_own():
    whole, mine = load(TABLE), load(TABLE)
    mine.loc[:, "value"] = -1.0
    mine.attrs["source"] = {"title": "mine"}
    mine.attrs["sources"].clear()
    again = load(TABLE)
    assert_frame_equal(again, whole)
    assert again.attrs == whole.attrs


def shown(area, *sections, **named):
    made = (getattr(reports, section)(area, **named) for section in sections or SECTIONS)
    return [None if one is None else one._repr_html_() for one in made]


@contextmanager
def nothing_kept():
    """Let every table be in another state than a moment ago."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("youthjustice.reports.once.state", object)
        yield


@pytest.fixture
def undrawn(monkeypatch):
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")


@pytest.mark.usefixtures("undrawn")
@pytest.mark.prove
def test_an_area_does_not_depend_on_the_one_before():
    sections = ("reoffending", "standing")
    with nothing_kept():
        alone = shown("Camden", *sections)
    shown("Cardiff", *sections)
    assert shown("Camden", *sections) == alone


@pytest.fixture
def kept_release(tmp_path, monkeypatch):
    """Keep a release in which every rate is half of what it was."""
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(tmp_path / "kept"))
    rows = rows_of(some=None)
    rows["value"] = (rows["value"] / 2).round()
    rows.attrs = attrs(rows)
    keep(rows, release="2026-04")
    return {TABLE: "2026-04"}


@pytest.mark.prove
@pytest.mark.usefixtures("undrawn")
def test_no_release_is_told_the_figures_of_another(kept_release):
    shipped = shown("Camden", "first_time_entrants")
    imported = shown("Camden", "first_time_entrants", releases=kept_release)
    older = shown("Camden", "first_time_entrants", releases={TABLE: "2025-02"})
    assert all(len(set(told)) == 3 for told in zip(shipped, imported, older, strict=True))
    assert shown("Camden", "first_time_entrants") == shipped
    assert shown("Camden", "first_time_entrants", releases=kept_release) == imported
    with using(kept_release):
        rates = entrants_figures.all_rates()
    whole = entrants_figures.all_rates("2026-02")
    merged = rates.merge(whole, on=["area_code", "period_end"], suffixes=("", "_shipped"))
    pd.testing.assert_series_equal(
        merged["value"], (merged["value_shipped"] / 2).round(), check_names=False
    )


@pytest.mark.prove
@pytest.mark.parametrize("area", ["Islington", "Cardiff"])
def test_every_section_is_the_same_after_other_areas(area, kept_release):
    with nothing_kept():
        alone = shown(area)
    shown(area, "findings", releases=kept_release)
    shown("Camden")
    assert shown(area) == alone
