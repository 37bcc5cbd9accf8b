"""How much each factor of a product makes to a difference between two products."""

from __future__ import annotations

from typing import Any

import numpy as np

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import FloatArray, read


def product_effects(factors_a: Any, factors_b: Any) -> Any:
    """Split a difference between two products over their factors, whatever their order.

    ``factors_a`` and ``factors_b`` hold k factors along the first axis (k x ...); the answer has
    that shape, and its sum over the factors is the product of the first less that of the second.
    The effect of a factor is what exchanging it changes, averaged over every order in which the
    factors can be exchanged one after another: Das Gupta's (1993) effect, and the value of Shapley
    (1953). Attributing is arithmetic: it names no cause.
    A missing factor gives missing effects at its place. Raises InputProblem for text, infinite
    factors, and shapes that do not match.

    Birth rates of Chile and Austria, 1981, by births to women of 15 to 49, the share of women of
    that age, and the share of women (Das Gupta 1993; DasGuptR prints 10.434, 10.561 and -0.667):

    >>> product_effects([84.90502, 0.75756, 0.51065], [51.78746, 0.45919, 0.52638]).round(3)
    array([10.434, 10.561, -0.667])
    """
    arguments = read({"factors_a": factors_a, "factors_b": factors_b}, signed=True)
    shapes = np.shape(factors_a), np.shape(factors_b)
    same = len(shapes[0]) == len(shapes[1]) and shapes[0][:1] == shapes[1][:1]
    if not same or shapes[0][:1] in {(), (0,)}:
        raise InputProblem(
            f"factors_a has the shape {shapes[0]} and factors_b {shapes[1]}; give both the same "
            "number of factors along the first axis, at least one."
        )
    a, b = (numbers.reshape(arguments.shape) for numbers in arguments.numbers)
    return arguments.back(effects(a, b).reshape(-1), "effect")


def effects(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the effects of the factors, k x ..., without checking them."""
    return (a - b) * mean_of_others(a, b)


def mean_of_others(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return for every factor the product of all the others, averaged over the orders of exchange.

    That average is an integral along the straight line from b to a of the product of the other
    factors (Owen 1972), a polynomial of degree k - 1: Gauss and Legendre's rule with (k + 1) // 2
    points gives it exactly.
    """
    points, weights = np.polynomial.legendre.leggauss((len(a) + 1) // 2)
    total = np.zeros(a.shape)
    for point, weight in zip((points + 1) / 2, weights / 2, strict=True):
        total += weight * _product_of_others(b + point * (a - b))
    return total


def _product_of_others(factors: FloatArray) -> FloatArray:
    """Return for every factor the product of all the others; a factor of 0 does no harm."""
    others = np.ones(factors.shape)
    before, after = np.ones((2, *factors.shape[1:]))
    for first in range(len(factors)):
        last = len(factors) - 1 - first
        others[first] *= before
        others[last] *= after
        before = before * factors[first]
        after = after * factors[last]
    return others
