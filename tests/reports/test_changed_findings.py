"""Findings drawn from two releases: what changes is named, and an import changes no report alone."""

import inspect

import pandas as pd
import pytest

from tests.published.imported import TABLE, attrs, failed, rows_of
from youthjustice import reports
from youthjustice.errors import InputProblem
from youthjustice.published import keep, load, place, using
from youthjustice.reports.key_findings import verdicts
from youthjustice.reports.revisions import _kind

ISLINGTON = "E09000019"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "kept"
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(place))
    return place


def kept_with(change, release="2026-04"):
    """Keep the newest shipped release with Islington's last year changed."""
    rows = rows_of(some=None)
    last = (rows["area_code"] == ISLINGTON) & (rows["period_end"] == rows["period_end"].max())
    rows.loc[last, "value"] = change
    rows.attrs = attrs(rows)
    keep(rows, release=release)


def test_the_two_shipped_releases_change_what_their_figures_change():
    found = reports.changed_findings("Islington", TABLE, "2025-02", "2026-02", unchanged=True)
    kinds = found.set_index("finding")["kind"]
    assert kinds["first-time entrants in Islington, first year to last"] == "unchanged"
    last = "first-time entrants in Islington, last year, beside statistical neighbours together"
    row = found.set_index("finding").loc[last]
    assert row.tolist() == ["no evidence of a difference", "lower", "is now claimed"]
    assert found.attrs == {
        "area": "Islington", "table": TABLE, "old": "2025-02", "new": "2026-02", "findings": 7,
    }  # fmt: skip


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("value", "finding", "expected"),
    [
        (1500.0, "first year to last", ["fell", "rose", "changes direction"]),
        (500.0, "first year to last", ["fell", "no clear change", "is no longer claimed"]),
        (20.0, "last year, beside the rest of London",
         ["no evidence of a difference", "lower", "is now claimed"]),
    ],
)  # fmt: skip
@pytest.mark.prove
def test_a_revision_that_changes_a_finding_is_named(folder, value, finding, expected):
    kept_with(value)
    found = reports.changed_findings("Islington", TABLE, "2026-02", "2026-04")
    row = found.set_index("finding").loc[f"first-time entrants in Islington, {finding}"]
    assert row.tolist() == expected


@pytest.mark.prove
def test_verdicts_are_those_of_the_sentences():
    found = verdicts(place("Islington"), TABLE)
    said = reports.first_time_entrants("Islington")._repr_html_()
    assert found["first-time entrants in Islington, first year to last"] == "fell"
    assert "The rate of first-time entrants in Islington fell from" in said
    together = "first-time entrants in Islington, last years together, beside the rest of London"
    assert found[together] == "higher"
    assert "was higher than that of the rest of London" in said
    beside = found["first-time entrants in Islington, last year, beside the rest of London"]
    assert f"{beside} between the rate in Islington" in said


@pytest.mark.parametrize(
    "table",
    ["linked_cohort_ethnicity_area", "disposals_area_2012_13", "children_by_stage_national"],
)
def test_ratios_have_verdicts_too(table):
    found = verdicts(place("Islington"), table)
    assert len(found) > 3
    assert all(len(verdict) > 3 for verdict in found.values())


def test_a_table_that_no_finding_rests_on_compares_none():
    assert not verdicts(place("Islington"), "inspection_ratings")
    found = reports.changed_findings(
        "Islington", "first_time_entrants_releases", "2025-02", "2026-02"
    )
    assert found.empty
    assert found.attrs["findings"] == 0


def test_an_area_without_figures_has_no_findings():
    found = reports.changed_findings("Cardiff", TABLE, "2025-02", "2026-02")
    assert found.empty
    assert found.columns.tolist() == ["finding", "old", "new", "kind"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (("Islingtn", TABLE, "2025-02", "2026-02"), "did you mean Islington"),
        (("London", TABLE, "2025-02", "2026-02"), "is a region"),
        (("Cumbria", TABLE, "2025-02", "2026-02"), "closed on 2023-04-01"),
        (("Islington", "first", "2025-02", "2026-02"), "is not a table"),
        (("Islington", TABLE, "2025-01", "2026-02"), "has no release '2025-01'"),
        (("Islington", TABLE, "2026-02", "latest"), "are one release"),
        (("Islington", TABLE, "all", "2026-02"), "'all' is no release"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(call, message):
    with pytest.raises(InputProblem, match=message):
        reports.changed_findings(*call)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("fell", "fell", "unchanged"), ("fell", "rose", "changes direction"),
        ("lower", "higher", "changes direction"),
        ("over-represented", "under-represented", "changes direction"),
        ("higher", "no evidence of a difference", "is no longer claimed"),
        ("no claim", "fell", "is now claimed"), ("no claim", "no clear change", "changes"),
        ("over-represented", "difference detected but small", "changes"),
        ("above the limits", "within the limits", "is no longer claimed"),
        (None, "fell", "is newly given"), ("fell", float("nan"), "is no longer given"),
    ],
)  # fmt: skip
def test_kinds_of_change(old, new, kind):
    assert _kind(old, new) == kind


@pytest.mark.prove
def test_an_import_changes_no_section_until_it_is_named(folder):
    before = str(reports.findings("Islington").items[0])
    rows = rows_of(some=None)
    rows.loc[rows["area_code"] == ISLINGTON, "value"] = 999.0
    rows.attrs = attrs(rows)
    keep(failed(rows), release="2026-04", accept="as printed")
    assert load(TABLE).attrs["release"] == "2026-04"
    assert str(reports.findings("Islington").items[0]) == before
    named = reports.findings("Islington", releases={TABLE: "2026-04"})
    assert "999" in str(named.items[0])
    with using({TABLE: "2026-04"}):
        assert reports.findings("Islington")._repr_html_() == named._repr_html_()
    with pytest.raises(InputProblem, match="has no release '2026-05'"):
        reports.findings("Islington", releases={TABLE: "2026-05"})


@pytest.mark.prove
def test_every_section_stands_on_an_import_and_cites_it(folder):
    keep(failed(rows_of(some=None)), release="2026-04", accept="as printed")
    names = [name for name in reports.__all__ if reports._HOMES[name].startswith("sections.")]
    shown = {
        name: found._repr_html_()
        for name in names
        if (found := getattr(reports, name)("Islington", releases={TABLE: "2026-04"})) is not None
    }
    assert "release 2026-04" in shown["first_time_entrants"]
    assert "release 2026-04" in shown["sources"]
    assert not any("3,071" in page for page in shown.values())


@pytest.mark.parametrize("name", ["sources", "title"])
def test_every_section_keeps_its_name_and_its_words(name):
    section = getattr(reports, name)
    assert section.__name__ == name
    assert inspect.getdoc(section)
    assert section("Islington", releases={}) is not None


@pytest.mark.prove
def test_a_column_that_only_an_import_has_disturbs_no_section(folder):
    rows = rows_of(some=None).assign(numerator=1.0, population=2.0, population_date=pd.Timestamp(0))
    rows.attrs = attrs(rows)
    keep(rows, release="2026-04")
    named = reports.findings("Islington", releases={TABLE: "2026-04"})
    assert str(named.items[0]) == str(reports.findings("Islington").items[0])
