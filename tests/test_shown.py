from hypothesis import given
from hypothesis import strategies as st

from youthjustice._shown import shown


@given(st.text())
def test_what_is_shown_is_short_and_printable(text):
    made = shown(text)
    assert made.isprintable()
    assert made.encode("utf-8")
    assert "<script" not in made
