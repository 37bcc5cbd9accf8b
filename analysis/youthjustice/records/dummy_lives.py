"""Invented lives: children, what they are said to have done, and when; no real child is behind any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]
"""Days since 1970-01-01; `NEVER` where there is none."""

NEVER = np.iinfo("int64").min
SHARES = {
    "Asian": 0.06,
    "Black": 0.11,
    "Mixed": 0.10,
    "White": 0.64,
    "Other": 0.03,
    "Unknown": 0.06,
}
CHANCES = {
    "Asian": 0.28,
    "Black": 0.42,
    "Mixed": 0.40,
    "White": 0.35,
    "Other": 0.33,
    "Unknown": 0.30,
}
"""The chance that a child of the group offends again within a year of a start."""

SERVICES = ("Dummyshire", "North Dummy", "South Dummy", "Dummy Vale", "Ynys Dummý")
SEXES, CARE = ("female", "male"), ("never", "current", "previous", "unknown")
NEEDS, REMANDS = (
    ("none", "support", "plan", "unknown"),
    ("none", "bail", "local_authority", "custody"),
)
OUTCOMES = ("youth_caution", "youth_conditional_caution", "caution", "conviction", "custody",
            "community_resolution", "no_further_action", "diversion", "other")  # fmt: skip
CUSTODY, CONVICTION, CAUTION, PENDING = 4, 3, 2, 8
QUALIFYING = np.array([True] * 5 + [False] * 4)
BREACH = "Breach of statutory order"
CODES = ("Violence against the person", "Theft and handling stolen goods", "Drugs", "Criminal damage",
         "Robbery", "Public order", "Motoring offences", BREACH)  # fmt: skip

_FIRST_OUTCOMES = (0.34, 0.12, 0, 0.36, 0.03, 0.08, 0.05, 0.02, 0)
_LATER_OUTCOMES = (0.10, 0.10, 0, 0.60, 0.08, 0.03, 0.07, 0.01, 0.01)
_YEAR = 365.25
_OCCASIONS = 7


def day(text: str) -> int:
    """Give a date as days since 1970.

    >>> day("1970-01-02")
    1
    """
    return int(np.datetime64(text, "D").astype("int64"))


FIRST, LAST, EXTRACT = day("2019-01-01"), day("2025-03-31"), day("2025-06-30")


@dataclass(frozen=True, slots=True)
class Lives:
    """Some children and their offences, as arrays; texts are places in the lists above."""

    children: Mapping[str, npt.NDArray[Any]]
    offences: Mapping[str, npt.NDArray[Any]]


def lives(many: int, seed: int, part: int) -> Lives:
    """Make up some children, all alike for one seed and part."""
    rng = np.random.default_rng([seed, part])
    group = rng.choice(len(SHARES), many, p=list(SHARES.values()))
    first = rng.integers(FIRST, LAST + 1, many)
    age = 10 * _YEAR + rng.beta(3.2, 1.4, many) * (8 * _YEAR - 2)
    children = {
        "born": first - age.astype("int64") - 1,
        "sex": (rng.random(many) < 0.83).astype("int64"),
        "group": group,
        "service": rng.integers(0, len(SERVICES), many),
        "care": rng.choice(4, many, p=[0.72, 0.15, 0.08, 0.05]),
        "needs": rng.choice(4, many, p=[0.62, 0.2, 0.12, 0.06]),
    }
    return Lives(children, _recorded(_occasions(rng, children, first), children, rng))


def _occasions(
    rng: np.random.Generator, children: Mapping[str, Days], first: Days
) -> dict[str, npt.NDArray[Any]]:
    """Follow every child from occasion to occasion, each with one outcome for all its offences."""
    chance = np.array(list(CHANCES.values()))[children["group"]]
    child = np.arange(len(first))
    least = children["born"] + int(10 * _YEAR) + 1
    offence = np.minimum(np.maximum(first - _delay(rng, len(first)), least), first)
    last = _decided(rng, np.arange(len(first)), offence, first, _FIRST_OUTCOMES)
    made = [last]
    for number in range(1, _OCCASIONS):
        child = last["child"]
        start = np.where(last["kind"] == CUSTODY, last["release"], last["outcome"])
        again = rng.random(len(child)) < np.minimum(chance * 1.12 ** (number - 1), 0.85)[child]
        late = ~again & (rng.random(len(child)) < 0.12)
        within, after = 1 + 365 * rng.beta(1, 1.6, len(child)), rng.integers(366, 900, len(child))
        offence = start + np.where(late, after, within).astype("int64")
        on = (again | late) & (offence < EXTRACT)
        child, start, offence = child[on], start[on], offence[on]
        last = _decided(rng, child, offence, offence + _delay(rng, len(child)), _LATER_OUTCOMES)
        made += [last, _before_the_start(rng, child, start)]
    return {name: np.concatenate([one[name] for one in made]) for name in last}


def _decided(
    rng: np.random.Generator, child: Days, offence: Days, outcome: Days, weights: tuple[float, ...]
) -> dict[str, npt.NDArray[Any]]:
    """Decide occasions: their outcome, a release, remand, and how many offences there were."""
    many = len(child)
    kind = rng.choice(len(OUTCOMES), many, p=weights)
    release = np.where(kind == CUSTODY, outcome + rng.integers(45, 500, many), NEVER)
    court = np.isin(kind, (CUSTODY, CONVICTION))
    remand = np.where(court, rng.choice(4, many, p=[0.62, 0.3, 0.03, 0.05]), 0)
    counts = np.minimum(rng.geometric(0.35, many), 12)
    return {"child": child, "offence": offence, "outcome": outcome, "kind": kind, "release": release,
            "remand": remand, "counts": counts}  # fmt: skip


def _before_the_start(
    rng: np.random.Generator, child: Days, start: Days
) -> dict[str, npt.NDArray[Any]]:
    """Convict a few children, after the start, of what they did before it: that is no reoffence."""
    some = rng.random(len(child)) < 0.08
    child, start = child[some], start[some]
    offence = start - rng.integers(1, 90, len(child))
    weights = tuple(float(kind == CONVICTION) for kind in range(len(OUTCOMES)))
    return _decided(rng, child, offence, start + rng.integers(5, 150, len(child)), weights)


def _delay(rng: np.random.Generator, many: int) -> Days:
    """Give the days from an offence to its outcome."""
    return np.clip(np.exp(rng.normal(4.1, 0.8, many)), 0, 500).astype("int64")


def _recorded(
    occasions: Mapping[str, npt.NDArray[Any]],
    children: Mapping[str, Days],
    rng: np.random.Generator,
) -> dict[str, npt.NDArray[Any]]:
    """Give each offence a row, as the extract of the last day knows it, and add breaches."""
    known = occasions["offence"] <= EXTRACT
    one = {name: column[known] for name, column in occasions.items()}
    grown = one["outcome"] - children["born"][one["child"]] >= 18 * _YEAR
    one["kind"] = np.where(grown & (one["kind"] < CAUTION), CAUTION, one["kind"])
    place = np.repeat(np.arange(len(one["child"])), one["counts"])
    rows = {name: column[place] for name, column in one.items() if name != "counts"}
    first = np.concatenate([[0], np.cumsum(one["counts"])[:-1]])
    rows["seq"] = np.arange(len(place)) - np.repeat(first, one["counts"]) + 1
    rows["code"] = rng.integers(0, len(CODES) - 1, len(place))
    rows["breach"] = np.zeros(len(place), dtype=bool)
    rows = _with_breaches(rows, rng)
    late = rows["outcome"] > EXTRACT
    rows["outcome"] = np.where(late, NEVER, rows["outcome"])
    rows["release"] = np.where(late | (rows["release"] > EXTRACT), NEVER, rows["release"])
    rows["kind"] = np.where(late, PENDING, rows["kind"])
    order = np.argsort(rows["child"], kind="stable")
    return {name: column[order] for name, column in rows.items()}


def _with_breaches(
    rows: dict[str, npt.NDArray[Any]], rng: np.random.Generator
) -> dict[str, npt.NDArray[Any]]:
    """Add breaches of some sentences; a third of them are told by their code alone."""
    sentenced = (
        (rows["kind"] == CONVICTION) & (rows["seq"] == 1) & (rng.random(len(rows["seq"])) < 0.15)
    )
    some = {name: column[sentenced] for name, column in rows.items()}
    many = len(some["seq"])
    some["offence"] = some["outcome"] + rng.integers(10, 200, many)
    some["outcome"] = some["offence"] + rng.integers(5, 60, many)
    some["code"] = np.full(many, len(CODES) - 1)
    some["breach"] = rng.random(many) < 2 / 3
    some["remand"] = np.zeros(many, dtype="int64")
    known = some["offence"] <= EXTRACT
    return {name: np.concatenate([rows[name], some[name][known]]) for name in rows}
