"""Which things of a report hold figures, and so must tell where they come from."""

import re

from youthjustice.presentation import Chart, Sentence, Table
from youthjustice.reports.content import walk

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# What holds digits and is no figure: dates, labels of years, ages, and names of methods.
_NO_FIGURES = re.compile(
    rf"{_MONTH} \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}|mid-\d{{4}}|20\d\d/\d\d|\b(?:19|20)\d\d\b"
    r"|aged? (?:under )?\d+(?: to \d+)?|ages \d+(?: to \d+| and over)?|per 100,000|per 100\b"
    r"|95%|5% level|key stage 4|COVID-19|\b(?:3|12)-month|P\d|F\d"
)
# Definitions and how to read: their numbers belong to a rule and not to a publication.
DEFINITIONS = (
    "Groups are children with none, 1 to 2, 3 to 6",
    "A position in a list of 150 authorities is mostly chance",
    "Every interval is a 95% interval: were its counts exact",
    "A ratio is not calculated when either group has fewer than 5",
    "Findings among many comparisons are corrected by Holm's method",
    "Not found for ",
    "A change or a difference is claimed only where the interval",
    "Areas are compared with the rest of their region",
)
# The list of publications is itself where figures come from.
LISTS = ("Publications that this report draws on",)


def holds_a_figure(text):
    """Tell whether digits are left once dates, ages and names of methods are taken out."""
    if text.startswith(DEFINITIONS):
        return False
    return bool(re.search(r"\d", _NO_FIGURES.sub("", text)))


def things_with_figures(shown):
    """Give each sentence, table and chart that holds a figure, with what it says."""
    for one in shown:
        for thing in walk(one):
            if isinstance(thing, Sentence) and holds_a_figure(thing.text):
                yield thing, thing.text
            if (
                isinstance(thing, Table)
                and thing.caption not in LISTS
                and any(
                    holds_a_figure(text)
                    for at, name in enumerate(thing.columns)
                    if name != thing.row_header
                    for text in thing.texts().iloc[:, at]
                )
            ):
                yield thing, thing.caption
            if isinstance(thing, Chart):
                yield thing, thing.title
