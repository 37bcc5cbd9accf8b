"""What a service adds: its words where they belong, never obeyed and never written to."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.presentation import Findings, Sentence
from youthjustice.reports.additions import with_additions
from youthjustice.reports.cells import Shown
from youthjustice.reports.commentary import (
    Commentary,
    as_html,
    commentary_file,
    commentary_folder,
    read_commentary,
)
from youthjustice.reports.section import Heading, Section
from youthjustice.reports.target_rows import targets_of


def shown(*sections):
    return [Shown("text/html", one._repr_html_(), one) for one in sections]


SECTIONS = (
    Section("The finding", "findings", (Findings("One."),), folds=False),
    Section("First-time entrants", "first-time-entrants", (Sentence("Two."), Heading("Three"))),
)


MARK = re.compile(r"<!-- more: [^>]*-->|\n")


def write(folder, text, name="islington.md"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def added(folder, text):
    return with_additions(shown(*SECTIONS), write(folder, text), "Islington")


@pytest.mark.parametrize(
    "heading", ["First-time  ENTRANTS", "#first-time-entrants", "first-time-entrants ##"]
)
def test_a_text_stands_after_the_sentences_that_open_its_section(tmp_path, heading):
    found = added(tmp_path, f"Before.\n\n## {heading}\nOur *words*.\n\n### More\nLast.")
    first, second = (one.content for one in found)
    assert first.index("One.") < first.index("Before.")
    assert second.index("Two.") < second.index("Our <em>words</em>.") < second.index("Three")
    assert "Commentary by the service" in first and "Commentary by the service" in second
    assert [type(item) for item in found[1].thing.items] == [Sentence, Commentary, Heading]
    # What other formats read says what the page says.
    assert "Our *words*." in str(found[1].thing.items[1])
    again = found[1].thing._repr_html_()
    assert MARK.sub("", again) == MARK.sub("", second)


def test_an_unknown_heading_lists_the_sections(tmp_path):
    with pytest.raises(
        InputProblem, match=r"islington\.md, line 3: .*'Entrant'.*The finding; First-"
    ):
        added(tmp_path, "A\n\n## Entrant\nB")


def test_a_heading_in_code_is_no_heading(tmp_path):
    (first, _) = added(tmp_path, "```\n## nowhere\n```\n~~~~\n```\n## nor here\n~~~~\n")
    assert "## nowhere" in first.content and "## nor here" in first.content


def test_no_file_changes_nothing_and_files_are_never_written(tmp_path):
    assert with_additions(shown(*SECTIONS), tmp_path, "Islington") == shown(*SECTIONS)
    folder = write(tmp_path, "A")
    before = (folder / "islington.md").stat()
    with_additions(shown(*SECTIONS), folder, "Islington")
    after = (folder / "islington.md").stat()
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    assert [path.name for path in folder.iterdir()] == ["islington.md"]


def test_files_that_are_no_text_or_too_long_are_refused(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputProblem, match="UTF-8"):
        read_commentary(tmp_path / "a.md")
    (tmp_path / "b.md").write_text("x" * 50_001, encoding="utf-8")
    with pytest.raises(InputProblem, match="50,001 characters"):
        read_commentary(tmp_path / "b.md")
    (tmp_path / "c.md").mkdir()
    with pytest.raises(InputProblem, match="cannot be read"):
        read_commentary(tmp_path / "c.md")
    with pytest.raises(InputProblem, match="no folder"):
        commentary_folder(tmp_path / "none")


@pytest.mark.parametrize(
    ("read", "name"),
    [(read_commentary, "york.md"), (lambda path: targets_of("York", path), "targets.csv")],
)
def test_a_file_that_may_not_be_read_is_said_to_be_so(tmp_path, monkeypatch, read, name):
    def refused(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.open", refused)
    monkeypatch.setattr("pathlib.Path.read_text", refused)
    with pytest.raises(InputProblem, match=rf"^You may not read .*{name}; ask for the right to"):
        read(tmp_path / name)


def test_a_name_with_an_apostrophe_or_a_path_in_it_names_a_file_in_the_folder(tmp_path):
    assert commentary_file(tmp_path, "King's Lynn and West Norfolk").name == (
        "king-s-lynn-and-west-norfolk.md"
    )
    assert commentary_file(tmp_path, "../../x").parent == tmp_path


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=http://x.org/a.png onerror=alert(1)>",
    "![pixel](http://x.org/a.png)",
    "[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](data:text/html,x) [d](vbscript:x)",
    '[e](https://x.org/"onmouseover="alert(1))',
    "<https://x.org/<script>>",
    "[f]: javascript:alert(1)\n[f] [g][f]",
    "- <iframe src=x>\n\n> <object data=x>",
    "|<b onclick=x>|\n|---|\n|<style>*{}</style>|",
    "# <h1>\n###### <svg onload=x>",
    "</section></main><form action=http://x.org><input></form>",
    "<!-- more: findings -->\n\n<details open>",
    "&#60;script&#62; &lt;script&gt;",
]
TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
KNOWN = re.compile(
    "p|em|strong|del|ul|ol|li|blockquote|pre|code|table|caption|thead|tbody|tr|th|td|a|hr|br|div|h[3-6]"
)


def check_harmless(html):
    for _, tag, rest in TAG.findall(html):
        assert KNOWN.fullmatch(tag), tag
        for name, value in re.findall(r'([\w-]+)\s*=\s*"([^"]*)"', rest):
            assert name in {
                "href",
                "class",
                "role",
                "tabindex",
                "aria-label",
                "scope",
                "style",
                "start",
            }
            if name == "href":
                assert value.lower().startswith(("http://", "https://", "mailto:", "#"))
            if name == "style":
                assert re.fullmatch(r"text-align:(left|right|center)", value)
    assert "<" not in TAG.sub("", html)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through(text):
    check_harmless(as_html(text))


@given(st.lists(st.sampled_from([*HOSTILE, *"<>\"'`[]()!|#*-_~\n &;:/=", "a", "https://", "\n\n", "---"]),
                max_size=30).map("".join))  # fmt: skip
def test_no_mixture_of_it_gets_through(text):
    check_harmless(as_html(text))


def test_headings_begin_at_the_third_level_and_skip_none():
    html = as_html("##### a\n\n# b\n\n###### c\n\n## d")
    assert re.findall(r"<h(\d)>", html) == ["3", "3", "4", "3"]


def test_a_table_has_a_caption_and_scopes():
    html = as_html("|a|b|\n|:-|-:|\n|1|2|")
    assert "<caption>" in html and html.count('<th scope="col"') == 2
