"""Checks of claims about inspections: ratings, scores, and the place of a score among others."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import dates, listing, numbers
from youthjustice.presentation.words.verdicts import (
    DOES_NOT_HOLD,
    HOLDS,
    agreement_verdict,
    place_verdict,
    points_words,
    unpublished_verdict,
)
from youthjustice.published import Place, load
from youthjustice.reports.case.checked import Checked, Claim, no_figure
from youthjustice.reports.sections.common import cite, origins

_SCALE = ("Good", "Satisfactory", "Unsatisfactory", "Poor")  # of the inspections of 2016
_QUARTER = 0.25
_READ = "The rating as the report's page has it, read by a third party, beside the document's."


def recorded(claim: Claim, found: Place) -> Checked:
    """Give a judgement as the document has it: the report that would check it is not at hand."""
    rows = _judged(found)
    own = rows[rows["measure"] == claim["domain"]]
    figure = f"The document prints {listing(own['rating'])}; the scale runs from good to poor."
    return _unchecked(claim, figure, own)


def weakest(claim: Claim, found: Place) -> Checked:
    """Ask whether one judgement is lower than all the others of its inspection."""
    rows = _judged(found)
    places = rows["rating"].map(_SCALE.index)
    lowest = rows[places == places.max()]
    figure = (
        f"{len(lowest)} of {len(rows)} parts were judged {lowest['rating'].iloc[0]}: "
        f"{listing(lowest['measure'])}."
    )
    alone = set(lowest["measure"]) == {claim["domain"]}
    verdict = (
        HOLDS
        if alone
        else f"{DOES_NOT_HOLD}: others were judged lower"
        if claim["domain"] not in set(lowest["measure"])
        else f"cannot be told from the ratings: {len(lowest)} parts share the lowest"
    )
    return _told(figure, "The judgements are put in order of their scale.", verdict, rows)


def overall_rating(claim: Claim, found: Place) -> Checked:
    """Compare an overall rating with the one on the inspectorate's own page."""
    rows = _scores(found.region)
    own = rows[rows["area_code"] == found.code]
    if own.empty:
        return no_figure("inspection", found)
    newest = own.iloc[-1]
    figure = (
        f"{newest['rating']}, {numbers.count(newest['value'])} of 36 points (report of "
        f"{dates.month_year(newest['publication_date'])})."
    )
    verdict = HOLDS if newest["rating"] == claim["domain"] else DOES_NOT_HOLD
    return _told(figure, _READ, verdict, own)


def score_adds_up(claim: Claim, found: Place) -> Checked:
    """Add up the points of the standards that count, and compare with the printed score."""
    findings = load("inspection_findings", release="all")
    rows = findings[(findings["area_code"] == found.code) & (findings["kind"] == "rating")]
    counted = rows[~rows["domain"].isin(["Overall", "Resettlement"])]
    total, page = counted["value"].sum(), _scores(found.region)
    own = page.loc[page["area_code"] == found.code, "value"]
    spread = ", ".join(
        f"{number} {name}" for name, number in counted["rating"].value_counts().items()
    )
    figure = (
        f"The {len(counted)} standards that count ({spread}) come to {numbers.count(total)} points; "
        f"the inspectorate's page has {listing(map(numbers.count, own.tail(1)))}."
    )
    agree = total == claim["printed"] and own.tail(1).eq(claim["printed"]).all()
    test = "Up to 3 points for each standard, resettlement not counted, added up."
    return _told(figure, test, HOLDS if agree else DOES_NOT_HOLD, rows, page, formulas=("total",))


