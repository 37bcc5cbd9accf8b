"""Disproportionality explained: the figures are right, and so is what is said against a test."""

import numpy as np
import pytest
from scipy import stats

from youthjustice import reports
from youthjustice.presentation import Chart, lint_report
from youthjustice.published import load, place, using
from youthjustice.reports.explained.custody_ratios import counted, custody_ratios, of_place
from youthjustice.reports.explained.denominators import national_bases
from youthjustice.reports.explained.tests_in_use import (
    both_tests,
    by_disposals_per_child,
    chance_of_finding,
)
from youthjustice.reports.sections.disparity_figures import disposals
from youthjustice.reports.sections.linked_figures import linked_cohort
from youthjustice.reports.sections.national_figures import national_stages

PARTS = [
    reports.why_an_interval,
    reports.what_small_numbers_do,
    reports.what_a_denominator_does,
    reports.why_the_common_test_is_wrong,
]


def test_the_ratio_of_a_service_is_that_of_the_report():
    row = of_place(custody_ratios(), place("Islington"))
    assert [row["numerator"], row["denominator"]] == [8, 114]
    index = disposals(place("Islington"))
    own = index[(index["tier"] == "Custody") & (index["ethnic_group"] == "Black")].iloc[0]
    assert [row[name] for name in ("value", "lower", "upper")] == pytest.approx(
        [own[name] for name in ("value", "lower", "upper")]
    )


def test_services_are_counted_with_and_without_their_intervals():
    ratios = custody_ratios()
    told = counted(ratios)
    assert told["stand"] <= told["apart"] <= told["outside"] <= told["services"]
    assert told["services"] + told["too_few"] == len(ratios)
    assert ratios["area_name"].is_unique and not {"Cardiff", "London"} & set(ratios["area_name"])


def test_services_with_too_few_to_compare_have_no_ratio():
    # The rule of every report: 5 in custody of either group, and 30 disposals.
    ratios = custody_ratios()
    enough = (ratios[["numerator", "reference_numerator"]].min(axis=1) >= 5) & (
        ratios[["denominator", "reference_denominator"]].min(axis=1) >= 30
    )
    assert (ratios["value"].notna() == enough).all() and 20 < enough.sum() < 40
    leeds = of_place(ratios, place("Leeds"))
    assert leeds["numerator"] == 3 and np.isnan(leeds["value"])
    one = ratios[enough].iloc[0]
    counts = one[["numerator", "denominator", "reference_numerator", "reference_denominator"]]
    by_hand = stats.contingency.relative_risk(*counts.astype(int)).relative_risk
    assert one["value"] == pytest.approx(by_hand)


def test_two_censuses_make_two_ratios_of_one_count():
    bases = national_bases().set_index("base")
    old, new = bases.loc["Census of 2011"], bases.loc["Census of 2021"]
    assert old["value"] / new["value"] == pytest.approx((82 / 4) / (4_161_949 / 333_587), rel=1e-9)
    index = national_stages()
    black = index[(index["ethnic_group"] == "Black") & (index["stage"] == "caution or sentence")]
    for name in ("value", "lower", "upper"):
        assert new[name] == pytest.approx(float(black[name].iloc[0]), rel=1e-6)
    assert old["lowest"] == pytest.approx(1848 / 10_684 * 81.5 / 4.5)
    assert old["highest"] == pytest.approx(1848 / 10_684 * 82.5 / 3.5)
    assert old["lower"] < old["lowest"] < old["value"] < old["highest"] < old["upper"]


def test_the_common_test_is_the_chi_square_in_use():
    rows = both_tests(linked_cohort(place("Islington")))
    for row in rows.to_dict("records"):
        seen, whole = (float(text.replace(",", "")) for text in row["seen"].split(" of "))
        table = [[seen, whole - seen], [row["expected"], whole - row["expected"]]]
        found = stats.chi2_contingency(table, correction=True).pvalue
        assert row["common"] == pytest.approx(found, rel=1e-9)
        assert row["exact"] == pytest.approx(
            stats.binomtest(int(seen), int(whole), row["share"]).pvalue
        )
        assert row["exact"] < row["common"]


def test_rounding_and_several_groups_weaken_the_exact_test():
    rows = linked_cohort(place("Islington"))
    both = both_tests(rows).set_index("ethnic_group")
    # 30% of 547 is 162 to 166 children, 26% of pupils up to 26.5%.
    assert both.loc["Black", "exact"] == pytest.approx(stats.binomtest(164, 547, 0.26).pvalue)
    assert both.loc["Black", "rounded"] == pytest.approx(stats.binomtest(162, 547, 0.265).pvalue)
    assert both.loc["Asian", "rounded"] == pytest.approx(stats.binomtest(24, 547, 0.075).pvalue)
    assert (both["rounded"] >= both["exact"]).all() and (both["adjusted"] >= both["rounded"]).all()
    by_hand = np.sort(both["rounded"]) * np.arange(len(both), 0, -1)
    assert np.sort(both["adjusted"]) == pytest.approx(np.maximum.accumulate(by_hand).clip(max=1))
    page = reports.why_the_common_test_is_wrong("Islington")._repr_html_()
    assert "this no longer holds of Black children" in page


def test_a_share_that_rounding_allows_is_told_from_nothing():
    both = both_tests(linked_cohort(place("Leeds"))).set_index("ethnic_group")
    assert both.loc["Black", "rounded"] == 1


def test_how_often_each_test_finds_is_added_up_outcome_by_outcome():
    n, share = 60, 0.3
    found = chance_of_finding(n, share).set_index("ratio")
    for ratio in (1.0, 1.5):
        x = np.arange(n + 1)
        chance = stats.binom.pmf(x, n, ratio * share)
        exact = np.array([stats.binomtest(int(k), n, share).pvalue < 0.05 for k in x])
        assert found.loc[ratio, "exact"] == pytest.approx(chance[exact].sum())
    assert (found["common"] < found["exact"]).all() and found.loc[1.0, "exact"] <= 0.05


def test_fewer_children_leave_the_ratio_and_widen_its_interval():
    index = disposals(place("Islington"))
    rows = by_disposals_per_child(index, "Pre-court")
    own = index[(index["tier"] == "Pre-court") & (index["ethnic_group"] == "Black")].iloc[0]
    assert rows["value"].nunique() == 1 or rows["value"].to_numpy() == pytest.approx(own["value"])
    assert rows["upper"].is_monotonic_increasing and rows["lower"].is_monotonic_decreasing
    assert rows["p_value"].iloc[0] == pytest.approx(own["p_value"])


def check(area):
    titles = load("sources")[["title", "table"]].melt()["value"].dropna().tolist()
    with using({}):
        page = "\n".join(part(area)._repr_html_() for part in PARTS)
    assert lint_report(page, quoted=titles) == [], area
    assert "NaN" not in page and ">None" not in page


def test_what_is_shown_of_islington(monkeypatch):
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")
    check("Islington")


@pytest.mark.prove
@pytest.mark.parametrize(
    "area",
    ["Leeds", "Swansea", "Cardiff", "City of London", "Rutland", "Cumberland", "Kent"],
)
def test_what_is_shown_of_every_kind_of_area(area, monkeypatch):
    monkeypatch.setattr(Chart, "svg", lambda *_, **__: "<svg/>")
    check(area)
