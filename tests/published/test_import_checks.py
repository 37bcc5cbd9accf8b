"""What is checked of every imported file, on figures that are wrong in one way each."""

import time
from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.published.layouts.regional_blocks import workbook
from youthjustice.published import load, tables
from youthjustice.published._problem import Problem
from youthjustice.published.area_sums import areas_against_totals
from youthjustice.published.import_checks import _DO, NOTES, run_checks
from youthjustice.published.importing import read_book
from youthjustice.published.possible import possible_dates, possible_values, rates_as_computed

REGIONS = ("North East", "North West", "Yorkshire and The Humber", "East Midlands",
           "West Midlands", "East of England", "London", "South East", "South West")  # fmt: skip


def tidy(**columns):
    given = {
        "table": "t", "area_code": "E09000019", "area_name": "Islington",
        "area_type": "authority", "region": "London",
        "period_start": pd.Timestamp("2020-04-01"), "period_end": pd.Timestamp("2021-03-31"),
        "measure": "m", "value": 5.0, "unit": "children", "release": "2022-01", "source": "s",
        "sheet": "S",
    }  # fmt: skip
    length = max((len(v) for v in columns.values() if isinstance(v, list)), default=1)
    cells = [f"C{row + 2}" for row in range(length)]
    return pd.DataFrame(given | {"cell": cells} | columns, index=range(length))


def regional(counts, england, wales=None, both=None, **columns):
    """Print nine regions, England and, if given, Wales and the two countries together."""
    rows = [(name, "region", count) for name, count in zip(REGIONS, counts, strict=False)]
    rows += [("England", "country", england), ("Wales", "country", wales)]
    rows += [("England and Wales", "country", both)]
    names, kinds, values = zip(*(row for row in rows if row[2] is not None), strict=True)
    named = {"area_name": list(names), "area_type": list(kinds), "value": list(map(float, values))}
    return tidy(**named, area_code=None, region=None, **columns)


def names(problems):
    return [problem.check for problem in problems]


def test_nothing_is_found_where_nothing_is_wrong():
    assert run_checks(tidy()) == []
    assert run_checks(pd.DataFrame({"table": ["t"], "code": ["x"]})) == []
    assert run_checks(tidy().iloc[:0]) == []


def test_every_sentence_says_what_to_do_and_keeps_the_index():
    frame = tidy(value=[104.0, 3.0], unit="%", sex=["male", "female"]).set_index(pd.Index([7, 9]))
    (problem,) = run_checks(frame)
    assert problem == Problem(
        "possible_values",
        "S!C2 holds 104, which is no share of a whole in per cent (0 to 100): it cannot be, so "
        "compare it with the publisher's file",
        (7,),
    )
    assert set(_DO) >= NOTES


def test_an_index_that_repeats_and_attributes_do_not_matter():
    frame = tidy(value=[104.0, 3.0], unit="%", sex=["male", "female"]).set_index(pd.Index([7, 7]))
    frame.attrs["key"] = ["value"]
    assert [problem.rows for problem in run_checks(frame)] == [(7,)]
    assert frame.attrs == {"key": ["value"]}


COUNTS = (10, 20, 30, 40, 50, 60, 70, 80, 90)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (regional(COUNTS, 450), None),
        (regional(COUNTS, 451), "S!C11 holds 451 for England, but its 9 regions add to 450"),
        (regional(COUNTS, 449), "S!C11 holds 449 for England, but its 9 regions add to 450"),
        (regional(COUNTS, 450, 25, 475), None),
        (regional(COUNTS, 450, 25, 476), "its 2 countries add to 475 (S!C11 to S!C12)"),
        (regional(COUNTS, None, 27, 471), "its 10 regions and Wales add to 477"),
        (regional(COUNTS, None, 27, 477), None),
        # A region that is not there, or has no figure, may hold the rest, but no less than none.
        (regional(COUNTS[:8], 450), None),
        (regional(COUNTS[:8], 300), "but its 8 regions add to 360"),
        (regional((*COUNTS[:8], np.nan), 451), None),
        (regional((*COUNTS[:8], np.nan), 300), "but its 9 regions add to 360"),
        # Rates, means and ranks do not add up.
        (regional(COUNTS, 300, unit="per 1,000 children"), None),
        (regional(COUNTS, 300, measure="median days"), None),
        (regional(COUNTS, 300, unit="rank"), None),
        # Figures to the nearest ten have room for their rounding.
        (regional(COUNTS, 480), None),
        (regional(COUNTS, 510), "England, but its 9 regions add to 450"),
    ],
)  # fmt: skip
def test_regions_and_countries_add_up(given, message):
    problems = areas_against_totals(given)
    assert len(problems) == (message is not None)
    assert all(message in problem.message for problem in problems)


