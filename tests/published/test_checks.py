"""The checks against the figures that the publications really printed.

Department for Education, Local Authority Interactive Tool (LAIT): releases of November 2024,
February 2025, November 2025 and February 2026, which republish the Youth Justice Board's and the
Ministry of Justice's Youth Justice Statistics. Indicators FirstYJS, ReoffYO15-17 and
YJS_Caution-Sentence10-17_YO. Open Government Licence v3.0.
"""

import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.published import area_checks, checks, load

ENTRANTS_2016 = {
    "North East": 417, "North West": 298, "Yorkshire and The Humber": 353, "East Midlands": 307,
    "West Midlands": 404, "East of England": 298, "London": 412, "South East": 237,
    "South West": 346,
}  # fmt: skip
REOFFENDING_FEBRUARY_2025 = {
    "East Midlands": [39.08, 37.68, 36.88, 31.51, 30.71, 32.77, 35.23],
    "East of England": [41.61, 37.23, 38.83, 36.29, 32.23, 32.78, 33.63],
    "London": [46.52, 41.82, 42.36, 39.85, 36.21, 34.31, 30.77],
    "North East": [43.48, 41.76, 38.45, 32.64, 36.23, 29.66, 36.63],
    "North West": [41.54, 40.34, 37.67, 32.05, 32.08, 33.12, 33.46],
    "South East": [39.91, 36.83, 38.8, 33.15, 29.83, 28.85, 30.59],
}
REOFFENDING_FEBRUARY_2026 = {
    "East Midlands": [35.75, 39.43, 37.89, 33.78, 33.21, 29.75, 34.29, 33.29, 34.44],
    "East of England": [40.14, 40.47, 37.86, 38.84, 35.05, 32.05, 32.95, 33.19, 34.49],
    "London": [48.05, 44.7, 42.15, 41.23, 39.77, 34.73, 34.26, 31.11, 30.09],
    "North East": [49.23, 41.32, 42.35, 37.49, 32.44, 33.4, 32.44, 36.73, 41.65],
    "North West": [43.48, 41.15, 39.74, 35.54, 32.73, 31.87, 33.72, 31.59, 30.25],
    "South East": [38.39, 40.26, 36.28, 38.27, 32.39, 28.53, 29.34, 31.21, 30.2],
}
SENTENCED = {  # 2021-22 and 2022-23 (February 2025), 2024-25 (February 2026)
    "Barking and Dagenham": [4.5, 4.0, 36.2], "Barnet": [2.7, 2.3, 24.5],
    "Barnsley": [2.3, 1.9, 35.1], "Bexley": [2.6, 2.5, 25.9], "Birmingham": [2.1, 2.3, 25.8],
    "Islington": [5.2, 4.2, 33.2],
}  # fmt: skip


def year_to(month_end, values, **more):
    ends = pd.to_datetime(month_end)
    frame = pd.DataFrame({"value": values, "period_end": ends, **more})
    return frame.assign(period_start=frame["period_end"] - pd.DateOffset(years=1, days=-1))


def entrants(england, unit="per 100,000 children aged 10-17"):
    names = [*ENTRANTS_2016, "England"]
    return year_to(
        "2016-12-31", [*map(float, ENTRANTS_2016.values()), england], area_name=names,
        area_type=["region"] * 9 + ["country"], unit=unit, measure="first-time entrant rate",
        release="2026-02",
    )  # fmt: skip


def test_englands_sum_of_regional_rates_is_caught():
    (problem,) = area_checks.whole_between_parts(entrants(3071.0))
    assert problem.message == (
        "England has 3071 for year ending December 2016, outside the range of its 9 parts "
        "(237 to 417); it is the sum of the parts, so it is no rate"
    )
    assert problem.rows == (9,)


def test_englands_rate_of_the_february_2025_release_passes():
    assert area_checks.whole_between_parts(entrants(333.0)) == []


def test_a_rate_outside_its_parts_is_caught_and_is_not_called_a_sum():
    (problem,) = area_checks.whole_between_parts(entrants(450.0))
    assert "sum" not in problem.message


def test_a_count_is_a_sum_and_passes():
    assert area_checks.whole_between_parts(entrants(3071.0, unit="children")) == []


def test_with_a_part_missing_only_a_sum_is_caught():
    frame = entrants(450.0)
    frame.loc[0, "value"] = None
    assert area_checks.whole_between_parts(frame) == []
    frame.loc[9, "value"] = 3071.0 - 417
    assert len(area_checks.whole_between_parts(frame)) == 1


