import dataclasses

import numpy as np
import pandas as pd
import pytest

from youthjustice.measures import Estimate, proportion, rate, rate_ratio, risk_ratio

FIELDS = ("value", "lower", "upper", "p_value")


def test_scalars_come_back_as_python_numbers_and_strings():
    result = rate_ratio(np.int64(41), 28_010, 15, 19_017)
    assert all(type(getattr(result, field)) is float for field in FIELDS)
    assert type(result.method) is str
    assert type(result.flags) is str
    assert (result.numerator, result.reference_denominator) == (41.0, 19_017.0)
    assert result.confidence == 0.95


def test_arrays_come_back_in_the_broadcast_shape():
    result = rate(np.array([[3], [30]]), np.array([100, 200, 300]))
    assert result.value.shape == result.flags.shape == result.method.shape == (2, 3)
    assert result.numerator.shape == (2, 3)
    assert result.method[1, 0] == "byar"
    assert len(result.to_frame()) == 6


@pytest.mark.parametrize("place", range(4))
def test_a_series_anywhere_gives_series_with_its_index(place):
    index = pd.Index(["Camden", "Islington"], name="area_name")
    arguments = [12, 100, 20, 200]
    arguments[place] = pd.Series([arguments[place]] * 2, index=index)
    result = risk_ratio(*arguments)
    for field in (*FIELDS, "flags", "numerator", "reference_denominator"):
        pd.testing.assert_index_equal(getattr(result, field).index, index)
    assert result.method == "koopman"
    frame = result.to_frame()
    assert frame.index.name == "area_name"
    assert list(frame["method"]) == ["koopman", "koopman"]


def test_an_empty_column_gives_an_empty_estimate():
    empty = pd.Series([], dtype=float)
    assert len(rate_ratio(empty, empty, empty, empty).to_frame()) == 0
    assert risk_ratio(empty, empty, empty, empty).value.empty


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_a_missing_count_is_missing_and_leaves_its_neighbours_alone(missing):
    result = rate(pd.Series([5, missing, 12], dtype=object), 1000)
    alone = rate(pd.Series([5, 12]), 1000)
    assert list(result.flags) == ["small_numerator", "missing", ""]
    assert np.isnan([getattr(result, f)[1] for f in FIELDS]).all()
    assert list(result.upper[[0, 2]]) == list(alone.upper)
    assert np.isnan(proportion(missing, 5).value)
    assert proportion(3, missing).flags == "missing"


def test_nullable_columns_keep_zero_and_missing_apart():
    result = rate(pd.array([0, None, 3], dtype="Int64"), 10)
    assert list(result.value[[0, 2]]) == [0, 30_000]
    assert result.flags[0] == "zero_numerator;small_numerator"
    assert result.flags[1] == "missing"


def test_flags_tell_zero_small_and_not_whole_apart():
    result = rate(np.array([0, 9, 10, 12.5]), 100)
    assert list(result.flags) == [
        "zero_numerator;small_numerator",
        "small_numerator",
        "",
        "not_whole",
    ]


def test_an_estimate_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        proportion(1, 2).value = 3
    assert not hasattr(proportion(1, 2), "__dict__")


def test_tidy_columns_are_the_same_for_every_measure():
    single = ["value", "lower", "upper", "p_value", "confidence", "method", "flags"]
    counts = ["numerator", "denominator"]
    assert list(proportion(1, 2).to_frame()) == single + counts
    assert list(risk_ratio(1, 2, 1, 2).to_frame()) == single + counts + [
        "reference_numerator",
        "reference_denominator",
    ]


@pytest.mark.parametrize("scale", [1e-3, 1e-5, 1e-9, 2.0**-52])
def test_a_bound_beside_1_never_reads_1(scale):
    count = proportion(2, 5)
    for bound in (1 + scale, 1 - scale):
        scalar = dataclasses.replace(count, lower=bound)
        column = dataclasses.replace(count, value=pd.Series([0.4]), lower=pd.Series([bound]))
        assert "lower=1," not in repr(scalar)
        assert not {"1", "1.0", "1.000", "1.000000"} & set(repr(column).split())
        assert "<td>1</td>" not in scalar._repr_html_()
    assert "lower=1," in repr(dataclasses.replace(count, lower=1.0))


def test_large_counts_print_whole():
    assert "denominator=28010," in repr(rate_ratio(41, 28_010, 15, 19_017))
    assert "28,010" in rate_ratio(41, 28_010, 15, 19_017)._repr_html_()


@pytest.mark.parametrize("counts", [(5, 5, 5, 5), (10, 10, 12, 12), (1, 1, 400, 400)])
def test_an_interval_that_does_not_exist_is_flagged_and_the_value_kept(counts):
    result = risk_ratio(*counts, method="katz")
    assert result.value == 1
    assert np.isnan([result.lower, result.upper, result.p_value]).all()
    assert "undefined" in result.flags.split(";")


@pytest.mark.parametrize("measure", [rate_ratio, risk_ratio])
def test_a_denominator_of_0_is_flagged_and_undefined(measure):
    for counts in ((0, 0, 5, 10), (5, 10, 0, 0), (0, 0, 0, 0)):
        result = measure(*counts)
        assert {"denominator_zero", "undefined"} <= set(result.flags.split(";"))
        assert np.isnan([getattr(result, field) for field in FIELDS]).all()


def test_it_prints_as_a_readable_table():
    page = rate(pd.Series([25, None], index=["Islington", "Camden"]), 15_000)._repr_html_()
    assert "<table" in page
    assert "Islington" in page
    assert "166.7" in page
    assert "not available" in page
    assert "p_value" not in page
    assert "no limit" in risk_ratio(3, 10, 0, 10)._repr_html_()
    assert repr(proportion(1, 4)).startswith("Estimate(value=0.25, lower=")
    assert "Islington" in repr(rate(pd.Series([25], index=["Islington"]), 15_000))
    assert isinstance(proportion(1, 4), Estimate)
