"""The area beside others that somebody chose: authorities, regions or England."""

from __future__ import annotations

from collections.abc import Sequence

from youthjustice.presentation import Table, dates, numbers, sentence_case
from youthjustice.presentation.words.compared import (
    chosen_sentence,
    lacking_sentence,
    none_inspected_sentence,
)
from youthjustice.presentation.words.phrases import listing
from youthjustice.published import Place, place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.comparators import comparators
from youthjustice.reports.section import Displays, Heading, Section
from youthjustice.reports.sections.compared_entrants import entrants_beside
from youthjustice.reports.sections.compared_figures import holds, named, populations
from youthjustice.reports.sections.compared_reoffending import reoffending_beside
from youthjustice.reports.sections.inspection import score_sentence

_ANCHOR = "beside"


def compared(area: str, with_: Sequence[str] | str = ()) -> Section | None:
    """Set an area beside up to three authorities, regions or England; None where none is named.

    Raises InputProblem for an area that is not known, closed or the area itself.

    >>> compared("Islington", with_=["Camden", "Hackney"]).title
    'Beside Camden and Hackney'
    >>> compared("Islington") is None
    True
    """
    found, others = place(area), comparators(area, with_)
    if not others:
        return None
    names = [named(one) for one in others]
    wholes = [named(one) for one in others if holds(one, found)]
    return Section(
        f"Beside {listing(names)}",
        _ANCHOR,
        (
            chosen_sentence(found.name, names, wholes),
            *entrants_beside(found, others),
            *reoffending_beside(found, others),
            *_population(found, others),
            *_inspections(found, others),
        ),
    )


def _population(found: Place, others: Sequence[Place]) -> list[Displays]:
    """Show how many children aged 10 to 17 there are."""
    rows = populations(found, list(others))
    heading = Heading("Children beside others")
    lacking = [
        named(one)
        for one in (found, *others)
        if rows.empty or one.code not in set(rows["area_code"])
    ]
    said: list[Displays] = [lacking_sentence("population", lacking)] if lacking else []
    if rows.empty:
        return [heading, *said]
    table = Table(
        rows.assign(label=rows["label"].map(sentence_case)),
        caption=f"Children aged 10 to 17, {dates.day(rows['period_end'].iloc[0])}",
        columns={"label": "Area", "value": "Children"},
        formats={"value": numbers.count},
        source=cite(rows),
    )
    formulas = ["take_out"] if any(holds(one, found) for one in others) else []
    return [heading, traced(table, origins(rows), *formulas), *said]


def _inspections(found: Place, others: Sequence[Place]) -> list[Displays]:
    """Repeat what inspectors said of each service; their scores are not compared."""
    authorities = [one for one in (found, *others) if one.kind == "authority"]
    said = {one: score_sentence(one.name) for one in authorities}
    none = none_inspected_sentence(
        [one.name for one, sentence in said.items() if sentence is None],
        [named(one) for one in others if one.kind != "authority"],
    )
    known = [sentence for sentence in said.values() if sentence is not None]
    return [Heading("Inspections beside others"), *known, *([none] if none else [])]
