"""An extract is read row by row: what cannot be used is named by its row, and never by what it says."""

import datetime as dt

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records.extracts import (
    ANN,
    CANARY,
    CHILDREN,
    OFFENCES,
    THEFT,
    at_once,
    changed,
    check_silence,
    everything_said,
    extract_of,
    folder_of,
    refusals,
    said_by,
    written,
)
from youthjustice import cli
from youthjustice.cli_records import told
from youthjustice.cli_text import printable
from youthjustice.errors import InputProblem
from youthjustice.records import check_records, read_extract
from youthjustice.records.refusals import (
    AFTER_EXTRACT,
    CHILD_REFUSED,
    CONTROL,
    COPY,
    FORMULA,
    NOT_KNOWN,
    NOT_WHOLE,
    SAID_TWICE,
    SHIFTED,
    SHORTENED,
)
from youthjustice.records.schema import (
    BEFORE_BIRTH,
    BEFORE_OFFENCE,
    BEFORE_OUTCOME,
    EMPTY,
    NO_CHILD,
)
from youthjustice.records.written_dates import NOT_A_DATE, OUTSIDE, TWO_DIGITS

__all__ = ["at_once"]
pytestmark = pytest.mark.usefixtures("at_once")
BO = changed(ANN, A="Zq7-2", B="Bo Zq7")
A_CHILD, AN_OFFENCE = "children", "offences"


def test_a_sound_extract_is_read_whole(tmp_path):
    extract = extract_of(tmp_path)
    check_records(extract.children, extract.offences)
    assert repr(extract) == "Extract(1 of 1 rows of children; 1 of 1 rows of offences)"
    assert extract.children.iloc[0].tolist() == [
        "Zq7-1", pd.Timestamp("2006-06-15"), "female", "White", "Leeds"]  # fmt: skip
    offence = extract.offences.iloc[0]
    assert offence["offence_date"] == pd.Timestamp("2022-02-01")
    assert offence[["offence_seq", "outcome_type", "is_breach"]].tolist() == [
        1,
        "youth_caution",
        False,
    ]
    assert extract.refused.empty
    assert extract.notes == (
        "'children.csv', row 1: column B (Name) is none that we know, and was not read",
    )


CHILD_FAULTS = {
    "month before day": (changed(BO, C="13/31/2023"), "date_of_birth", NOT_A_DATE),
    "two digits": (changed(BO, C="01/02/08"), "date_of_birth", TWO_DIGITS),
    "a placeholder": (changed(BO, C="01/01/1900"), "date_of_birth", OUTSIDE),
    "no birth": (changed(BO, C=""), "date_of_birth", EMPTY),
    "no id": (changed(BO, A=" "), "child_id", EMPTY),
    "a NUL": (changed(BO, A="Zq7\0-2"), "child_id", CONTROL),
    "a formula": (changed(BO, F='=HYPERLINK("Zq7")'), "service", FORMULA),
    "a formula for an id": (changed(BO, A="@Zq7"), "child_id", FORMULA),
    "no such group": (changed(BO, E="Zq7ish"), "ethnic_group", NOT_KNOWN),
    "no such sex": (changed(BO, D="Zq7"), "sex", NOT_KNOWN),
    "a comma too many": (["Zq7-2", "Zq7", "Bo", *BO[2:]], "", SHIFTED),
    "a long number": (changed(BO, A="1.23457E+12"), "child_id", SHORTENED),
    "a copy": (changed(ANN, E="White: British "), "child_id", COPY),
}


def test_children_who_cannot_be_read_are_named_by_their_rows(tmp_path):
    rows = [row for row, *_ in CHILD_FAULTS.values()]
    extract = extract_of(tmp_path, [ANN, *rows])
    expected = {(A_CHILD, 3 + n, *CHILD_FAULTS[fault][1:]) for n, fault in enumerate(CHILD_FAULTS)}
    assert set(refusals(extract)) == expected
    assert len(extract.refused) == len(expected)
    assert len(extract.children) == 1
    check_silence(everything_said(extract), [cell for row in rows for cell in row])


