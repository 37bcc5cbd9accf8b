"""A whole report in every format holds what its page holds."""

import os
import re
import shutil
import xml.etree.ElementTree as ET
from html import unescape
from html.parser import HTMLParser

import docx
import openpyxl
import pytest

from youthjustice.reports.building import build_each


class _Page(HTMLParser):
    """Collect the captions, headings, sentences and pictures of a page."""

    def __init__(self):
        super().__init__()
        self.captions, self.headings, self.sentences, self.alts = [], [], [], []
        self._open = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        kind = {"h1": "headings", "h2": "headings", "h3": "headings"}.get(tag)
        if "yj-caption" in told.get("class", ""):
            kind = "captions"
        elif "yj-finding" in told.get("class", "").split():
            kind = "sentences"
        if tag == "img":
            self.alts.append(told["alt"])
        else:
            self._open.append((tag, kind))
            if kind:
                getattr(self, kind).append("")

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        kind = next((kind for _, kind in reversed(self._open) if kind), None)
        if kind and not any(tag in {"sup", "a"} for tag, _ in self._open):
            getattr(self, kind)[-1] += data


def squeezed(text):
    return " ".join(unescape(text).split())


@pytest.fixture(scope="module", params=["Islington", "Cardiff"])
def built(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    return build_each(request.param, folder, formats="html,docx,xlsx,svg")


@pytest.fixture(scope="module")
def page(built):
    reader = _Page()
    reader.feed(built["html"].read_text(encoding="utf-8"))
    return reader


@pytest.mark.prove
def test_word_has_every_heading_sentence_table_and_picture(built, page):
    read = docx.Document(built["docx"])
    text = squeezed(" ".join(one.text for one in read.paragraphs))
    told = squeezed(" ".join("".join(one._p.itertext()) for one in read.paragraphs))
    assert len(page.sentences) > 5
    assert [one for one in page.sentences if squeezed(one) not in text] == []
    headings = [one.text for one in read.paragraphs if one.style.name.startswith("Heading")]
    assert [squeezed(one) for one in page.headings] == [squeezed(one) for one in headings]
    assert [one for one in page.captions if squeezed(one.split("[")[0]) not in told] == []
    assert len(read.tables) >= len(page.captions)
    alts = [shape._inline.docPr.get("descr") for shape in read.inline_shapes]
    assert alts == page.alts


@pytest.mark.prove
def test_the_workbook_has_every_table_and_runs_nothing(built, page):
    book = openpyxl.load_workbook(built["xlsx"])
    above = squeezed(
        " ".join(str(row[0].value) for sheet in book for row in sheet.iter_rows(max_row=1))
    )
    assert [one for one in page.captions if squeezed(one.split("[")[0]) not in above] == []
    assert len(book.sheetnames) == len({name.lower() for name in book.sheetnames})
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    numbers = sum(isinstance(cell.value, int | float) for cell in cells)
    assert numbers > 200


@pytest.mark.prove
def test_every_drawing_stands_by_itself(built, page):
    files = sorted(built["svg"].iterdir())
    assert len(files) == len(page.alts)
    told = {ET.parse(path).getroot()[1].text for path in files}
    assert told == set(page.alts)


@pytest.mark.prove
def test_two_runs_give_the_same_bytes(built, tmp_path):
    area = built["html"].stem
    again = build_each(area, tmp_path, formats=["docx", "xlsx"])
    assert all(again[name].read_bytes() == built[name].read_bytes() for name in again)


@pytest.mark.browser
def test_a_whole_report_prints_with_its_tags(tmp_path):
    if shutil.which(os.environ.get("CHROMIUM", "chromium")) is None:
        pytest.fail("Chromium is missing; run 'make test-browser', which installs it.")
    made = build_each("Islington", tmp_path, formats="pdf,html")
    raw = made["pdf"].read_bytes()
    pictures = made["html"].read_text(encoding="utf-8").count("<img ")
    assert raw.count(b"/S /Figure") == len(re.findall(rb"/Alt [(<]", raw)) == pictures > 3
    assert b"/Title (Islington: youth justice report)" in raw
    assert b"/Lang (en-GB)" in raw
    assert b"/StructTreeRoot" in raw
    assert b"/Outlines" in raw
