"""The first screen: what changed, whether it is real, how the area compares, and how sure we are."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import Findings, Sentence, ratio_sentence, sentence_case
from youthjustice.presentation.words.as_at import as_at_words, no_ratios_sentence, stood_words
from youthjustice.presentation.words.not_published import no_rate_sentence
from youthjustice.presentation.words.own_releases import own_releases_words
from youthjustice.published import Place, place
from youthjustice.published.as_it_stood import stood
from youthjustice.reports.as_at import undated
from youthjustice.reports.own_releases import told
from youthjustice.reports.section import Contents, Section, Title
from youthjustice.reports.sections.children import population_sentence
from youthjustice.reports.sections.disparity_figures import REFERENCE, disposals
from youthjustice.reports.sections.disposals import disposals_custody_sentence
from youthjustice.reports.sections.entrants import change_of_area, rest_of
from youthjustice.reports.sections.entrants_elsewhere import over_years
from youthjustice.reports.sections.entrants_figures import Entrants, entrants
from youthjustice.reports.sections.entrants_pace import pace_at_a_glance
from youthjustice.reports.sections.first_screen import overview
from youthjustice.reports.sections.inspection import score_sentence
from youthjustice.reports.sections.linked import linked_sentence
from youthjustice.reports.sections.linked_figures import linked_cohort
from youthjustice.reports.sections.national_figures import national_stages, stages_at_hand
from youthjustice.reports.sections.national_lineage import stages_traced
from youthjustice.reports.sections.reoffending import change_of_reoffending
from youthjustice.reports.sections.reoffending_figures import local_rates
from youthjustice.reports.sections.wording import in_one, one_after_another


def title(area: str) -> Title:
    """Head the report and say in one sentence what it is.

    >>> title("Islington").text
    'Youth justice in Islington'
    """
    found, day = place(area), stood()
    lede = (
        f"First-time entrants, reoffending, ethnic disparity and inspection in {found.name}, from "
        "published figures. Comparisons carry a 95% interval wherever counts are published or can be "
        "inferred; where an interval allows no claim, none is made."
    )
    return Title(
        f"Youth justice in {found.name}{as_at_words(day)}",
        " ".join(
            filter(
                None, (lede, stood_words(day, undated()) if day else "", own_releases_words(told()))
            )
        ),
    )


def findings(area: str) -> Section:
    """Give the finding in five sentences, each as strong as its interval.

    >>> section = findings("Islington")
    >>> section.title, len(section.items[0].items)
    ('The finding in five sentences', 5)
    """
    found = place(area)
    figures = entrants(found.name) if found.country == "England" else None
    rates = local_rates(found.code)
    said = _in_wales(found) if found.country == "Wales" else _in_england(found, figures, rates)
    listed = Findings(
        *said, _disparity(found), _sure(found, figures, rated=bool(rates["value"].notna().any()))
    )
    drawn = overview(found, figures, rates)
    return Section(
        "The finding in five sentences", "findings", (listed, drawn, Contents()), folds=False
    )


def _in_england(
    found: Place, figures: Entrants | None, rates: pd.DataFrame
) -> tuple[Sentence, ...]:
    """Say what changed, how the area compares now, and what is known of reoffending."""
    reoffended = (
        change_of_reoffending(found.name, rates)
        if rates["value"].notna().any()
        else no_rate_sentence("reoffending rate", found.name)
    )
    if figures is None:
        none = no_rate_sentence("rate of first-time entrants", found.name)
        return none, _inspected(found), reoffended
    rest = rest_of(found.region)
    changed = one_after_another(
        change_of_area(found.name, figures, briefly=True),
        *pace_at_a_glance(found.name, rest, figures),
    )
    return changed, over_years(found.name, rest, figures), reoffended


def _in_wales(found: Place) -> tuple[Sentence, ...]:
    """Say which tables stop at the border, who the children are, and what inspectors found."""
    coverage = Sentence(
        "The published tables of first-time entrants, reoffending and the linked school cohort by "
        f"area cover England only, so nothing is said of them for {found.name}.",
        kind="note",
    )
    return coverage, population_sentence(found), _inspected(found)


def _disparity(found: Place) -> Sentence:
    """Say who is over-represented: from the linked cohort where it speaks of the area, else custody."""
    if found.country == "England":
        rows = linked_cohort(found)
        if not rows.empty and rows["lower"].notna().any():
            return linked_sentence(found, rows, brief=True)
    index = disposals(found)
    if not index.empty and index["numerator"].notna().any():
        return disposals_custody_sentence(found, index)
    if not stages_at_hand():
        return no_ratios_sentence(found.name)
    stages = national_stages()
    rows = stages[stages["stage"] == "caution or sentence"]
    said = ratio_sentence(
        rows[rows["ethnic_group"] == "Black"].iloc[0],
        group="Black",
        reference=REFERENCE,
        outcome="cautions or sentences",
        context=f"There is no local figure for {found.name}; in England and Wales",
    )
    return stages_traced(said, rows, groups=("Black", REFERENCE))


def _inspected(found: Place) -> Sentence:
    said = score_sentence(found.name)
    return said or Sentence(f"This report draws on no inspection of {found.name}.", kind="note")


def _sure(found: Place, figures: Entrants | None, *, rated: bool) -> Sentence:
    """Say how sure: what the figures are too few or too coarse to say."""
    limits = (
        "numbers are small and most are published without the counts behind them, so the intervals "
        "are wide and some are inferred; no figure here says why anything changed."
    )
    if figures is None and not rated:
        limits = (
            f"next to nothing is published of {found.name} alone, so next to nothing is said of it; no "
            "figure here says why anything changed."
        )
    if figures is None:  # the inspection has been told in its place
        return Sentence(sentence_case(limits))
    return in_one(_inspected(found), Sentence(limits))
