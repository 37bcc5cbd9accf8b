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
from youthjustice.reports.citing import cite, origins

_SCALE = ("Good", "Satisfactory", "Unsatisfactory", "Poor")  # of the inspections of 2016
_QUARTER = 0.25
_MOST, _TOP = 3, "Outstanding"  # the points of a standard, and the rating that earns them
_NOT_COUNTED = "Resettlement"
_ADDED = (
    f"Up to {_MOST} points for each standard, resettlement not counted, added up. The list of marks is "
    "the claimant's own; the inspectorate's page as it was read does not tell all of them apart."
)
_SHARED = "Court or out-of-court disposals"
_READ = (
    "The rating as the report's page has it, read by a third party, beside the document's. Where the "
    "page has one rating for two standards of one name, the score may tell the other."
)


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
    """Add up the marks of the standards that count, and compare with the printed score."""
    rows, page = _marks(found), _scores(found.region)
    counted = rows[rows["domain"] != _NOT_COUNTED]
    total = counted["value"].sum()
    own = page.loc[page["area_code"] == found.code, "value"]
    spread = ", ".join(
        f"{number} {name}" for name, number in counted["rating"].value_counts().items()
    )
    figure = (
        f"The {len(counted)} standards that count ({spread}) come to {numbers.count(total)} points; "
        f"the inspectorate's page has {listing(map(numbers.count, own.tail(1)))}."
    )
    agree = total == claim["printed"] and own.tail(1).eq(claim["printed"]).all()
    verdict = HOLDS if agree else DOES_NOT_HOLD
    return _told(figure, _ADDED, verdict, rows, page, formulas=("total",))


def mark_counts(claim: Claim, found: Place) -> Checked:
    """Ask whether the mark of one standard is a part of the printed score."""
    rows, name, score = _marks(found), str(claim["domain"]), claim["printed"]
    others = rows[rows["domain"] != name]
    whole, without = rows["value"].sum(), others["value"].sum()
    figure = (
        f"All {len(rows)} marks come to {numbers.count(whole)} points, and without that of "
        f"{name.lower()} to {numbers.count(without)}; the score is {numbers.count(score)} of "
        f"{_MOST * len(others)}."
    )
    apart = without == score != whole
    verdict = HOLDS if whole == score else "cannot be told from the marks"
    if apart:
        verdict = f"{DOES_NOT_HOLD} for {name.lower()}, whose mark is not counted"
    return _told(figure, _ADDED, verdict, rows, formulas=("total",))


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
    marks, pages = _marks(found), load("inspection_ratings")
    pages = pages[pages["area_code"] == found.code]
    said = marks[marks["domain"] == claim["domain"]].set_index("measure")["rating"]
    page = pages[pages["domain"] == claim["domain"]].set_index("standard")["rating"]
    pair = pages[(pages["domain"] == _SHARED) & pages["standard"].isin(said.index)]
    shared = pair.set_index("standard")["rating"]
    if _all_others_top(pages):
        page = pd.concat([page, shared[shared == _TOP]])
        shared = shared[shared != _TOP]
    untold = [f"which {name} is {rating}" for name, rating in shared.items()]
    both = said.index.intersection(page.index)
    agree = int((said[both] == page[both]).sum())
    figure = "; ".join(f"{name}: {rating}" for name, rating in said.items())
    verdict = agreement_verdict(agree, len(both), len(said), "standards", untold=listing(untold))
    return _told(f"{figure}.", _READ, verdict, marks, pages)


def _all_others_top(pages: pd.DataFrame) -> bool:
    """Tell whether the score leaves full points alone for what the page does not tell apart.

    For two standards of one name the page has one rating; the score less all that it prints is what
    the others of each pair have together.
    """
    parts = pages[~pages["domain"].isin(["Overall", _NOT_COUNTED])]
    score = pages.loc[pages["domain"] == "Overall", "value"].sum()
    pairs = int((parts["domain"] == _SHARED).sum())
    return bool(pairs and score - parts["value"].sum() == _MOST * pairs)


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
    between = (
        f"{dates.month_year(earlier.max())} and {dates.month_year(pages['publication_date'].min())}"
    )
    held = earlier.max().year == claim["printed"]
    verdict = f"not ruled out: reports between {between} are not at hand" if held else DOES_NOT_HOLD
    return _told(
        figure, "The days of publication of all reports at hand.", verdict, findings, pages
    )


def _judged(found: Place) -> pd.DataFrame:
    findings = load("inspection_findings", release="all")
    rows: pd.DataFrame = findings[
        (findings["area_code"] == found.code) & (findings["kind"] == "judgement")
    ]
    return rows


def _marks(found: Place) -> pd.DataFrame:
    """Give the marks of every standard as the document lists them."""
    findings = load("inspection_findings", release="all")
    own = (findings["area_code"] == found.code) & (findings["kind"] == "rating")
    rows: pd.DataFrame = findings[own & (findings["domain"] != "Overall")]
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
