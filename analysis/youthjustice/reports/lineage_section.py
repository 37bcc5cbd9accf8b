"""The section that tells where every figure of a report comes from, and the links that lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from youthjustice.presentation import dates
from youthjustice.presentation.lineage import Formula, Lineage, Publication, formulas
from youthjustice.reports.content import Content, walk
from youthjustice.reports.section import Grouped, Section

TITLE, ANCHOR = "Where every figure comes from", "where-from"
_REFERENCE = re.compile(r' ?<a class="yj-from" href="#from-(\w+)"[^>]*>[^<]*</a>')
_LEDE = (
    "A small number after a figure leads here, and back leads to where it is first used. P is a "
    "publication and F a formula, both listed below; “with” stands before the numbers that went in."
)
_LONG = 100  # characters of a list of numbers from which it is told once
_LETTERS = (
    "x is a number of children or events and n the number out of which it comes; 1 marks the one that "
    "is compared and 0 the other; z is 1.96."
)


@dataclass(frozen=True, slots=True)
class Origins:
    """Every lineage of a report once, in reading order, and what they name, each once."""

    lineages: tuple[Lineage, ...]
    publications: tuple[Publication, ...]
    formulas: tuple[Formula, ...]


def origins(content: Content) -> Origins:
    """Collect where the figures of a report come from; entries are numbered in this order."""
    told = tuple(dict.fromkeys(lineages(one.thing for one in content.shown)))
    keys = dict.fromkeys(key for lineage in told for key in lineage.formulas)
    return Origins(
        told,
        tuple(dict.fromkeys(one for lineage in told for one in lineage.publications)),
        tuple(formulas()[key] for key in keys),
    )


def with_origins(page: str, content: Content) -> str:
    """Give a page's references their numbers, and tell at the end of its main part where they lead."""
    found = origins(content)
    told = section(found)
    before, end, after = numbered(page, found).rpartition("</main>")
    return f"{before}{told._repr_html_() if told else ''}\n{end}{after}"


def lineages(things: Iterable[Any]) -> Iterable[Lineage]:
    """Give the lineage of everything that stands in things, in reading order."""
    for thing in things:
        for one in walk(thing):
            several = one.lineages.values() if isinstance(one, Grouped) else ()
            own = (getattr(part, "lineage", None) for part in (one, getattr(one, "data", None)))
            yield from (lineage for lineage in (*several, *own) if isinstance(lineage, Lineage))


def numbered(page: str, found: Origins) -> str:
    """Give the references of a page their entries' numbers, and drop one that has no entry."""
    numbers = {one.identifier: at for at, one in enumerate(found.lineages, start=1)}
    used = set()

    def link(match: re.Match[str]) -> str:
        number = numbers.get(match[1])
        if number is None:
            return ""
        first = "" if number in used else f' id="use-{number}"'
        used.add(number)
        return (
            f'<sup><a{first} href="#from-{match[1]}" '
            f'aria-label="Where this comes from, entry {number}">{number}</a></sup>'
        )

    return _REFERENCE.sub(link, page)


def section(found: Origins) -> Section | None:
    """Tell every lineage by number, then the publications and the formulas; None without any."""
    return Section(TITLE, ANCHOR, (_Entries(found),)) if found.lineages else None


@dataclass(frozen=True, slots=True)
class _Entries:
    """The three lists, as HTML."""

    found: Origins

    def _repr_html_(self) -> str:
        publications = {one: at for at, one in enumerate(self.found.publications, start=1)}
        ways = {one.key: at for at, one in enumerate(self.found.formulas, start=1)}
        told_in: dict[str, str] = {}
        entries = [
            _entry(number, one, publications, ways, told_in)
            for number, one in enumerate(self.found.lineages, start=1)
        ]
        told = [
            f'<p>{_LEDE}</p><ol class="yj-origins">{"".join(entries)}</ol>',
            "<h3>Publications</h3>",
            _listed([(f"P{at}", f"p{at}", _published(one)) for one, at in publications.items()]),
        ]
        if ways:
            with_inputs = self._with_inputs()
            named = [
                (_worked_out(one, with_inputs.get(one.key, "")), ways[one.key])
                for one in self.found.formulas
            ]
            told += [
                f"<h3>Formulas</h3><p>{_LETTERS}</p>",
                _listed([(f"F{at}", f"f{at}", text) for text, at in named]),
            ]
        return "".join(told)

    def _with_inputs(self) -> dict[str, str]:
        """Link, for each formula, to the first entry that tells the numbers it was worked with."""
        links: dict[str, str] = {}
        for number, one in enumerate(self.found.lineages, start=1):
            for key in one.formulas if one.inputs else ():
                links.setdefault(key, f'<a href="#from-{one.identifier}">entry {number}</a>')
        return links


def _entry(
    number: int,
    lineage: Lineage,
    publications: dict[Publication, int],
    ways: dict[str, int],
    told_in: dict[str, str],
) -> str:
    """Tell one lineage: whose figures, by what formulas, from which numbers, and the way back.

    Long lists of numbers are told once; ``told_in`` keeps a link to the entry that has them.
    """
    told = f"From {_links('P', 'p', [publications[one] for one in lineage.publications])}"
    if lineage.formulas:
        told += f", by {_links('F', 'f', sorted(ways[key] for key in lineage.formulas))}"
    else:
        told += ", as published"
    inputs = "; ".join(f"{escape(name)}: {escape(value)}" for name, value in lineage.inputs)
    anchor = f"from-{lineage.identifier}"
    if len(inputs) > _LONG:
        again = told_in.get(inputs)
        told_in.setdefault(inputs, f'the numbers of <a href="#{anchor}">{number}</a>')
        inputs = again or inputs
    told += f", with {inputs}" if inputs else ""
    return f'<li id="{anchor}">{told} <a href="#use-{number}">back</a></li>'


def _links(letter: str, prefix: str, numbers: Sequence[int]) -> str:
    return ", ".join(f'<a href="#{prefix}{number}">{letter}{number}</a>' for number in numbers)


def _listed(rows: Sequence[tuple[str, str, str]]) -> str:
    items = (
        f'<div><dt id="{anchor}">{short}</dt><dd>{text}</dd></div>' for short, anchor, text in rows
    )
    return f'<dl class="yj-origins">{"".join(items)}</dl>'


def _published(one: Publication) -> str:
    """Write a publication; only an address of the web becomes a link."""
    title = escape(one.title)
    if re.match(r"https?://", one.address):
        title = f'<a href="{escape(one.address)}">{title}</a>'
    released = (
        f"released {dates.day(date.fromisoformat(one.release_date))}" if one.release_date else ""
    )
    told = [escape(one.publisher), title, escape(one.table), released or "release date not known"]
    return ", ".join(part for part in told if part)


def _worked_out(one: Formula, link: str) -> str:
    name, formula, words, reference = (
        escape(part) for part in (one.name, one.formula, one.words, one.reference)
    )
    worked = f" Worked with the numbers of {link}." if link else ""
    return f"<b>{name}</b>: {formula} \u2013 {words}. {reference}.{worked}"
