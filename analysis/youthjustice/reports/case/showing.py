"""Show the claims of a case: all verdicts at a glance, then each claim with its figure and test."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from youthjustice.presentation import Sentence, Table, numbers, sentence_case
from youthjustice.published import load, place
from youthjustice.reports.case.checked import Checked, Claim
from youthjustice.reports.case.checking import checked_claims, claims_about
from youthjustice.reports.case.on_entrants import how_many_could_say
from youthjustice.reports.citing import cite, traced
from youthjustice.reports.section import Displays, Heading, Section

_LEVEL = 0.05
_OWN_WORDS = ("weakest", "mark_counts")  # checks that ask a document whether it agrees with itself
_WHO = {"hmip-press-2016": "The inspectors'", "islington-inspection-2024": "The council's"}
_PARTS = {"figure": "Figure", "test": "Test", "verdict": "Verdict"}
_READING = (
    "A verdict follows from the figure and its interval by rules that are the same for every claim. "
    "Holds as printed, not beyond chance: the printed figure bears the claim out, and its interval "
    "does not rule out the contrary. Cannot be checked: the figure that would be needed is named. "
    "A claim that holds may hold elsewhere as well, and no figure says what brought it about."
)


def claims_in_short(area: str) -> Section:
    """List every claim that a published figure bears on, each with its verdict.

    >>> print(claims_in_short("Islington").items[0])
    Of 47 claims, 17 could be put to a published figure and 2 to the document's own ratings alone; of \
the other 28 the figure that would be needed is not published or not at hand.
    """
    found = place(area)
    every = checked_claims(found.name)
    checked = [(claim, what) for claim, what in every if what.could_be_checked]
    shown = pd.DataFrame(
        {
            "claim": [_said(claim) for claim, _ in checked],
            "verdict": [sentence_case(what.verdict) for _, what in checked],
        }
    )
    own = sum(claim["check"] in _OWN_WORDS for claim, _ in checked)
    apart = f" and {own} to the document's own ratings alone" if own else ""
    opening = Sentence(
        f"Of {numbers.count(len(every))} claims, {numbers.count(len(checked) - own)} could be put to a "
        f"published figure{apart}; of the other {numbers.count(len(every) - len(checked))} the figure "
        "that would be needed is not published or not at hand.",
        kind="note",
    )
    items: list[Displays] = [*_whose(found.code, found.name), opening]
    if checked:
        caption = "The claims that a figure bears on, and what became of each"
        columns = {"claim": "Claim", "verdict": "Verdict"}
        source = f"{_documents()}; verdicts rest on the publications named under each claim"
        items.append(Table(shown, caption, columns=columns, source=source))
    items.append(Sentence(_READING, kind="method"))
    return Section("The claims, in short", "claims-in-short", tuple(items))


def claims_checked(area: str, document: str) -> Section:
    """Take the claims of one document one by one: the claim, the figure, the test, the verdict.

    ``document`` is a key of the sources table: ``hmip-press-2016`` or ``islington-inspection-2024``.

    >>> section = claims_checked("Islington", "hmip-press-2016")
    >>> section.items[1].frame["text"].iloc[-1]
    'Holds, taken alone, if the cohort had more than 48 children; its size is not published'
    """
    found = place(area)
    title = _title(document)
    anchor = f"claims-{document}"
    mine = [
        (claim, what) for claim, what in checked_claims(found.name) if claim["source"] == document
    ]
    if not mine:
        none = Sentence(f"No claim of this document can be put to {found.name}.", kind="note")
        return Section(title, anchor, (none,))
    items: list[Displays] = []
    for claim, what in mine:
        if what.could_be_checked:
            items += [Heading(_said(claim)), _one(claim, what)]
    rest = [(claim, what) for claim, what in mine if not what.could_be_checked]
    if rest:
        items += [Heading("What cannot be checked"), _unchecked(rest, document)]
    return Section(title, anchor, tuple(items))


def claims_together(area: str) -> Section:
    """Count the tests: what still stands once all claims are looked at, and who else could say so.

    >>> print(claims_together("Islington").items[-2])
    Of 143 English authorities with a rate in both years, the printed rate of the last is less than \
