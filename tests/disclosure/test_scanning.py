"""A child that stands anywhere in a finished file is found, and the finding does not repeat it."""

import gzip
import pickle
import shutil
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.disclosure import planted
from youthjustice.disclosure import scan
from youthjustice.disclosure.pieces import Budget, pieces
from youthjustice.disclosure.sought import kind_of, sought_of
from youthjustice.errors import InputProblem

CHILD, BORN = "KX-20714", "2008-03-04"
CHILDREN = pd.DataFrame(
    {
        "child_id": [CHILD, "KX-20715", "KX-20716"],
        "first_name": ["Zebedee", "Ann", "Bo"],
        "surname": ["Quillfeather", "Long", "Li"],
        "date_of_birth": pd.to_datetime([BORN, "2009-11-13", "2010-03-31"]),
        "home_postcode": ["N1 2XY", "LS6 3AB", None],
        "sex": ["male", "female", "male"],
        "notes": ["a", "b", "c"],
    }
)
OFFENCES = pd.DataFrame({"child_id": [CHILD, CHILD], "offence_seq": [90214471, 90214472]})


def kinds(text):
    return sought_of(CHILDREN, OFFENCES).kinds(text)


def found(tmp_path, raw, name="report.bin", **tables):
    (tmp_path / name).write_bytes(raw)
    return scan(tmp_path, **(tables or {"children": CHILDREN, "offences": OFFENCES}))


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """A child in every place, scanned once."""
    folder = tmp_path_factory.mktemp("planted")
    for place, raw in planted.everywhere(f"{CHILD} Zebedee Quillfeather {BORN}").items():
        (folder / place).write_bytes(raw)
    return scan(folder, children=CHILDREN)


@pytest.mark.parametrize("kind", ["identifier", "name", "date of birth"])
def test_a_child_is_found_in_every_place(scanned, kind):
    rows = scanned[scanned["kind"] == kind]
    seen = set(rows["file"].str.rsplit("/").str[-1])
    assert set(planted.everywhere("x")) - seen == set()


@pytest.mark.prove
def test_nothing_is_found_where_nothing_is(tmp_path):
    for place, raw in planted.everywhere("plain text").items():
        if place not in ("docx, cell", "docx, comment", "docx, properties"):
            (tmp_path / place).write_bytes(raw)
    assert scan(tmp_path, children=CHILDREN, offences=OFFENCES).empty


def test_the_findings_repeat_no_value(scanned):
    told = scanned.to_csv() + repr(scanned.attrs)
    assert not kinds(told) & {"identifier", "name", "date of birth", "postcode"}
    assert list(scanned.columns) == ["file", "where", "kind"]


@pytest.mark.parametrize(
    "written",
    ["2008-03-04", "2008/03/04", "2008/3/4", "2008.03.04", "2008_03_04", "20080304", "04/03/2008",
     "4/3/2008", "04-03-2008", "04.03.2008", "4.3.2008", "04/03/08", "4/3/08", "04-03-08", "04.03.08",
     "04 03 2008", "04032008", "4 March 2008", "4th March 2008", "4th of March 2008", "04 MARCH 2008",
     "March 4, 2008", "March 4th 2008", "4 Mar 2008", "4-Mar-2008", "04-Mar-08", "4Mar2008",
     "2008-Mar-04", "4 Mawrth 2008", "Tuesday 4 March, 2008", "2008-03-04T00:00:00Z",
     "Timestamp('2008-03-04 00:00:00')", "datetime.date(2008, 3, 4)",
     str(int(datetime(2008, 3, 4, tzinfo=UTC).timestamp())),
     str(int(datetime(2008, 3, 4, tzinfo=UTC).timestamp()) * 1000),
     str(pd.Timestamp(BORN).value), "1204588800.0"],
)  # fmt: skip
def test_a_day_of_birth_is_known_however_it_is_written(written):
    assert "date of birth" in kinds(f"x {written}, y")


@pytest.mark.parametrize("written", ["03/04/2008", "39511", "a,39511,b", "38049", "39511.0"])
def test_a_day_that_may_be_chance_is_told_as_such(written):
    assert kinds(written) == {"possible date of birth"}


def test_summer_time_does_not_move_a_birthday():
    born = pd.DataFrame({"date_of_birth": pd.to_datetime(["2008-07-04"])})
    local = pd.Timestamp("2008-07-04", tz="Europe/London")
    assert sought_of(born).kinds(str(int(local.timestamp()))) == {"date of birth"}


def test_the_end_of_a_quarter_may_be_a_birthday_and_more_often_is_not():
    assert kinds("Year ending 31 March 2010") == {"possible date of birth"}


