"""How much each factor makes to a difference, for any function of the factors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import FloatArray, read

_MOST = 12  # factors: their function is worked out for every set of them


def factor_effects(
    function: Callable[..., Any], factors_a: Sequence[Any], factors_b: Sequence[Any]
) -> Any:
    """Split the difference of a function between two populations over its factors.

    ``function`` takes the k factors, in their order, and returns one figure or an array;
    ``factors_a`` and ``factors_b`` list their values in the two populations: numbers, or arrays that
    hold a value for every category. The answer holds k effects, along its first axis, and their sum
    is the function of the first less that of the second. An effect is what exchanging the factor
    changes, averaged over all orders in which factors can be exchanged (Das Gupta 1993; Shapley
    1953). Attributing is arithmetic: it names no cause, and figures given here carry no interval
    (``decompose`` works from counts and has them). A product is quicker by ``product_effects``.
    Raises InputProblem for factors that do not match, more than 12 of them, text and infinite
    values, and a function that returns no number.

    Mean earnings of White and Black men, United States 1980, by earnings of those who earned and the
    share that did (Das Gupta 1993; DasGuptR prints 4369.913 and 1487.262):

    >>> factor_effects(lambda paid, share: paid * share, [16591, 0.825974], [10930, 0.717892]).round(3)
    array([4369.913, 1487.262])
    """
    if not callable(function):
        raise InputProblem(f"function is {function!r}; give a function of the factors.")
    a, b = (_read(name, part) for name, part in (("a", factors_a), ("b", factors_b)))
    if [part.shape for part in a] != [part.shape for part in b]:
        raise InputProblem(
            f"factors_a has shapes {[part.shape for part in a]} and factors_b "
            f"{[part.shape for part in b]}; give both the same factors."
        )
    count = len(a)
    if not 0 < count <= _MOST:
        raise InputProblem(f"There are {count} factors; give 1 to {_MOST}.")
    weights = subset_weights(count)
    places = range(count)
    values: dict[frozenset[int], FloatArray] = {}
    for size in range(count + 1):
        for chosen in combinations(places, size):
            mixed = [a[at] if at in chosen else b[at] for at in places]
            values[frozenset(chosen)] = _number(function(*mixed))
    effects = []
    for place in places:
        others = [at for at in places if at != place]
        effects.append(
            sum(
                weights[size] * (values[frozenset((*some, place))] - values[frozenset(some)])
                for size in range(count)
                for some in combinations(others, size)
            )
        )
    return np.array(effects)


def subset_weights(count: int) -> list[float]:
    """Return the part of all orders of ``count`` in which just a given set of a size comes first."""
    every = factorial(count)
    return [factorial(size) * factorial(count - size - 1) / every for size in range(count)]


def _read(name: str, factors: object) -> list[FloatArray]:
    if isinstance(factors, str) or not isinstance(factors, (Sequence, np.ndarray)):
        raise InputProblem(f"factors_{name} is {factors!r}; give a list of factors.")
    found = []
    for at, factor in enumerate(factors):
        label = f"factor {at + 1} of factors_{name}"
        found.append(read({label: factor}, signed=True).numbers[0].reshape(np.shape(factor)))
    return found


def _number(value: object) -> FloatArray:
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputProblem(
            f"The function of the factors returned {value!r}; it must return a number."
        ) from None
