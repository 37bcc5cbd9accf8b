"""How often the interval of a forecast holds what a cohort comes to, in made-up cohorts.

Cohorts are a quarter long. Children reoffend with a chance that differs between cohorts, offences
are spread over the year of follow-up, and outcomes follow after a delay that differs between cohorts
as well. The forecast sees earlier cohorts and the tracked one as they stood at some age of it, counted
from the first day of its period. In the settings that drift, rates rise or delays grow steadily, which
the method does not allow for.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from youthjustice.records import dummy_records
from youthjustice.records.cohort.following import follow_each
from youthjustice.records.cohort.parameters import Parameters, read_parameters
from youthjustice.records.tracker.development import development_of
from youthjustice.records.tracker.forecast import forecast_of
from youthjustice.records.tracker.periods import periods_before
from youthjustice.records.tracker.result import Forecast
from youthjustice.records.tracker.watched import UNPROVEN, Watched, watched_of

QUARTER, YEAR, OVER = 91, 365, 548
UNFINISHED = 5  # cohorts between the complete ones and the tracked one, at the most
AGES = (120, 270, 420)


@dataclass(frozen=True, slots=True)
class World:
    """What is true: ``spread`` and ``delay_spread`` between cohorts, and drifts for each cohort."""

    name: str
    rate: float = 0.35
    spread: float = 0.03
    delay_spread: float = 0.1
    rate_drift: float = 0.0
    delay_drift: float = 0.0


STEADY = World("cohorts alike but for chance", spread=0.0, delay_spread=0.0)
USUAL = World("cohorts differ by 3 points")
WIDE = World("cohorts differ by 6 points", spread=0.06, delay_spread=0.2)
RISING = replace(USUAL, name="rate rises 1 point a quarter", rate_drift=0.01)
SLOWER = replace(USUAL, name="delay grows 5% a quarter", delay_drift=0.05)
SLOWEST = replace(USUAL, name="delay grows 10% a quarter", delay_drift=0.1)


def main() -> None:
    """Print the coverage of 95% intervals in each setting."""
    print("coverage of 95% intervals of the final share, in made-up cohorts")
    print(written(table(repeats=300)))
    print("\nand in dummy records, of which it is known how every cohort ended")
    print(written(of_dummy_records()))


def written(rows: pd.DataFrame) -> str:
    """Write a table whole."""
    return rows.to_string(float_format="{:.3f}".format, index=False)


def table(
    worlds: tuple[World, ...] = (STEADY, USUAL, WIDE, RISING, SLOWER, SLOWEST),
    cohorts: tuple[int, ...] = (3, 12),
    children: tuple[int, ...] = (40, 150),
    ages: tuple[int, ...] = AGES,
    repeats: int = 300,
) -> pd.DataFrame:
    """Return one row for each setting: the share of intervals that hold, and on which side others err."""
    rows = []
    for world, complete, size, age in product(worlds, cohorts, children, ages):
        seed = np.random.default_rng([complete, size, age, int(1000 * world.delay_drift)])
        seen = pd.DataFrame([once(seed, world, complete, size, age) for _ in range(repeats)])
        rows.append(
            {
                "world": world.name,
                "complete": complete,
                "children": size,
                "days": age,
                "known": seen["known"].mean(),
                "covers": 1 - (seen["above"] + seen["below"]).mean(),
                "above": seen["above"].mean(),
                "below": seen["below"].mean(),
                "width": seen["width"].mean(),
                "runs": repeats,
            }
        )
    return pd.DataFrame(rows)


def once(
    rng: np.random.Generator, world: World, complete: int, children: int, age: int
) -> dict[str, float]:
    """Make cohorts, forecast the last of them at an age, and look how it came out."""
    many = complete + UNFINISHED
    cohorts = [made_up(rng, world, number - many, children) for number in range(many + 1)]
    day = cohorts[-1].first + age
    while sum(one.complete(day) for one in cohorts[:-1]) > complete:
        cohorts = cohorts[1:]
    names = ("children", "known", "above", "below", "width")
    return dict(zip(names, outcome(cohorts, age), strict=True))


def of_dummy_records(children: int = 40_000, services: int = 20, seed: int = 11) -> pd.DataFrame:
    """Return coverage by age in dummy records, which are shared out to made-up services.

    The lives are those of `dummy_records`: children come back with rising chances, enter several
    quarters, and wait for outcomes and releases as the definition has it. Every cohort that has
    ended by the extract is tracked at each age, from what was known then.
    """
    with TemporaryDirectory() as folder:
        place = dummy_records(folder, children=children, seed=seed)
        quarters = periods_before(date(2024, 1, 1), date(2024, 3, 31), 19)
        each = [parameters(first, last) for first, last in quarters]
        tables = (place / "children.parquet", place / "offences.parquet")
        found = [one.members for one in follow_each(*tables, each, "duckdb")]
    rows = []
    for service, age in product(range(services), AGES):
        mine = [
            watched_of(part[part["child_id"].str[-6:].astype("int64") % services == service], first)
            for part, (first, _) in zip(found, quarters, strict=True)
        ]
        rows += [(age, *outcome(mine[: at + 1], age)) for at in range(11, len(mine))]
    names = ["days", "children", "known", "above", "below", "width"]
    seen = pd.DataFrame(rows, columns=names).groupby("days", as_index=False)
    return seen.mean().assign(
        covers=lambda table: 1 - table["above"] - table["below"],
        runs=seen.size()["size"],
    )


def outcome(cohorts: list[Watched], age: int) -> tuple[float, ...]:
    """Forecast the last of some cohorts at an age, and look how it came out."""
    tracked = cohorts[-1]
    found = forecast(tracked, cohorts[:-1], tracked.first + age)
    truth = float((tracked.proven <= tracked.end).mean())
    above, below = truth > found.upper + 1e-9, truth < found.lower - 1e-9
    size = float(len(tracked.start))
    return size, found.known_share, float(above), float(below), found.upper - found.lower


def parameters(first: date, last: date) -> Parameters:
    """Give the usual parameters of a quarter, at the extract of the dummy records."""
    return read_parameters(
        cohort=(first, last),
        extract_date="2025-06-30",
        same_day="exclude",
        followup_months=12,
        waiting_months=6,
        age_min=10,
        age_max=17,
        breach_codes=None,
        qualifying_outcomes=None,
        recording_lag_months=1,
    )


def forecast(tracked: Watched, earlier: list[Watched], day: int) -> Forecast:
    """Forecast as `track_cohort` does, which reads the cohorts from records."""
    arrived = development_of(earlier, day, 0.95)
    return forecast_of(tracked, earlier, day, arrived, confidence=0.95, entering=False)


def made_up(rng: np.random.Generator, world: World, number: int, children: int) -> Watched:
    """Make up a cohort; ``number`` counts quarters from the tracked one, which is 0.

    Drifts have gone on for ten quarters by then, so that the tracked cohort is furthest off.
    """
    ago = max(number + 10, 0)
    first = number * QUARTER
    start = first + rng.integers(0, QUARTER, children)
    rate = world.rate + world.rate_drift * ago
    if world.spread:
        size = rate * (1 - rate) / world.spread**2 - 1
        rate = rng.beta(rate * size, (1 - rate) * size)
    slow = np.exp(rng.normal(0, world.delay_spread)) * (1 + world.delay_drift * ago)
    offence = 1 + YEAR * rng.beta(1, 1.6, children)
    took = np.ceil(offence + slow * np.exp(rng.normal(4.1, 0.8, children))).astype(np.int64)
    proven = (rng.random(children) < rate) & (took <= OVER)
    return Watched(first, start, start + OVER, np.where(proven, start + took, UNPROVEN))


if __name__ == "__main__":
    main()
