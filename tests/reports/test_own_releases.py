"""A report that shows a service's own release: asked for by name, and it says so."""

import pytest

from tests.published.imported import TABLE, attrs, rows_of
from tests.reports.batches import small_notebook
from tests.reports.pages import visible_text
from youthjustice import cli, reports
from youthjustice.errors import InputProblem
from youthjustice.published import keep, load, using
from youthjustice.reports.making import make
from youthjustice.reports.own_releases import checked_releases, read_releases, told


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Keep a later release in which every rate is 7 higher."""
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(tmp_path / "imports"))
    rows = rows_of(some=None)
    rows["value"] += 7
    rows.attrs = attrs(rows)
    keep(rows, release="2026-11")
    return "2026-11"


@pytest.mark.parametrize("given", ["2025-02", "=2025-02", f"{TABLE}=", "", "<b>" * 999])
def test_what_names_no_release_is_refused(given):
    with pytest.raises(InputProblem, match="names no release") as problem:
        read_releases([given])
    assert len(str(problem.value)) < 200 and "<b>" not in str(problem.value)


def test_a_table_named_twice_is_refused_and_the_same_again_is_not():
    assert read_releases([f"{TABLE}=2025-02", f" {TABLE} = 2025-02 "]) == {TABLE: "2025-02"}
    with pytest.raises(InputProblem, match="Two releases"):
        read_releases([f"{TABLE}=2025-02", f"{TABLE}=2026-02"])


def test_an_unknown_table_or_release_lists_those_that_there_are(imported, capsys, tmp_path):
    with pytest.raises(InputProblem, match=r"there are .*, reoffending_area, "):
        checked_releases({"entrants": "2025-02"})
    with pytest.raises(InputProblem, match="it has 2026-11, 2026-02 and 2025-02"):
        checked_releases({TABLE: "2026-12"})
    command = ["report", "York", "--output", str(tmp_path / "o"), "--release", f"{TABLE}=2026-12"]
    assert cli.main(command) == 2
    assert capsys.readouterr().err.split("\r")[-1].count("\n") == 1
    assert not (tmp_path / "o").exists()


def test_every_cell_reads_the_release_and_the_title_says_so(imported, tmp_path):
    own = small_notebook(
        tmp_path / "n.ipynb",
        "import youthjustice as yj\nyj.reports.title(area)",
        f"print('Largest', yj.published.load('{TABLE}')['value'].max())",
    )
    largest = load(TABLE, "2026-02")["value"].max()
    made = make("York", str(tmp_path / "o"), str(own), releases={TABLE: imported})
    text = visible_text((tmp_path / "o" / "york.html").read_text(encoding="utf-8"))
    assert f"Largest {largest + 7}" in text
    assert "It shows the service's own release" in text
    assert "is from release 2026-11, imported here" in text
    assert made["html"].endswith("york.html")
    # Nothing is left fixed, and without a release named nothing is said.
    make("York", str(tmp_path / "p"), str(own))
    plain = visible_text((tmp_path / "p" / "york.html").read_text(encoding="utf-8"))
    assert "It shows the service" not in plain


def test_sections_read_it_as_at_a_day_too(imported):
    with using({TABLE: "2025-02"}):
        text = visible_text(reports.title("York", as_at="2025-Q1")._repr_html_())
        assert "is from release 2025-02" in text and "as at 31 March 2025" in text
        own = visible_text(reports.title("York", releases={TABLE: imported})._repr_html_())
        assert "release 2026-11" in own and "2025-02" not in own


def test_the_release_that_a_report_shows_anyway_is_not_told():
    assert told({TABLE: load(TABLE).attrs["release"]}) == []
    assert told() == []


def test_findings_of_two_releases_keep_the_others_that_are_named():
    with using({"population_area": load("population_area").attrs["release"], TABLE: "2025-02"}):
        found = reports.changed_findings("York", TABLE, "2025-02", "2026-02", unchanged=True)
    assert found.attrs["findings"] and len(found)


@pytest.mark.prove
def test_a_whole_report_rests_on_an_import(imported, tmp_path):
    path = reports.build("York", tmp_path, releases={TABLE: imported})
    text = visible_text(path.read_text(encoding="utf-8"))
    row = load(TABLE, "2026-02").query("area_name == 'York'").sort_values("period_end").iloc[-1]
    assert f"{row['value'] + 7:.0f}" in text
    assert "release 2026-11 beside release 2026-02" in text