def test_a_region_lies_between_its_authorities():
    frame = year_to(
        "2016-12-31", [537.0, 350.0, 900.0], area_name=["Islington", "Camden", "London"],
        area_type=["authority", "authority", "region"], region=["London", "London", None],
        area_code=["E09000019", "E09000007", "E12000007"], unit="%",
    )  # fmt: skip
    (problem,) = area_checks.whole_between_parts(frame)
    assert problem.message.startswith("London has 900")


def test_the_committed_rates_would_not_load_with_englands_sum_put_back():
    table = load("first_time_entrants_area")
    row = table[(table["area_name"] == "London") & (table["period_end"] == "2016-12-31")]
    england = row.assign(area_name="England", area_type="country", area_code="E92000001",
                         value=3071.0)  # fmt: skip
    whole = pd.concat([table, england], ignore_index=True)
    assert [p.rows for p in area_checks.whole_between_parts(whole)] == [(len(table),)]


def test_one_label_for_two_periods_is_caught():
    ends = ["2016-03-31", "2016-12-31"]
    frame = year_to(ends, [542.0, 536.0], cohort="2016", release="x", measure="rate")
    assert checks.one_period_per_label(frame)[0].message == (
        "rate in release x has '2016' for two periods: year ending December 2016 and "
        "year ending March 2016"
    )
    apart = frame.assign(release=["2024-11", "2025-02"])
    assert checks.one_period_per_label(apart) == []


def test_quarters_among_years_are_caught():
    frame = year_to("2019-06-30", [33.4, 34.1], measure="rate")
    frame.loc[1, "period_start"] = pd.Timestamp("2019-04-01")
    (problem,) = checks.one_period_per_label(frame)
    assert "'2019-06-30' for two periods: April to June 2019 and year ending" in problem.message


def test_years_that_end_in_different_months_are_caught():
    frame = year_to(["2016-03-31", "2017-12-31"], [542.0, 359.0], release="x", measure="rate")
    (problem,) = checks.one_period_basis(frame)
    assert problem.message == "rate in release x has periods that end in December and in March"
    assert checks.one_period_basis(frame.assign(release=["2024-11", "2025-02"])) == []


def test_a_series_spliced_from_two_releases_is_caught():
    frame = year_to(
        ["2022-12-31", "2023-12-31"], [280.0, 200.0], area_code="E09000019", measure="rate",
        release=["2025-02", "2026-02"],
    )  # fmt: skip
    (problem,) = checks.one_release(frame)
    assert problem.message == "rate is put together from the releases 2025-02 and 2026-02"
    assert checks.one_release(frame.iloc[:1]) == []
    assert checks.one_release(frame.assign(area_code=["E09000019", "E09000007"])) == []


def sentenced(units=("per 10,000",) * 3):
    ends = pd.to_datetime(["2022-03-31", "2023-03-31", "2025-03-31"])
    return pd.concat(
        [
            year_to(ends, values, area_name=name, measure="children cautioned or sentenced",
                    unit=list(units), release=["2025-02", "2025-02", "2026-02"])
            for name, values in SENTENCED.items()
        ],
        ignore_index=True,
    )  # fmt: skip


def test_per_thousand_under_a_title_of_per_ten_thousand_is_caught():
    (problem,) = checks.steady_units(sentenced())
    assert problem.message == (
        "children cautioned or sentenced in release 2026-02 is 10.5 times the period before in "
        "the median of 6 areas for year ending March 2025, so its unit must have changed"
    )
    assert len(problem.rows) == 6


def test_units_that_say_what_they_are_pass():
    assert checks.steady_units(sentenced(("per 1,000", "per 1,000", "per 10,000"))) == []
    in_one = sentenced()
    in_one.loc[in_one["release"] == "2025-02", "value"] *= 10
    assert checks.steady_units(in_one) == []


def test_one_small_area_may_jump():
    one = sentenced()
    assert checks.steady_units(one[one["area_name"] == "Islington"]) == []


