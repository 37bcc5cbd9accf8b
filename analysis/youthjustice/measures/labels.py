"""Labels as numbers: which group stands in each row, which rows share a cell, and their order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import BoolArray

TOTAL = "All"
GROUP_ORDER = ("Asian", "Black", "Mixed", "White", "Other", "Unknown")


@dataclass(frozen=True, slots=True)
class Labels:
    """A column of labels: the different ones, and which of them stands in each row (-1: none)."""

    name: str
    codes: NDArray[np.int64]
    names: tuple[Hashable, ...]

    def those_in(self, listed: Sequence[object]) -> BoolArray:
        """Return the rows whose label is one of those listed."""
        return self.of([value in listed for value in self.names], False)

    def of(self, each: Sequence[Any], missing: Any) -> NDArray[Any]:
        """Return for every row what belongs to its label."""
        return np.array([*each, missing])[self.codes]


def names_of(name: str, argument: object) -> list[Any]:
    """Return one name or several as a list, none for None, or raise InputProblem."""
    if argument is None:
        return []
    if isinstance(argument, str) or not isinstance(argument, Iterable):
        return [argument]
    names = list(argument)
    if isinstance(argument, Mapping) or not all(isinstance(one, Hashable) for one in names):
        raise InputProblem(f"{name} is {argument!r}; give one name or a list of names.")
    return names


def given_names(name: str, argument: object) -> list[Any]:
    """Return one name or several as a list without those that are missing."""
    return [one for one in names_of(name, argument) if not is_missing(one)]


def one_label(name: str, argument: Any) -> Any:
    """Return one label, or raise InputProblem for several, none, or something else."""
    if pd.api.types.is_scalar(argument) and not pd.isna(argument):
        return argument
    shown = repr(argument) if pd.api.types.is_scalar(argument) else _kind_of(argument)
    raise InputProblem(f"{name} is {shown}; give one label.")


def is_missing(value: Any) -> bool:
    """Tell whether a label is missing: None, NaN, NaT or NA."""
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _kind_of(argument: object) -> str:
    return f"a {type(argument).__name__}"


def read_labels(frame: pd.DataFrame, name: str) -> Labels:
    """Give the different labels of a column numbers."""
    try:
        codes, names = pd.factorize(frame[name])
    except TypeError:
        raise InputProblem(
            f"The column {name!r} holds values that cannot be labels; give text or numbers."
        ) from None
    return Labels(name, codes.astype(np.int64, copy=False), tuple(names))


def number_cells(frame: pd.DataFrame, by: list[str]) -> NDArray[np.int64]:
    """Give cells numbers in their order of appearance; a missing key is a key like any other."""
    return join_codes([read_labels(frame, name).codes for name in by], len(frame))


def join_codes(parts: Sequence[NDArray[np.int64]], size: int) -> NDArray[np.int64]:
    """Give the combinations of several numberings numbers, in their order of appearance."""
    joined = np.zeros(size, dtype=np.int64)
    for part in parts:
        # Numbering anew after each keeps the product of the sizes far from the largest integer.
        joined = pd.factorize(joined * (part.max(initial=0) + 2) + part + 1)[0].astype(np.int64)
    return joined


def group_order(cell: NDArray[np.int64], labels: Sequence[Labels]) -> NDArray[np.int64]:
    """Return the order of rows: by cell, then by the usual order of groups, then the alphabet.

    A row without a label stands last.
    """
    place = cell
    for one in labels:
        text = [str(value) for value in one.names]
        others = sorted(set(text) - set(GROUP_ORDER))
        listed = {name: at for at, name in enumerate((*GROUP_ORDER, *others))}
        place = place * (len(listed) + 1) + one.of([listed[name] for name in text], len(listed))
    # A stable sort takes next to no time where the rows stand in order already.
    return np.argsort(place, kind="stable")
