"""Tables of counts for tests: with their margins, at random, and as the plain attacker reads them."""

from itertools import product

import numpy as np
import pandas as pd

from tests.disclosure.attackers import brute_force
from youthjustice.disclosure import Table

INFINITE = float("inf")


def long(counts, dimensions=None, categories=None):
    """Write an array of counts as a long frame with all of its totals."""
    counts = np.asarray(counts)
    names = dimensions or [f"d{axis}" for axis in range(counts.ndim)]
    labels = categories or [[f"v{at}" for at in range(size)] for size in counts.shape]
    rows = []
    for chosen in product(*([*range(size), None] for size in counts.shape)):
        where = tuple(slice(None) if at is None else at for at in chosen)
        key = ["All" if at is None else labels[axis][at] for axis, at in enumerate(chosen)]
        rows.append([*key, int(counts[where].sum())])
    return pd.DataFrame(rows, columns=[*names, "n"])


def sparse_counts(rng, shape, mean):
    """Draw counts as they are in records: many noughts and small ones, a few large ones."""
    return rng.negative_binomial(0.8, 0.8 / (0.8 + mean), shape)


def without_some_margins(rng, frame):
    """Leave some totals out."""
    names = [name for name in frame.columns if name != "n"]
    totals = (frame[names] == "All").sum(axis=1)
    kind = (frame[names] == "All").astype(int).astype(str).agg("".join, axis=1)
    kinds = sorted(kind[totals > 0].unique())
    dropped = [one for one in kinds if rng.random() < 0.3]
    return frame[~kind.isin(dropped)].reset_index(drop=True)


SHAPES = {
    (3,): 0.1,
    (2, 2): 0.2,
    (2, 3): 0.2,
    (3, 3): 0.2,
    (4, 2): 0.2,
    (2, 2, 2): 0.08,
    (2, 2, 2, 2): 0.02,
}


def random_case(seed):
    """Return tables to release together, and what is nested in what."""
    rng = np.random.default_rng(seed)
    mean = rng.choice([3, 6, 12])
    kind = seed % 4
    if kind == 0:  # nested areas
        services = long(sparse_counts(rng, (4, 2), mean), ["area", "sex"])
        inside = {"North": ["v0", "v1"], "South": ["v2", "v3"]}
        regions = [
            services[services["area"].isin(parts)]
            .groupby("sex", as_index=False)["n"]
            .sum()
            .assign(area=name)
            for name, parts in inside.items()
        ]
        frame = pd.concat([services, *regions], ignore_index=True)
        return [Table(frame, ["area", "sex"], "n")], {"area": inside}
    if kind == 1:  # two years that share three quarters
        quarters = sparse_counts(rng, (5, 3), mean)
        groups = ["v0", "v1", "v2", "All"]
        inside = {"year": [f"q{at}" for at in range(4)], "later": [f"q{at}" for at in range(1, 5)]}
        frames = []
        for name, first in (("year", 0), ("later", 1)):
            counts = quarters[first : first + 4].sum(axis=0)
            frames.append(
                pd.DataFrame({"period": name, "group": groups, "n": [*counts, counts.sum()]})
            )
        return [Table(pd.concat(frames, ignore_index=True), ["period", "group"], "n")], {
            "period": inside
        }
    shape = list(SHAPES)[rng.choice(len(SHAPES), p=list(SHAPES.values()))]
    frame = long(sparse_counts(rng, shape, mean))
    names = [f"d{axis}" for axis in range(len(shape))]
    if kind == 2:
        return [Table(without_some_margins(rng, frame), names, "n")], None
    first = frame[frame[names[-1]] == "All"].drop(columns=names[-1]).reset_index(drop=True)
    if len(names) == 1:
        return [Table(frame, names, "n")], None
    return [Table(frame, names, "n"), Table(first, names[:-1], "n")], None


def as_published(released, truth=None, room=INFINITE):
    """Return a released table as the plain attacker reads it.

    With ``truth`` the attacker is told that no hidden count is further than ``room`` away from it:
    then there are fewer tables to try, and what is safe even so is safe without.
    """
    frame = released.frame
    keys = frame[list(released.dimensions)].itertuples(index=False, name=None)
    rows = []
    for at, (key, number) in enumerate(zip(keys, frame[released.count], strict=True)):
        if not pd.isna(number):
            rows.append((key, int(number), int(number)))
        elif truth is None:
            rows.append((key, 0, INFINITE))
        else:
            rows.append((key, max(0, truth[at] - room), truth[at] + room))
    return {"dimensions": list(released.dimensions), "total": released.total, "rows": rows}


def widths(released, truths, enough, nested=None, patience=5_000):
    """Return how wide the plain attacker's intervals of the hidden cells are, of all tables.

    First near the truth, which is quick; further away where that does not show enough.
    """
    found = []
    for room in (enough, 3 * enough, INFINITE):
        read = [
            as_published(one, None if room == INFINITE else truth, room)
            for one, truth in zip(released, truths, strict=True)
        ]
        ends = brute_force(read, nested, patience)
        found = [
            high - low
            for one, rows in zip(released, ends, strict=True)
            for hidden, (low, high) in zip(one.hidden, rows, strict=True)
            if hidden
        ]
        if all(width >= enough for width in found):
            break
    return found
