"""Ages, sexes and districts, added up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.published.layouts._populations import children, span

FIGURE = {"sheet": "", "cell": "A1", "area": "Kent"}


def figures(ages, sexes=("female", "male"), value=None):
    rows = [
        {
            **FIGURE,
            "sex": sex,
            "low": low,
            "high": high,
            "value": value or 100 + low,
            "symbol": None,
        }
        for sex in sexes
        for low, high in ages
    ]
    return pd.DataFrame(rows)


def whole(rows, sex="All"):
    return rows[(rows["age_band"] == "10-17") & (rows["sex"] == sex)]


@pytest.mark.parametrize(
    ("label", "ages"),
    [
        ("10", (10, 10)), ("Age 10", (10, 10)), ("Aged 1 year", (1, 1)), ("90+", (90, 120)),
        ("Aged under 1 year", (0, 0)), ("Aged 4 years and under", (0, 4)), ("16 \u2013 17", (16, 17)),
        ("Aged 10 to 14 years", (10, 14)), ("Aged 100 years and over", (100, 120)), ("Total", None),
        ("All ages", None), ("", None), ("10 or so", None),
    ],
)  # fmt: skip
def test_ages_are_read_as_the_census_and_the_estimates_write_them(label, ages):
    assert span(label) == ages


def test_single_years_make_up_ten_to_seventeen():
    rows, left_out = children(figures([(age, age) for age in range(91)]), ["area"])
    assert left_out == ["83 ages or bands of ages that are not within 10 to 17"]
    assert whole(rows)["value"].item() == 2 * sum(100 + age for age in range(10, 18))
    assert whole(rows)["cells"].item() == 16
    assert whole(rows, "male")["value"].item() == whole(rows)["value"].item() / 2


def test_printed_persons_are_not_added_again():
    rows, _ = children(figures([(age, age) for age in range(10, 18)], ["All"]), ["area"])
    assert set(rows["sex"]) == {"All"}
    assert whole(rows)["cells"].item() == 8


@pytest.mark.parametrize(
    ("ages", "bands"),
    [
        ([(10, 14), (15, 15), (16, 17)], {"10-14", "15", "16-17", "10-17"}),
        ([(10, 14), (15, 19)], {"10-14"}),
        ([(10, 14), *((age, age) for age in range(10, 18))], None),
    ],
)
def test_bands_add_up_only_where_they_make_up_the_years(ages, bands):
    rows, left_out = children(figures(ages, ["All"], 5), ["area"])
    if bands is None:  # single years beside a band: the years alone are added
        assert whole(rows)["value"].item() == 40
    else:
        assert set(rows["age_band"]) == bands
        assert any("do not make up" in one for one in left_out) == ("10-17" not in bands)


def test_a_missing_part_makes_the_sum_missing_and_never_zero():
    made = figures([(age, age) for age in range(10, 18)])
    made.loc[3, ["value", "symbol"]] = [np.nan, "c"]
    rows, _ = children(made, ["area"])
    assert whole(rows)["value"].isna().all()
    assert whole(rows)["symbol"].tolist() == ["c"]
    assert whole(rows, "male")["value"].notna().all()


def test_an_area_without_an_age_is_flagged_and_its_neighbour_is_not():
    made = figures([(age, age) for age in range(10, 18)], ["All"])
    other = made.assign(area="Surrey").iloc[1:]
    rows, _ = children(pd.concat([made, other], ignore_index=True), ["area"])
    sums = whole(rows).set_index("area")
    assert sums["symbol"].fillna("").to_dict() == {"Kent": "", "Surrey": "x"}
    assert sums.loc["Surrey", "flag"] == "the file does not hold every age from 10 to 17"
    assert np.isnan(sums.loc["Surrey", "value"])


def test_no_age_of_a_child_is_no_table_of_ours():
    with pytest.raises(InputProblem, match="no ages from 10 to 17"):
        children(figures([(0, 4), (20, 24)]), ["area"])


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.sampled_from(["female", "male"]),
                  st.integers(0, 30), st.integers(0, 10**6)),
        min_size=1, unique_by=lambda one: one[:3],
    )
)  # fmt: skip
@pytest.mark.prove
def test_no_child_is_lost_or_counted_twice(made):
    rows = pd.DataFrame(
        [
            {**FIGURE, "area": a, "sex": s, "low": age, "high": age, "value": n, "symbol": None}
            for a, s, age, n in made
        ]
    )
    young = rows[rows["low"].between(10, 17)]
    if young.empty:
        return
    read, _ = children(rows, ["area"])
    single = read[read["age_band"] != "10-17"]
    for sex in ("female", "male"):
        assert single.loc[single["sex"] == sex, "value"].sum() == (
            young.loc[young["sex"] == sex, "value"].sum()
        )
    assert single.loc[single["sex"] == "All", "value"].sum() == young["value"].sum()
    complete = young.groupby(["area", "sex"])["low"].nunique() == 8
    sums = read[(read["age_band"] == "10-17") & (read["sex"] != "All")]
    known = sums.set_index(["area", "sex"])["value"].notna()
    assert known.sum() == (complete.sum() if complete.any() else 0)
