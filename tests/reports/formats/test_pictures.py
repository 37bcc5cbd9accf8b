"""Pictures of every chart, for use elsewhere."""

import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from youthjustice.reports.content import Content
from youthjustice.reports.formats.pictures import charts, titled, write_png, write_svg

from .conftest import chart, shown, small_content

SVG = "{http://www.w3.org/2000/svg}"


def test_each_chart_is_a_file_named_after_it(content, tmp_path):
    assert [path.name for path in write_png(content, tmp_path, "here")] == ["bars.png", "other.png"]
    assert {path.parent.name for path in write_svg(content, tmp_path, "here")} == {"here-charts"}


def test_a_png_has_twice_the_pixels_of_a_page_and_says_nothing_more():
    raw = chart().png()
    picture = Image.open(io.BytesIO(raw))
    assert picture.size == (2 * 96 * 2, 1.5 * 96 * 2)
    assert set(picture.info) <= {"dpi"}
    assert raw == chart().png()


def test_an_svg_says_what_it_shows():
    root = ET.fromstring(titled(chart(word="<b> & \x07")))
    title, told = root[0], root[1]
    assert (title.tag, told.tag) == (f"{SVG}title", f"{SVG}desc")
    assert told.text == "Bar chart: <b> & \ufffd 2, Black 3."
    assert root.get("aria-labelledby").split() == [title.get("id"), told.get("id")]
    assert (root.get("role"), root.get("lang")) == ("img", "en-GB")


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/passwd", "", "\x00", "a/b", "x" * 5000, "\u5012"]
)
def test_no_name_leaves_the_folder_or_takes_anothers_place(name, tmp_path):
    pair = tuple(shown(chart(name)) for _ in range(2))
    both = Content(area="a", title="a", description="", shown=pair)
    files = write_svg(both, tmp_path / "out", "a")
    assert {path.resolve().parent for path in files} == {(tmp_path / "out" / "a-charts").resolve()}
    assert len({path.name.lower() for path in files}) == len(charts(both)) == 2
    assert len(list(tmp_path.rglob("*.svg"))) == 2


def test_a_chart_shown_twice_is_one_picture():
    one = chart()
    twice = Content(area="a", title="a", description="", shown=(shown(one), shown(one)))
    assert list(charts(twice)) == ["bars"]


def test_a_report_without_charts_has_no_pictures(tmp_path):
    empty = Content(area="a", title="a", description="", shown=())
    assert write_png(empty, tmp_path, "a") == []
    assert small_content().area == "Somewhere"
