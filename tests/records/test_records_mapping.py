"""A mapping of records is read key by key, and a wrong key is named."""

import pytest

from youthjustice.errors import InputProblem
from youthjustice.records.mapping import Mapping, TableMapping, read_mapping

WRONG = {
    "childern.header = 1": "the key 'childern' is not one of a mapping; did you mean children?",
    "children.heading = 1": "the key children.'heading' is not one of a mapping; did you mean header?",
    "children.header = -1": "the key children.header is not a row",
    "children.header = true": "the key children.header is not a row",
    "children.sheet = 1": "the key children.sheet is not a text in quotes",
    "children = 1": "the key children is not a table: write [children] above its keys",
    "children.columns.birthday = 'x'": "the key children.columns.'birthday' is not one of a mapping",
    "children.columns.sex = ' '": "the key children.columns.sex is empty",
    "offences.columns.sex = 'x'": "the key offences.columns.'sex' is not one of a mapping",
    "children.codes.service = {}": "the key children.codes.'service' is not one of a mapping",
    "children.codes.sex.F = 'girl'": "the key children.codes.sex.'F' is 'girl': write one of female",
    "offences.codes.is_breach.J = 'yes'": "is 'yes': write one of true, false",
    "children.columns.sex = 'x'\nchildren.constants.sex = 'male'": "say two things",
    "children.": "is not TOML",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_key_is_named(tmp_path, text):
    path = tmp_path / "our.toml"
    path.write_text(text)
    with pytest.raises(InputProblem) as told:
        read_mapping(path)
    assert str(told.value).startswith("'our.toml'")
    assert WRONG[text] in str(told.value)


def test_what_is_left_out_is_found_as_without_a_mapping(tmp_path):
    path = tmp_path / "our.toml"
    path.write_text("")
    assert read_mapping(path) == Mapping()
    path.write_text('[offences]\nsheet = " Acts "\n[offences.codes.remand]\nX = "bail"\n')
    assert read_mapping(path).offences == TableMapping(
        sheet="Acts", codes={"remand": {"X": "bail"}}
    )
