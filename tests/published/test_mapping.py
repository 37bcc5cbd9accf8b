"""A table that no layout knows comes in by a mapping that is drafted and corrected."""

import os
import tomllib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.published.layouts.books import book, text, written
from youthjustice import cli
from youthjustice.errors import InputProblem
from youthjustice.published._toml import comment, toml
from youthjustice.published.draft_text import lines, to_fill, write_draft
from youthjustice.published.drafting import drafted
from youthjustice.published.importing import read_book, read_workbook
from youthjustice.published.mapping import mapped_layout, read_mapping

WIDE = [
    ["Table 3: Children on the caseload of youth justice services", "", "", "", "", ""],
    ["Youth Justice Board and Ministry of Justice", "", "", "", "", ""],
    ["", "", "", "", "", ""],
    ["Region", "YJS name", "Ethnicity", "2021-22", "2022-23(1)", "Change (%)"],
    ["London", "Islington", "Black", 40, 35, "-12.5%"],
    ["", "Islington", "White", 30, "[c]", "z"],
    ["", "Islington", "Total", 70, "n.k.", ""],
    ["", "Islington", "Ethnic minority groups", 41, 36, -5],
    ["South East", "Kent", "White", 1200, 0, -10],
    ["", "", "", "", "", ""],
    ["(1) Children may be counted twice in a year.", "", "", "", "", ""],
]
LONG = [
    ["Area code", "Local Authority", "Year", "Sex", "Age group", "Children", "Offences", "Source"],
    ["E09000019", "Islington", "2023", "Boys", "10 to 14", "12", "30", "x1"],
    ["E09000007", "Camden", "2023", "Girls", "15-17", "*", "8", "x2"],
    ["E09000007", "Camden", "2022", "All", "10 to 14", "0", "1,234", "x3"],
]


def drafted_file(tmp_path, rows, **changes):
    """Draft a mapping, change lines of it that begin so, and give its path."""
    path = tmp_path / "mapping.toml"
    write_draft(book(rows, "xlsx"), path)
    return changed(path, **changes)


def changed(path, **changes):
    lines = path.read_text(encoding="utf-8").split("\n")
    for key, value in changes.items():
        name = {"nk": '"n.k."'}.get(key, key)
        place = [i for i, line in enumerate(lines) if line.startswith(f"{name} =")]
        assert place, name
        for i in place:
            lines[i] = f"{name} = {value}"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def read(path, rows):
    return read_book(book(rows, "xlsx"), mapped_layout(read_mapping(path)))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_draft_with_two_keys_corrected_reads_the_table(tmp_path, capsys, kind):
    file, mapping = written(tmp_path, kind, WIDE), tmp_path / "mapping.toml"
    assert cli.main(["import", str(file), "--draft", str(mapping)]) == 0
    said = capsys.readouterr().out
    assert "correct it, and fill in figures[1].measure, symbols.'n.k.'. Then run:\n" in said
    assert f"youthjustice import '{file}' --mapping {mapping} --dry-run\n" in said
    changed(mapping, measure='"children on the caseload"', nk='"u"')
    out = tmp_path / "rows.csv"
    asked = ["import", str(file), "--mapping", str(mapping), "--output", str(out)]
    assert cli.main(asked) == 0
    said = capsys.readouterr().out
    assert "layout mapping; release not stated" in said
    assert "column F (Change (%)), which the mapping does not name" in said
    assert read_mapping(mapping).source["licence"] == ""  # nobody said what it is
    written_rows = out.read_text(encoding="utf-8").splitlines()
    assert len(written_rows) == 1 + 8


def test_a_draft_of_a_file_without_any_year_asks_for_the_period(tmp_path, capsys):
    rows = [["Borough", "Number of children"], ["Islington", 14], ["Camden", 3]]
    file, mapping = written(tmp_path, "csv", rows), tmp_path / "mapping.toml"
    assert cli.main(["import", str(file), "--draft", str(mapping)]) == 0
    assert "period.text (no period was found in the file). Then run:" in capsys.readouterr().out
    assert "none was found in the file" in mapping.read_text(encoding="utf-8")
    changed(mapping, publisher='"A council"', measure='"children seen"', text='"2023/24"')
    assert f"{read(mapping, rows)['period_end'].max():%Y-%m-%d}" == "2024-03-31"


def test_every_figure_has_its_labels_its_period_and_its_cell(tmp_path):
    path = drafted_file(tmp_path, WIDE, measure='"caseload"', nk='"u"')
    rows = read(path, WIDE)
    got = text(rows, "area_name", "area_type", "region", "ethnic_group", "value", "symbol", "cell")
    assert got.to_numpy().tolist() == [
        ["Islington", "service", "London", "Black", "40.0", "", "D5"],
        ["Islington", "service", "London", "Black", "35.0", "", "E5"],
        ["Islington", "service", "London", "White", "30.0", "", "D6"],
        ["Islington", "service", "London", "White", "", "c", "E6"],
        ["Islington", "service", "London", "All", "70.0", "", "D7"],
        ["Islington", "service", "London", "All", "", "u", "E7"],
        ["Kent", "service", "South East", "White", "1200.0", "", "D9"],
        ["Kent", "service", "South East", "White", "0.0", "", "E9"],
    ]
    assert set(rows["unit"]) == {"children"}
    assert f"{rows['period_end'].max():%Y-%m-%d}" == "2023-03-31"
    assert set(rows["period_basis"]) == {"stated"}
    assert rows.attrs["source"]["publisher"] == "Youth Justice Board and Ministry of Justice"
    assert any("2 figures whose ethnic_group is one of" in said for said in rows.attrs["left_out"])
    assert rows["check"].isna().all()