def test_the_rows_of_a_wrong_whole_are_it_and_its_parts():
    (problem,) = areas_against_totals(regional(COUNTS, 401))
    assert problem.rows[0] == 9
    assert set(problem.rows) == set(range(10))


def authorities(london):
    """Print four London areas and London in six years; `london` is what each year is off by."""
    years = pd.to_datetime([f"{year}-03-31" for year in range(2015, 2021)])
    one = {
        "area_name": ["Camden", "Islington", "Hackney", "Tower Hamlets and City of London",
                      "London"],
        "area_code": ["E09000007", "E09000019", "E09000012", None, "E12000007"],
        "area_type": ["authority"] * 3 + ["service", "region"],
        "region": ["London"] * 4 + [None],
    }  # fmt: skip
    every = [
        tidy(**one, value=[1.0, 2.0, 3.0, 4.0, 10.0 + off], period_end=end)
        for end, off in zip(years, london, strict=True)
    ]
    frame = pd.concat(every, ignore_index=True)
    return frame.assign(period_start=frame["period_end"] - pd.DateOffset(years=1, days=-1))


def test_areas_add_to_their_region_where_most_years_do():
    assert areas_against_totals(authorities([0] * 6)) == []
    (problem,) = areas_against_totals(authorities([0, 0, 0, 5, 0, 0]))
    assert "holds 15 for London, but its 4 areas add to 10" in problem.message
    # Some of the areas of a region: they are fewer in every year.
    assert areas_against_totals(authorities([5] * 6)) == []
    assert len(areas_against_totals(authorities([5, 5, 5, 5, 5, -1]))) == 1


def test_a_service_is_not_added_to_its_own_authorities():
    frame = authorities([0] * 6)
    tower = frame[frame["area_type"] == "service"].assign(
        area_name="Tower Hamlets", area_code="E09000030", area_type="authority", value=4.0
    )
    assert areas_against_totals(pd.concat([frame, tower], ignore_index=True)) == []


def test_figures_that_are_adjusted_to_protect_people_have_room():
    rng = np.random.default_rng(5)
    frames = [
        regional(counts, counts.sum() + off, offence=f"offence {one}")
        for one, (counts, off) in enumerate(zip(
            rng.integers(100, 900, (8, 9)), [1, -2, 3, 0, 2, -1, 1, 900], strict=True
        ))
    ]  # fmt: skip
    (problem,) = areas_against_totals(pd.concat(frames, ignore_index=True))
    assert problem.rows[0] == 79


def test_a_total_that_is_a_slip_makes_no_slip_of_its_region():
    """Brent: 383 for 384 disposals, 2012/13; London's total counts 384."""
    sexes = [tidy(area_name=["Brent"] * 3, area_code="E09000005", sex=["female", "male", "All"],
                  value=[84.0, 300.0, 383.0]),
             regional([0, 0, 0, 0, 0, 0, 384, 0, 0], 384, sex="All")]  # fmt: skip
    frame = pd.concat(sexes, ignore_index=True)
    (problem,) = run_checks(frame)
    assert problem.check == "parts_against_totals"
    assert "the total 383 of Brent, but its parts add to 384 by sex" in problem.message


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"unit": "%", "value": 100.0}, None), ({"unit": "%", "value": 0.0}, None),
        ({"unit": "%", "value": 100.1}, "no share"), ({"unit": "per cent", "value": -1.0}, "no s"),
        ({"unit": "% change", "value": -30.0}, None),
        ({"unit": "%", "measure": "change in rate", "value": 130.0}, None),
        ({"value": -1.0}, "which is negative and no change"),
        ({"unit": "per 1,000 children", "value": 1000.5}, "more than its unit allows"),
        ({"unit": "per 100,000 children aged 10-17", "value": 100_001.0}, "more than its unit"),
        ({"unit": "per 100,000 children aged 10-17", "value": 3071.0}, None),
        ({"unit": "%", "value": 50.0, "numerator": 5, "denominator": 4}, "numerator above its"),
        ({"numerator": 5, "denominator": 4}, None),
        ({"reoffenders": 5, "offenders": 4}, "has a reoffenders above its offenders"),
        ({"numerator": 5, "denominator": 9, "reoffences": 4}, "fewer reoffences"),
        ({"value": np.nan, "unit": "%"}, None),
    ],
)  # fmt: skip
def test_values_outside_what_is_possible(columns, found):
    problems = possible_values(tidy(**columns))
    assert [found in problem.message for problem in problems] == [True] * (found is not None)


