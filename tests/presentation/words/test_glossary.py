"""The words used: plain, in order, each only where it occurs."""

import pytest

from youthjustice.presentation import lint_words
from youthjustice.presentation.words.glossary import HOW_TO_READ, glossary, words_in


def test_the_glossary_is_in_order_whole_and_plain():
    words = glossary()
    names = [one.word.casefold() for one in words]
    assert names == sorted(set(names))
    assert all(
        one.forms and all(form == form.casefold().strip() for form in one.forms) for one in words
    )
    assert all(one.meaning.endswith(".") and len(one.meaning) < 200 for one in words)
    assert lint_words(" ".join([*HOW_TO_READ, *(one.meaning for one in words)])) == []


@pytest.mark.parametrize("one", glossary(), ids=lambda one: one.word)
def test_every_form_is_found_alone_and_not_within_another_word(one):
    for form in one.forms:
        assert one in words_in(f"Then {form.upper()}, it says")
        if form[-1].isalpha():
            assert one not in words_in(f"x{form}x")


def test_a_word_that_does_not_occur_is_left_out():
    assert words_in("Nothing here needs explaining.") == ()
