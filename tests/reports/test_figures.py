"""The figures behind the sections, against the publications and by another way."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from youthjustice.measures.disparity.findings import UNKNOWN_GROUPS
from youthjustice.published import load, place
from youthjustice.reports.sections import disparity_figures as disparity
from youthjustice.reports.sections import entrants_figures as entrants
from youthjustice.reports.sections import linked_figures
from youthjustice.reports.sections import national_figures as national
from youthjustice.reports.sections import reoffending_figures as reoffending

ISLINGTON = "E09000019"


@pytest.fixture(scope="module")
def islington():
    return entrants.entrants("Islington")


def london():
    rates = entrants.all_rates()
    return rates[rates["area_code"] == "E12000007"].reset_index(drop=True)


def test_rates_are_as_printed_and_the_implied_counts_give_them_back(islington):
    printed = [537, 365, 351, 367, 250, 206, 274, 200, 145]
    assert islington.area["value"].tolist() == printed
    back = 100_000 * islington.area["numerator"] / islington.area["denominator"]
    np.testing.assert_allclose(back, printed)
    assert (islington.area["numerator"] % 1 == 0).all()


def test_the_area_is_taken_out_of_its_own_comparator(islington):
    region = london()
    for column in ("numerator", "denominator"):
        np.testing.assert_allclose(islington.rest[column] + islington.area[column], region[column])


def test_the_england_series_is_one_release_and_stops_at_2023(islington):
    table = islington.england
    assert table["release"].unique().tolist() == ["2025-02"]
    assert table["period_end"].max() == pd.Timestamp("2023-12-31")
    assert table["value_england"].between(100, 400).all()


def test_the_councils_claim_is_as_the_publication_has_it(islington):
    change = entrants.change_between(islington.area, "2016-12-31", "2023-12-31")
    assert change["value"] - 1 == pytest.approx(-0.628, abs=0.0005)
    later = entrants.change_between(islington.area, "2017-12-31", "2023-12-31")
    assert later["value"] - 1 == pytest.approx(-0.452, abs=0.0005)
    around = entrants.change_between(london(), "2016-12-31", "2023-12-31")
    assert around["value"] - 1 == pytest.approx(-0.643, abs=0.0005)


@pytest.mark.parametrize(
    ("cohort", "numerator", "denominator"),
    [("2016", 94, 173), ("2021", 19, 61), ("2022", 8, 29), ("2023", 11, 46)],
)
def test_the_smallest_cohorts_that_give_the_printed_rates(cohort, numerator, denominator):
    rates = reoffending.local_rates(ISLINGTON)
    row = rates[(rates["age_band"] == "15-17") & (rates["cohort"] == cohort)].iloc[0]
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)
    assert row["lower"] < row["value"] < row["upper"]


def test_the_claim_of_2016_by_another_way():
    claim = reoffending.claim_figures(ISLINGTON)
    for row in claim.head(20).itertuples():
        expected = stats.binomtest(row.numerator, row.denominator, 0.374).pvalue
        assert row.p_value == pytest.approx(expected)
    assert reoffending.claim_figures("E09000007") is None


def test_the_two_national_measures_stay_two_series():
    old, new = (
        reoffending.national_measure("cohort_12_month"),
        reoffending.national_measure("cohorts_3_month"),
    )
    at = pd.Timestamp("2013-03-31")
    assert old.set_index("period_end")["value"][at] == pytest.approx(36.1, abs=0.05)
    assert new.set_index("period_end")["value"][at] == pytest.approx(41.0, abs=0.05)
    for series in (old, new):
        assert len(series["source"].unique()) == 1
        assert series["period_end"].is_unique
        assert (series["period_end"].dt.month == 3).all()


def test_islingtons_disposals_are_those_printed():
    index = disparity.disposals(place("Islington"))
    whole = index.drop_duplicates("ethnic_group").set_index("ethnic_group")["denominator"]
    assert whole.to_dict() == {
        "Asian": 18, "Black": 114, "Mixed": 54, "White": 136, "Other": 4, "Unknown": 4,
    }  # fmt: skip
    custody = index[index["tier"] == "Custody"].set_index("ethnic_group")
    assert custody["numerator"].to_dict() == {
        "Asian": 2, "Black": 8, "Mixed": 5, "White": 10, "Other": 1, "Unknown": 0,
    }  # fmt: skip
    black = custody.loc["Black"]
    assert black["value"] == pytest.approx(8 / 114 / (10 / 136))
    assert black["lower"] < 1 < black["upper"]


def test_the_linked_intervals_hold_both_rounding_and_chance():
    rows = linked_figures.linked_cohort(place("Islington")).dropna(subset=["lower"])
    assert len(rows) > 4
    assert (rows["lower"] < rows["lowest"]).all()
    assert (rows["upper"] > rows["highest"]).all()
    assert rows["value"].between(rows["lowest"], rows["highest"]).all()
    assert "White" not in set(rows["ethnic_group"])


def test_rounding_allows_the_counts_that_print_so_and_no_others():
    for whole in (20, 60, 92, 257, 547, 8490):
        counts = np.arange(whole + 1)
        for share in range(101):
            # Halves may have been rounded either way.
            prints = counts[np.abs(100 * counts / whole - share) <= 0.5 + 1e-9]
            found = [
                float(
                    linked_figures.furthest_count(
                        pd.Series([share]), away, pd.Series([whole])
                    ).iloc[0]
                )
                for away in (-0.5, 0.5)
            ]
            if len(prints):
                assert found == [prints[0], prints[-1]], (whole, share)
            else:
                ends = [max(share - 0.5, 0), min(share + 0.5, 100)]
                assert found == pytest.approx([end / 100 * whole for end in ends])


def test_the_least_and_greatest_ratio_are_of_whole_children():
    rows = linked_figures.linked_cohort(place("Islington"))
    own = rows[(rows["ethnic_group"] == "Asian") & (rows["denominator"] == 547)].iloc[0]
    # 4% of 547 is 20 to 24 children, 42% is 228 to 232; 8% of 8,490 is 637 to 721, 45% 3,779 to 3,862.
    assert own["lowest"] == pytest.approx((20 / 721) / (232 / 3779))
    assert own["highest"] == pytest.approx((24 / 637) / (228 / 3862))


def test_national_custody_pools_three_years_and_no_stage_borrows_anothers_base():
    index = national.national_stages().set_index(["stage", "ethnic_group"])
    custody = index.loc[("sentence to custody", "Black")]
    assert (custody["numerator"], custody["denominator"]) == (202, 2183)
    assert custody["value"] == pytest.approx(1.594010, abs=1e-6)
    search = index.loc[("stop and search", "Black")]
    assert search["value"] == pytest.approx(2.403874, abs=1e-6)
    assert search["denominator"] == 333_587


def test_unknown_shares_come_from_published_totals():
    index = national.national_stages().drop_duplicates("stage").set_index("stage")
    shares = index["unknown_percent"] / 100
    assert shares["stop and search"] == pytest.approx(1 - 75_008 / 95_900)
    assert shares["arrest"] == pytest.approx(1 - 49_682 / 58_300)
    assert shares["caution or sentence"] == pytest.approx(549 / 15_751)
    assert shares["remand to youth detention accommodation"] == pytest.approx(6 / 988)
    assert np.isnan(shares["sentence to custody"])


def test_a_change_of_printed_rates_is_told_by_cohort_size_and_not_at_one():
    rates = reoffending.local_rates(ISLINGTON)
    change = reoffending.first_to_last(rates[rates["age_band"] == "15-17"])
    assert (change.first_size, change.last_size, change.undetected) == (173, 11, 11)
    # The next cohort that fits, by another implementation's test.
    table = [[6, 16], [94, 79]]
    assert stats.chi2_contingency(table, correction=False).pvalue < 0.05


def test_three_years_together_are_person_years():
    pooled = entrants.entrants("Islington").pooled
    assert pooled["numerator"] == 42 + 31 + 22
    assert pooled["lower"] > 1
    assert pooled["value"] == pytest.approx(1.31, abs=0.005)


def test_a_new_authority_is_not_compared_with_itself():
    found = entrants.entrants("Cumberland")
    assert found.change is None
    assert found.paces.empty


def test_unknown_ethnic_groups_take_back_what_they_could_turn_round():
    index = national.national_stages().set_index(["stage", "ethnic_group"])
    search = index.loc["stop and search"]
    # Bounds by hand: all 20,892 unknown searches to one side or the other.
    assert search.loc["Black", "bound_lower"] == pytest.approx(1.73, abs=0.005)
    assert search.loc["Black", "bound_upper"] == pytest.approx(7.27, abs=0.005)
    assert search.loc["Black", "finding"] == "over-represented"
    assert search.loc["Asian", "finding"] == UNKNOWN_GROUPS
    # Of 11,092 remands 10,812 are of a known group, and of 988 to youth detention 982.
    remand = index.loc[("remand to youth detention accommodation", "Asian")]
    assert remand["bound_lower"] == pytest.approx(55 / (536 + 274) / ((444 + 6) / (6526 + 6)))
    assert remand["finding"] == UNKNOWN_GROUPS
    assert index.loc[("sentence to custody", "Black")].isna()["bound_lower"]


def test_single_years_of_custody_swing():
    years = national.custody_years()
    black = years[years["ethnic_group"] == "Black"].sort_values("period_end")["value"]
    assert black.round(2).tolist() == [1.52, 2.57, 0.91]


def test_a_shared_service_is_named_and_an_area_of_its_own_is_not():
    assert not disparity.disposals(place("City of London")).attrs["own"]
    assert not disparity.disposals(place("Rutland")).attrs["own"]
    assert disparity.disposals(place("Kingston upon Hull")).attrs["own"]


def test_unknown_and_too_few_are_never_compared_in_the_linked_cohort():
    for name in ("Islington", "Barnet", "Norfolk"):
        rows = linked_figures.linked_cohort(place(name))
        compared = rows.dropna(subset=["lower"])
        assert "Unknown" not in set(compared["ethnic_group"])
        assert (compared["share"] / 100 * compared["denominator"] >= 5).all()


def test_every_compared_release_is_the_latest_one():
    assert entrants.all_rates()["release"].unique().tolist() == [
        load("first_time_entrants_area").attrs["release"]
    ]


def test_the_national_stages_are_parallel_for_reasons_a_pathway_gives():
    reasons = national.national_stages().attrs["reasons"]
    assert list(reasons) == list(national.BEFORE)
    assert all(reasons.values())
    assert "in children sentenced" in reasons["sentence to custody"]


def test_the_steps_of_england_and_wales_multiply_to_custody_given_a_disposal():
    index = disparity.national_disposals()
    steps = disparity.national_steps()
    black = steps[steps["ethnic_group"] == "Black"]
    # By hand from the published counts: 5,876, 4,927, 2,295 and 561; White 59,440 to 2,299.
    assert black["numerator"].tolist() == [4927, 2295, 561]
    by_hand = [
        (4927 / 5876) / (38_479 / 59_440),
        (2295 / 4927) / (14_766 / 38_479),
        (561 / 2295) / (2299 / 14_766),
    ]
    np.testing.assert_allclose(black["value"], by_hand)
    np.testing.assert_allclose(black["cumulative_value"], np.cumprod(by_hand))
    custody = index[(index["tier"] == "Custody") & (index["ethnic_group"] == "Black")].iloc[0]
    last = black.iloc[-1]
    np.testing.assert_allclose(
        last[["cumulative_value", "cumulative_lower", "cumulative_upper"]].to_list(),
        custody[["value", "lower", "upper"]].to_list(),
    )
    assert black["share_of_log_ratio"].sum() == pytest.approx(1)
    assert last["share_of_log_ratio"] == pytest.approx(
        np.log(by_hand[2]) / np.log(custody["value"])
    )


def test_the_rows_of_england_and_wales_are_the_sums_of_the_areas():
    table = load("disposals_area_2012_13")
    rows = table[(table["sex"] == "All") & (table["age_band"] == "All") & (table["tier"] == "All")]
    areas = rows[rows["area_type"].isin(["authority", "service"])]
    nation = rows[rows["area_code"] == disparity.ENGLAND_AND_WALES_CODE].set_index("ethnic_group")
    summed = areas.groupby("ethnic_group")["value"].sum()
    for group in ("Asian", "Black", "Mixed", "White", "Other", "Unknown"):
        assert summed[group] == nation["value"][group]


def test_islingtons_chain_claims_no_step():
    steps = disparity.disposal_steps(place("Islington"))
    black = steps[steps["ethnic_group"] == "Black"]
    assert black["cumulative_value"].iloc[-1] == pytest.approx(8 / 114 / (10 / 136))
    assert black["flags"].str.contains("total_near_one").all()
    assert black["share_of_log_ratio"].isna().all()


def test_the_p_values_of_the_linked_cohort_agree_with_its_intervals():
    for name in ("Islington", "Camden", "Birmingham", "Kent"):
        rows = linked_figures.linked_cohort(place(name)).dropna(subset=["lower"])
        told = (rows["lower"] > 1) | (rows["upper"] < 1)
        assert ((rows["p_value"] < 0.05) == told).all()


def test_the_years_of_custody_disagree_for_black_children_alone():
    tests = national.custody_agreement().set_index("ethnic_group")["p_value"]
    assert tests["Black"] < 0.001
    assert (tests.drop("Black") > 0.05).all()