def test_the_first_few_cells_are_named_and_the_others_counted():
    (problem,) = possible_values(tidy(value=[1.0, *[-1.0] * 6]))
    assert problem.message == (
        "S!C3 holds -1, which is negative and no change; "
        "the same holds of S!C4, S!C5, S!C6 and 2 more"
    )
    assert problem.rows == (1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "unit", "wrong"),
    [
        (33.3, 1, 3, "%", False), (33.4, 1, 3, "%", True), (33.0, 1, 3, "%", False),
        (100 / 3, 1, 3, "%", False), (34.0, 1, 3, "%", True),
        (25.0, 10, 400, "per 1,000 children", False), (2.5, 10, 400, "per 1,000 children", True),
        (5.0, 0, 0, "%", False), (np.nan, 1, 3, "%", False), (7.0, 1, np.nan, "%", False),
        (10.0, 5.0, 2.0, "reoffences per reoffender", False),
    ],
)  # fmt: skip
def test_rates_are_what_was_counted(value, numerator, denominator, unit, wrong):
    frame = tidy(value=value, numerator=numerator, denominator=denominator, unit=unit)
    problems = rates_as_computed(frame)
    assert len(problems) == wrong
    assert all("S!C2 holds" in problem.message for problem in problems)


def test_rounded_populations_have_room():
    people = [float(n) for n in range(1000, 2200, 100)]
    counted = [round(n * 0.05) for n in people]
    rates = [1000 * c / (n + 49) for c, n in zip(counted, people, strict=True)]
    frame = tidy(value=[round(r, 1) for r in rates], numerator=counted, denominator=people,
                 unit="per 1,000 children")  # fmt: skip
    assert rates_as_computed(frame) == []
    assert rates_as_computed(frame.assign(value=frame["value"] * 1.2)) != []


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2020-04-01", "2021-03-31", None), ("2021-03-31", "2020-04-01", "before it begins"),
        ("2026-01-01", "2026-12-31", "has not ended yet"), ("2025-07-01", "2026-06-30", None),
        ("1989-04-01", "1990-03-31", "before 1990"), (None, "1990-03-31", None),
        ("2020-04-01", None, None), (None, None, None),
    ],
)  # fmt: skip
def test_dates_that_cannot_be(start, end, found):
    frame = tidy(period_start=pd.to_datetime(start), period_end=pd.to_datetime(end))
    problems = possible_dates(frame, today=date(2026, 6, 30))
    assert [found in problem.message for problem in problems] == [True] * (found is not None)


def test_a_figure_twice_is_told_with_or_without_a_difference():
    both = tidy(value=[5.0, 5.0], sex=["male", "male"])
    (same,) = run_checks(both)
    assert same.message.startswith("S!C2, S!C3 hold one figure: use one of them")
    (differing,) = run_checks(both.assign(value=[5.0, 6.0]))
    assert "hold one figure with different values" in differing.message
    assert run_checks(both.assign(sex=["male", "female"])) == []
    assert run_checks(both.assign(ethnic_group_published=["Indian", "Pakistani"])) == []


def series(ratios, groups=6, unit="per 1,000 children"):
    """Print some groups over the years; each ratio is a year to the one before."""
    values = np.cumprod([4.0, *ratios])
    frames = [
        tidy(
            value=float(value) * (1 + 0.1 * group), ethnic_group=f"group {group}", unit=unit,
            period_end=pd.Timestamp(2015 + year, 3, 31),
            period_start=pd.Timestamp(2014 + year, 4, 1), cell=f"{year}{group}",
        )
        for group in range(groups)
        for year, value in enumerate(values)
    ]  # fmt: skip
    return pd.concat(frames, ignore_index=True)