def test_a_long_table_of_two_measures_with_bare_years(tmp_path):
    path = drafted_file(tmp_path, LONG)
    assert to_fill(drafted(book(LONG, "xlsx"))) == ["source.publisher", "period.basis"]
    changed(path, publisher='"A council"', basis='"december"')
    rows = read(path, LONG)
    assert rows["measure"].tolist() == ["Children"] * 3 + ["Offences"] * 3
    assert rows["unit"].tolist() == ["children"] * 3 + ["offences"] * 3
    assert rows["value"].fillna(-1).tolist() == [12, -1, 0, 30, 8, 1234]
    assert rows["sex"].tolist() == ["male", "female", "All"] * 2
    assert rows["age_band"].tolist() == ["10-14", "15-17", "10-14"] * 2
    assert rows["as_printed_source"].tolist() == ["x1", "x2", "x3"] * 2
    assert rows["area_code"].tolist() == ["E09000019", "E09000007", "E09000007"] * 2
    assert f"{rows['period_start'].min():%Y-%m-%d}" == "2022-01-01"
    assert set(rows["period_basis"]) == {"said by the mapping"}


def test_a_column_for_each_ethnic_group_and_one_period_for_the_table(tmp_path):
    wide = [
        ["Stops in the year ending March 2021"],
        ["Borough", "Asian", "Black", "White", ""],
        ["Camden", 10, 20, 30, 60],
        ["Islington", 1, 2, "-", 3],
        ["", 11, 22, 30, 63],
    ]
    path = drafted_file(
        tmp_path, wide, publisher='"A council"', measure='"stops"', unit='"stops"',
    )  # fmt: skip
    path.write_text(path.read_text().replace("[symbols]", '[symbols]\n"-" = "0"'))
    rows = read(path, wide)
    assert rows["ethnic_group"].tolist() == ["Asian", "Black", "White"] * 2
    assert rows["value"].tolist() == [10, 20, 30, 1, 2, 0]
    assert set(rows["period_end"].dt.strftime("%Y-%m-%d")) == {"2021-03-31"}
    said = rows.attrs["left_out"]
    assert any("row 5, which holds figures but names no area" in one for one in said)


def test_a_heading_that_stands_twice_is_named_by_its_letters(tmp_path):
    twice = [
        ["Area", "Number", "Number"],
        ["Camden", 1, 2],
        ["Kent", 3, 4],
    ]
    draft = drafted(book(twice, "xlsx"))
    assert [columns for columns, *_ in draft.figures] == [["column B"], ["column C"]]
    path = drafted_file(tmp_path, twice, publisher='"A council"', measure='"m"', unit='"n"')
    assert read(path, twice)["value"].tolist() == [1, 3, 2, 4]
    changed(path, columns='["Number"]')
    with pytest.raises(InputProblem, match="heads 2 columns in row 1: name the column by its let"):
        read(path, twice)


WRONG = {
    "table": ('"Has Spaces"', "the key table is 'Has Spaces'"),
    "header": ("99", "the key header is 99, but the sheet has 11 rows"),
    "sheet": ('"Tabel 3"', "the key sheet is 'Tabel 3', but the file has the sheets"),
    "areas": ('"wards"', "the key areas is 'wards': write authorities or services"),
    "last": ('"9"', "the key last is not a whole number"),
    "title": ('""', "the key source.title is empty"),
    "publisher": ('" "', "the key source.publisher is empty"),
    "area": ('"YJS nam"', "the key columns.area is 'YJS nam', but no cell of row 4 is so; did"),
    "columns": ("[]", "the key figures.1..columns is empty"),
    "headings": ('""', "the key figures.1..headings is empty, but 2 columns are named"),
    "measure": ('""', "the key figures.1..measure is empty"),
    "unit": ("5", "the key figures.1..unit is not a text in quotes"),
    "basis": ('"may"', "the key period.basis is 'may': write march or december"),
    "nk": ('"secret"', "the key symbols.'n.k.' is 'secret': give a number, or one of c "),
    "fill_down": ('["ward"]', "the key fill_down names 'ward', which is not in columns"),
    "ethnic_group": ("[]", "'Ethnic minority groups': .*leave it out by the key leave_out.ethnic"),
    "region": ("[1]", "the key columns.region is not a text in quotes"),
}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_key_is_named_in_one_sentence(tmp_path, key):
    value, message = WRONG[key]
    good = {"measure": '"m"', "nk": '"u"'}
    path = drafted_file(tmp_path, WIDE, **good)
    if key == "ethnic_group":  # under [leave_out], not under [columns]
        path.write_text(path.read_text().replace('["Ethnic minority groups"]', value))
    else:
        changed(path, **{key: value})
    with pytest.raises(InputProblem, match=message) as caught:
        read(path, WIDE)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"table = ", "'bad.toml' is not TOML"),
        (b"\xff\xfe", "'bad.toml' is not TOML"),
        (b"tabel = 'x'", "the key 'tabel' is not one of a mapping; did you mean table"),
        (b"[source]\ntitel = 'x'", "the key source.'titel' is not one of a mapping; did you mean"),
        (b"table = 'x'\nsource = 3", "the key source is not a table"),
        (b"columns = {value = 'x'}", "the key columns names 'value', which a mapping cannot give"),
        (b"constants = {sex = 'All'}\ncolumns = {sex = 'Sex'}", "columns.sex and constants.sex"),
        (b"table = 'x'\nheader = true", "the key header is not a whole number"),
        (b"table = 'x'\nheader = 0", "the key header is 0: rows are counted from 1"),
        (b"x" * 1_000_001, "is too long for a mapping"),
        (b"table='x'\nsource={title='t', publisher='p'}", "the key figures is missing"),
    ],
)
def test_a_file_that_is_no_mapping_is_one_sentence(tmp_path, content, message):
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(InputProblem, match=message):
        read_mapping(path)