half of the first in 91. That is a count of printed figures, without a test of each.
    """
    found = place(area)
    every = checked_claims(found.name)
    tested = [(claim, what) for claim, what in every if pd.notna(what.p_value)]
    items: list[Displays] = []
    if tested:
        items += _together(tested)
    halvings = [claim for claim, _ in every if claim["check"] == "more_than_halved"]
    items += [_who_else(claim) for claim in halvings]
    items.append(
        Sentence(
            "Years and claims were chosen by whoever made the claim. Figures that are chosen for being "
            "high or low tend to lie nearer the middle the next time, by chance alone.",
            kind="caution",
        )
    )
    return Section("All claims together", "claims-together", tuple(items))


def _together(tested: Sequence[tuple[Claim, Checked]]) -> list[Displays]:
    frame = pd.DataFrame(
        {
            "claim": [_said(claim) for claim, _ in tested],
            "verdict": [sentence_case(what.verdict) for _, what in tested],
            "p_value": [what.p_value for _, what in tested],
            "adjusted": [what.adjusted for _, what in tested],
        }
    )
    stand = int((frame["adjusted"] < _LEVEL).sum())
    counted = traced(
        Sentence(
            f"{len(frame)} claims rest on a test. One by one {int((frame['p_value'] < _LEVEL).sum())} "
            f"have a p-value under 0.05; {stand} still have one once all {len(frame)} are counted "
            "(Holm's correction)."
        ),
        sum((what.origins for _, what in tested), ()),
        "holm",
    )
    table = Table(
        frame,
        caption="The claims that rest on a test, taken together",
        columns={"claim": "Claim", "p_value": "p-value", "adjusted": "Adjusted for all"},
        formats={"p_value": numbers.p_value, "adjusted": numbers.p_value},
        note="Where a cohort's size is not published, the p-value is the largest of those that fit. "
        "Of ethnic groups it is the smallest of their comparisons, already adjusted. Of a "
        "cause it is that of the area's pace beside the rest of its region. A claim on ranks has a "
        "chance and no p-value, and is not counted.",
        source="Own analysis, from the publications named under each claim",
    )
    return [counted, table]


def _who_else(claim: Claim) -> Displays:
    could, of = how_many_could_say(claim)
    return Sentence(
        f"Of {of} English authorities with a rate in both years, the printed rate of the last is less "
        f"than half of the first in {could}. That is a count of printed figures, without a test of each."
    )


def _one(claim: Claim, what: Checked) -> Table:
    """Set out one claim; its statement is the heading above."""
    rows = [("Where", f"{claim['place']}, in the document of {str(claim['claim'])[:4]}")]
    rows += [(label, sentence_case(getattr(what, name))) for name, label in _PARTS.items()]
    table = Table(
        pd.DataFrame(rows, columns=["part", "text"]),
        caption=f"The claim called {claim['claim']}, put to the figures",
        columns={"part": "Part", "text": "What it says"},
        source=what.source,
    )
    return traced(table, what.origins, *what.formulas)


def _unchecked(rest: Sequence[tuple[Claim, Checked]], document: str) -> Table:
    frame = pd.DataFrame(
        {
            "claim": [_said(claim) for claim, _ in rest],
            "figure": [what.figure for _, what in rest],
            "verdict": [sentence_case(what.verdict) for _, what in rest],
        }
    )
    return Table(
        frame,
        caption="Claims that no figure at hand can check",
        columns={"claim": "Claim", "figure": "Figure", "verdict": "Verdict"},
        source=_source(document),
    )


def _whose(code: str, name: str) -> list[Displays]:
    """Say so where the claims were made about another area."""
    whose = claims_about(place(name))
    if code in set(whose["area_code"]):
        return []
    other = whose["area_name"].iloc[0]
    said = (
        f"No claim about {name} is on record here. The claims below were made about {other}, and are "
        f"put to {name} as a test of how much such claims say."
    )
    return [Sentence(said, kind="caution")]


def _documents() -> str:
    return "; ".join(_source(name) for name in load("claims")["source"].unique())


def _source(document: str) -> str:
    return cite(pd.DataFrame({"source": [document]}))


def _title(document: str) -> str:
    sources = load("sources").set_index("source")
    row = sources.loc[document]
    return f"{row['publisher']}: {row['title']}"


def _said(claim: Claim) -> str:
    """Tell a claim as the claim of whoever made it."""
    return f"{_WHO[str(claim['source'])]} claim that {claim['statement']}"
