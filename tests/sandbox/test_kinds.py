"""What a file is, is in the file."""

import pytest

from tests.sandbox.files import cell, ods, ods_row, ole, xls, xlsx, xlsx_members, zipped
from youthjustice.errors import InputProblem
from youthjustice.sandbox import kinds
from youthjustice.sandbox.kinds import kind_of
from youthjustice.sandbox.limits import MEBIBYTE

SHEET = xlsx(("S", f'<row r="1">{cell("A1", 1)}</row>'))
SECRET = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (SHEET, "xlsx"),
        (xls(), "xls"),
        (ods(ods_row("a")), "ods"),
        (b"PAR1...", "parquet"),
        (b"a,b\n1,2\n", "csv"),
        (b"PK is not a zip", "csv"),
        (zipped({"[Content_Types].xml": "", "XL\\workbook.bin": ""}), "xlsb"),
    ],
)
def test_the_kind_is_found_from_the_content(raw, kind):
    assert kind_of(raw) == kind


@pytest.mark.parametrize(
    "raw",
    [
        ole({"EncryptionInfo": b"4", "EncryptedPackage": b"secret"}),
        xls(password=True),
        ods(ods_row("a"), manifest=SECRET),
        b"PARE" + bytes(20),
    ],
)
def test_a_protected_file_of_each_kind_is_named_as_such(raw):
    with pytest.raises(InputProblem, match="password"):
        kind_of(raw)


@pytest.mark.parametrize("raw", [b"%PDF-1.4\n1 0 obj", b"\xef\xbb\xbf\r\n%PDF-2.0", b"%PDF-"])
def test_a_pdf_is_named_as_such(raw):
    with pytest.raises(InputProblem, match=r"^is a PDF, .*: save its table as \.xlsx or CSV"):
        kind_of(raw)


def test_a_text_that_speaks_of_a_pdf_is_a_text():
    assert kind_of(b"file\n%PDF-1.4\n") == "csv"


def test_a_zip_with_a_password_is_named_as_such():
    central = SHEET.index(b"PK\1\2") + 8
    locked = SHEET[:central] + b"\1" + SHEET[central + 1 :]
    with pytest.raises(InputProblem, match="password"):
        kind_of(locked)


@pytest.mark.parametrize(
    "raw",
    [
        zipped({"a.csv": "a,b"}),
        zipped({"[Content_Types].xml": "", "word/document.xml": ""}),
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
    ],
)
def test_a_zip_or_a_document_is_no_spreadsheet(raw):
    with pytest.raises(InputProblem, match="zip file or a document"):
        kind_of(raw)


def test_an_empty_file_and_a_cut_one_are_told_apart():
    with pytest.raises(InputProblem, match="empty"):
        kind_of(b"")
    with pytest.raises(InputProblem, match="damaged"):
        kind_of(SHEET[:-30])


def test_what_a_zip_says_it_unpacks_to_is_added_up(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_UNPACKED", 2 * MEBIBYTE)
    with pytest.raises(InputProblem, match="unpacks to 3 MB, and 2 MB is the most"):
        kind_of(xlsx(("S", " " * 3 * MEBIBYTE)))


def test_the_parts_of_a_zip_are_counted(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_MEMBERS", 5)
    members = xlsx_members([(f"S{i}", "") for i in range(4)])
    with pytest.raises(InputProblem, match="holds 8 parts"):
        kind_of(zipped(members))
