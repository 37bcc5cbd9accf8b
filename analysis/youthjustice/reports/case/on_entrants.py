"""Checks of claims that fewer children entered the system: first-time entrants, cautions, sentences."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import rate_ratio
from youthjustice.presentation import change_sentence, dates, numbers
from youthjustice.presentation.words.beside import beside_sentence
from youthjustice.presentation.words.findings import compare
from youthjustice.presentation.words.halving import HALF, counted_from_sentence, halving_sentence
from youthjustice.presentation.words.verdicts import below_verdict, beside_verdict, cause_verdict
from youthjustice.published import Place, load
from youthjustice.reports.case.checked import Checked, Claim, no_figure
from youthjustice.reports.case.two_years import TwoYears, two_years
from youthjustice.reports.citing import cite, origins
from youthjustice.reports.sections.wording import inferred, region_name, year

_IMPLIED = "Numbers of children are implied by the printed rates and the population aged 10 to 17."
_FORMULAS = ("implied_count", "take_out", "rate_ratio", "ratio_of_ratios")
_TOO = "the same for the rest of the region, and the ratio of the two changes against 1."
_COUNTED = {
    "first_time_entrants_area": "first-time entrants",
    "cautioned_or_sentenced_area": "children cautioned or sentenced",
}


def more_than_halved(claim: Claim, found: Place) -> Checked:
    """Set the change of a rate against a half, and that of the rest of the region too."""
    years = two_years(claim, found)
    if years is None:
        return no_figure("rate for both years", found)
    value, lower, upper = years.change()
    before, after = years.area
    said = halving_sentence(
        {"value": value, "lower": lower, "upper": upper},
        before=before,
        after=after,
        start=year(years.first_end),
        end=dates.month_year(years.last_end),
    )
    verdict = _beside(found, years, *(below_verdict(*one, HALF) for one in _both(years)))
    last, people, first, before_people = years.counts
    # The ratio is a half where the rate on half the children is the same as before.
    at_half = rate_ratio(last, HALF * people, first, before_people)
    parts = [
        inferred(said).text, _children(years), _told_beside(found, years),
        *_counted_later(claim, found),
    ]  # fmt: skip
    return _checked(
        " ".join(parts),
        f"Ratio of the two rates with its interval, against a half; {_TOO} {_IMPLIED}",
        verdict,
        float(at_half.p_value),
        years,
    )


def _counted_later(claim: Claim, found: Place) -> list[str]:
    """Say what the change comes to from the year after the first: a first year may be a peak."""
    after = pd.Timestamp(str(claim["first"])) + pd.DateOffset(years=1)
    years = two_years({**claim, "first": after}, found)
    if years is None:
        return []
    value, lower, upper = years.change()
    said = counted_from_sentence(
        {"value": value, "lower": lower, "upper": upper}, area=found.name, start=year(after)
    )
    return [inferred(said).text]


def fell(claim: Claim, found: Place) -> Checked:
    """Set the change of a rate against none, and beside that of the rest of the region."""
    years = two_years(claim, found)
    if years is None:
        return no_figure("rate for both years", found)
    value, lower, upper = years.change()
    before, after = years.area
    said = change_sentence(
        {"value": value, "lower": lower, "upper": upper},
        subject=f"the rate of {_COUNTED[str(claim['table'])]} in {found.name}",
        before=before,
        after=after,
        start=f"the {year(years.first_end)}",
        end=f"the {year(years.last_end)}",
        unit=f"per {years.per:,}",
    )
    return _checked(
        f"{inferred(said).text} {_children(years)} {_told_beside(found, years)}",
        f"Ratio of the two rates with its interval, against 1; {_TOO} {_IMPLIED}",
        _beside(found, years, *(below_verdict(*one, 1.0) for one in _both(years))),
        float(years.found["change_p_value"]),
        years,
    )


def pace(claim: Claim, found: Place) -> Checked:
    """Ask of a claimed cause what figures can say of it: whether the pace was another elsewhere."""
    years = two_years(claim, found)
    if years is None:
        return no_figure("rate for both years", found)
    return _checked(
        _told_beside(found, years),
        "Ratio of the area's change to that of the rest of its region, with its interval, against 1. "
        f"What the schemes did cannot be told from what else moved. {_IMPLIED}",
        cause_verdict(compare(*years.change(), change=True), _pace(years), other=_rest(found)),
        float(years.found["p_value"]),
        years,
    )


def how_many_could_say(claim: Claim) -> tuple[int, int]:
    """Count the authorities whose printed rates bear out a claim of a halving, and all with both.

    A printed rate and no test: chance alone puts some on either side.
    """
    table = load(str(claim["table"]))
    rows = table[(table["area_type"] == "authority") & table["value"].notna() & ~table["closed"]]
    first, last = (
        rows[rows["period_end"] == claim[end]].set_index("area_code")["value"]
        for end in ("first", "last")
    )
    ratio = (last / first).dropna()
    return int((ratio < HALF).sum()), len(ratio)


def _checked(figure: str, test: str, verdict: str, p_value: float, years: TwoYears) -> Checked:
    return Checked(figure, test, verdict, p_value, cite(years.rows), origins(years.rows), _FORMULAS)


def _both(years: TwoYears) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    return years.change(), years.change_of_rest()


def _beside(found: Place, years: TwoYears, own: str, others: str) -> str:
    return beside_verdict(own, others, _pace(years), other=_rest(found))


def _pace(years: TwoYears) -> str:
    value, lower, upper, p_value = (
        float(years.found[name]) for name in ("value", "lower", "upper", "p_value")
    )
    return compare(value, lower, upper, change=True, p_value=p_value)


def _rest(found: Place) -> str:
    return f"the rest of {region_name(found.region)}"


def _children(years: TwoYears) -> str:
    """Say how many children the two rates imply, on which populations: a claim may be on a number."""
    last, _, first, _ = years.counts
    people = [f"{day:%Y}" for day in years.rows.sort_values("period_end")["population_date"]]
    return (
        f"The rates imply about {numbers.count(first)} and {numbers.count(last)} children, on the "
        f"populations of {' and '.join(dict.fromkeys(people))}."
    )


def _told_beside(found: Place, years: TwoYears) -> str:
    before, after = years.rest
    said = beside_sentence(
        years.found, area=found.name, other=_rest(found), before=before, after=after, per=years.per
    )
    return inferred(said).text
