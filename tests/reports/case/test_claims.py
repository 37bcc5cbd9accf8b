"""The claims of the two documents: each put to the figures by a check, and by hand here."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from youthjustice import reports
from youthjustice.presentation import Chart, lint_report
from youthjustice.published import load, place, tables, using
from youthjustice.reports.case.checking import CHECKS, checked_claims, claims_about
from youthjustice.reports.case.two_years import two_years
from youthjustice.reports.sections.standing_figures import releases_so_far

PARTS = [
    reports.claims_in_short,
    reports.ratings_side_by_side,
    lambda area: reports.claims_checked(area, "hmip-press-2016"),
    lambda area: reports.claims_checked(area, "islington-inspection-2024"),
    reports.claims_together,
    reports.then_and_now,
    reports.changed_or_noise,
]


@pytest.fixture(scope="module")
def found():
    with using({}):
        return {claim["claim"]: (claim, what) for claim, what in checked_claims("Islington")}


def test_every_claim_names_a_check_its_table_and_what_is_lacking():
    claims, known = load("claims"), set(tables()["name"])
    assert set(claims["check"]) == set(CHECKS)
    assert set(claims["table"].dropna()) <= known
    alone = claims["check"].isin(["not_published", "not_at_hand", "recorded"])
    assert (claims["lacking"].notna() == alone).all()
    assert (claims["table"].isna() == claims["check"].str.startswith("not_")).all()
    assert not claims["statement"].str.endswith(".").any()


def test_verdicts_on_islington(found):
    verdicts = {name: what.verdict for name, (_, what) in found.items()}
    assert verdicts["2016-beside"] == (
        "holds, taken alone, if the cohort had more than 48 children; its size is not published"
    )
    assert verdicts["2024-entrants"] == (
        "holds as printed, not beyond chance; for the rest of London it holds beyond chance, with no "
        "evidence of a different pace"
    )
    assert verdicts["2024-cause"].startswith("cannot be shown by these figures")
    assert verdicts["2024-system"].startswith("holds, but so did the rest of London")
    assert verdicts["2024-reoffending"].startswith(
        "depends on which release's cohorts are taken for ages 15 to 17"
    )
    assert verdicts["2024-reoffending"].endswith("which its interval does not rule out")
    assert verdicts["2024-marks"] == "does not hold for resettlement, whose mark is not counted"
    assert verdicts["2024-last"].startswith("not ruled out: reports between January 2016 and March")
    assert verdicts["2024-court"].startswith("holds for 3 of 4 standards")
    assert verdicts["2024-outofcourt"].endswith("does not say which Assessment is Good")
    assert verdicts["2024-groups"].endswith("not once all claims are counted")
    assert verdicts["2024-score"] == verdicts["2024-overall"] == "holds"
    assert "Carmarthenshire has as many" in verdicts["2024-national"]
    assert verdicts["2024-london"] == "holds among the 16 scores at hand"
    unchecked = [name for name, said in verdicts.items() if said.startswith("cannot be checked")]
    assert {"2016-rate", "2016-rose", "2016-national", "2024-strategy"} <= set(unchecked)
    assert len(verdicts) == 47 and len(unchecked) == 28


def test_the_claim_of_2016_by_another_implementation(found):
    p = stats.binomtest(25, 48, 0.374).pvalue
    assert found["2016-beside"][1].p_value == pytest.approx(p, rel=1e-9)
    assert all(stats.binomtest(x, n, 0.374).pvalue < 0.05 for x, n in ((37, 71), (38, 73)))


def test_the_halving_by_hand(found):
    # 537 and 200 per 100,000 of about 15,460 and 15,500 children imply 83 and 31.
    claim, what = found["2024-entrants"]
    last, people, first, before = two_years(claim, place("Islington")).counts
    assert (last, first) == (31, 83) and 15_300 < before < 15_600 and 15_300 < people < 15_700
    share = 0.5 * people / (0.5 * people + before)  # of 114 events, were the ratio a half
    at_most = stats.binom.cdf(30, 114, share) + stats.binom.pmf(31, 114, share) / 2
    assert what.p_value == pytest.approx(2 * at_most, rel=1e-6)


def test_london_is_compared_without_islington(found):
    claim, _ = found["2024-entrants"]
    rates = load("first_time_entrants_area").set_index(["area_name", "period_end"])["value"]
    years = two_years(claim, place("Islington"))
    for day, rest in zip(("2016-12-31", "2023-12-31"), years.rest, strict=True):
        london = rates["London", pd.Timestamp(day)]
        own = rates["Islington", pd.Timestamp(day)]
        # Islington has one child in fifty-four of London's, so the rest moves away from it a little.
        assert (rest - london) * (own - london) <= 0 or abs(rest - london) < 0.5
    value, lower, upper = (years.found[name] for name in ("value", "lower", "upper"))
    own, others = years.area[1] / years.area[0], years.rest[1] / years.rest[0]
    assert value == pytest.approx(own / others) and lower < 1 < upper
    x = np.array([31, 83, *(rate * 8.3 for rate in (years.rest[1], years.rest[0]))])
    rough = np.exp(np.log(value) + np.array([-1.96, 1.96]) * np.sqrt((1 / x).sum()))
    assert [lower, upper] == pytest.approx(rough, rel=0.05)


def test_printed_places_on_reoffending(found):
    figure = found["2024-reoffending"][1].figure
    for said in (
        "54.34%, 9th of 149",
        "23.91%, 127th of 147",
        "27.27%, 100th of 148",
        "45.33%, 43rd of 149",
        "20.83%, 123rd of 127",
    ):
        assert said in figure


def test_the_earlier_release_is_ranked_by_hand():
    # One label stands for other cohorts in another release: 43rd in one is 9th in the other.
    rates = load("reoffending_area", release="2025-02")
    rates = rates[(rates["age_band"] == "15-17") & (rates["area_type"] == "authority")]
    rates = rates[(rates["cohort"] == "2016") & rates["value"].notna()]
    assert (rates["value"] > 45.33).sum() == 42 and len(rates) == 149


def test_a_report_on_the_earlier_release_sets_no_release_beside_itself():
    with using({"reoffending_area": "2025-02"}):
        assert [one.name for one in releases_so_far()] == ["2025-02"]
        assert "The release of" not in str(reports.standing("Islington")._repr_html_())
    with using({}):
        assert [one.name for one in releases_so_far()] == ["2026-02", "2025-02"]


def test_the_score_leaves_full_marks_for_what_the_page_does_not_tell_apart():
    pages = load("inspection_ratings")
    own = pages[(pages["area_name"] == "Islington") & (pages["domain"] != "Resettlement")]
    parts = own.loc[own["standard"] != "Overall", "value"]
    # Nine ratings for twelve standards: 25 of the 34 points, so three standards share 9 of 9.
    assert (len(parts), parts.sum()) == (9, 25)


def test_the_claims_are_counted_together():
    section = reports.claims_together("Islington")
    table = next(item for item in section.items if hasattr(item, "frame"))
    p = table.frame.sort_values("p_value")["p_value"].to_numpy()
    by_hand = np.maximum.accumulate(p * np.arange(len(p), 0, -1)).clip(max=1)
    assert np.allclose(table.frame.sort_values("p_value")["adjusted"], by_hand)


def test_an_area_without_claims_is_asked_the_same():
    claims = claims_about(place("Camden"))
    assert claims["elsewhere"].all() and 3 < len(claims) < 10
    assert not claims["statement"].str.contains("Islington").any()
    assert all(
        what.verdict.startswith("cannot be checked") for _, what in checked_claims("Swansea")
    )


def check(area):
    titles = load("sources")[["title", "table"]].melt()["value"].dropna().tolist()
    page = "\n".join(part(area)._repr_html_() for part in PARTS)
    assert lint_report(page, quoted=titles) == [], area
    assert "NaN" not in page and ">None" not in page


def test_what_is_shown_of_islington(monkeypatch):
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")
    check("Islington")


@pytest.mark.prove
@pytest.mark.parametrize(
    "area",
    [
        "Camden",
        "Swansea",
        "City of London",
        "Isles of Scilly",
        "Cumberland",
        "Leeds",
        "Kent",
    ],
)
def test_what_is_shown_of_every_kind_of_area(area, monkeypatch):
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")
    check(area)
