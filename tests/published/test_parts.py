"""Printed totals against the sums of their parts."""

import itertools
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.published.parts import parts_against_totals

SEXES, AGES = ("female", "male"), ("10-14", "15-17")


def crossed(values, total=True):
    """Cross sex and age, with every marginal and the grand total, from the four inner values."""
    inner = dict(zip(itertools.product(SEXES, AGES), values, strict=True))
    rows = [(*key, value) for key, value in inner.items()]
    rows += [(sex, "All", sum(inner[sex, age] for age in AGES)) for sex in SEXES]
    rows += [("All", age, sum(inner[sex, age] for sex in SEXES)) for age in AGES]
    if total:
        rows.append(("All", "All", sum(values)))
    frame = pd.DataFrame(rows, columns=["sex", "age_band", "value"])
    frame["value"] = frame["value"].astype(float)
    frame["cell"] = [f"B{row + 2}" for row in range(len(frame))]
    return frame.assign(table="t", measure="children", unit="children", sheet="1")


def nested(fine=3.0):
    """Give disposals within two tiers, with or without the tiers' own totals."""
    rows = [
        ("Custody", "DTO", 1.0), ("Custody", "Section 90", 2.0), ("Community", "YRO", fine),
        ("All", "All", 6.0),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["tier", "disposal", "value"]).assign(unit="disposals")


def test_totals_that_are_the_sums_raise_nothing():
    assert parts_against_totals(crossed([1, 2, 3, 4])) == []
    assert parts_against_totals(nested()) == []
    assert parts_against_totals(pd.DataFrame()) == []
    assert parts_against_totals(pd.DataFrame({"sex": ["male"], "value": [1.0]})) == []


def test_a_wrong_total_is_named_with_both_numbers_and_all_ways_to_the_sum():
    frame = crossed([1, 2, 3, 4])
    frame.loc[8, "value"] = 11.0
    (problem,) = parts_against_totals(frame)
    assert problem.message == (
        "1!B10 holds the total 11, but its parts add to 10 by sex (1!B6 to 1!B7), "
        "to 10 by age band (1!B8 to 1!B9)"
    )
    assert problem.rows[0] == 8
    assert set(problem.rows) == {4, 5, 6, 7, 8}


def test_disposals_within_tiers_are_summed_over_both():
    (problem,) = parts_against_totals(nested(4.0))
    assert problem.message == (
        "row 3 holds the total 6, but its parts add to 7 by tier and disposal (row 0 to row 2)"
    )


def test_a_printed_tier_stands_between_its_disposals_and_the_total():
    tiers = pd.DataFrame(
        {"tier": ["Custody", "Community"], "disposal": "All", "value": [3.0, 3.0]}
    ).assign(unit="disposals")
    frame = pd.concat([nested(), tiers], ignore_index=True)
    assert parts_against_totals(frame) == []
    frame.loc[4, "value"] = 5.0
    first, second = sorted(parts_against_totals(frame), key=lambda problem: problem.message)
    assert "row 3 holds the total 6, but its parts add to 8 by tier" in first.message
    assert "row 4 holds the total 5, but its parts add to 3 by disposal" in second.message


@pytest.mark.parametrize(("inner", "found"), [(6.0, 0), (7.0, 1), (1.0, 0)])
def test_with_a_part_missing_the_known_parts_may_not_exceed_the_total(inner, found):
    frame = pd.DataFrame({"sex": ["female", "male", "All"], "value": [np.nan, inner, 6.0]})
    problems = parts_against_totals(frame.assign(unit="children"))
    assert len(problems) == found
    assert all("without those that are missing" in problem.message for problem in problems)


def test_a_missing_total_and_parts_that_are_all_missing_say_nothing():
    frame = pd.DataFrame({"sex": ["female", "male", "All"], "value": [1.0, 2.0, np.nan]})
    assert parts_against_totals(frame) == []
    frame["value"] = [np.nan, np.nan, 3.0]
    assert parts_against_totals(frame) == []


def test_areas_periods_measures_releases_and_tables_are_not_mixed():
    one = crossed([1, 2, 3, 4])
    for column, values in {
        "area_name": ("Brent", "Camden"),
        "period_end": (pd.Timestamp(2013, 3, 31), pd.Timestamp(2014, 3, 31)),
        "measure": ("a", "b"),
        "release": ("2014-01", "2015-01"),
        "table": ("a", "b"),
        "offence": ("Robbery", "Drugs"),
    }.items():
        both = pd.concat([one.assign(**{column: v}) for v in values], ignore_index=True)
        assert parts_against_totals(both) == []
        both.loc[17, "value"] += 1
        assert len(parts_against_totals(both)) == 1


def test_only_counts_are_compared():
    rates = crossed([1, 2, 3, 4]).assign(unit="per 1,000 children")
    rates.loc[8, "value"] = 99.0
    assert parts_against_totals(rates) == []


def test_parts_that_are_a_selection_are_left_alone():
    # Two of many offences, for six areas: they never add to the total.
    areas = [
        pd.DataFrame({"offence": ["Robbery", "Drugs", "All"], "value": [1.0, 2.0, 30.0 + i]})
        .assign(area_name=f"area {i}", unit="offences")
        for i in range(6)
    ]  # fmt: skip
    assert parts_against_totals(pd.concat(areas, ignore_index=True)) == []


def test_rounded_figures_have_room():
    rows = [
        pd.DataFrame({"sex": ["female", "male", "All"], "value": [110.0, 120.0, total]})
        .assign(area_name=f"area {i}", unit="children")
        for i, total in enumerate([230.0, 240.0, 220.0, 230.0, 300.0])
    ]  # fmt: skip
    (problem,) = parts_against_totals(pd.concat(rows, ignore_index=True))
    assert "300 of area 4, but its parts add to 230" in problem.message


def test_a_total_of_one_dimension_is_compared_though_others_have_no_total():
    frame = crossed([1, 2, 3, 4], total=False)
    assert parts_against_totals(frame) == []
    frame.loc[4, "value"] = 9.0
    (problem,) = parts_against_totals(frame)
    assert "1!B6 holds the total 9, but its parts add to 3 by age band" in problem.message


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.integers(0, 40), min_size=4, max_size=4),
    row=st.integers(0, 8),
    by=st.integers(-3, 3),
    order=st.randoms(use_true_random=False),
)
@pytest.mark.prove
def test_the_totals_found_are_those_that_a_loop_finds(values, row, by, order):
    frame = crossed(values)
    frame.loc[row, "value"] += by
    expected = set()
    for index, one in frame.iterrows():
        for column, others in (("sex", ["age_band"]), ("age_band", ["sex"])):
            if one[column] != "All":
                continue
            parts = frame[frame[column] != "All"]
            for other in others:
                parts = parts[parts[other] == one[other]]
            if len(parts) and parts["value"].sum() != one["value"]:
                expected.add(index)
    shuffled = list(frame.index)
    order.shuffle(shuffled)
    found = parts_against_totals(frame.loc[shuffled])
    assert {problem.rows[0] for problem in found} == expected


@pytest.mark.prove
def test_nearly_two_hundred_thousand_rows_take_seconds():
    one = crossed([1, 2, 3, 4])
    frame = pd.concat([one] * 20_000, ignore_index=True)
    frame["area_name"] = np.repeat([f"area {i}" for i in range(20_000)], len(one))
    frame.loc[8, "value"] = 99.0
    begun = time.process_time()
    assert len(parts_against_totals(frame)) == 1
    assert time.process_time() - begun < 20
