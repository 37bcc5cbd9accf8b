"""The words of a report that a reader may not know, and how to read it, in plain English."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HOW_TO_READ = (
    "Every figure is from a published table or worked out from one. The small number after it leads "
    "to the publication and, where it was worked out, to how.",
    "Numbers of children are small, and small numbers move by chance. The interval after a figure says "
    "from where to where it could lie if chance alone had moved it; where children are few it is wide.",
    "A change or a difference is claimed only where the interval leaves out the figure that would mean "
    "none: 1 for a ratio, 0 for a change. “No evidence of a difference” does not say that two "
    "areas or groups are alike, only that these numbers cannot tell them apart.",
    "Where many comparisons are made at once, some look like findings by chance alone. More is then "
    "asked of each, and the text says how many were made.",
    "Some publications print rates without the numbers behind them. The number that a rate implies is "
    "then worked out, and every figure that rests on it is called inferred.",
    "Areas are compared with the rest of their region and with areas like them. They are not ranked: "
    "among 150 areas a place in the list is mostly chance.",
    "No figure here says why something changed or differs. It shows where to ask.",
)
"""What a reader needs to know of the methods, a paragraph each."""

OWN_RECORDS = (
    "Every figure is from a published table or worked out from one, except in the sections on own "
    "records, which say so. The small number after a published figure leads to the publication and, "
    "where it was worked out, to how."
)
"""The first of these paragraphs in a report that has sections on own records."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, the forms in which a text has it, and what it means."""

    word: str
    forms: tuple[str, ...]
    meaning: str


def words_in(text: str) -> tuple[Word, ...]:
    """Give the words of the glossary that occur in a text, in order of the alphabet.

    >>> [one.word for one in words_in("The remand of children; cohorts and ratios.")]
    ['Cohort', 'Ratio', 'Remand']
    """
    # A search through bytes takes a tenth of the time; no form has a letter beyond the plain ones.
    plain = text.casefold().encode("ascii", "replace")
    return tuple(one for one in glossary() if any(_occurs(form, plain) for form in one.forms))


@cache
def glossary() -> tuple[Word, ...]:
    """Give every word that the glossary explains."""
    lines = files("youthjustice.presentation").joinpath("glossary.csv").read_text("utf-8")
    rows = csv.DictReader(lines.splitlines())
    return tuple(Word(row["word"], tuple(row["forms"].split(";")), row["meaning"]) for row in rows)


def _occurs(form: str, plain: bytes) -> bool:
    """Tell whether a form stands in a text alone, not within another word."""
    sought, at = form.encode("ascii"), -1
    while (at := plain.find(sought, at + 1)) >= 0:
        around = plain[max(at - 1, 0) : at] + plain[at + len(sought) : at + len(sought) + 1]
        if not any(chr(letter).isalnum() for letter in around):
            return True
    return False