OFFENCE_FAULTS = {
    "before its birth": ({"B": "01/01/2006"}, "offence_date", BEFORE_BIRTH),
    "an outcome before": ({"F": "31/01/2022"}, "outcome_date", BEFORE_OFFENCE),
    "a release before": ({"G": "28/02/2022"}, "release_date", BEFORE_OUTCOME),
    "of no child": ({"A": "Zq7-9"}, "child_id", NO_CHILD),
    "of no name": ({"A": ""}, "child_id", EMPTY),
    "no such outcome": ({"E": "Zq7"}, "outcome_type", NOT_KNOWN),
    "half an offence": ({"D": "1.5"}, "offence_seq", NOT_WHOLE),
    "perhaps a breach": ({"H": "Zq7"}, "is_breach", NOT_KNOWN),
    "a formula": ({"C": "+Zq7()"}, "offence_code", FORMULA),
    "no such day": ({"B": "31/02/2022"}, "offence_date", NOT_A_DATE),
}


def test_offences_that_cannot_be_read_are_named_by_their_rows(tmp_path):
    rows = [changed(THEFT, **changes) for changes, *_ in OFFENCE_FAULTS.values()]
    extract = extract_of(tmp_path, offences=[THEFT, *rows])
    faults = enumerate(OFFENCE_FAULTS.values())
    assert set(refusals(extract)) == {(AN_OFFENCE, 3 + n, *fault[1:]) for n, fault in faults}
    assert len(extract.offences) == 1
    check_silence(everything_said(extract))


def test_what_is_not_known_stays_missing_and_is_no_fault(tmp_path):
    row = changed(THEFT, B="", C="NULL", D="", E="", F="n/a", H="")
    extract = extract_of(tmp_path, [changed(ANN, D="", E="-", F="")], [row])
    assert extract.refused.empty
    assert extract.children.iloc[0, 2:4].tolist() == ["unknown", "Unknown"]
    assert extract.children["service"].isna().all()
    offence = extract.offences.iloc[0]
    assert offence[["offence_date", "offence_code", "offence_seq", "outcome_date"]].isna().all()
    assert (offence["outcome_type"], offence["is_breach"]) == ("other", False)


def test_a_child_in_two_rows_that_differ_goes_with_its_offences(tmp_path):
    rows = [ANN, BO, changed(BO, C="16/06/2006"), BO]
    offences = [THEFT, changed(THEFT, A="Zq7-2")]
    extract = extract_of(tmp_path, rows, offences)
    assert refusals(extract) == [
        *((A_CHILD, row, "child_id", SAID_TWICE) for row in (3, 4, 5)),
        (AN_OFFENCE, 3, "child_id", CHILD_REFUSED),
    ]


def test_rows_without_anything_in_them_are_no_rows(tmp_path):
    extract = extract_of(tmp_path, [[], ANN, ["  "] * 6, ["", "a note below"]])
    assert extract.rows["read"].tolist() == [1, 1]
    assert extract.refused.empty


def test_dates_after_the_extract_are_refused_where_its_day_is_said(tmp_path):
    extract = extract_of(tmp_path, extract_date="2022-02-28")
    assert refusals(extract) == [(AN_OFFENCE, 2, "outcome_date", AFTER_EXTRACT)]
    assert extract_of(tmp_path, extract_date=dt.date(2022, 3, 1)).refused.empty
    for day in ("soon", float("nan")):
        with pytest.raises(InputProblem, match=r"extract_date is '(soon|nan)': write a day"):
            extract_of(tmp_path, extract_date=day)


def test_the_order_of_rows_decides_nothing(tmp_path):
    children = [row for row, *_ in CHILD_FAULTS.values()] + [ANN, BO, changed(ANN, A="Zq7-5")]
    offences = [changed(THEFT, **changes) for changes, *_ in OFFENCE_FAULTS.values()] + [THEFT]
    one = extract_of(tmp_path, children, offences)
    other = extract_of(tmp_path, children[::-1], offences[::-1])
    for table in ("children", "offences"):
        first, second = getattr(one, table), getattr(other, table)
        keys = list(first.columns)
        pd.testing.assert_frame_equal(
            first.sort_values(keys, ignore_index=True), second.sort_values(keys, ignore_index=True)
        )
    assert one.rows.equals(other.rows)


