"""Tables for the tests of the audit: true counts, and frames of them with totals."""

from itertools import product

import numpy as np
import pandas as pd


def crossed(truth, names, scope=None, groups=None, total="All"):
    """Return the counts over some of the dimensions, with totals and with values that are sums."""
    scope = list(names) if scope is None else scope
    groups = groups or {}
    counts = truth.sum(axis=tuple(at for at, name in enumerate(names) if name not in scope))
    labels = {
        name: [f"{name}{value}" for value in range(truth.shape[names.index(name)])]
        for name in scope
    }
    sets = [
        {
            **{label: [at] for at, label in enumerate(labels[name])},
            **{
                label: [labels[name].index(part) for part in parts]
                for label, parts in groups.get(name, {}).items()
            },
            total: list(range(len(labels[name]))),
        }
        for name in scope
    ]
    rows = []
    for key in product(*sets):
        inside = np.ix_(*(one[value] for one, value in zip(sets, key, strict=True)))
        rows.append((*key, int(counts[inside].sum())))
    return pd.DataFrame(rows, columns=[*scope, "children"]).astype({"children": "Int64"})


def without(frame, hidden):
    """Return a frame with the counts of some rows hidden."""
    return frame.assign(children=frame["children"].mask(np.asarray(hidden)))


def small_hidden(frame, threshold=5):
    """Return a frame with the counts from 1 to below the threshold hidden."""
    return without(frame, frame["children"].between(1, threshold - 1))


def as_attacked(frame, total="All"):
    """Return a frame as the attacker of ``attackers`` takes it."""
    dimensions = [name for name in frame.columns if name != "children"]
    rows = [
        (tuple(key), 0, float("inf")) if pd.isna(count) else (tuple(key), int(count), int(count))
        for *key, count in frame[[*dimensions, "children"]].itertuples(index=False, name=None)
    ]
    return {"dimensions": dimensions, "total": total, "rows": rows}
