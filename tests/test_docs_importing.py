"""The page on importing names commands and options that there are, and its examples run."""

import argparse
import re
import shlex
import shutil
from pathlib import Path

import pytest

from youthjustice import cli
from youthjustice.published import layouts_known, releases

PAGE = (Path(__file__).parents[1] / "docs" / "importing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PROSE = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
SPANS = re.findall(r"`([^`\n]+)`", PROSE)
OFFICIAL = "bds_long_0.parquet"


def blocks(language):
    return [text for name, text in BLOCKS if name == language]


def commands():
    listed = [line for text in blocks("") for line in text.splitlines()]
    listed += [span for span in SPANS if span.startswith("youthjustice ")]
    return [shlex.split(line)[1:] for line in listed]


def run_all(about):
    return [cli.main(command) for command in commands() if about in command]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to work in, with spaces in its name."""
    folder = tmp_path / "my work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(folder / "my releases"))
    (folder / "diversion.csv").write_text(blocks("csv")[0], encoding="utf-8")
    return folder


def test_the_example_goes_from_the_draft_to_a_table_and_back(here, capsys):
    draft, *others = [command for command in commands() if "diversion.csv" in command]
    assert cli.main(draft) == 0
    assert "TO FILL IN" in Path("diversion.toml").read_text(encoding="utf-8")
    Path("diversion.toml").write_text(blocks("toml")[0], encoding="utf-8")
    assert [cli.main(command) for command in others] == [0, 0]
    assert "C8 holds the total 81 of Camden, but its parts add to 18 " in capsys.readouterr().out
    names = {}
    exec(blocks("python")[0], names)
    assert names["rows"].attrs["checks"][0]["cells"] == ["C8", "C6", "C7"]
    assert names["diversion"]["symbol"].dropna().tolist() == ["c"]
    assert run_all("--forget") == [0]
    assert "diversion_area" not in set(names["yj"].published.tables()["name"])


def test_every_command_and_option_of_the_page_is_there():
    for command in commands():
        cli._parser().parse_args(command)
    (choices,) = (a.choices for a in cli._parser()._actions if isinstance(a.choices, dict))
    known = {name for one in choices.values() for name in one._option_string_actions}
    named = set(re.findall(r"--[a-z][a-z-]*", " ".join(SPANS)))
    assert named - known == set()
    assert isinstance(choices["import"], argparse.ArgumentParser)


def test_the_page_lists_every_layout_and_what_it_was_tried_on():
    rows = [line.split("|") for line in PROSE.splitlines() if line.startswith("| ")]
    told = {
        name: tried
        for row in rows
        for tried, cell in ((True, row[2]), (False, row[3]))
        for name in re.findall(r"`(\w+)`", cell)
    }
    known = layouts_known()
    assert told == dict(zip(known["name"], known["tried"], strict=True))


def test_the_releases_of_the_page_are_shipped_and_its_links_lead_somewhere():
    shipped = set(releases("first_time_entrants_area")["release"])
    assert {"2025-02", "2026-02"} <= shipped
    for link in re.findall(r"\]\(([^)]+)\)", PROSE):
        assert (Path(__file__).parents[1] / "docs" / link).is_file(), link


@pytest.mark.prove
def test_the_lines_that_compare_releases_and_make_a_report_run(here):
    names = {}
    for text in ("import youthjustice as yj", *blocks("python")[1:]):
        exec(text, names)
    (report,) = (
        command for command in commands() if "Islington" in command and "report" in command
    )
    assert cli.main(report) == 0
    assert "is from release 2025-02" in Path("reports/islington.html").read_text(encoding="utf-8")


@pytest.mark.real_files
def test_the_official_file_of_the_page_is_told_refused_and_accepted(here, real_file, capsys):
    shutil.copy(real_file("lait-bds-long-2026-04.parquet"), OFFICIAL)
    assert run_all(OFFICIAL) == [0, 2, 0]
    (comparison,) = (command for command in commands() if "--compare" in command)
    capsys.readouterr()
    assert cli.main(comparison) == 0
    assert "that change: 2 of 7" in capsys.readouterr().out
