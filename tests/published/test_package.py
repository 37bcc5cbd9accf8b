import pickle
import shutil
from copy import deepcopy

import pytest

from youthjustice import _shipped
from youthjustice._shipped import data_folder
from youthjustice.errors import InputProblem
from youthjustice.published import load, tables
from youthjustice.published.package import descriptor


def test_the_folder_that_the_variable_names_comes_first(package):
    assert data_folder() == package.folder


def test_without_the_variable_the_checkout_is_found(monkeypatch):
    monkeypatch.delenv("YOUTHJUSTICE_PACKAGE", raising=False)
    assert (data_folder() / "datapackage.json").is_file()


def test_no_package_says_what_to_set(tmp_path, monkeypatch):
    monkeypatch.setenv("YOUTHJUSTICE_PACKAGE", str(tmp_path / "nowhere"))
    with pytest.raises(InputProblem, match="install youthjustice again"):
        tables()


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "null", "3", '{"resources": 3}', '{"resources": [{}]}', '{"resources": [3]}',
     '{"resources": [{"name": "a", "path": "../a.csv", "schema": {"fields": [{"name": "a"}]}}]}',
     '{"resources": [{"name": "a", "path": "/a.csv", "schema": {"fields": [{"name": "a"}]}}]}',
     '{"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": []}}]}', "[" * 100_000],
)  # fmt: skip
def test_a_damaged_description_is_one_sentence(package, damage):
    (package.folder / "datapackage.json").write_text(damage, encoding="utf-8")
    with pytest.raises(InputProblem, match=r"datapackage\.json is damaged") as caught:
        tables()
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_damage_too(package):
    (package.folder / "datapackage.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(InputProblem, match="is damaged"):
        tables()


def test_the_description_is_read_once_until_it_changes(package):
    first = descriptor(package.folder)
    assert descriptor(package.folder) is first
    package("a", title="another title, and so another size")
    assert descriptor(package.folder) is not first


def test_tables_lists_what_there_is(package):
    listed = tables().set_index("name")
    assert listed.loc["rates", ["rows", "columns", "releases", "latest", "caveats"]].to_list() == [
        4, 9, 2, "2026-02", 1,
    ]  # fmt: skip
    assert list(listed.index) == ["rates", "sources"]


def test_load_gives_the_latest_release_and_its_source(package):
    digest = package((package.folder / "rates.csv").read_bytes())
    table = load("rates")
    assert table["area_name"].tolist() == ["Islington", "Camden", "Hackney"]
    assert table.attrs["release"] == "2026-02"
    source = table.attrs["source"]
    assert source == {
        "title": "Title of one", "publisher": "Publisher of one", "table": "Table 1",
        "address": "https://example.org/one", "release_date": "2026-02-09",
        "licence": "OGL-UK-3.0", "caveats": ("A caveat.",), "sha256": digest,
    }  # fmt: skip
    assert [one["name"] for one in table.attrs["sources"]] == ["one", "two"]
    assert table.attrs["sources"][1]["release_date"] == ""
    assert deepcopy(table.attrs) == pickle.loads(pickle.dumps(table.attrs)) == table.attrs


def test_a_named_release_and_all_of_them(package):
    older = load("rates", "2025-02")
    assert older["value"].tolist() == [200.5]
    assert list(older.index) == [0]
    assert [one["name"] for one in older.attrs["sources"]] == ["one"]
    assert len(load("rates", "all")) == 4


def test_types_are_the_same_whatever_the_rows_hold(package):
    table = load("rates")
    assert {c: str(t) for c, t in table.dtypes.items()} == {
        "area_name": "str", "period_end": "datetime64[us]", "value": "float64", "symbol": "str",
        "children": "Int64", "closed": "boolean", "code": "str", "release": "str", "source": "str",
    }  # fmt: skip
    package((package.folder / "rates.csv").read_text(encoding="utf-8").split("\n")[0] + "\n")
    assert load("rates").dtypes.equals(table.dtypes)


def test_zero_is_zero_and_missing_is_missing(package):
    table = load("rates").set_index("area_name")
    assert table.loc["Camden", "value"] == 0
    assert table.loc["Hackney", ["value", "children"]].isna().all()
    assert table.loc["Hackney", "symbol"] == "c"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (("rate",), "'rate' is not a table of the data package; did you mean rates?"),
        (("zzz",), "tables(), or 'youthjustice tables', lists them"),
        ((None,), "'None' is not a table"),
        (("../rates.csv",), "is not a table"),
        (("rates", "2026-01"), "rates has no release '2026-01'; did you mean 2026-02"),
        (("rates", "first"), "it has 2026-02, 2025-02"),
        (("rates", None), "rates has no release 'None'"),
        (("sources", "2026-02"), "it has no editions"),
    ],
)
def test_an_unknown_table_or_release_suggests_the_nearest(package, call, message):
    with pytest.raises(InputProblem) as caught:
        load(*call)
    assert message in str(caught.value)


def test_a_copy_is_the_callers_own(package):
    spoilt = load("rates")
    spoilt.loc[:, "value"] = -1
    with pytest.raises(TypeError, match="not to be changed"):
        spoilt.attrs["source"]["caveats"] = ("mine",)
    with pytest.raises(TypeError, match="not to be changed"):
        spoilt.attrs["sources"][0].update(title="mine")
    spoilt.attrs["sources"].clear()
    again = load("rates")
    assert again["value"].tolist()[:2] == [145, 0]
    assert again.attrs["source"]["caveats"] == ("A caveat.",)
    assert len(again.attrs["sources"]) == 2


def test_a_changed_file_is_read_again(package):
    load("rates")
    path = package.folder / "rates.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("145,", "1450.0,"), encoding="utf-8")
    with pytest.raises(InputProblem, match="1450"):
        load("rates")


def test_a_missing_file_is_one_sentence(package):
    (package.folder / "rates.csv").unlink()
    with pytest.raises(InputProblem, match=r"^rates\.csv cannot be read: No such file"):
        load("rates")


def test_an_unknown_source_is_named(package):
    path = package.folder / "rates.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",two\n", ",tow\n"), encoding="utf-8")
    with pytest.raises(InputProblem, match=r"rates\.csv, row 4, column source holds 'tow', which"):
        load("rates")


def test_a_failed_check_names_the_file_and_the_row(package):
    text = (package.folder / "rates.csv").read_text(encoding="utf-8")
    package(text.replace("200.5,", "200.123,"), checks=["precision"])
    with pytest.raises(
        InputProblem, match=r"rates\.csv, row 5 fails the check precision: 200\.123"
    ):
        load("rates")


def test_a_check_that_does_not_exist_is_named(package):
    text = (package.folder / "rates.csv").read_text(encoding="utf-8")
    package(text, checks=["precison"])
    with pytest.raises(InputProblem, match="check 'precison'; did you mean precision"):
        load("rates")


def test_every_committed_table_loads_in_every_release():
    for name in tables()["name"]:
        table = load(name, "all")
        assert len(table) > 0
        assert table.attrs["source"]["sha256"]
        assert len(load(name)) <= len(table)


def test_the_package_is_found_inside_an_installed_copy(tmp_path, monkeypatch):
    monkeypatch.delenv("YOUTHJUSTICE_PACKAGE", raising=False)
    inside = tmp_path / "youthjustice" / "_data"
    shutil.copytree(data_folder() / "lookups", inside / "lookups")
    shutil.copy(data_folder() / "datapackage.json", inside)
    monkeypatch.setattr(_shipped, "__file__", str(tmp_path / "youthjustice" / "_shipped.py"))
    assert data_folder() == inside
    assert len(load("areas")) > 150
