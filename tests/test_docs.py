"""The examples of the pages run, the commands they name exist, and the data dictionary is current."""

import json
import re
import runpy
import shlex
import sys
from pathlib import Path

import pytest

import youthjustice as yj
from youthjustice import cli

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tools"))
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
# Their own tests run the examples of these, which need files that are written first.
ELSEWHERE = {"importing.md", "records.md"}


def blocks(page, language):
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    return [text for name, text in found if name == language]


def commands(page):
    listed = [line for text in blocks(page, "") for line in text.splitlines()]
    listed += re.findall(r"`(youthjustice [^`\n]+)`", page.read_text(encoding="utf-8"))
    return [
        shlex.split(line, comments=True)[1:] for line in listed if line.startswith("youthjustice ")
    ]


@pytest.mark.parametrize(
    "page",
    [p for p in PAGES if blocks(p, "python") and p.name not in ELSEWHERE],
    ids=lambda page: page.stem,
)
def test_the_examples_of_a_page_run(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {}
    for text in blocks(page, "python"):
        exec(text, names)


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda page: page.stem)
def test_the_commands_of_a_page_are_there(page):
    for command in commands(page):
        cli._parser().parse_args(command)


def test_the_targets_of_make_that_pages_name_are_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        named = re.findall(r"[`\n]make ([a-z-]+)", page.read_text(encoding="utf-8"))
        assert set(named) <= targets, page.name


def test_the_data_dictionary_is_current():
    from data_dictionary import page

    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert page(package) == (ROOT / "docs" / "data.md").read_text(encoding="utf-8"), (
        "run make data-hashes"
    )


@pytest.mark.parametrize(
    "room", ["measures", "published", "records", "disclosure", "presentation", "reports"]
)
def test_every_public_name_is_in_the_reference(room):
    page = (ROOT / "docs" / "reference" / f"{room}.md").read_text(encoding="utf-8")
    assert f"automodule:: youthjustice.{room}" in page
    # Members of a package are imported ones; without both options a page would list none.
    settings = runpy.run_path(str(ROOT / "docs" / "conf.py"))["autodoc_default_options"]
    assert settings == {"members": True, "imported-members": True}
    assert getattr(yj, room).__all__
