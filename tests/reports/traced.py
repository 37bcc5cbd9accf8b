"""Which things of a report hold figures, and so must tell where they come from."""

import re

from lxml import etree, html

from youthjustice.presentation import Chart, Sentence, Table
from youthjustice.reports.content import walk
from youthjustice.reports.lineage_section import ANCHOR

_LINK = etree.XPath(".//a[starts-with(@href, '#from-')]")

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
    "Symbols in tables: [c] confidential",
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


def untraced(page):
    """Give each text of a finished page that holds a figure and has no link to where it comes from.

    A table's and a chart's link stands beside it, and that of a list's texts beside their name.
    """
    main = html.fromstring(page).find(".//main")
    for one in main.iter("p", "li", "dd", "dt", "td", "h1", "h2", "h3", "summary", "figcaption"):
        inner = one.tag in ("li", "dd") and any(part.tag in ("p", "ul", "ol") for part in one)
        told_there = any(above.get("id") == ANCHOR for above in one.iterancestors())
        if inner or told_there or _of_a_list(one):
            continue
        told = " ".join(text for text in one.itertext() if text.strip())
        for link in one.iter("sup"):
            told = told.replace(link.text_content(), "", 1)
        text = " ".join(told.split()).removeprefix("Caution: ")
        if holds_a_figure(text) and not any(_LINK(part) for part in _wholes(one)):
            yield text


def _wholes(one):
    """Give an element and the table, chart or name that its link may stand beside."""
    yield one
    for above in one.iterancestors("figure", "div"):
        if above.tag == "figure" or "yj-table" in (above.get("class") or "").split():
            yield above
    if one.tag == "dd":
        yield next(one.itersiblings("dt", preceding=True))


def _of_a_list(one):
    """Tell whether an element stands in a table that itself says where figures come from."""
    captions = [above.findtext("caption/span") for above in one.iterancestors("table")]
    return any((told or "").startswith(LISTS) for told in captions)