def test_a_day_on_which_something_was_published_may_be_a_birthday():
    born = pd.DataFrame({"date_of_birth": pd.to_datetime(["2014-01-30"])})
    assert sought_of(born).kinds("released 2014-01-30") == {"possible date of birth"}


def test_a_day_that_a_report_speaks_of_is_a_birthday_by_chance_among_many_children():
    days = pd.date_range("2008-01-01", periods=900)
    sought = sought_of(pd.DataFrame({"date_of_birth": days}))
    assert sought.kinds("inspected on 4 March 2008") == {"possible date of birth"}
    assert sought.kinds("2008-03-04") == {"date of birth"}


@pytest.mark.parametrize(
    "text",
    ["2008-03-05", "5 March 2008", "12008-03-04", "2008-03-041", "31/02/2008", "March 2008", "04/03",
     "1204588801", "39 511", "1.204588800", "v3.4.20080304", "3951", "2008-13-04"],
)  # fmt: skip
def test_other_days_and_numbers_are_none(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "written",
    [CHILD, "KX20714", "kx-20714", "KX 20714", "KX_20714", "KX/20714", "childKX-20714", "[KX-20714]",
     "KX\u201120714", "KX\u00ad-20714", "\uff2b\uff38-20714", "KX-\u200b20714", "x=KX-20714;",
     "KX-\n20714"],
)  # fmt: skip
def test_an_identifier_is_known_however_it_is_written(written):
    assert kinds(written) == {"identifier"}


@pytest.mark.parametrize("text", ["KX-2071", "KX-207141", "KX-20713", "K-20714", "20714", "KX", ""])
def test_others_are_no_identifiers(text):
    assert kinds(text) == set()


def test_a_number_is_known_in_a_field_and_not_in_a_decimal():
    assert kinds("5,90214471,6") == {"offence"} == kinds("90214471.0")
    assert kinds("0.90214471") == set() == kinds("90214471.5")
    assert kinds("90,214,471") == {"possible offence"}


def test_where_many_numbers_are_somebodys_one_in_a_report_may_be_chance():
    many = pd.DataFrame({"child_id": np.arange(20_000, 24_000)})
    assert sought_of(many).kinds("population 22,678 or 22678") == {"possible identifier"}


def test_identifiers_of_many_shapes_are_found_as_well(tmp_path):
    import uuid

    many = [str(uuid.UUID(int=at * 2**97 + at * 977_777_777)) for at in range(1, 300)]
    children = pd.DataFrame({"child_id": many})
    assert sought_of(children).kinds(f"a {many[7]} b") == {"identifier"}
    assert sought_of(children).kinds(many[7].replace("-", "").upper()) == {"identifier"}
    assert sought_of(children).kinds(many[7][:-1]) == set()


def test_short_identifiers_are_not_searched_and_that_is_said(tmp_path):
    few = pd.DataFrame({"child_id": [1, 2, 12345], "house": ["a", "b", "c"]})
    result = found(tmp_path, b"12 children, 2 of them", children=few)
    assert result.empty
    assert result.attrs["not_searched"] == (
        "2 of 3 values of 'child_id', which are so short that any text would hold them.",
        "The values of the column 'house'.",
    )
    assert sought_of(pd.DataFrame({"child_id": [1.0, None]})).identifiers == {}
    assert sought_of(pd.DataFrame({"child_id": [12345.0, None]})).kinds("12345") == {"identifier"}


def test_the_name_of_a_column_of_records_is_a_finding_whatever_it_holds(tmp_path):
    few = pd.DataFrame({"child_id": [1, 2]})
    result = found(tmp_path, b"child_id,n\n1,2\n", children=few)
    assert result["kind"].tolist() == ["field of case records"]


@pytest.mark.parametrize(
    "text",
    ["Zebedee Quillfeather", "QUILLFEATHER, Zebedee", "zebedee quillfeather", "Ann Long",
     "Z\u00e9b\u00e9d\u00e9e\nQuillfeather", "Li, Bo"],
)  # fmt: skip
def test_a_name_is_known_either_way_round(text):
    assert "name" in kinds(text)


def test_half_a_name_may_be_chance_and_a_word_is_none():
    assert kinds("Mrs Quillfeather") == {"possible name"}
    assert kinds("a quillfeather") == set() == kinds("Long ago") == kinds("Li")
    assert not sought_of(pd.DataFrame({"sex": ["male"]})).kinds("Male")


def test_a_postcode_is_known_with_and_without_its_blank():
    assert kinds("at N1 2XY") == {"postcode"} == kinds("n12xy") == kinds("ls6-3ab")
    assert kinds("N1 2XZ") == set()


