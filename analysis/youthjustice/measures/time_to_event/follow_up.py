"""Reading follow-up: how long each child was watched, what ended it, and in which group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import Arguments, FloatArray, number, read
from youthjustice.measures.labels import GROUP_ORDER, TOTAL, is_missing, names_of, one_label

IntArray: TypeAlias = NDArray[np.int64]

CENSORED = "censored"


@dataclass(frozen=True, slots=True, eq=False)
class FollowUp:
    """One element per child: time, what happened then, group, and when watching began.

    ``cause`` is 0 where the child was censored, otherwise 1 + the place in ``causes``; ``group``
    is the place in ``groups``. A child counts at risk after ``entry`` (None: from the start), up
    to and including ``time``.
    """

    time: FloatArray
    cause: IntArray
    group: IntArray
    entry: FloatArray | None
    causes: list[Any]
    groups: list[Any]


def read_events(
    time: object,
    event: object,
    group: object = None,
    entry: object = None,
    names: tuple[str, str, str] = ("time", "event", "entry"),
) -> FollowUp:
    """Read times and events, where an event is 1 (or True) if it happened and 0 if not.

    ``names`` is what messages call time, event and entry. Raises InputProblem for no children,
    missing, negative or infinite times, events other than 0 and 1, an entry that is not before its
    time, and labels that are missing or totals.
    """
    happened = _as_numbers(event)
    arguments, began = _read_times({names[0]: time, names[1]: happened}, entry, names)
    value = arguments.numbers[1]
    arguments.refuse(
        (value != 0) & (value != 1),
        lambda at, where: (
            f"{names[1]} is {number(value[at])}{where}; give 1 where it happened and 0 where not, or "
            "use cumulative_incidence for several causes."
        ),
    )
    codes, groups = read_labels("group", group, arguments)
    return FollowUp(arguments.numbers[0], value.astype(np.int64), codes, began, [1], groups)


def read_causes(
    time: object,
    cause: object,
    group: object = None,
    entry: object = None,
    *,
    causes: Sequence[Any] | None = None,
    censored: object = None,
) -> FollowUp:
    """Read times and causes, where one label says that nothing happened.

    That label is ``censored``; unless it is named, it is 0 or the word censored.

    ``causes`` lists the causes in the order wanted, those without events among them. Raises
    InputProblem as ``read_events`` does, and for a cause that is not listed.
    """
    arguments, began = _read_times({"time": time}, entry)
    labels, found = read_labels("cause", cause, arguments, ordered=False)
    listed = names_of("causes", causes)
    nothing = _nothing(found, censored, bool(listed))
    seen = [label for label in found if label != nothing]
    listed = listed or sorted(seen, key=_sorting)
    if not listed:
        raise InputProblem(
            f"Every cause is {nothing!r}, so nothing happened to anyone; name in causes what could."
        )
    if len(set(listed)) < len(listed) or nothing in listed or any(map(is_missing, listed)):
        raise InputProblem(
            f"causes is {listed!r}; list every cause once, and leave out {nothing!r}, which says "
            "that nothing happened, and what is missing."
        )
    strange = [label for label in seen if label not in listed]
    if strange:
        raise InputProblem(
            f"cause holds {strange[0]!r}, which is not among {', '.join(map(repr, listed))}; list "
            f"it in causes, or write {nothing!r} where nothing happened."
        )
    place = {label: at + 1 for at, label in enumerate(listed)} | {nothing: 0}
    codes = np.array([place[label] for label in found], dtype=np.int64)[labels]
    groups, names = read_labels("group", group, arguments)
    return FollowUp(arguments.numbers[0], codes, groups, began, listed, names)


def read_labels(
    name: str, argument: object, arguments: Arguments, *, ordered: bool = True
) -> tuple[IntArray, list[Any]]:
    """Return labels as numbers, their places among the distinct ones, and those in order.

    The order is the usual one of groups. Nothing given is one group, "All". Raises InputProblem
    for another length or index, and for labels that are missing or, where ``ordered``, a total.
    """
    size = arguments.missing.size
    if argument is None:
        return np.zeros(size, dtype=np.int64), [TOTAL]
    if (
        isinstance(argument, pd.Series)
        and arguments.index is not None
        and not argument.index.equals(arguments.index)
    ):
        raise InputProblem(
            f"time and {name} are Series with different indexes; give them the same index in the "
            "same order, or take columns of one frame."
        )
    column = _one_column(name, argument)
    if len(column) != size:
        raise InputProblem(f"{name} has {len(column)} labels for {size} times; give one for each.")
    codes, found = numbered(name, column)
    arguments.refuse(
        codes < 0,
        lambda at, where: f"{name} is missing{where}; write a word for it, such as Unknown.",
    )
    names = [label.item() if isinstance(label, np.generic) else label for label in found]
    if ordered and TOTAL in names:
        raise InputProblem(
            f"{name} holds {TOTAL!r}, a total; leave totals out, or the children count twice."
        )
    if not ordered:
        return codes.astype(np.int64), names
    order = in_order(names)
    place = np.array([order.index(label) for label in names], dtype=np.int64)
    return place[codes], order


def numbered(name: str, column: pd.Series[Any]) -> tuple[IntArray, Any]:
    """Return labels as numbers (-1: missing) and the distinct ones, or raise InputProblem."""
    try:
        codes, found = pd.factorize(column)
    except TypeError:
        raise InputProblem(
            f"{name} holds values that cannot be labels; give text or numbers."
        ) from None
    return codes.astype(np.int64, copy=False), found


def _one_column(name: str, argument: object) -> pd.Series[Any]:
    if isinstance(argument, pd.Series):
        return argument
    try:
        return pd.Series(np.asarray(argument, dtype=object)).infer_objects()
    except (TypeError, ValueError):
        raise InputProblem(f"{name} must be one column of labels, one for each child.") from None


def in_order(labels: Sequence[Any]) -> list[Any]:
    """Put labels in the usual order of groups, then numbers, then words by the alphabet."""
    known = [label for label in GROUP_ORDER if label in labels]
    return known + sorted((label for label in labels if label not in known), key=_sorting)


def read_moments(name: str, times: object) -> FloatArray:
    """Read one or more chosen times. Raises InputProblem for none, missing or negative ones."""
    chosen = read({name: times}, signed=True)
    (flat,) = chosen.numbers
    if flat.size == 0:
        raise InputProblem(f"{name} is empty; give at least one time.")
    _refuse_unusable(chosen, 0)
    return flat


def _read_times(
    given: dict[str, object],
    entry: object,
    names: tuple[str, str, str] = ("time", "event", "entry"),
) -> tuple[Arguments, FloatArray | None]:
    if entry is not None:
        given = {**given, names[2]: entry}
    arguments = read(given, signed=True)
    time = arguments.numbers[0]
    _refuse_tables(given, (time.size,))
    if time.size == 0:
        raise InputProblem(f"There are no children: {names[0]} is empty; give at least one.")
    for place in range(len(arguments.names)):
        _refuse_unusable(arguments, place, signed=arguments.names[place] == names[1])
    if entry is None:
        return arguments, None
    began = arguments.numbers[-1]
    arguments.refuse(
        began >= time,
        lambda at, where: (
            f"{names[2]} is {number(began[at])} and {names[0]} is {number(time[at])}{where}; a "
            "child is watched from entry to a later time, so correct one or leave the child out."
        ),
    )
    return arguments, began


def _refuse_tables(given: dict[str, object], whole: tuple[int, ...]) -> None:
    """Raise InputProblem for what would be stretched into more children than were given."""
    shapes = {name: np.asarray(argument).shape for name, argument in given.items()}
    if not set(shapes.values()) <= {(), whole}:
        told = ", ".join(f"{name} has {shape}" for name, shape in shapes.items())
        raise InputProblem(
            f"The shapes do not fit together ({told}); give flat columns of one length."
        )


def _refuse_unusable(arguments: Arguments, place: int, *, signed: bool = False) -> None:
    """Raise InputProblem where an argument is missing or, unless ``signed``, negative."""
    name, value = arguments.names[place], arguments.numbers[place]
    arguments.refuse(
        np.isnan(value),
        lambda at, where: (
            f"{name} is missing{where}; follow-up cannot be guessed, so give it or leave the child "
            "out."
        ),
    )
    arguments.refuse(
        (value < 0) & (not signed),
        lambda at, where: (
            f"{name} is {number(value[at])}{where}; count time from the child's start, where it is "
            "0."
        ),
    )


def _as_numbers(event: object) -> object:
    """Turn true and false into 1 and 0, and leave anything else for ``read`` to judge."""
    if isinstance(event, pd.DataFrame):
        return event
    try:
        column = event if isinstance(event, pd.Series) else np.asarray(event)
    except ValueError:  # rows of different lengths
        return event
    if pd.api.types.is_bool_dtype(column.dtype):
        return column.astype(np.float64) if column.dtype == bool else column.astype("Float64")
    if column.dtype == object and pd.api.types.infer_dtype(column) == "boolean":
        return pd.Series(column, dtype="boolean").astype("Float64")
    return event


def _nothing(labels: list[Any], censored: object, causes_named: bool) -> Any:
    """Return what marks a child to whom nothing happened: as named, 0, or the word censored."""
    marks = [mark for mark in (0, CENSORED) if mark in labels]
    if censored is not None:
        named = one_label("censored", censored)
        if marks and named not in labels and not causes_named:
            raise InputProblem(
                f"censored is {named!r}, which cause does not hold, while it does hold {marks[0]!r}; "
                "name that, or list it in causes if it is one."
            )
        return named
    if len(marks) == 2 or not (marks or causes_named):
        raise InputProblem(
            f"cause holds {'both' if marks else 'neither'} 0 {'and' if marks else 'nor'} "
            f"{CENSORED!r}; say in censored what marks a child to whom nothing happened."
        )
    return marks[0] if marks else CENSORED


def _sorting(label: Any) -> tuple[bool, float, str]:
    """Sort numbers by size, before words by the alphabet."""
    if isinstance(label, (int, float)):
        return False, float(label), ""
    return True, 0.0, str(label)
