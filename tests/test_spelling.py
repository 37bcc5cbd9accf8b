import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice._spelling import did_you_mean, nearest, plain, without_notes


@given(st.text(max_size=60))
def test_plain_and_without_notes_settle(text):
    assert plain(plain(text)) == plain(text)
    assert without_notes(without_notes(text)) == without_notes(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [("TOTAL*", "TOTAL"), ("Other(4)", "Other"),
     ("first time entrants(1)(2)", "first time entrants"),
     ("Section 226b (*)", "Section 226b (*)"), ("*", "*"), ("*(1)", "*"), ("(1)", "(1)"),
     ("Bournemouth (Pre LG)", "Bournemouth (Pre LG)"), ("a [note 12] (3)", "a"),
     ("2012/13", "2012/13"),
     ("a [notes 1, 2]", "a"), ("a†", "a"), ("", "")],
)  # fmt: skip
def test_footnote_marks_go(text, left):
    assert without_notes(text) == left


def test_one_clear_match_is_suggested_alone():
    names = ["Islington", "Hillingdon", "Darlington"]
    assert nearest("Islingtn", names) == ["Islington"]
    assert did_you_mean(3, names, "see places()") == "see places()"
    assert nearest("x" * 10_000, names) == []