@pytest.mark.parametrize(
    ("column", "kind"),
    [("child_id", "identifier"), ("ChildID", "identifier"), ("nhs_number", "identifier"),
     ("UPN", "identifier"), ("offence_seq", "offence"), ("offenceSequence", "offence"),
     ("date_of_birth", "day"), ("DOB", "day"), ("DateOfBirth", "day"), ("Post Code", "postcode"),
     ("home_postcode", "postcode"), ("name", "name"), ("Full Name", "name"), ("surname", "name"),
     ("area_name", "other"), ("offence_date", "other"), ("sex", "open"), ("notes", "other")],
)  # fmt: skip
def test_a_column_is_known_by_its_name(column, kind):
    assert kind_of(column) == kind


def test_the_name_of_a_file_is_searched_and_not_repeated(tmp_path):
    result = found(tmp_path, b"x", f"letter to {CHILD}.txt")
    assert result["where"].tolist() == ["name of the file"]
    assert result["file"].tolist() == ["file 1 [a name that tells of a child]"]
    (tmp_path / "b").mkdir()
    inside = found(tmp_path / "b", planted.zipped(f"{CHILD}.csv", CHILD.encode()), "a.zip")
    assert "KX" not in inside.to_csv()


UNREADABLE = {
    "pickle": pickle.dumps({"a": 1}),
    "parquet": b"PAR1\x00\x15\x04\x15" + bytes(range(256)) + b"PAR1",
    "zip cut short": planted.zipped("a.csv", b"x" * 999)[:60],
    "gzip cut short": gzip.compress(b"x" * 999)[:-9],
    "png cut short": planted.png("x")[:50],
    "pdf cut short": b"%PDF-1.4\n%\xe2\xe3\n1 0 obj",
    "tar cut short": planted.tarred("a.csv", b"x" * 5000)[:1500],
    "bytes": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_a_finding(tmp_path, name):
    assert "not read" in found(tmp_path, UNREADABLE[name])["kind"].tolist()


def test_a_database_is_not_read_but_what_is_plain_in_it_is_found(tmp_path):
    with sqlite3.connect(tmp_path / "a.sqlite") as base:
        base.execute("create table t (a)")
        base.execute("insert into t values (?)", (CHILD,))
    base.close()
    assert set(scan(tmp_path, children=CHILDREN)["kind"]) == {"identifier", "not read"}


def test_a_part_with_a_password_is_a_finding(tmp_path):
    raw = bytearray(planted.zipped("a.csv", b"x"))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    result = found(tmp_path, bytes(raw))
    assert result[["where", "kind"]].to_numpy().tolist() == [["contents, a.csv", "not read"]]


def test_a_workbook_whose_cells_cannot_be_read_is_a_finding(tmp_path):
    assert (
        "not read" in found(tmp_path, planted.zipped("xl/workbook.xml", b"<a/>"))["kind"].tolist()
    )
    assert found(tmp_path, planted.zipped("content.xml", b"<a/>")).empty


def test_a_file_that_unpacks_without_end_is_a_finding():
    budget = Budget(room=10_000)
    told = list(pieces(gzip.compress(b"0" * 1_000_000), "contents", budget))
    assert [piece.text for piece in told] == [None]
    packed = planted.zipped("a", b"0" * 1_000_000)
    assert None in [piece.text for piece in pieces(packed, "contents", Budget(room=10_000))]
    deep = b"x"
    for _ in range(12):
        deep = gzip.compress(deep)
    assert [piece.text for piece in pieces(deep, "contents", Budget())] == [None]


def test_without_poppler_a_pdf_is_not_read(tmp_path, monkeypatch):
    assert "not read" not in found(tmp_path, planted.pdf("x"))["kind"].tolist()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    result = found(tmp_path, planted.pdf("x"))
    assert "not read" in result["kind"].tolist()
    assert "Poppler is not installed" in result.attrs["not_searched"][-1]


def test_the_strings_of_a_pdf_are_read_however_they_are_written(tmp_path, monkeypatch):
    from youthjustice.disclosure import pieces_pdf

    monkeypatch.setattr(pieces_pdf, "_TOOLS", {})
    wide = CHILD.encode("utf-16-be")
    for told in (
        b"(\\113X\\-20714)",
        b"(KX-\\\n20714)",
        b"(a\\nKX-20714)",
        b"(" + b"\xfe\xff" + wide + b")",
        b"<FEFF" + wide.hex().encode() + b">",
    ):
        assert found(tmp_path, b"%PDF-1.4\n1 0 obj\n<</Alt " + told + b">>\n")["kind"].tolist() == [
            "identifier"
        ]


def test_a_picture_in_a_pdf_is_no_text(tmp_path):
    drawn = b"<</Subtype /Image>>\nstream\n\xff\xd8\x00KX-20714\nendstream\n"
    told = [piece.text or "" for piece in pieces(b"%PDF-1.4\n" + drawn, "a", Budget())]
    assert not any("KX" in text for text in told)


def test_an_archive_behind_another_file_is_opened_and_the_file_is_read(tmp_path):
    behind = planted.zipped("a.csv", b"born 04/03/2008")
    for before in (planted.pdf(CHILD), CHILD.encode(), b"\x00\x01\x02" + CHILD.encode()):
        kinds = set(found(tmp_path, before + b"\n" + behind)["kind"])
        assert {"identifier", "date of birth"} <= kinds


def test_a_folder_in_an_archive_holds_nothing_itself():
    import io
    import tarfile

    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as packed:
        part = tarfile.TarInfo("folder")
        part.type = tarfile.DIRTYPE
        packed.addfile(part)
    told = [(one.where, one.text) for one in pieces(buffer.getvalue(), "a", Budget())]
    assert told == [("a, names of parts", "folder")]


def test_what_only_looks_like_json_is_read_as_text(tmp_path):
    assert found(tmp_path, b"[2026-11-22 12:00] KX-20714")["kind"].tolist() == ["identifier"]
    assert found(tmp_path, b'{"a": null, "b": KX-20714')["kind"].tolist() == ["identifier"]
    assert found(tmp_path, b'{"a": null, "b": ["KX-20714", 1]}')["kind"].tolist() == ["identifier"]


def test_a_program_that_does_not_end_leaves_a_pdf_unread(tmp_path, monkeypatch):
    from youthjustice.disclosure import pieces_pdf

    monkeypatch.setattr(pieces_pdf, "_PATIENCE", 0)
    assert "not read" in found(tmp_path, planted.pdf("x"))["kind"].tolist()


def test_a_file_that_may_not_be_opened_is_a_finding(tmp_path, monkeypatch):
    def refuse(self):
        raise PermissionError

    (tmp_path / "a.txt").write_text("x")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert scan(tmp_path)["kind"].tolist() == ["not read"]


def test_a_link_to_nowhere_is_a_finding(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "nowhere")
    assert scan(tmp_path)["kind"].tolist() == ["not read"]


def test_a_path_that_is_not_there_is_one_sentence_without_it(tmp_path):
    with pytest.raises(InputProblem, match=r"^Path 2 of the 2 to scan is not there; .*\.$"):
        scan([tmp_path, tmp_path / CHILD])


def test_words_in_pictures_are_told_of(tmp_path):
    result = found(tmp_path, planted.png("x"), children=CHILDREN[["child_id"]])
    assert result.attrs["not_searched"] == ("Words that are drawn in 1 pictures.",)


def test_a_day_in_a_cell_is_found_by_its_format(tmp_path):
    result = found(tmp_path, planted.workbook(date(2008, 3, 4)))
    assert ["contents, cells", "date of birth"] in result[["where", "kind"]].to_numpy().tolist()
    result = found(tmp_path, planted.workbook(39511))
    assert set(result["kind"]) == {"possible date of birth"}


@pytest.mark.prove
def test_a_report_on_published_figures_holds_nobody():
    number = 2_000
    born = pd.Timestamp("2007-01-01") + pd.to_timedelta(np.arange(number) * 3 // 2, "D")
    children = pd.DataFrame(
        {"child_id": [f"DUMMY-{at}" for at in range(number)], "date_of_birth": born}
    )
    offences = pd.DataFrame({"offence_seq": np.arange(number) + 10_000_000})
    report = Path(__file__).parents[2] / "reports" / "islington.html"
    assert set(scan(report, children=children, offences=offences)["kind"]) <= {
        "possible date of birth"
    }


@pytest.mark.prove
def test_a_hundred_thousand_children_are_looked_for_in_seconds(tmp_path):
    import time

    number = 100_000
    random = np.random.default_rng(7)
    born = pd.Timestamp("2007-01-01") + pd.to_timedelta(random.integers(0, 3_000, number), "D")
    children = pd.DataFrame(
        {"child_id": [f"DUMMY-{at}" for at in range(number)], "date_of_birth": born}
    )
    line = (
        "<p title='1,234'>In the year ending March 2020, 41 children (12.5%) were sentenced.</p>\n"
    )
    (tmp_path / "a.html").write_text("<html>" + line * 5_000)
    start = time.process_time()
    assert scan(tmp_path, children=children).empty
    assert time.process_time() - start < 20
