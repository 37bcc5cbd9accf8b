"""The state of the tables changes with everything that `load` may answer otherwise for."""

import os
from datetime import date

from tests.published.imported import TABLE, rows_of
from youthjustice.published import data_folder, keep, load, using
from youthjustice.published.state import state

ROWS = (
    "area_name,period_end,value,symbol,children,closed,code,release,source\n"
    "Leeds,2025-12-31,1,,2,false,E08000035,2026-02,one\n"
)


def test_the_same_tables_are_in_one_state_however_often_they_are_read():
    first = state()
    load(TABLE)
    assert state() == first
    with using({}):
        fixed = state()
        load(TABLE, release="all")
        assert state() == fixed


def test_other_releases_are_another_state():
    shipped = state()
    with using({}):
        fixed = state()
    with using({TABLE: "2025-02"}):
        older = state()
    with using({}, as_at=date(2024, 12, 31)):
        then = state()
    assert len({shipped, fixed, older, then}) == 4
    assert state() == shipped


def test_a_changed_file_and_another_folder_are_another_state(package, tmp_path):
    package(ROWS)
    before = state()
    assert before != _elsewhere()
    file = tmp_path / "rates.csv"
    package(ROWS.replace(",1,", ",12,"))
    assert state() != before
    now = state()
    os.utime(file, ns=(1, 1))
    assert state() != now


def _elsewhere():
    named = os.environ.pop("YOUTHJUSTICE_PACKAGE")
    try:
        return state()
    finally:
        os.environ["YOUTHJUSTICE_PACKAGE"] = named


def test_an_import_and_a_damaged_import_are_other_states(tmp_path, monkeypatch):
    assert data_folder().is_dir()
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(tmp_path / "kept"))
    seen = [state()]
    keep(rows_of(), release="2026-04")
    seen.append(state())
    (file,) = (tmp_path / "kept").glob("*.csv")
    file.write_bytes(file.read_bytes() + b"\n")
    seen.append(state())
    file.unlink()
    seen.append(state())
    (tmp_path / "kept" / "datapackage.json").write_text("{", encoding="utf-8")
    seen.append(state())
    assert len(set(seen)) == len(seen)
