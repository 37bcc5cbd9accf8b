"""The page on records runs as it stands, and lists the columns and values that there are."""

import re
import shlex
from pathlib import Path

import openpyxl
import pytest

from youthjustice import cli
from youthjustice.records.mapping import columns_of
from youthjustice.records.schema import allowed

PAGE = (Path(__file__).parents[1] / "docs" / "records.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def blocks(language):
    return [text for name, text in BLOCKS if name == language]


def commands():
    return [shlex.split(line)[1:] for text in blocks("") for line in text.splitlines()]


def test_every_column_and_value_is_on_the_page():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", PAGE, re.MULTILINE))
    assert set(rows) == {*columns_of("children"), *columns_of("offences")}
    for column, values in allowed().items():
        assert re.findall(r"`([\w]+)`", rows[column]) == list(values)


def test_every_command_on_the_page_is_one():
    told = [cli._parser().parse_args(command) for command in commands()]
    assert sum(one.run.__name__ == "_report" for one in told) == 5
    assert all(one.records for one in told if "records" in one)


@pytest.mark.prove
def test_the_page_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    made, checked, _, mapped, *_ = commands()
    assert cli.main(made) == 0
    assert cli.main(checked) == 1
    names = {}
    exec(blocks("python")[0], names)
    assert names["entrants"]["numerator"].sum() > 0
    assert names["reoffended"]["denominator"].sum() == names["cohort"].summary.children
    assert (names["ratios"]["stage"] == "sentenced to custody").any()

    book = openpyxl.Workbook()
    book.active.title = "Young people"
    for row in (["Dummy"], [], ["Client No", "Name", "Sex", "When", "Ethnicity"],
                ["DUMMY-1", "Dummy", "M", "1/2/2008", "Grp 7"]):  # fmt: skip
        book.active.append(row)
    acts = book.create_sheet("Acts")
    acts.append(["Client ID", "Offence date", "Outcome", "Outcome date"])
    acts.append(["DUMMY-1", "1/2/2022", "Stage 2 letter", "3/2/2022"])
    book.save("extract.xlsx")
    Path("our.toml").write_text(blocks("toml")[0], encoding="utf-8")
    capsys.readouterr()
    assert cli.main(mapped) == 0
    assert "the mapping" in capsys.readouterr().out
