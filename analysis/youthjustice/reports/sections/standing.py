"""Where the area stands among authorities, told by what can be told apart and never by a rank."""

from __future__ import annotations

from youthjustice.presentation import Chart, Sentence, numbers, strip
from youthjustice.published import load, place
from youthjustice.reports.section import Displays, Heading, Section
from youthjustice.reports.sections.common import cite, england_only
from youthjustice.reports.sections.entrants import UNIT
from youthjustice.reports.sections.reoffending import _percent
from youthjustice.reports.sections.standing_figures import (
    Standing,
    entrants_standing,
    reoffending_standing,
)

_PERCENT = "as a percentage of the cohort"
_TITLE, _ANCHOR = "Where the area stands among English authorities", "standing"


def standing(area: str) -> Section:
    """Show every authority's figure, and count those that can be told apart from this one."""
    found = place(area)
    if found.country != "England":
        return Section(_TITLE, _ANCHOR, (england_only(found, "rates by authority"),))
    items: list[Displays] = [
        Sentence(
            "A position in a list of 150 authorities is mostly chance when numbers are small, so no "
            "rank is given. What can be said is how many authorities have a rate that can be told "
            "apart from this one.",
            kind="note",
        )
    ]
    entrants = entrants_standing(found.code)
    if entrants is not None:
        items += [
            Heading("First-time entrants"),
            told_apart(found.name, entrants, "rate of first-time entrants"),
            _drawn(found.name, entrants, "first-time entrants", UNIT, "entrants"),
        ]
    children = reoffending_standing(found.code)
    if children is not None:
        items += [
            Heading("Reoffending at ages 15 to 17"),
            told_apart(found.name, children, "reoffending rate"),
            Sentence(
                "Every authority is taken at the smallest cohort that fits its printed rate, so real "
                "differences may go undetected here.",
                kind="caution",
            ),
            _drawn(
                found.name,
                children,
                "binary reoffending rate at ages 15 to 17",
                _PERCENT,
                "reoffending",
            ),
            *_claim(found.name, found.code),
        ]
    return Section(_TITLE, _ANCHOR, tuple(items))


def told_apart(name: str, told: Standing, what: str) -> Sentence:
    """Count the authorities with evidence of a higher or a lower figure, and the rest."""
    if told.higher + told.lower == 0:
        text = (
            f"In {told.period}, none of the {told.others} other authorities with a figure can be "
            f"told apart from {name} by its {what}"
        )
    else:
        text = (
            f"In {told.period}, there is evidence at the 5% level that {_authorities(told.higher)} "
            f"had a higher {what} than {name} and {_authorities(told.lower)} a lower one; "
            f"{told.unclear} cannot be told apart from it"
        )
    return Sentence(
        f"{text}. With {told.others} comparisons, at most about "
        f"{numbers.decimal(told.others * 0.05, 0)} would be told apart by chance alone if there were "
        "no differences. Numbers of children are inferred."
    )


def _claim(name: str, code: str) -> list[Displays]:
    """Set the council's claim about reoffending beside what the first and last cohorts allow."""
    findings = load("inspection_findings", release="all")
    claims = findings[(findings["area_code"] == code) & (findings["kind"] == "claim")]
    first, last = reoffending_standing(code, first=True), reoffending_standing(code)
    if claims[claims["domain"] == "Reoffending"].empty or first is None or last is None:
        return []
    return [
        Heading("The council's claim on reoffending: from among the highest to among the lowest"),
        told_apart(name, first, "reoffending rate"),
        Sentence(
            "The claim names neither the measure nor the years. It can be looked at for ages 15 to "
            f"17 alone: in {first.period} the rate of {name} was above that of "
            f"{first.above} of {first.others} authorities with a figure, in {last.period} above "
            f"that of {last.above} of {last.others}, and each position is uncertain by as much as "
            "the sentences above say."
        ),
    ]


def _authorities(number: int) -> str:
    if number == 0:
        return "no authority"
    return f"{number} {'authority' if number == 1 else 'authorities'}"


def _drawn(name: str, told: Standing, measure: str, unit: str, table: str) -> Chart:
    tables = {"entrants": "first_time_entrants_area", "reoffending": "reoffending_area"}
    form = _percent if unit == _PERCENT else numbers.rate
    return strip(
        told.authorities,
        value="value",
        area="area_name",
        focus=name,
        title=f"{name} among English authorities",
        measure=measure,
        unit=unit,
        period=told.period,
        form=form,
        source=f"{cite(load(tables[table]))}; the interval is own analysis",
        name=f"standing-{table}",
        note="Up and down within the strip has no meaning. The interval is inferred.",
    )
