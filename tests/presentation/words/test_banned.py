"""Words that the report must not use."""

from __future__ import annotations

import pytest

from youthjustice.presentation import lint_words


@pytest.mark.parametrize(
    "text",
    [
        "young offenders", "an Offender", "reoffenders", "juvenile", "youths", "BAME", "BME",
        "non-White", "non white", "mixed-race", "discrimination", "discriminatory", "better",
        "worse", "the best", "worst", "no difference", "a significant fall", "significantly",
        "no\n   difference",
    ],
)  # fmt: skip
def test_finds(text):
    assert lint_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "no evidence of a difference",
        "statistically significant at 5%",
        "statistically\n  significant",
        "youth offending team",
        "youth justice service",
        "reoffending",
        "children who reoffended",
        "disparity",
        "the Mixed ethnic group",
        "Betterton",
    ],
)
def test_leaves_alone(text):
    assert lint_words(text) == []


def test_strictness_and_quoted_titles():
    assert lint_words("only 5 children") == []
    assert [word.found for word in lint_words("only 5 children", strict=True)] == ["only"]
    title = "Juvenile offenders in\n custody"
    text = "See Juvenile offenders in custody. Juvenile."
    assert [word.found for word in lint_words(text, quoted=[title])] == ["Juvenile"]


def test_says_what_to_write_instead_and_where():
    (word,) = lint_words("The rate for BAME children rose")
    assert word.instead == "the ethnic groups by name"
    assert "rate for BAME children" in word.context
