"""Intervals of a cohort, against resampling children one by one and against a sandwich error."""

import numpy as np
import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.measures import proportion
from youthjustice.records.cohort.intervals import cohort_estimates


def a_year(children=400, seed=1):
    """Make children who enter one to four times, and reoffend in runs."""
    chance = np.random.default_rng(seed)
    entries = chance.choice([1, 2, 3, 4], size=children, p=[0.6, 0.25, 0.1, 0.05])
    child = np.repeat(np.arange(children), entries)
    rate = np.repeat(chance.gamma(0.5, 1.5, size=children) * entries, entries)
    return pd.DataFrame({"child_id": child, "reoffences": chance.poisson(rate)})


def sandwich(members, part, whole):
    """Give the standard error of a ratio of sums over children (linearised, robust)."""
    sums = pd.DataFrame({"child": members["child_id"], "part": part, "whole": whole})
    sums = sums.groupby("child").sum()
    ratio = sums["part"].sum() / sums["whole"].sum()
    residual = sums["part"] - ratio * sums["whole"]
    return ratio, np.sqrt((residual**2).sum()) / sums["whole"].sum()


def test_limits_agree_with_a_sandwich_error_by_child():
    members = a_year(2000)
    found = cohort_estimates(members, repeated=True).set_index("measure")
    some = (members["reoffences"] > 0).astype(int)
    one = pd.Series(1, index=members.index)
    pairs = {
        "binary_rate": (some, one),
        "reoffences_per_reoffender": (members["reoffences"], some),
        "reoffences_per_child": (members["reoffences"], one),
    }
    for measure, (part, whole) in pairs.items():
        ratio, error = sandwich(members, part, whole)
        row = found.loc[measure]
        assert row["value"] == pytest.approx(ratio)
        assert row["lower"] == pytest.approx(ratio - 1.96 * error, abs=0.25 * error)
        assert row["upper"] == pytest.approx(ratio + 1.96 * error, abs=0.25 * error)
    plain = proportion(some.sum(), len(some))
    robust = found.loc["binary_rate"]
    assert robust["upper"] - robust["lower"] > 1.05 * (plain.upper - plain.lower)


@pytest.mark.prove
def test_limits_agree_with_children_drawn_one_by_one():
    members = a_year(60)
    found = cohort_estimates(members, repeated=True, draws=20_000).set_index("measure")
    sums = members.assign(n=1, some=members["reoffences"] > 0).groupby("child_id").sum().to_numpy()
    chance = np.random.default_rng(5)
    drawn = sums[chance.integers(0, len(sums), (20_000, len(sums)))].sum(axis=1)
    for measure, part, whole in (
        ("binary_rate", 2, 1),
        ("reoffences_per_reoffender", 0, 2),
        ("reoffences_per_child", 0, 1),
    ):
        limits = np.quantile(drawn[:, part] / drawn[:, whole], [0.025, 0.975])
        spread = limits[1] - limits[0]
        assert found.loc[measure, "lower"] == pytest.approx(limits[0], abs=0.03 * spread)
        assert found.loc[measure, "upper"] == pytest.approx(limits[1], abs=0.03 * spread)


def test_a_quarter_has_wilsons_interval_and_the_same_answer_in_any_order():
    members = a_year().drop_duplicates("child_id")
    found = cohort_estimates(members)
    rate = proportion((members["reoffences"] > 0).sum(), len(members))
    assert found.loc[0, ["lower", "upper"]].tolist() == [rate.lower, rate.upper]
    assert found["method"].tolist() == ["wilson", "bootstrap by child", "bootstrap by child"]
    pd.testing.assert_frame_equal(cohort_estimates(members.sample(frac=1, random_state=1)), found)


def test_children_who_are_all_alike_give_no_interval():
    members = pd.DataFrame({"child_id": range(50), "reoffences": 0})
    found = cohort_estimates(members, repeated=True).set_index("measure")
    assert found["lower"].isna().all()
    assert found.loc["binary_rate", "flags"].startswith("undefined;zero_numerator")
    assert np.isnan(found.loc["reoffences_per_reoffender", "value"])


@pytest.mark.parametrize(
    "wrong", [{"draws": 1999}, {"draws": True}, {"seed": -1}, {"confidence": 1}]
)
def test_refuses(wrong):
    with pytest.raises(InputProblem):
        cohort_estimates(a_year(20), **wrong)


def test_a_confidence_too_high_for_the_draws_is_refused():
    with pytest.raises(InputProblem, match="too few for a confidence of"):
        cohort_estimates(a_year(20), confidence=0.9999)