def test_a_unit_that_switches_is_told_for_groups_as_for_areas():
    (problem,) = run_checks(series([1.0, 10.0]))
    assert problem.check == "unit_switches"
    assert "is 10 times the period before in the median of 6 series" in problem.message
    assert run_checks(series([1.0, 2.0])) == []
    # Small counts jump by chance.
    assert run_checks(series([0.25, 8.0], unit="disposals")) == []


def test_quarters_beside_years_are_no_switch_of_unit():
    years = series([1.0]).assign(value=lambda rows: rows["value"] * 1000, unit="offences")
    quarters = years.assign(
        period_start=years["period_end"] - pd.DateOffset(months=3, days=-1),
        value=years["value"] / 6, cell=years["cell"] + "q",
    )  # fmt: skip
    assert run_checks(pd.concat([years, quarters], ignore_index=True)) == []


def test_labels_that_shifted_against_the_release_before_are_told():
    values = [30.0, 45.0, 28.0, 50.0, 33.0, 61.0]
    ends = [pd.Timestamp(year, 12, 31) for year in range(2015, 2021)]
    old = tidy(value=values, period_end=ends, release="2021-01", unit="%")
    new = tidy(value=[52.0, *values[:-1]], period_end=ends, release="2022-01", unit="%")
    two = [frame.assign(area_name=name, value=frame["value"] + more)
           for frame in (old, new) for name, more in (("Camden", 2), ("Islington", 0))]  # fmt: skip
    old, new = (pd.concat(part, ignore_index=True) for part in (two[:2], two[2:]))
    (problem,) = run_checks(new.assign(period_start=pd.NaT), old)
    assert problem.check == "shifted_labels"
    assert "in release 2021-01 agrees with release 2022-01 one year later" in problem.message
    assert set(problem.rows) == set(new.index)
    unnamed = new.assign(period_start=pd.NaT, release=pd.Series(np.nan, new.index, dtype="str"))
    assert "agrees with release of this file one year" in run_checks(unnamed, old)[0].message
    assert run_checks(old.assign(period_start=pd.NaT), old.assign(release="2020-01")) == []
    assert run_checks(unnamed, old.assign(table="another")) == []


def test_areas_that_no_lookup_holds_are_named_and_no_failure():
    frame = tidy(area_name=["Nowhere", "Islington", "=A1", "Mars", "Moon"],
                 area_code=None)  # fmt: skip
    (problem,) = run_checks(frame)
    assert problem.check in NOTES
    assert problem.message == (
        "no area called 'Nowhere', '=A1', 'Mars' and 1 more is known (S!C2, S!C4, S!C5 "
        "and 1 more): give it by its GSS code, or leave it out of comparisons"
    )


def test_what_fails_says_whether_it_refuses():
    book = workbook()
    frame = read_book(book)
    assert all(one["refuses"] == (one["check"] not in NOTES) for one in frame.attrs["checks"])


# What the publications themselves print, and their captions in our tables say.
KNOWN = {
    "custody_national": ["parts_against_totals"] * 3,  # years ending March 2014, 2015 and 2018
    "disposals_area_2012_13": ["parts_against_totals"],  # Brent
}


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=[] if name in KNOWN else pytest.mark.prove)
    for name in tables()["name"]
])  # fmt: skip
def test_shipped_tables_raise_no_false_alarm(name):
    frame = load(name).assign(table=name)
    assert names(run_checks(frame)) == KNOWN.get(name, [])


@pytest.mark.prove
def test_two_hundred_thousand_rows_take_seconds():
    one = authorities([0] * 6)
    copies = 7_000
    frame = pd.concat([one] * copies, ignore_index=True)
    frame["offence"] = np.repeat([f"offence {i}" for i in range(copies)], len(one))
    frame = pd.DataFrame({name: frame[name].to_numpy() for name in frame})  # texts in one piece
    begun = time.process_time()
    assert run_checks(frame) == []
    assert time.process_time() - begun < 20
    frame["value"] = np.where(frame["area_type"] == "region", frame.index % 7, frame["value"])
    begun = time.process_time()
    assert len(run_checks(frame)) < 50
    assert time.process_time() - begun < 20
