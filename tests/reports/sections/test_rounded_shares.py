"""What whole per cents allow of the linked cohort, gone through child by child."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from youthjustice.measures import adjusted_p_values
from youthjustice.published import place
from youthjustice.reports.sections.linked import linked, unprinted_words
from youthjustice.reports.sections.linked_figures import linked_cohort, unprinted


def _printing(percent, whole):
    """Give every whole number of children that prints as a per cent, by trying them all."""
    counts = np.arange(whole + 1)
    return counts[np.rint(100 * counts / whole) == percent]


@pytest.mark.parametrize(
    ("group", "share", "pupils", "bounds", "interval"),
    [("Asian", 4, 8, (0.45, 0.64), (0.29, 0.96)), ("Mixed", 18, 13, (1.36, 1.61), (1.09, 2.01))],
)
def test_bounds_and_interval_are_the_furthest_of_all_whole_numbers(
    group, share, pupils, bounds, interval
):
    rows = linked_cohort(place("Islington"))
    row = rows[(rows["denominator"] == 547) & (rows["ethnic_group"] == group)].iloc[0]
    counts = [
        _printing(share, 547),
        _printing(pupils, 8490),
        _printing(42, 547),
        _printing(45, 8490),
    ]
    ratios = [
        (x / n) / (x0 / n0)
        for x, n, x0, n0 in product(*(each[[0, len(each) // 2, -1]] for each in counts))
    ]
    assert (row["lowest"], row["highest"]) == pytest.approx((min(ratios), max(ratios)))
    assert (row["lowest"], row["highest"]) == pytest.approx(bounds, abs=0.005)
    # Koopman's score interval by statsmodels, at the ends and between them.
    limits = [
        confint_proportions_2indep(*cell, method="score", compare="ratio", correction=False)
        for cell in product(*(each[[0, -1]] for each in counts))
    ]
    lower, upper = min(low for low, _ in limits), max(high for _, high in limits)
    assert (row["lower"], row["upper"]) == pytest.approx((lower, upper), abs=2e-4)
    assert (row["lower"], row["upper"]) == pytest.approx(interval, abs=0.005)


def test_what_stands_in_islington_is_told_by_holm_on_those_p_values():
    rows = linked_cohort(place("Islington")).dropna(subset=["value", "lower"])
    stand = rows[np.asarray(adjusted_p_values(rows["p_value"])) < 0.05]
    assert set(zip(stand["ethnic_group"], stand["denominator"], strict=True)) == {
        ("Mixed", 547), ("Black", 257), ("Mixed", 257),
    }  # fmt: skip


@pytest.mark.parametrize("area", ["Islington", "Rutland", "Kent"])
def test_every_published_per_cent_is_of_a_whole_number_of_children(area):
    rows = linked_cohort(place(area))
    assert len(rows) and unprinted(rows).empty
    assert "No whole number of children prints" not in str(linked(area).items)


def test_a_per_cent_of_no_whole_number_is_said_and_does_not_fail():
    rows = pd.DataFrame(
        {"ethnic_group": ["Asian", "Black", "White"], "share": [33.0, None, 50.0],
         "denominator": [20, 20, 20], "pupils": [8.0, 1.0, 33.0], "pupils_all": [8490, 8490, 20]}
    )  # fmt: skip
    (said,) = unprinted_words(rows)
    assert said.kind == "caution" and "Asian children and White children" in said.text
    assert unprinted_words(rows[rows["ethnic_group"] == "Black"]) == []
