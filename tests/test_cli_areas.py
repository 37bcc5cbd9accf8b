"""The areas that can be named are listed, and those closed say so."""

import pytest

from youthjustice import cli
from youthjustice.published import places


def run(capsys, *arguments):
    code = cli.main(["areas", *arguments])
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err


def test_all_areas_are_listed_once_with_code_and_region(capsys):
    code, lines, _ = run(capsys)
    assert code == 0
    assert lines[0].split() == ["area", "kind", "code", "region"]
    names = [line.split("  ")[0] for line in lines[1:]]
    assert set(names) == {one.name for one in places(closed=True)}
    assert len(names) == len(set(names))


@pytest.mark.parametrize("text", [["WIGHT"], ["Isle", "of", "Wight"], ["e06000046"], ["of-wight"]])
def test_a_text_chooses_in_any_case_and_spelling(capsys, text):
    _, lines, _ = run(capsys, *text)
    assert [line.split("  ") for line in lines[1:]] == [
        ["Isle of Wight", "authority", "E06000046", "South East"]
    ]


def test_a_closed_authority_is_marked(capsys):
    assert "authority, closed on 2023-04-01" in run(capsys, "cumbria")[1][1]


def test_a_service_of_several_authorities_is_listed_and_one_named_as_its_authority_is_not(capsys):
    assert [" ".join(line.split()) for line in run(capsys, "gwent and")[1][1:]] == [
        "Blaenau Gwent and Caerphilly service - Wales"
    ]
    assert [line.split()[1] for line in run(capsys, "islington")[1][1:]] == ["authority"]


def test_the_name_of_a_council_is_understood(capsys):
    assert run(capsys, "London Borough of Islington")[1][1].startswith("Islington ")


@pytest.mark.parametrize("text", ["zzzzzz", "--", "<script>", "***", "x" * 9999])
def test_a_text_that_no_area_has_is_refused_in_one_line(capsys, text):
    code, lines, err = run(capsys, "--", text)
    assert (code, lines) == (2, [])
    assert "is not an area we know; " in err and err.count("\n") == 1 and len(err) < 300


def test_a_misspelt_area_is_told_of_this_command(capsys):
    assert cli.main(["report", "Nowhere"]) == 2
    assert "'youthjustice areas', lists those there are" in capsys.readouterr().err
