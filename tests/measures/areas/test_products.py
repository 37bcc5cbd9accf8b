from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from youthjustice.errors import InputProblem
from youthjustice.measures import product_effects


@pytest.mark.parametrize("example", ["O-18a", "O-18b", "O-18c", "O-18d"])
def test_o18_effects_of_two_to_five_factors_das_gupta_1993(examples, example, reproduced):
    given_, expected = examples[example]["inputs"], examples[example]["expected"]
    found = product_effects(given_["a"], given_["b"])
    reproduced(examples[example], found, expected["effects"], atol=examples[example]["tolerance"])
    reproduced(
        examples[example], found.sum(), expected["total"], atol=examples[example]["tolerance"]
    )


@pytest.mark.parametrize("example", ["O-18e", "O-18f"])
def test_o18_effects_summed_over_ages_das_gupta_1993(examples, example, reproduced):
    given_, expected = examples[example]["inputs"], examples[example]["expected"]
    found = product_effects(given_["a"], given_["b"]).sum(axis=1) * given_["scale"]
    reproduced(examples[example], found, expected["effects"], atol=examples[example]["tolerance"])
    reproduced(
        examples[example], found.sum(), expected["total"], atol=examples[example]["tolerance"]
    )


def over_all_orders(a, b):
    """Exchange the factors one after another, in every order, and average what each changes."""
    effect = np.zeros(np.shape(a))
    orders = list(permutations(range(len(a))))
    for order in orders:
        now = np.array(b, dtype=float)
        for factor in order:
            before = now.prod(axis=0)
            now[factor] = a[factor]
            effect[factor] += now.prod(axis=0) - before
    return effect / len(orders)


FACTOR = st.one_of(st.just(0.0), st.floats(1e-3, 1e3))
SHAPE = st.tuples(st.integers(1, 6), st.integers(1, 3))


@settings(max_examples=40)
@given(st.data())
def test_the_average_over_all_orders_by_exchanging_one_after_another(data):
    shape = data.draw(SHAPE)
    a, b = (data.draw(arrays(float, shape, elements=FACTOR)) for _ in range(2))
    scale = max(np.maximum(a, b).prod(axis=0).max(), 1e-300)
    np.testing.assert_allclose(
        product_effects(a, b) / scale, over_all_orders(a, b) / scale, atol=1e-12
    )


@settings(max_examples=40)
@given(st.integers(1, 14), st.integers(0, 10**6))
def test_effects_sum_to_the_difference_and_turn_round_with_it(factors, seed):
    a, b = np.random.default_rng(seed).uniform(-1, 2, (2, factors, 5))
    found = product_effects(a, b)
    np.testing.assert_allclose(found.sum(axis=0), a.prod(axis=0) - b.prod(axis=0), atol=1e-9)
    np.testing.assert_allclose(product_effects(b, a), -found, atol=1e-12)


def test_a_factor_that_is_the_same_has_no_effect_and_one_factor_has_all():
    assert product_effects([3.0], [1.0]).tolist() == [2.0]
    assert product_effects([3.0, 0.5], [1.0, 0.5])[1] == 0


def test_a_missing_factor_leaves_its_neighbours_alone():
    whole = product_effects([[1.0, 2.0], [3.0, 4.0]], [[0.5, 0.5], [1.0, 1.0]])
    found = product_effects([[np.nan, 2.0], [3.0, 4.0]], [[0.5, 0.5], [1.0, 1.0]])
    assert np.isnan(found[:, 0]).all()
    assert found[:, 1].tolist() == whole[:, 1].tolist()


def test_a_series_keeps_its_index():
    factors = pd.Series([2.0, 3.0], index=["arrest", "charge"])
    assert product_effects(factors, factors / 2)["arrest"] == 2.25


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        (2.0, 1.0, "same number of factors"),
        ([], [], "same number of factors"),
        ([1.0, 2.0, 3.0], np.ones((3, 3))[:2], "shape"),
        ([1.0, 2.0], np.ones((2, 2)), "same number of factors"),
        ([1.0], [1.0, 2.0], "same number of factors"),
        (["x"], [1.0], "'x'"),
        ([np.inf], [1.0], "finite"),
    ],
)
def test_factors_that_do_not_fit_are_refused(a, b, sentence):
    with pytest.raises(InputProblem, match=sentence):
        product_effects(a, b)
