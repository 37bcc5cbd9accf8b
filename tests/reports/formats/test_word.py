"""A Word document that a person can edit and a screen reader can walk."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from youthjustice.reports.formats.steady import dated, packed_again
from youthjustice.reports.formats.word import document, write

from .conftest import SOURCE, small_content


@pytest.fixture(scope="module")
def raw(content):
    return document(content)


@pytest.fixture(scope="module")
def paper(raw):
    return docx.Document(io.BytesIO(raw))


def parts(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if "xml" in name}


def texts(paper, style):
    return [found.text for found in paper.paragraphs if found.style.name == style]


def test_headings_are_headings_of_three_levels(paper):
    assert texts(paper, "Heading 1") == ["Youth justice in Somewhere"]
    assert texts(paper, "Heading 2") == [
        "By hand", "First of Asian", "Second", "Where every figure comes from",
    ]  # fmt: skip
    assert texts(paper, "Heading 3") == ["Under Asian", "Publications", "Formulas"]


def test_tables_are_tables_whose_head_repeats_and_is_marked(paper):
    assert len(paper.tables) == 4
    for table in paper.tables:
        head, *others = table._tbl.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    [[first, *_]] = [
        [[cell.text for cell in row.cells] for row in table.rows[1:]]
        for table in paper.tables
        if table.cell(0, 3).text == "Rate"
    ][:1]
    assert first == ["Asian", "1,234", "\u221252.1%", "145 (91 to 220)"]


def test_captions_number_themselves_and_explain_symbols(raw, paper):
    told = parts(raw)["word/document.xml"]
    assert told.count('w:instr="SEQ Table \\* ARABIC"') == 3
    assert told.count('w:instr="SEQ Figure \\* ARABIC"') == 2
    captions = texts(paper, "Caption")
    assert any("[c] kept confidential to protect children's privacy" in one for one in captions)


def test_every_picture_has_words_that_stand_for_it(paper):
    pictures = [shape._inline.docPr for shape in paper.inline_shapes]
    assert [one.get("descr") for one in pictures] == ["Bar chart: Asian 2, Black 3."] * 2
    for shape in paper.inline_shapes:
        assert shape.width <= paper.sections[0].page_width - 2 * paper.sections[0].left_margin


def test_language_title_and_author_are_set(raw, paper):
    told = paper.core_properties
    assert (told.title, told.author, told.language) == (
        "Somewhere: report", "Youth Justice Analysis", "en-GB",
    )  # fmt: skip
    assert told.created.isoformat().startswith("2026-02-01")
    assert re.findall(r'<w:lang [^>]*w:val="([^"]+)"', parts(raw)["word/styles.xml"]) == ["en-GB"]


def test_sources_cautions_and_the_analysts_own_cells_are_there(paper):
    whole = "\n".join(found.text for found in paper.paragraphs)
    assert whole.count(f"Source: {SOURCE}") == 4
    assert "Caution: Numbers of Asian are small." in whole
    assert "printed" in whole
    assert "More on Asian" in whole


def test_links_lead_somewhere(raw, paper):
    told = parts(raw)["word/document.xml"]
    anchors = set(re.findall(r'w:anchor="([^"]+)"', told))
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', told)
    assert anchors
    assert anchors <= set(names)
    assert len(names) == len(set(names))
    outside = {one.target_ref for one in paper.part.rels.values() if one.is_external}
    assert outside == {"https://example.org", "https://example.org/book"}


def test_each_numbered_list_starts_at_one(paper):
    numbers = [
        found._p.pPr.numPr.numId.val
        for found in paper.paragraphs
        if found.style.name == "List Number"
    ]
    assert len(numbers) == 6
    assert len(set(numbers)) == 4  # by hand, two of findings, and where figures come from


def test_two_runs_give_the_same_bytes(raw, content, tmp_path):
    assert document(small_content()) == raw
    [path] = write(content, tmp_path, "somewhere")
    assert path.read_bytes() == raw
    with zipfile.ZipFile(path) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert packed_again(raw) == raw
    assert dated(content).isoformat() == "2026-02-01T00:00:00"
