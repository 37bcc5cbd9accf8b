"""Twenty faults of the publications that have misled readers, and the tests that catch each.

The faults are of Youth Justice Statistics, the Local Authority Interactive Tool (LAIT), proven
reoffending statistics, inspection reports and copies of them; the tests cite the figures.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
TRAPS = {
    1: (
        "LAIT of February 2026 prints the sum of nine regional rates as the rate of England.",
        "published/test_tables_entrants_area.py::test_englands_sum_of_regional_rates_is_left_out",
        "published/test_tables_entrants_area.py::test_the_check_would_reject_the_sum",
        "published/test_checks.py::test_englands_sum_of_regional_rates_is_caught",
    ),
    2: (
        "LAIT changed the period behind a year label from release to release.",
        "published/test_tables_entrants_area.py::test_both_editions_hold_years_ending_december",
        "published/test_tables_entrants_area.py::test_revisions_of_islington_are_kept_side_by_side",
        "published/test_checks.py::test_a_series_spliced_from_two_releases_is_caught",
        "published/test_checks.py::test_years_that_end_in_different_months_are_caught",
    ),
    3: (
        "Children cautioned or sentenced went from per 1,000 to per 10,000 under one title.",
        "published/test_tables_cautioned_area.py::test_units_are_mended",
        "published/test_tables_cautioned_area.py::test_the_check_would_reject_the_mixed_units",
        "published/test_checks.py::test_per_thousand_under_a_title_of_per_ten_thousand_is_caught",
    ),
    4: (
        "LAIT moved reoffending by a whole cohort between releases, and gives no cohort sizes.",
        "published/test_tables_reoffending_area.py::test_one_label_is_two_cohorts_in_two_editions",
        "published/test_tables_reoffending_area.py::test_a_bare_year_is_never_a_period",
        "published/test_checks.py::test_labels_that_shifted_by_a_year_are_caught",
    ),
    5: (
        "LAIT prints one dash for three reasons, float dust, no GSS codes and closed authorities.",
        "published/test_tables_entrants_area.py::test_a_dash_is_missing_for_a_reason_not_given",
        "published/test_tables_entrants_area.py::test_closed_authorities_are_kept_and_flagged",
        "published/test_tables_reoffending_area.py::"
        "test_closed_authorities_are_flagged_for_cohorts_after_their_closing",
        "published/test_tables_cautioned_area.py::test_a_closed_countys_line_says_so",
        "published/test_tables_area.py::test_float_dust_is_gone",
        "published/test_tables_area.py::test_spellings_lead_to_one_area",
        "published/test_checks.py::test_a_closed_authority_has_no_later_value_unless_flagged",
    ),
    6: (
        "National reoffending has two measures; 52.1% and 37.4% belong before the change.",
        "published/test_tables_reoffending.py::"
        "test_the_two_measures_of_reoffending_keep_their_own_rates",
        "published/test_tables_reoffending.py::"
        "test_the_change_of_data_source_is_marked_on_every_row",
        "published/test_tables_inspection.py::test_figures_of_2016_stand_alone",
    ),
    7: (
        "Ethnic groups changed, some are merged, many children are of unknown group, and a "
        "summary row stands beside its parts.",
        "published/test_ethnicity.py::test_chinese_moved_from_other_to_asian",
        "published/test_ethnicity.py::test_a_summary_row_is_refused_with_the_reason",
        "published/test_tables_stages.py::test_years_that_count_chinese_with_other_say_so",
        "published/test_tables_stages.py::test_unknown_ethnic_group_is_8204_of_54592_arrests",
        "published/test_tables_national.py::"
        "test_remand_by_ethnic_group_merges_asian_and_other_and_leaves_2010_out",
    ),
    8: (
        "Shares of 2011 and 2021 are of different populations, which alone moves a ratio.",
        "published/test_tables_population_area.py::test_census_base_of_england_and_wales",
        "published/test_tables_population_area.py::test_populations_are_of_one_base",
        "published/test_tables_stages.py::"
        "test_counts_of_years_before_the_census_carry_no_base_of_2021",
    ),
    9: (
        "Ratios of custody for Black children swing from year to year, so years are pooled.",
        "published/test_tables_stages.py::test_each_stage_gives_its_ratios_with_its_own_base",
        "published/test_tables_stages.py::"
        "test_custody_ratios_of_single_years_are_pooled_to_68_of_846_and_202_of_2183",
    ),
    10: (
        "A 0 stands for missing arrests, a row is shifted by a column, and quarters stand "
        "among years.",
        "published/test_tables_stages.py::test_arrests_of_2018_are_missing_and_no_count_is_nought",
        "published/test_tables_national.py::"
        "test_remand_by_ethnic_group_merges_asian_and_other_and_leaves_2010_out",
        "published/test_tables_reoffending.py::"
        "test_annual_and_quarterly_rows_never_share_a_frequency",
        "published/test_checks.py::test_quarters_among_years_are_caught",
    ),
    11: (
        "Years are written in many styles; some are bare, and some are changes.",
        "published/test_periods.py::test_styles_of_one_financial_year",
        "published/test_periods.py::test_other_periods",
        "published/test_periods.py::test_a_bare_year_needs_a_basis",
        "published/test_periods.py::test_a_change_column_is_refused_with_the_reason",
    ),
    12: (
        "Missing, withheld and unknown have a dozen signs, and labels carry footnote marks.",
        "published/test_symbols.py::test_symbols_say_why_a_value_is_missing",
        "published/test_symbols.py::test_numbers_as_tables_print_them",
        "test_spelling.py::test_footnote_marks_go",
    ),
    13: (
        "One area has several names, and services are not named as authorities are.",
        "published/test_places.py::test_spellings_that_publications_use",
        "published/test_places.py::test_every_service_of_today_is_found_by_its_name",
        "published/test_tables_area.py::test_services_of_several_authorities_have_no_code",
    ),
    14: (
        "Inspections sum twelve standards without resettlement, and the framework changed.",
        "published/test_tables_inspection.py::test_islington_2024_is_34_of_36",
        "published/test_tables_inspection.py::test_score_bands_fit_every_clean_row",
        "published/test_tables_inspection.py::test_faults_of_the_inspection_source_stay_flagged",
    ),
    15: (
        "A fall by more than half is true of London too, and depends on the first year chosen.",
        "published/test_tables_entrants_area.py::test_more_than_halved_holds_and_so_does_the_rest",
        "published/test_tables_reoffending_area.py::test_islingtons_place_among_authorities",
    ),
    16: (
        "Totals over disposals were filed under the last tier, where a sum counts them twice.",
        "published/test_tables_disposals.py::test_a_tier_holds_no_total_so_islington_custody_is_26",
    ),
    17: (
        "Stages count searches, children and episodes of different years: they are no funnel.",
        "published/test_tables_stages.py::test_stages_of_different_units_are_kept_apart",
        "published/test_tables_stages.py::"
        "test_a_base_is_the_census_or_the_stage_before_and_never_unsaid",
        "reports/test_report.py::test_the_stages_are_not_multiplied_and_no_place_is_given",
    ),
    18: (
        "Disposals are not children, so an interval that takes them so is too narrow.",
        "published/test_tables_disposals.py::test_disposals_are_said_not_to_be_children",
        "reports/test_report.py::test_custody_given_a_disposal_claims_nothing_for_islington",
    ),
    19: (
        "Rates without cohort sizes allow only the cohorts that round to them.",
        "published/test_tables_reoffending_area.py::test_the_smallest_cohort_that_gives_a_rate",
        "measures/single/test_rounded.py::test_o52_under_90_children_three_cohorts_print_as_52_1_per_cent",
        "measures/single/test_one_sample.py::test_o52_the_three_cohorts_against_the_national_rate",
        "reports/test_report.py::test_the_claim_of_2016_is_tested_at_every_cohort_that_fits",
    ),
    20: (
        "National first-time entrants come as series with moved years and hand-made sums.",
        "published/test_tables_national.py::test_series_of_first_time_entrants_are_never_one_line",
        "published/test_tables_national.py::"
        "test_moved_year_headings_and_the_sum_by_hand_are_flagged",
        "published/test_tables_national.py::test_headlines_that_were_printed_rounded_say_so",
    ),
}


@cache
def named_in(file: str) -> frozenset[str]:
    module = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(one.name for one in module.body if isinstance(one, ast.FunctionDef))


def test_every_trap_has_its_tests():
    assert list(TRAPS) == list(range(1, 21))
    assert all(len(tests) > 0 for _, *tests in TRAPS.values())


@pytest.mark.parametrize("trap", TRAPS)
def test_the_tests_of_a_trap_exist(trap):
    for test in TRAPS[trap][1:]:
        file, name = test.split("::")
        assert name in named_in(file), f"trap {trap} names {test}, which is not there"
