"""Counts behind a printed rate: whole, giving the rate back, and missing where they must be."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures import implied_counts


@given(st.integers(1, 2000), st.integers(500, 500_000))
def test_the_printed_rate_comes_back_exactly(rate, population):
    row = implied_counts(rate, population).iloc[0]
    assert row["numerator"] == int(row["numerator"]) > 0
    assert 100_000 * row["numerator"] / row["denominator"] == pytest.approx(rate)


@given(st.integers(0, 60), st.integers(1_000, 50_000))
def test_the_number_is_the_nearest_to_the_true_one(children, population):
    rate = 100_000 * children / population
    assert implied_counts(rate, population)["numerator"].item() == children


def test_missing_stays_missing_and_zero_stays_zero():
    rates = pd.Series([200, None, 0], index=["a", "b", "c"])
    found = implied_counts(rates, 15_481)
    assert found.index.tolist() == ["a", "b", "c"]
    assert found.loc["b"].isna().all()
    assert found.loc["c"].tolist() == [0, 15_481]
    assert implied_counts(None, 15_481).iloc[0].isna().all()


def test_nobody_can_have_had_an_event_in_a_population_of_none():
    assert implied_counts(200, 0).iloc[0].isna().all()
    assert implied_counts(0, 0)["numerator"].item() == 0


@pytest.mark.parametrize("per", [0, -5, "x", None, np.inf])
def test_a_base_that_is_no_positive_number_is_refused(per):
    with pytest.raises(InputProblem, match="per is"):
        implied_counts(200, 1_000, per)


def test_a_rate_of_next_to_nothing_implies_no_population():
    assert implied_counts(5e-324, 100)["denominator"].isna().all()
