"""Names of files: any name gives one that any system can hold, or a sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.reports.files import slug, stem


@given(st.text(max_size=200) | st.text("ab../\\ :CONcom1", max_size=20))
def test_a_name_never_leads_out_of_its_folder(name):
    try:
        made = stem(name)
    except InputProblem as problem:
        assert slug(name) == "" and "\n" not in str(problem)
    else:
        assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,87}[a-z0-9])?", made)
        assert not re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d|index", made)


@pytest.mark.parametrize("name", ["", "!!!", "\x00", "٣٤", "..", "/"])
def test_a_name_that_no_file_can_have_is_refused(name):
    with pytest.raises(InputProblem, match="no letter or digit"):
        stem(name)


def test_two_long_names_have_files_of_their_own():
    assert stem("x" * 5000) != stem("x" * 5001)
    assert stem("Bournemouth, Christchurch and Poole") == "bournemouth-christchurch-and-poole"
