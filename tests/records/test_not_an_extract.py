"""What is no extract at all is told in one sentence that fits whoever made the extract."""

import pytest

from tests.records.extracts import ANN, CANARY, THEFT, at_once, folder_of
from youthjustice import cli
from youthjustice.errors import InputProblem
from youthjustice.records import read_extract
from youthjustice.reports import own_records

__all__ = ["at_once"]
pytestmark = pytest.mark.usefixtures("at_once")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((None,), "children is None: name the file or folder of the extract"),
        ((7,), "children is int: name the file or folder of the extract"),
        (("",), "children is empty: name the file or folder of the extract"),
        ((" ",), "children is empty: name the file or folder of the extract"),
        (("a.csv", ""), "offences is empty: name the file of offences"),
        (("a.csv", 7), "offences is int: name the file of offences"),
    ],
)
def test_a_path_that_is_none_is_refused(given, said):
    with pytest.raises(InputProblem) as refused:
        read_extract(*given)
    assert str(refused.value) == said


def test_an_empty_path_never_reads_the_folder_where_one_stands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(folder_of(tmp_path, [ANN], [THEFT]))
    assert cli.main(["check", ""]) == 2
    line = "youthjustice: children is empty: name the file or folder of the extract\n"
    assert capsys.readouterr().err == line
    for more in ([], ["--all"]):
        asked = ["report", *(more or ["Islington"]), "--records", "", "--output", str(tmp_path)]
        assert cli.main(asked) == 2
        line = "youthjustice: --records is empty: name the folder of the extract\n"
        assert capsys.readouterr().err == line
    with pytest.raises(InputProblem, match="children is empty"):
        own_records("")
    assert read_extract(".").refused.empty
    assert cli.main(["check", "."]) == 0


FILES = {
    "empty.csv": (b"", "'empty.csv' is empty: extract it again"),
    "damaged.xlsx": (
        b"PK\3\4Zq7",
        "'damaged.xlsx' is damaged, so it cannot be read: extract it again",
    ),
    "page.csv": (
        b"<!DOCTYPE html><html>Zq7</html>",
        "'page.csv' is a web page or XML and no table: extract the table itself, or save it as .xlsx, "
        ".ods or CSV",
    ),
    "letter.pdf": (
        b"%PDF-1.7\nZq7\n%%EOF",
        "'letter.pdf' is a PDF, from which no table is read: save its table as .xlsx or CSV",
    ),
    "renamed.csv": (
        b"\xef\xbb\xbf%PDF-1.4 Zq7",
        "'renamed.csv' is a PDF, from which no table is read: save its table as .xlsx or CSV",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_holds_no_table_is_told_in_words_for_an_extract(tmp_path, capsys, name):
    raw, said = FILES[name]
    (tmp_path / name).write_bytes(raw)
    assert cli.main(["check", str(tmp_path / name)]) == 2
    assert capsys.readouterr().err == f"youthjustice: {said}\n"
    assert CANARY not in said


def test_among_other_files_it_is_listed_as_not_read(tmp_path):
    folder = folder_of(tmp_path, [ANN], [THEFT])
    for name in ("empty.csv", "renamed.csv", "letter.pdf"):
        (folder / name).write_bytes(FILES[name][0])
    # A file whose name says that it is none of an extract is not looked at.
    assert list(read_extract(folder).unread) == [FILES[n][1] for n in ("empty.csv", "renamed.csv")]
