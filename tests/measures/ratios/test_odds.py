import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table2x2

from youthjustice.errors import InputProblem
from youthjustice.measures.ratios.odds import odds_ratio, risk_ratio_from_odds
from youthjustice.measures.ratios.risk_ratios import risk_ratio


def test_o16_propublica_turns_coefficients_into_risk_ratios(examples, reproduced):
    example = examples["O-16"]
    intercept = example["inputs"]["intercept"]
    baseline = np.exp(intercept) / (1 + np.exp(intercept))
    for name, coefficient in example["inputs"]["coefficients"].items():
        found = risk_ratio_from_odds(np.exp(coefficient), baseline)
        printed = example["expected"]["risk_ratio"][name]
        reproduced(example, found, printed, atol=example["tolerance"])


def test_o16_counts_by_race_give_a_ratio_that_the_odds_ratio_overstates(examples, reproduced):
    example = examples["O-16"]
    counts = np.array(list(example["inputs"]["by_race"].values()), dtype=float)
    expected = example["expected"]
    reproduced(example, counts.sum(axis=0), [expected["reoffended"], expected["people"]])
    share = 100 * counts[:, 0].sum() / counts[:, 1].sum()
    reproduced(example, share, expected["per_cent"], atol=1e-5)
    (x1, n1), (x0, n0) = counts[0], counts[1]
    risk, odds = risk_ratio(x1, n1, x0, n0), odds_ratio(x1, n1, x0, n0)
    assert risk.value == pytest.approx(1661 / 3175 / (822 / 2103))
    assert odds.value > 1.7
    assert risk.value < 1.35
    assert risk_ratio_from_odds(odds.value, x0 / n0) == pytest.approx(risk.value)


def test_o75_deeks_1998(examples, reproduced):
    example = examples["O-75"]
    odds, risk = odds_ratio(**example["inputs"]), risk_ratio(**example["inputs"])
    for name, found in (("odds", odds), ("risk", risk)):
        printed = example["expected"][f"{name}_reduction_per_cent"]
        reproduced(example, 100 * (1 - found.value), printed, atol=example["tolerance"])


def test_o74_the_crude_odds_ratio_of_berkeley(examples, reproduced):
    example = examples["O-74"]
    men, women = example["expected"]["men"], example["expected"]["women"]
    found = odds_ratio(*men[:2], *women[:2])
    reproduced(example, found.value, example["expected"]["odds_ratio"], atol=0.012)


CELL = st.integers(1, 300)


@given(CELL, CELL, CELL, CELL, st.sampled_from([0.8, 0.95, 0.99]))
def test_woolf_is_that_of_statsmodels(yes1, no1, yes0, no0, confidence):
    found = odds_ratio(yes1, yes1 + no1, yes0, yes0 + no0, confidence)
    other = Table2x2(np.array([[yes1, no1], [yes0, no0]], dtype=float))
    assert found.value == pytest.approx(other.oddsratio)
    limits = other.oddsratio_confint(alpha=1 - confidence)
    assert (found.lower, found.upper) == pytest.approx(limits)
    assert found.p_value == pytest.approx(other.oddsratio_pvalue(), abs=1e-12)


@given(CELL, CELL, CELL, CELL)
def test_the_conversion_is_exact_for_two_groups(yes1, no1, yes0, no0):
    odds = (yes1 / no1) / (yes0 / no0)
    risk = (yes1 / (yes1 + no1)) / (yes0 / (yes0 + no0))
    assert risk_ratio_from_odds(odds, yes0 / (yes0 + no0)) == pytest.approx(risk)


def test_a_common_outcome_and_a_rare_one():
    assert odds_ratio(60, 100, 40, 100).value == pytest.approx(2.25)
    assert risk_ratio(60, 100, 40, 100).value == pytest.approx(1.5)
    rare = odds_ratio(6, 10_000, 4, 10_000).value
    assert rare == pytest.approx(1.5, rel=0.001)


def test_edges_shapes_and_missing_values():
    none = odds_ratio(0, 5, 3, 5)
    assert none.value == 0
    assert np.isnan(none.lower)
    assert {"undefined", "zero_numerator"} <= set(none.flags.split(";"))
    assert np.isnan(odds_ratio(5, 5, 3, 5).value)
    assert np.isnan(odds_ratio(2, 5, 0, 5).value)
    assert "denominator_zero" in odds_ratio(0, 0, 1, 5).flags
    column = odds_ratio(pd.Series([1, None], index=["a", "b"]), 5, 2, 5)
    assert column.value.index.tolist() == ["a", "b"]
    assert column.value.isna().tolist() == [False, True]
    risks = risk_ratio_from_odds([2.0, np.nan, 0.0], 0.5)
    np.testing.assert_allclose(risks, [4 / 3, np.nan, 0])
    assert np.isnan(risk_ratio_from_odds(0, 1))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: odds_ratio(3, 2, 1, 2), "x1 is 3 and n1 is 2"),
        (lambda: odds_ratio(1, 2, 1, 2, method="exact"), "method is 'exact'; choose one of woolf"),
        (lambda: odds_ratio("1", 2, 1, 2), "x1 is '1'"),
        (lambda: risk_ratio_from_odds(2, 37), "baseline is 37; give a proportion"),
        (lambda: risk_ratio_from_odds(-2, 0.3), "odds_ratio is -2"),
    ],
)
def test_what_cannot_be_is_refused(call, sentence):
    with pytest.raises(InputProblem, match=sentence):
        call()