def reoffending(shift=0):
    frames = []
    both = {"2025-02": REOFFENDING_FEBRUARY_2025, "2026-02": REOFFENDING_FEBRUARY_2026}
    for release, regions in both.items():
        for name, values in regions.items():
            first = 2016 + (shift if release == "2025-02" else 0)
            ends = [f"{first + i}-03-31" for i in range(len(values))]
            frames.append(year_to(ends, values, area_name=name, measure="reoffending",
                                  release=release))  # fmt: skip
    return pd.concat(frames, ignore_index=True)


def test_labels_that_shifted_by_a_year_are_caught():
    (problem,) = checks.shifted_labels(reoffending())
    assert problem.message == (
        "reoffending in release 2025-02 agrees with release 2026-02 one year later, so a year "
        "means two periods"
    )
    assert checks.shifted_labels(reoffending(shift=1)) == []
    (back,) = checks.shifted_labels(reoffending(shift=2))
    assert "one year earlier" in back.message


def test_entrants_of_islington_shifted_from_november_2024_to_february_2025():
    november = [599.0, 542.0, 489.0, 383.0, 356.0, 331.0, 227.0, 209.0]
    february = [517.0, 536.0, 359.0, 347.0, 371.0, 252.0, 202.0, 280.0]
    frame = pd.concat(
        [
            year_to([f"{y}-12-31" for y in range(2015, 2023)], values, area_name="Islington",
                    release=release)
            for values, release in ((november, "2024-11"), (february, "2025-02"))
        ],
        ignore_index=True,
    )  # fmt: skip
    (problem,) = checks.shifted_labels(frame)
    assert "2024-11 agrees with release 2025-02 one year earlier" in problem.message


def test_the_committed_reoffending_releases_are_known_to_be_shifted():
    (problem,) = checks.shifted_labels(load("reoffending_area", "all"))
    assert "one year later" in problem.message
    assert checks.shifted_labels(load("first_time_entrants_area", "all")) == []


def test_values_with_too_many_decimals_are_caught():
    dust = float("39.020000000000003")
    frame = pd.DataFrame({"value": [dust, 36.840000000000003, None, 0.0, 1e6]})
    assert checks.precision(frame) == []
    (problem,) = checks.precision(pd.DataFrame({"value": [1.0, 33.333333]}))
    assert problem.rows == (1,)
    assert problem.message == "33.333333 has more than 2 decimals"


def test_names_and_codes_that_no_lookup_holds_are_caught():
    frame = pd.DataFrame(
        {"area_code": ["E09000019", "E99999999", None],
         "area_name": ["Kingston-upon-Thames", "Bedford Borough", "Atlantis"]}
    )  # fmt: skip
    problems = area_checks.known_areas(frame)
    assert [(p.rows, p.message.split(" is ")[0]) for p in problems] == [
        ((1,), "'E99999999'"), ((2,), "'Atlantis'"),
    ]  # fmt: skip


def test_a_closed_authority_has_no_later_value_unless_flagged():
    frame = year_to("2022-12-31", [120.0], area_code="E10000021", area_name="Northamptonshire")
    (problem,) = area_checks.closed_areas(frame)
    assert "the authority closed on 2021-04-01" in problem.message
    assert area_checks.closed_areas(frame.assign(flag="on the line of a closed authority")) == []
    assert area_checks.closed_areas(frame.assign(flag="rate of the service")) == [problem]
    assert area_checks.closed_areas(frame.assign(flag=float("nan"))) == [problem]
    assert area_checks.closed_areas(year_to("2020-12-31", [1.0], area_code="E10000021")) == []


def test_repeated_keys_are_caught():
    frame = pd.DataFrame({"area": ["a", "b", "a"], "value": [1, 2, 3]})
    frame.attrs["key"] = ["area"]
    assert checks.unique_keys(frame)[0].rows == (0, 2)


@pytest.mark.parametrize("name", sorted(set(checks.CHECKS) - {"unique_keys", "known_areas"}))
def test_a_frame_without_the_columns_is_one_sentence(name):
    with pytest.raises(InputProblem, match="this check needs the column"):
        checks.CHECKS[name](pd.DataFrame({"other": [1]}))


@pytest.mark.parametrize("name", sorted(checks.CHECKS))
def test_an_empty_table_has_no_problem(name):
    table = load("first_time_entrants_area").iloc[:0]
    assert checks.CHECKS[name](table) == []


def test_no_check_changes_the_frame():
    table = load("first_time_entrants_area", "all")
    before = table.copy()
    for check in checks.CHECKS.values():
        check(table)
    pd.testing.assert_frame_equal(table, before)
