"""Reading arguments: numbers come out in one shape, or one sentence says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]
TextArray: TypeAlias = NDArray[np.object_]

LARGEST = 1e12  # beyond it the tails of a binomial lose their digits
_FLOATS = frozenset({"floating", "empty"})  # the rest may be truth values, text or giants


@dataclass(frozen=True, slots=True)
class Arguments:
    """Arguments of one call, broadcast together and laid flat.

    ``numbers`` are they in the order they were given, ``missing`` is true where any of them
    is missing, and ``back`` returns an answer in the shape the arguments came in.
    """

    names: tuple[str, ...]
    numbers: tuple[FloatArray, ...]
    missing: BoolArray
    shape: tuple[int, ...]
    index: pd.Index[Any] | None

    def back(self, flat: NDArray[Any], name: str) -> Any:
        """Return a flat answer as a scalar, an array or a Series, as the arguments were."""
        if self.index is not None:
            return pd.Series(flat, index=self.index, name=name)
        if self.shape == ():
            return flat[0].item() if isinstance(flat[0], np.generic) else flat[0]
        return flat.reshape(self.shape)

    def where(self, position: int) -> str:
        """Name the place of a flat position: its index label, its position, or nothing."""
        if self.index is not None:
            return f" in row {_plain(self.index[position])!r}"
        if self.shape == ():
            return ""
        place = np.unravel_index(position, self.shape)
        return f" at position {int(place[0]) if len(place) == 1 else tuple(map(int, place))}"

    def refuse(self, wrong: BoolArray, sentence: Callable[[int, str], str]) -> None:
        """Raise InputProblem about the first wrong element, if there is one."""
        if wrong.any():
            position = int(np.argmax(wrong))
            raise InputProblem(sentence(position, self.where(position)))

    def refuse_part_above_whole(self, part: int, whole: int) -> None:
        """Raise InputProblem where argument number ``part`` exceeds argument number ``whole``."""
        above = self.numbers[part] > self.numbers[whole]
        self.refuse(
            above,
            lambda at, where: (
                f"{self.names[part]} is {number(self.numbers[part][at])} and {self.names[whole]} "
                f"is {number(self.numbers[whole][at])}{where}; a part cannot be above its whole, "
                "so correct one of them."
            ),
        )


def read(arguments: Mapping[str, object], *, signed: bool = False) -> Arguments:
    """Read named arguments as non-negative numbers of one shape (``signed``: of any sign).

    Scalars, arrays and Series are taken, of fractions and decimals too; None, NaN and pd.NA are
    missing. Raises InputProblem for text, negative, infinite or astronomical numbers, shapes that
    do not broadcast, and Series whose indexes differ (they are never aligned silently).
    """
    names = tuple(arguments)
    index = _shared_index(arguments)
    arrays = [_numbers(name, argument) for name, argument in arguments.items()]
    try:
        shape = np.broadcast_shapes(*(array.shape for array in arrays))
    except ValueError:
        shape = (-1,)
    if shape == (-1,) or (index is not None and shape != (len(index),)):
        sizes = ", ".join(f"{n} has {a.shape}" for n, a in zip(names, arrays, strict=True))
        raise InputProblem(f"The shapes do not fit together ({sizes}); give arrays of one length.")
    values = tuple(
        np.ascontiguousarray(np.broadcast_to(array, shape)).reshape(-1) for array in arrays
    )
    missing = np.logical_or.reduce([np.isnan(value) for value in values])
    found = Arguments(names, values, missing, shape, index)
    for name, value in zip(names, values, strict=True):
        found.refuse(np.isinf(value), _says(name, value, "a count must be finite"))
        found.refuse(np.abs(value) > LARGEST, _says(name, value, "a count must be under 10^12"))
        found.refuse((value < 0) & (not signed), _says(name, value, "a count cannot be negative"))
    return found


def check_confidence(confidence: object) -> float:
    """Return the confidence level, or raise InputProblem if it is not between 0 and 1."""
    level = _real(confidence)
    if 0 < 1 - level < 1:  # so near to 0 or to 1 that nothing is left is refused as well
        return level
    raise InputProblem(
        f"confidence is {_plain(confidence)!r}; give a number between 0 and 1, such as 0.95."
    )


def check_choice(name: str, choice: object, choices: Iterable[str]) -> str:
    """Return a choice, or raise InputProblem that lists the choices."""
    listed = tuple(choices)
    if isinstance(choice, str) and choice in listed:
        return choice
    raise InputProblem(f"{name} is {choice!r}; choose one of {', '.join(listed)}.")


def check_positive(name: str, value: object) -> float:
    """Return a positive finite number, or raise InputProblem."""
    if 0 < _real(value) < np.inf:
        return _real(value)
    raise InputProblem(f"{name} is {_plain(value)!r}; give a number above 0.")


def check_minimum(name: str, value: object) -> float:
    """Return a number of at least 0, or raise InputProblem."""
    if _real(value) >= 0:
        return _real(value)
    raise InputProblem(f"{name} is {_plain(value)!r}; give a number that is 0 or more.")


def check_whole(name: str, value: object, least: int) -> int:
    """Return a whole number of at least ``least``, or raise InputProblem."""
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool) and value >= least:
        return int(value)
    raise InputProblem(f"{name} is {value!r}; give a whole number of at least {least}.")


def check_practical(practical: tuple[float, float]) -> tuple[float, float]:
    """Return the practical range round a ratio of 1, or raise InputProblem."""
    try:
        low, high = (float(bound) for bound in practical)
    except (TypeError, ValueError):
        low = high = np.nan
    if not 0 < low < 1 < high < np.inf:
        raise InputProblem(
            f"practical is {practical!r}; give two bounds around 1, such as (0.8, 1.25)."
        )
    return low, high


def number(value: float) -> str:
    """Write a number for a message: whole numbers without a decimal point."""
    whole = float(value).is_integer() and abs(value) <= LARGEST
    return f"{value:.0f}" if whole else repr(float(value))


def _says(name: str, value: FloatArray, rule: str) -> Callable[[int, str], str]:
    def sentence(at: int, where: str) -> str:
        return f"{name} is {number(value[at])}{where}; {rule}, so correct it or leave it missing."

    return sentence


def _shared_index(arguments: Mapping[str, object]) -> pd.Index[Any] | None:
    first: tuple[str, pd.Index[Any]] | None = None
    for name, argument in arguments.items():
        if not isinstance(argument, pd.Series):
            continue
        if first is None:
            first = (name, argument.index)
        elif not first[1].equals(argument.index):
            raise InputProblem(
                f"{first[0]} and {name} are Series with different indexes; give them the same "
                "index in the same order, or take columns of one frame."
            )
    return None if first is None else first[1]


def _numbers(name: str, argument: object) -> FloatArray:
    """Turn one argument into an array of floats in which NaN is missing."""
    if isinstance(argument, pd.DataFrame):
        raise InputProblem(f"{name} is a whole frame; give one column of it.")
    if isinstance(argument, np.ma.MaskedArray):
        argument = np.ma.filled(argument.astype(np.float64), np.nan)
    kind = getattr(argument, "dtype", None)
    if isinstance(kind, pd.api.extensions.ExtensionDtype):
        column = pd.Series(argument)
        if pd.api.types.is_bool_dtype(kind) or not pd.api.types.is_numeric_dtype(kind):
            return _from_objects(name, argument, column.to_numpy(dtype=object))
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    try:
        array = np.asarray(argument)
    except ValueError:
        raise InputProblem(f"{name} has rows of different lengths; give a flat list.") from None
    if array.dtype.kind in "iuf":
        return array.astype(np.float64)
    if array.dtype.kind in "mM":  # some would turn into whole numbers of nanoseconds
        what = "dates" if array.dtype.kind == "M" else "lengths of time"
        raise InputProblem(f"{name} holds {what}; give a number, such as days counted by .dt.days.")
    return _from_objects(name, argument, np.asarray(array, dtype=object))


def _from_objects(name: str, argument: object, objects: TextArray) -> FloatArray:
    """Read a column of Python objects: numbers and missing values are taken, nothing else."""
    flat = objects.reshape(-1)
    missing = np.asarray(pd.isna(flat), dtype=bool)
    read_out = np.full(flat.shape, np.nan)
    if pd.api.types.infer_dtype(flat[~missing], skipna=False) in _FLOATS:
        read_out[~missing] = flat[~missing].astype(np.float64)
    else:
        read_out[~missing] = [_real(element) for element in flat[~missing]]
    wrong = np.isnan(read_out) & ~missing
    if wrong.any():
        at = int(np.argmax(wrong))
        index = argument.index if isinstance(argument, pd.Series) else None
        where = Arguments((name,), (), missing, objects.shape, index).where(at)
        raise InputProblem(
            f"{name} is {_plain(flat[at])!r}{where}; give a number, or leave it missing."
        )
    return read_out.reshape(objects.shape)


def _real(value: object) -> float:
    """Return a number as a float, however large, and NaN for all else, truth values included."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (Real, Decimal)):
        return np.nan
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf  # type: ignore[operator]
    except ValueError:  # a decimal that signals that it is none
        return np.nan


def _plain(label: object) -> object:
    """Return a label as a message shows it: no numpy type, no thousand digits."""
    if isinstance(label, int) and label.bit_length() > 64:
        return _real(label)
    return label.item() if isinstance(label, np.generic) else label