def score_rank(claim: Claim, found: Place) -> Checked:
    """Place a score among those at hand by a day, of one region or of all."""
    rows = _scores(str(claim["domain"]))
    rows = rows[rows["publication_date"] <= pd.Timestamp(str(claim["last"]))]
    own = rows.loc[rows["area_code"] == found.code, "value"]
    if own.empty:
        return no_figure("score", found)
    score = float(own.iloc[-1])
    others = rows[rows["area_code"] != found.code]
    above = int((others["value"] > score).sum())
    tied = others.loc[others["value"] == score, "area_name"].tolist()
    claimed: float = _QUARTER * len(rows) if pd.isna(claim["printed"]) else claim["printed"]
    figure = (
        f"{numbers.count(score)} points. Of the {len(rows)} scores at hand of {claim['domain']}, in "
        f"reports of {dates.month_year(rows['publication_date'].min())} to "
        f"{dates.month_year(rows['publication_date'].max())}, {points_words(above, tied)}."
    )
    test = "Counted, not tested: a score is a judgement and no sample. Not every service was inspected."
    said = place_verdict(above, tied, len(rows), claimed, "scores")
    if pd.isna(claim["printed"]):
        inside = above + 1 + len(tied) <= claimed
        said = f"{HOLDS} among the {len(rows)} scores at hand" if inside else DOES_NOT_HOLD
        test += " Among the highest is read as the highest quarter."
    return _told(figure, test, said, rows)


def standards_agree(claim: Claim, found: Place) -> Checked:
    """Compare the ratings of one domain's standards with those on the inspectorate's page."""
    findings, pages = load("inspection_findings", release="all"), load("inspection_ratings")
    said = findings[
        (findings["area_code"] == found.code)
        & (findings["kind"] == "rating")
        & (findings["domain"] == claim["domain"])
    ]
    both = said.merge(
        pages[(pages["area_code"] == found.code) & (pages["domain"] == claim["domain"])],
        left_on="measure",
        right_on="standard",
        suffixes=("", "_page"),
    )
    figure = "; ".join(f"{row['measure']}: {row['rating']}" for row in said.to_dict("records"))
    agree = int((both["rating"] == both["rating_page"]).sum())
    verdict = agreement_verdict(agree, len(both), len(said), "standards")
    return _told(f"{figure}.", _READ, verdict, said, pages)


def last_inspected(claim: Claim, found: Place) -> Checked:
    """Look for reports between the two that are known."""
    findings, pages = load("inspection_findings", release="all"), _scores(found.region)
    days = pd.concat(
        [
            rows.loc[rows["area_code"] == found.code, "publication_date"]
            for rows in (findings, pages)
        ]
    )
    earlier = days[days < days.max()]
    figure = (
        f"The report before stands at {dates.month_year(earlier.max())}; pages of reports are at hand "
        f"from {dates.month_year(pages['publication_date'].min())}."
    )
    held = earlier.max().year == claim["printed"]
    verdict = f"{HOLDS} among the reports at hand" if held else DOES_NOT_HOLD
    return _told(
        figure, "The days of publication of all reports at hand.", verdict, findings, pages
    )


def _judged(found: Place) -> pd.DataFrame:
    findings = load("inspection_findings", release="all")
    rows: pd.DataFrame = findings[
        (findings["area_code"] == found.code) & (findings["kind"] == "judgement")
    ]
    return rows


def _scores(where: str) -> pd.DataFrame:
    """Give the overall scores at hand of one region, or of England and Wales, by day."""
    pages = load("inspection_ratings")
    rows = pages[(pages["standard"] == "Overall") & pages["value"].notna()]
    if where != "England and Wales":
        rows = rows[rows["region"] == where]
    return rows.sort_values("publication_date", kind="stable")


def _unchecked(claim: Claim, figure: str, rows: pd.DataFrame) -> Checked:
    verdict = unpublished_verdict(str(claim["lacking"]), why="not at hand")
    return _told(figure, "There is nothing to test: the document is its own source.", verdict, rows)


def _told(
    figure: str, test: str, verdict: str, *rows: pd.DataFrame, formulas: tuple[str, ...] = ()
) -> Checked:
    return Checked(
        figure, test, verdict, source=cite(*rows), origins=origins(*rows), formulas=formulas
    )
