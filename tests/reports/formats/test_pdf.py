"""A printed report keeps what a screen reader needs; what stops the browser is told."""

import os
import re
import shutil
import stat

import pytest

from youthjustice.reports.cells import Shown
from youthjustice.reports.failing import ReportFailed
from youthjustice.reports.formats import pdf
from youthjustice.reports.formats.pdf import printed
from youthjustice.reports.page import render

from .conftest import chart, small_content, table

# A stand-in for a browser is a script here, which Windows would not start.
scripts = pytest.mark.skipif(os.name == "nt", reason="needs scripts that start by themselves")


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    def make(lines):
        path = tmp_path / "browser"
        path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("CHROMIUM", str(path))

    return make


@scripts
def test_a_browser_that_prints_nothing_is_told_with_what_it_said(stand_in):
    stand_in("echo no room; exit 3")
    with pytest.raises(ReportFailed, match=r"^Chromium did not print .*\.$") as said:
        printed("<p>x</p>")
    assert "no room" in said.value.detail


@scripts
def test_a_browser_that_never_ends_is_stopped(stand_in, monkeypatch):
    stand_in("exec sleep 60")
    monkeypatch.setattr(pdf, "PATIENCE", 0.2)
    with pytest.raises(ReportFailed, match="took more than"):
        printed("<p>x</p>")


@scripts
def test_half_a_file_is_no_report(stand_in, tmp_path):
    stand_in(
        'for one in "$@"; do case $one in --print-to-pdf=*) echo %PDF-1.4 > "${one#*=}";; esac; done'
    )
    with pytest.raises(ReportFailed, match="did not print"):
        pdf.write(small_content(), tmp_path / "out", "a")
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def page():
    content = small_content()
    # The figures behind a chart stay off paper, a table of its own does not.
    things = (chart(), table("Asian", "Children by group"))
    drawn = tuple(Shown("text/html", thing._repr_html_(), thing) for thing in things)
    return render(type(content)(content.area, content.title, content.description, drawn))


@pytest.fixture(scope="module")
def raw(page):
    if shutil.which(os.environ.get("CHROMIUM", "chromium")) is None:
        pytest.fail("Chromium is missing; run 'make test-browser', which installs it.")
    return printed(page)


@pytest.mark.browser
def test_a_pdf_is_tagged_and_says_its_title_and_language(raw):
    assert raw.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in raw
    assert b"/MarkInfo <</Type /MarkInfo\n/Marked true" in raw
    assert b"/Lang (en-GB)" in raw
    assert b"/Title (Somewhere: report)" in raw
    assert b"/DisplayDocTitle true" in raw


@pytest.mark.browser
def test_pictures_and_tables_are_tagged_with_their_words(raw):
    assert raw.count(b"/S /Figure") >= 1
    assert re.search(rb"/Alt \(Bar chart: Asian 2, Black 3", raw)
    assert raw.count(b"/S /TH") >= 4


@pytest.mark.browser
def test_printing_twice_gives_the_same_bytes(raw, page):
    assert printed(page) == raw
    assert b"CreationDate" not in raw
