"""``youthjustice releases`` lists releases, says what was revised, and takes an import out."""

import pandas as pd
import pytest

from tests.published.imported import TABLE, failed, rows_of
from youthjustice import cli
from youthjustice.published import keep, load


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "kept"
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(place))
    return place


def run(capsys, *arguments):
    code = cli.main(["releases", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_releases_are_listed_with_where_they_are_from(capsys, folder):
    keep(failed(rows_of()), release="2026-04", accept="the sum, as\x1b[31m printed")
    code, out, err = run(capsys, TABLE)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{TABLE}: 3 releases, the newest first"
    assert lines[1].startswith("  2026-04  imported  Local Authority Interactive Tool")
    assert lines[1].endswith("1 failed check accepted: the sum, as\\x1b[31m printed")
    assert lines[2] == "  2026-02  shipped  LAIT, February 2026"
    assert "\x1b" not in out


def test_all_that_was_imported_is_listed_and_what_was_never_tried_is_told(capsys, folder):
    assert run(capsys)[1] == f"Nothing was imported yet; imports are kept in {folder}\n"
    rows = rows_of()
    rows.attrs["tried"] = False
    keep(rows, release="2026-04")
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert out.startswith(f"1 imported release in {folder}\n  {TABLE}  2026-04  imported  ")
    assert "read by a layout that was tried on no real file" in out


def test_revisions_of_an_area_and_the_findings_they_change(capsys, tmp_path):
    target = tmp_path / "revisions.csv"
    asked = (TABLE, "--compare", "2025-02", "2026-02", "--area", "Islington")
    code, out, err = run(capsys, *asked, "--output", target)
    assert (code, err) == (0, "")
    assert f"{TABLE}, 2025-02 to 2026-02: 8 revised, 1 added, 1 withdrawn" in out
    assert any(line.split()[1:5] == ["2017-12-31", "359", "365", "+6"] for line in out.splitlines())
    assert "Key findings of the report of Islington that change: 2 of 7" in out
    assert "is now claimed (no evidence of a difference, then lower)" in out
    written = pd.read_csv(target)
    assert written.loc[written["period_end"] == "2017-12-31", "new"].tolist() == [365]


def test_a_whole_table_shows_its_first_revisions_and_counts_the_rest(capsys):
    code, out, _ = run(capsys, "reoffending_area", "--compare", "2025-02", "2026-02")
    assert code == 0
    assert "2,023 period not stated" in out
    assert "Caution: binary reoffending rate in release 2025-02 agrees with release 2026-02" in out
    assert "2,663 more: name an area, or write all with --output" in out
    assert len(out.splitlines()) < 60


def test_a_region_has_revisions_and_no_report(capsys):
    code, out, _ = run(capsys, TABLE, "--compare", "2025-02", "2026-02", "--area", "London")
    assert code == 0
    assert "Key findings" not in out


def test_an_import_is_taken_out(capsys, folder):
    keep(rows_of(), release="2026-04")
    assert run(capsys, TABLE, "--forget", "2026-04")[1] == f"{TABLE}: release 2026-04 taken out\n"
    assert load(TABLE).attrs["release"] == "2026-02"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("first",), "'first' is not a table"),
        ((TABLE, "--area", "Islington"), "go with --compare"),
        (("--forget", "2026-04"), "name the table first"),
        ((TABLE, "--output", "x.csv"), "go with --compare"),
        ((TABLE, "--forget", "2026-02"), "is shipped"),
        ((TABLE, "--forget", "x", "--compare", "2025-02", "2026-02"), "stands alone"),
        ((TABLE, "--compare", "2025-01", "2026-02"), "has no release '2025-01'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_code_2(capsys, arguments, message):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
