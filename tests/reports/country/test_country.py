"""The national picture: sums that hold, and breaks that are never bridged."""

import pandas as pd
import pytest

from youthjustice import reports
from youthjustice.presentation import Chart, Table, lint_report
from youthjustice.published import load
from youthjustice.reports.content import walk
from youthjustice.reports.country.parts import custody_rows, parts_of, reoffending_rows
from youthjustice.reports.sections.national_figures import national_stages

PARTS = [
    reports.national_entrants,
    reports.national_reoffending,
    reports.national_custody,
    reports.ethnic_pathway,
    reports.national_parts,
]


@pytest.fixture(scope="module")
def things():
    return [thing for part in PARTS for thing in walk(part())]


def chart(things, name):
    return next(one for one in things if isinstance(one, Chart) and one.name == name)


def test_the_legal_bases_add_up_to_the_headline():
    shown = walk(reports.national_custody())
    table = next(one for one in shown if isinstance(one, Table) and "sum" in one.frame)
    row = table.frame.set_index("period_end").loc[pd.Timestamp("2020-03-31")]
    assert row["sum"] == pytest.approx(781.1, abs=0.05)  # the edition says "just over 780"
    assert row["headline"] == 780


def test_no_change_is_told_across_the_change_of_source():
    said = [one.text for one in walk(reports.national_reoffending()) if hasattr(one, "text")]
    newer = [text for text in said if text.startswith("On the newer")]
    # By hand from the printed counts of the first and the last year of the older source.
    assert "rose from 38.3% to 42.6%" in newer[0] and "ratio 1.11" in newer[0]
    by_hand = 19_186 / 45_042 / (52_277 / 136_648)
    assert by_hand == pytest.approx(1.11, abs=0.005)
    assert "fell from 40.9% to 34.2%" in newer[1] and len(newer) == 2
    assert any("the year ending March 2016 has months of both sources" in text for text in said)


def test_every_headline_is_drawn_or_said_to_stand_in_the_table():
    shown = walk(reports.national_custody())
    drawn = next(one for one in shown if isinstance(one, Chart) and one.name == "national-custody")
    assert "some of them rounded" in drawn.note and "year ending March 2020" in drawn.note
    assert "2022: 450" in drawn.alt and "2025: 418" in drawn.alt and "780" not in drawn.alt


@pytest.mark.prove
def test_no_line_crosses_a_break(things):
    entrants = chart(things, "national-entrants").alt
    assert (
        "The lines break at January 2021" in entrants and "Apart from the lines: 2019" in entrants
    )
    assert "The lines break at April 2021" in chart(things, "national-custody").alt
    assert "The lines break at October 2015" in chart(things, "reoffending-national").alt


@pytest.mark.parametrize("by", ["sex", "previous_offences", "offence"])
def test_breakdowns_hold_every_child_once_and_parts_add_up_to_the_printed_change(by):
    rows = reoffending_rows()
    parts = parts_of(rows, by)
    table = load("reoffending_national_breakdowns")
    whole = table[(table["breakdown"] == "total") & (table["frequency"] == "annual")]
    printed = whole.set_index("period_end")["value"]
    total = parts.frame.set_index("kind").loc["total"]
    assert [total["first"], total["last"]] == pytest.approx(
        printed[[parts.first, parts.last]].tolist()
    )
    assert parts.frame["value"].iloc[:-1].sum() == pytest.approx(total["value"], abs=1e-9)


def test_the_ethnic_make_up_of_those_sentenced_by_hand():
    rows = custody_rows()
    parts = parts_of(rows, "ethnic_group").frame.set_index("kind")["value"]
    first, last = (
        part.set_index("ethnic_group")[["numerator", "denominator"]]
        for day, part in rows.groupby("period_end")
        if day in (rows["period_end"].min(), rows["period_end"].max())
    )
    shares = [part["denominator"] / part["denominator"].sum() for part in (first, last)]
    rates = [part["numerator"] / part["denominator"] for part in (first, last)]
    # Kitagawa (1955): with two factors the average over both orders.
    who = ((shares[1] - shares[0]) * (rates[0] + rates[1]) / 2).sum()
    assert parts["composition"] == pytest.approx(100 * who)


@pytest.mark.prove
def test_every_group_has_a_ratio_at_every_stage(things):
    drawn = [chart(things, f"pathway-{basis}").data.frame for basis in ("population", "stage")]
    assert sum(map(len, drawn)) == 20
    index = national_stages()
    black = index[(index["ethnic_group"] == "Black") & (index["stage"] == "caution or sentence")]
    assert black["value"].iloc[0] == pytest.approx((1848 / 333_587) / (10_684 / 4_161_949))


@pytest.mark.prove
def test_single_years_of_custody_may_be_asked_for():
    one = chart(list(walk(reports.ethnic_pathway(pooled_years=1))), "pathway-stage").data.frame
    assert one["value"].round(2).iloc[5] == 0.91  # Black children, year ending March 2025


@pytest.mark.prove
def test_what_is_shown_claims_no_more_than_its_intervals(things, monkeypatch):
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")
    titles = load("sources")[["title", "table"]].melt()["value"].dropna().tolist()
    page = "\n".join(part()._repr_html_() for part in PARTS)
    assert lint_report(page, quoted=titles) == []