def test_a_draft_never_writes_over_what_was_corrected(tmp_path):
    path = drafted_file(tmp_path, WIDE)
    with pytest.raises(InputProblem, match="is there already"):
        write_draft(book(WIDE, "xlsx"), path)
    with pytest.raises(InputProblem, match="cannot be written"):
        write_draft(book(WIDE, "xlsx"), tmp_path / "gone" / "mapping.toml")


@pytest.mark.parametrize(
    "rows", [[["only words"], ["and more"]], [["", ""]], [["1", "2"], ["3", "4"]]]
)
def test_what_is_no_table_cannot_be_drafted(rows):
    with pytest.raises(InputProblem, match="no sheet with a row of column names"):
        drafted(book(rows, "xlsx"))


LABELS = st.text(min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(st.lists(LABELS, min_size=3, max_size=3), st.text(max_size=20), LABELS)
def test_a_draft_of_any_labels_is_toml_that_holds_them(heads, title, label):
    rows = [[title, "", ""], heads, [label, 1.0, 2.5], [label, 3.0, 4.0]]
    made = book(rows, "xlsx")
    try:
        draft = drafted(made)
    except InputProblem:
        return
    content = tomllib.loads("\n".join(lines(draft, made.file)))
    assert content["header"] == draft.header
    assert content["columns"] == draft.columns
    assert [one["columns"] for one in content["figures"]] == [one[0] for one in draft.figures]


@settings(deadline=None)
@given(st.text(), st.lists(st.text(max_size=9), max_size=4), st.integers(0, 10**6), st.booleans())
def test_toml_comes_back_as_it_was_written(words, several, number, truth):
    said = f"{comment(words)}\na = {toml(words)}\nb = {toml(several)}\nc = {toml(number)}\n"
    content = tomllib.loads(f"{said}d = {toml(truth)}")
    assert content == {"a": words, "b": several, "c": number, "d": truth}
    assert said.count("\n") == 4


def test_numerators_stand_beside_the_figure(tmp_path):
    rows = [
        ["Area", "Reoffenders", "Cohort", "Rate (%)"],
        ["Camden", "10", "40", "25.0"],
        ["Kent", "5", "50", "10.0"],
    ]
    path = tmp_path / "mapping.toml"
    path.write_text(
        'table = "t"\n[source]\ntitle = "T"\npublisher = "P"\n'
        '[columns]\narea = "Area"\nnumerator = "Reoffenders"\ndenominator = "Cohort"\n'
        '[[figures]]\ncolumns = ["Rate (%)"]\nmeasure = "m"\nunit = "%"\n',
        encoding="utf-8",
    )
    frame = read(path, rows)
    assert frame[["numerator", "denominator", "value"]].to_numpy().tolist() == [
        [10, 40, 25], [5, 50, 10],
    ]  # fmt: skip
    assert np.isnat(frame["period_end"].to_numpy()).all()
    assert set(frame["period_basis"]) == {"not stated"}


def test_a_mapping_takes_the_place_of_a_layout(tmp_path):
    file, mapping = written(tmp_path, "csv", LONG), tmp_path / "mapping.toml"
    with pytest.raises(InputProblem, match="name one of the two"):
        read_workbook(file, layout="dfe_lait", mapping=mapping)


def test_a_mapping_that_never_ends_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputProblem, match=r"^'pipe' is not a file"):
        read_mapping(tmp_path / "pipe")
    (tmp_path / "long").write_bytes(b"#" * 1_000_001)
    with pytest.raises(InputProblem, match=r"^'long' is too long"):
        read_mapping(tmp_path / "long")
