"""Reading events that repeat: the events of one child belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns
from youthjustice.measures.inputs import BoolArray, FloatArray, read
from youthjustice.measures.labels import join_codes, read_labels
from youthjustice.measures.rows import check_labels, key_words, refuse_row

PEOPLE, EVENTS = "population", "events"


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many children of each stratum (cell by group) had how many events.

    ``strata`` has the keys, ``events`` and ``population`` of each stratum. The other arrays have
    one element for each stratum and number of events above 0, in that order: ``children`` of
    ``stratum`` had ``size`` events. Nothing else about a child matters to a resample of children.
    """

    strata: pd.DataFrame
    stratum: NDArray[np.int64]
    size: FloatArray
    children: FloatArray

    def total(self, power: int) -> FloatArray:
        """Return the sum over children of their number of events to this power, by stratum."""
        sums = np.zeros(len(self.strata))
        np.add.at(sums, self.stratum, self.children * self.size**power)
        return sums


def read_repeats(
    frame: pd.DataFrame,
    *,
    group: str,
    child: str,
    events: str | None,
    population: object,
    by: list[str],
    unknown: list[str],
) -> Repeats:
    """Add up the rows of each child and set each stratum's population at its side.

    Raises InputProblem for an absent column, a row without child or group, a child in two groups
    of one cell, impossible counts, and a population that is absent (but for ``unknown`` groups) or
    smaller than its children.
    """
    keys = [*by, group]
    _check_frame(frame, keys, child, events)
    check_labels(frame, keys, [read_labels(frame, group)])
    counts = np.ones(len(frame)) if events is None else read({events: frame[events]}).numbers[0]
    stratum, person = _number(frame, by, group, child)
    # One element for each child of a stratum; a missing number of events spreads to the stratum.
    owner = np.zeros(person.max(initial=-1) + 1, dtype=np.int64)
    owner[person] = stratum
    of_child = np.bincount(person, weights=counts)
    strata = frame[keys].iloc[_first(stratum)].copy()
    strata[EVENTS] = np.bincount(owner, weights=of_child)
    own = np.bincount(owner).astype(np.float64)
    strata = _with_population(strata, own, keys, population, unknown)
    at_work = of_child > 0
    classes = pd.Series(of_child[at_work]).groupby([owner[at_work], of_child[at_work]]).size()
    repeats = Repeats(
        strata=strata,
        stratum=classes.index.get_level_values(0).to_numpy(dtype=np.int64),
        size=classes.index.get_level_values(1).to_numpy(dtype=np.float64),
        children=np.asarray(classes, dtype=np.float64),
    )
    short = repeats.total(0) > strata[PEOPLE].to_numpy()
    if short.any():
        at = int(np.argmax(short))
        raise InputProblem(
            f"{key_words(strata, keys, at)} has {repeats.total(0)[at]:.0f} children with events in a "
            f"population of {strata[PEOPLE].iloc[at]:g}; a part cannot be above its whole, so "
            "correct one of them."
        )
    return repeats


def _check_frame(frame: pd.DataFrame, keys: list[str], child: str, events: str | None) -> None:
    check_columns(frame, [*keys, child, *([] if events is None else [events])])
    lost = frame[child].isna().to_numpy(dtype=bool)
    what = (
        f"has no {child}; give every child a label of its own, so that the rows of one child stay "
        "together."
    )
    refuse_row(frame, [], lost, what)


def _number(
    frame: pd.DataFrame, by: list[str], group: str, child: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give strata, and children within cells, numbers; a child has one group in a cell."""
    cell = join_codes([read_labels(frame, name).codes for name in by], len(frame))
    labels = read_labels(frame, group)
    person = join_codes([cell, read_labels(frame, child).codes], len(frame))
    group_of = labels.codes[_first(person)][person] if len(frame) else labels.codes
    torn: BoolArray = group_of != labels.codes
    if torn.any():
        at = int(np.argmax(torn))
        raise InputProblem(
            f"{child} {frame[child].iloc[at]} is {labels.names[labels.codes[at]]} in row "
            f"{frame.index[at]} and {labels.names[group_of[at]]} before; give a child one {group}."
        )
    return join_codes([cell, labels.codes], len(frame)), person


def _first(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the first row of every code; codes count up in their order of appearance."""
    return np.flatnonzero(~pd.Series(codes).duplicated().to_numpy(dtype=bool))


def _with_population(
    strata: pd.DataFrame,
    children: FloatArray,
    keys: list[str],
    population: object,
    unknown: list[str],
) -> pd.DataFrame:
    """Add each stratum's population; a group of which no child had an event joins as well."""
    if population is None:
        return strata.assign(**{PEOPLE: children}).reset_index(drop=True)
    known = _population_frame(population, keys)
    known[PEOPLE] = read({PEOPLE: known[PEOPLE]}).numbers[0]
    twice = known.duplicated(keys).to_numpy(dtype=bool)
    if twice.any():
        raise InputProblem(
            f"The population of {key_words(known, keys, int(np.argmax(twice)))} stands twice."
        )
    joined = strata.merge(known, on=keys, how="left", indicator=True)
    needed = ~joined[keys[-1]].isin(unknown)
    absent = ((joined.pop("_merge") == "left_only") & needed).to_numpy(dtype=bool)
    if absent.any():
        at = int(np.argmax(absent))
        raise InputProblem(
            f"There is no population for {key_words(joined, keys, at)}; add it, missing where it is "
            "not known."
        )
    extra = known.merge(strata[keys], on=keys, how="left", indicator=True)
    extra = extra[extra.pop("_merge") == "left_only"].assign(**{EVENTS: 0.0})
    return pd.concat([joined, extra], ignore_index=True)[[*keys, EVENTS, PEOPLE]]


def _population_frame(population: object, keys: list[str]) -> pd.DataFrame:
    """Return populations as a frame of keys and population, whatever they came in."""
    wants = f"give a {PEOPLE} for every {' and '.join(map(str, keys))}"
    if isinstance(population, pd.DataFrame):
        check_columns(population, [*keys, PEOPLE], "population")
        return population[[*keys, PEOPLE]].reset_index(drop=True)
    if isinstance(population, Mapping):
        population = pd.Series(population, dtype=object)
    if not isinstance(population, pd.Series):
        raise InputProblem(
            f"population is a {type(population).__name__}; {wants} as a mapping, Series or frame."
        )
    if population.index.nlevels != len(keys):
        raise InputProblem(
            f"The population has {population.index.nlevels} key(s) where {len(keys)} are needed; "
            f"{wants}."
        )
    labels = population.index.to_frame(index=False)
    labels.columns = pd.Index(keys)
    return labels.assign(**{PEOPLE: population.to_numpy()})