HOW = {
    "UTF-8 with a mark": lambda rows: written(rows).encode("utf-8-sig"),
    "UTF-16": lambda rows: written(rows).encode("utf-16"),
    "Windows": lambda rows: written(rows).encode("cp1252"),
    "semicolons": lambda rows: written(rows, ";").encode(),
    "tabs": lambda rows: written(rows, "\t").encode(),
    "both encodings": lambda rows: written(rows[:1]).encode() + written(rows[1:]).encode("cp1252"),
    "a title above": lambda rows: written([["Extract"], [], *rows]).encode(),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("how", HOW)
def test_a_file_is_read_however_it_was_saved(tmp_path, how):
    rows = [CHILDREN, changed(ANN, F="Ynys Môn")]
    extract = extract_of(tmp_path, HOW[how](rows), [changed(THEFT)])
    assert extract.children["service"].tolist() == ["Ynys Môn"]
    assert extract.refused.empty


def test_a_workbook_with_dates_numbers_and_both_sheets_is_read(tmp_path):
    book = openpyxl.Workbook()
    young = book.active
    young.title = "Young people"
    young.append(["Report of Zq7"])
    young.append([*CHILDREN, "SEND"])
    young.append([1001, "Zq7", dt.datetime(2006, 6, 15), "F", "A1", "Leeds", "EHCP"])
    young.append([1002, "Zq7", 38883, 1, "Black - African", "Leeds", None])
    acts = book.create_sheet("Acts")
    acts.append(OFFENCES)
    acts.append([1001, dt.date(2022, 2, 1), "TH68001", 1, "DTO", "1 March 2022", 44700.5, True])
    acts.append([1002.0, "2022-02-30", "TH68001", 1, "DTO", "1 March 2022", 44700.5, True])
    book.save(tmp_path / "all.xlsx")
    extract = read_extract(tmp_path / "all.xlsx")
    assert extract.children["child_id"].tolist() == ["1001", "1002"]
    assert extract.children["date_of_birth"].dt.strftime("%Y-%m-%d").tolist() == [
        "2006-06-15", "2006-06-15"]  # fmt: skip
    assert extract.children["ethnic_group"].tolist() == ["Asian", "Black"]
    assert extract.children["special_educational_needs"].tolist() == ["plan", "unknown"]
    assert extract.offences["release_date"].dt.strftime("%Y-%m-%d").tolist() == ["2022-05-19"]
    assert extract.offences["is_breach"].tolist() == [True]
    assert extract.refused[["file", "sheet", "row"]].to_numpy().tolist() == [
        ["all.xlsx", "Acts", 3]
    ]


def test_parquet_with_the_columns_of_the_schema_comes_back(tmp_path):
    extract = extract_of(tmp_path, [ANN, BO], [THEFT, changed(THEFT, G="01/04/2022", E="Custody")])
    folder = tmp_path / "again"
    folder.mkdir()
    extract.children.to_parquet(folder / "children.parquet")
    extract.offences.to_parquet(folder / "offences.parquet")
    again = read_extract(folder)
    pd.testing.assert_frame_equal(again.children, extract.children)
    pd.testing.assert_frame_equal(again.offences, extract.offences)


def test_a_table_of_offences_that_repeats_the_child_holds_both(tmp_path):
    rows = [ANN + THEFT[1:], ANN + changed(THEFT, C="CD71039")[1:], BO + THEFT[1:]]
    (tmp_path / "flat.csv").write_text(written([CHILDREN + OFFENCES[1:], *rows]))
    extract = read_extract(tmp_path / "flat.csv")
    assert extract.rows[["read", "accepted", "refused"]].to_numpy().tolist() == [
        [2, 2, 0],
        [3, 3, 0],
    ]


MAPPING = """
[children]
header = 2
[children.columns]
child_id = "Client No"
date_of_birth = "column C"
[children.codes.ethnic_group]
"Grp 7" = "Mixed"
[children.constants]
service = "Leeds"
[offences.codes.outcome_type]
"Zz" = "diversion"
"""


def test_a_mapping_says_what_our_words_are(tmp_path):
    head = ["Client No", "Name", "When", "Sex", "Ethnic group"]
    folder = folder_of(
        tmp_path,
        written([["a title"], head, [*ANN[:4], "Grp 7"]]).encode(),
        [changed(THEFT, E="Zz")],
    )
    said = tmp_path / "our.toml"
    said.write_text(MAPPING)
    extract = read_extract(folder, mapping=said)
    assert extract.children.iloc[0, 3:].tolist() == ["Mixed", "Leeds"]
    assert extract.offences["outcome_type"].tolist() == ["diversion"]
    with pytest.raises(InputProblem, match="is headed with 'Client No' and 'column C'; correct a"):
        read_extract(folder_of(tmp_path, [ANN], [THEFT]), mapping=said)
    places = extract.columns.set_index("column")["place"]
    assert places[["service", "ethnic_group"]].tolist() == ["the mapping", "E (Ethnic group)"]


LETTERS = """
[children]
file = "Children.csv"
header = {header}
[children.columns]
child_id = "column A"
date_of_birth = "column {birth}"
sex = "column D"
ethnic_group = "column E"
"""


def test_the_first_row_of_a_file_without_headings_is_never_shown(tmp_path):
    folder = folder_of(tmp_path, written([changed(ANN, F="Canary"), BO]).encode(), [THEFT])
    said = tmp_path / "our.toml"
    said.write_text(LETTERS.format(header=1, birth="C"))
    extract = read_extract(folder, mapping=said)
    assert len(extract.children) == 1
    check_silence(everything_said(extract, *told(extract)), ["Canary", "White British", *ANN])
    said.write_text(LETTERS.format(header=0, birth="C"))
    extract = read_extract(folder, mapping=said)
    assert extract.children["child_id"].tolist() == ["Zq7-1", "Zq7-2"]
    said.write_text(LETTERS.format(header=0, birth="D"))
    bad = read_extract(folder, mapping=said)
    assert bad.refused.loc[bad.refused["table"] == A_CHILD, "row"].tolist() == [1, 2]
    said.write_text(LETTERS.format(header=0, birth="C").replace("file", "#file"))
    with pytest.raises(InputProblem, match="names a place, which every sheet has: name the file"):
        read_extract(folder, mapping=said)


PROBLEMS = {
    "no table": ({"children": b"a,b\nZq7,Zq7\n"}, "no table of children was found"),
    "no headings": ({"children": written([ANN, BO]).encode()}, "no table of children was found"),
    "no outcome": ({"offences": written([OFFENCES[:4], THEFT[:4]]).encode()},
                   "row 1 names no column for outcome_type: name it in a mapping under"),
    "two births": ({"children": written([[*CHILDREN, "DOB"], [*ANN, "Zq7"]]).encode()},
                   "columns C and G of row 1 are both headed as date_of_birth may be"),
    "never closed": ({"children": written([CHILDREN]).encode() + b'"Zq7,\nZq7\n'}, "cannot be split"),
    "binary": ({"children": b"\x00\x01\x02Zq7" * 9}, "neither a spreadsheet"),
    "empty": ({"children": b""}, "is empty"),
}  # fmt: skip


@pytest.mark.sampled(4)
@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_file_that_cannot_be_understood_is_told_in_one_sentence(tmp_path, problem):
    files, sentence = PROBLEMS[problem]
    folder = folder_of(tmp_path, **({"children": [ANN], "offences": [THEFT]} | files))
    with said_by(InputProblem) as told:
        read_extract(folder)
    assert sentence in told[0]
    check_silence("\n".join(told))


def test_a_folder_without_an_extract_is_told(tmp_path, monkeypatch):
    (tmp_path / "notes.md").write_text("x")
    with pytest.raises(InputProblem, match="holds no file of an extract: put CSV"):
        read_extract(tmp_path)
    folder = folder_of(tmp_path, [ANN], [THEFT])
    one = read_extract(folder / "children.csv", folder / "offences.csv")
    assert one.refused.empty
    monkeypatch.setattr("youthjustice.records.reading.MOST_FILES", 1)
    with pytest.raises(InputProblem, match="holds 2 files, and 1 is the most"):
        read_extract(folder)


def test_what_a_missing_column_means_is_said(tmp_path):
    rows = [
        [cell for place, cell in enumerate(row) if place not in (2, 6)] for row in (OFFENCES, THEFT)
    ]
    extract = extract_of(tmp_path, offences=written(rows).encode())
    assert sum("no column for" in note for note in extract.notes) == 2
    assert extract.offences["release_date"].isna().all()
    check_records(extract.children, extract.offences)


def test_files_that_hold_neither_table_are_named(tmp_path):
    folder = folder_of(tmp_path, [ANN], [THEFT])
    (folder / "other.csv").write_text("hello\nZq7\n")
    (folder / "damaged.xlsx").write_bytes(b"PK\3\4Zq7")
    (folder / "~lock.csv").write_text("x")
    extract = read_extract(folder)
    assert repr(extract).endswith("; 2 files not read, see unread)")
    assert sorted(extract.unread) == [
        "'damaged.xlsx' is damaged, so it cannot be read: extract it again",
        "'other.csv' holds neither table: it was not read",
    ]


HOSTILE = st.one_of(
    st.text(max_size=12),
    st.sampled_from([
        "", "=1+1", "@SUM(A1)", "+cmd|'/C calc'!A0", "\0", "\x1b[31m", "'; DROP TABLE children", "<b>",
        "13/31/2023", "1/2/08", "2022-02-30", "99999", "1e308", "NaN", "None", "-", "\u202e", "\ufeff",
        "{0}", "%s", "\N{FULLWIDTH DIGIT ONE}", "9" * 400, '"', "\r", "a,b",
    ]),
)  # fmt: skip
PLACES = st.integers(0, 7)


def nothing_reaches_a_message(folder, changes, offence):
    """Whatever stands in the cells, the extract is read, and what is said holds none of it."""
    tables = {False: [[*ANN] for _ in range(8)], True: [[*THEFT] for _ in range(8)]}
    for number, row in enumerate(tables[False]):
        row[0] = f"Zq7-{number + 1}"
    for row, place, text in changes:
        one = tables[offence][row]
        one[place % len(one)] = f"{text}{CANARY}" if place % 2 else text
    folder = folder_of(folder, tables[False], tables[True])
    try:
        extract = read_extract(folder)
    except InputProblem as problem:
        check_silence(str(problem))
        return
    check_records(extract.children, extract.offences)
    rows = extract.rows.set_index("table")
    assert rows["read"].tolist() == [8, 8]
    assert (rows["accepted"] == [len(extract.children), len(extract.offences)]).all()
    # Each row that was refused has a reason, and no row that was not.
    for table, count in rows["refused"].items():
        named = extract.refused.loc[extract.refused["table"] == table, "row"]
        assert named.nunique() == count
    check_silence(everything_said(extract, *map(printable, told(extract))))


CHANGES = st.lists(st.tuples(PLACES, PLACES, HOSTILE), max_size=6)
own_folder = HealthCheck.function_scoped_fixture


@settings(max_examples=5, suppress_health_check=[own_folder])
@given(CHANGES, st.booleans())
def test_nothing_in_a_row_reaches_a_message(tmp_path, changes, offence):
    nothing_reaches_a_message(tmp_path, changes, offence)


@pytest.mark.prove
@settings(max_examples=50, suppress_health_check=[own_folder])
@given(CHANGES, st.booleans())
def test_nothing_in_many_rows_reaches_a_message(tmp_path, changes, offence):
    nothing_reaches_a_message(tmp_path, changes, offence)


def test_the_page_of_the_command_is_silent_too(tmp_path, capsys):
    rows = [row for row, *_ in CHILD_FAULTS.values()]
    folder = folder_of(
        tmp_path, [ANN, *rows], [changed(THEFT, **c) for c, *_ in OFFENCE_FAULTS.values()]
    )
    assert cli.main(["check", str(folder)]) == 1
    page = capsys.readouterr().out
    assert "children: date_of_birth is not a date with the day before the month" in page
    assert "    children.csv: row 3\n" in page
    check_silence(page, [cell for row in rows for cell in row])
    assert cli.main(["check", str(folder_of(tmp_path, [ANN], [THEFT]))]) == 0
    assert "Every row can be used; see 'Read with care'." in capsys.readouterr().out


def test_a_large_extract_takes_seconds(tmp_path):
    many = 2_000
    children = [changed(ANN, A=f"Zq7-{n}") for n in range(many)]
    extract = extract_of(tmp_path, children, [changed(THEFT, A=row[0]) for row in children])
    assert extract.refused.empty
    assert len(np.unique(extract.offences["child_id"])) == many
