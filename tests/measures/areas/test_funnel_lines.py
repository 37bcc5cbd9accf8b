"""Lines of a funnel against printed limits and scipy's distributions."""

import numpy as np
import pytest
from scipy import stats

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.funnel_lines import funnel_limits


@pytest.mark.parametrize("line", ["lower_95", "upper_95", "lower_99_8", "upper_99_8"])
def test_o12_exact_limits_pass_through_every_printed_point_of_a_funnel_of_rates(
    examples, line, reproduced
):
    example = examples["O-12b"]
    given_, expected = example["inputs"], example["expected"][line]
    side, level = line.split("_", 1)
    size = given_["years"] * np.array(expected["size"])
    lines = funnel_limits(given_["benchmark"], size, basis="rate")
    events = np.array(given_["events"])
    reproduced(example, 100_000 * events / size, expected["limit"], rtol=1e-6)
    got = lines[f"limit_{level}_{side}"]
    reproduced(example, got, expected["limit"], rtol=example["tolerance"])


def as_printed(n, centre, p):
    """Spiegelhalter's (2005, appendix A.1.1) interpolated quantile, with scipy's distributions."""
    law = stats.binom(n, centre)
    r = law.ppf(p)
    return (r - (law.cdf(r) - p) / law.pmf(r)) / n


def test_the_printed_interpolation_by_scipy():
    n = np.array([5, 17, 60, 411, 9000])
    lines = funnel_limits(0.23, n, method="spiegelhalter", limits=(0.95,))
    np.testing.assert_allclose(lines["limit_95_upper"], as_printed(n, 0.23, 0.975), rtol=1e-9)
    below = np.maximum(as_printed(n, 0.23, 0.025), 0)
    np.testing.assert_allclose(lines["limit_95_lower"], below, atol=1e-12)
    exact = funnel_limits(0.23, n, limits=(0.95,))
    np.testing.assert_allclose(exact["limit_95_lower"], below, atol=1e-12)
    assert (exact["limit_95_upper"] >= lines["limit_95_upper"]).all()


def test_the_limits_close_in_on_the_benchmark_and_hold_it():
    lines = funnel_limits(0.3, largest=100_000)
    assert lines["denominator"].is_monotonic_increasing
    for level in ("95", "99_8"):
        assert (lines[f"limit_{level}_lower"] <= 0.3).all()
        assert (lines[f"limit_{level}_upper"] >= 0.3).all()
    assert (lines["limit_99_8_upper"] >= lines["limit_95_upper"]).all()
    assert lines["limit_95_upper"].iloc[-1] - lines["limit_95_lower"].iloc[-1] < 0.006


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"sizes": None}, "There are no sizes"),
        ({"sizes": [-1]}, "sizes is -1"),
        ({"benchmark": -1}, "benchmark is -1"),
        ({"benchmark": 31, "per": 30}, "benchmark is 31"),
        ({"sizes": None, "largest": 9, "points": 1}, "points is 1"),
        ({"phi": -1}, "phi is -1"),
    ],
)
def test_odd_lines_are_refused(options, says):
    with pytest.raises(InputProblem, match=says):
        funnel_limits(**{"benchmark": 0.3, "sizes": [10], **options})
