"""How long an audit takes, beside a plain one: two dense linear programmes for each hidden cell.

The counts are drawn with a fixed seed. Seconds are CPU time of this process. The plain audit is
timed on some of the cells, spread evenly, and its time for all of them is worked out from that;
where it answers in fractions its answers are rounded inwards, and then both must agree.
"""

from collections.abc import Callable, Sequence
from itertools import combinations, product
from time import process_time
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from youthjustice.disclosure import Released, Table, audit, release, release_together

SERVICES, GROUPS = 157, 6
KINDS = {"ethnic_group": 6, "sex": 2, "age": 4, "offence": 8, "outcome": 6}
SPARSE = {"ethnic_group": 6, "sex": 2, "age": 3, "offence": 4, "outcome": 5}
CHILDREN = 400
SOME = {1: 20, 10: 3}  # cells for the plain audit of one table, and of ten


def main() -> None:
    """Print the seconds of both, and how many times as long the plain one takes."""
    wide, many = services(), one_service()
    compare("157 x 6, small counts hidden", [hidden(wide)])
    compare("157 x 6, as released", [release(wide, ["service", "group"], "children")])
    compare("10 tables, small counts hidden", [hidden(frame) for frame in many])
    apart = [release(frame, list(frame.columns[:2]), "children") for frame in many]
    compare("10 tables, each released by itself", apart)
    together("157 x 6", [wide])
    together("10 tables", many)
    together("10 tables of 300 children", one_service(SPARSE, 300))
    together("4 dimensions", [four_dimensions()])


def together(title: str, frames: Sequence[pd.DataFrame]) -> None:
    """Time the release of some tables together: the choice and its audit."""
    tables = [Table(frame, list(frame.columns[:-1]), "children") for frame in frames]
    released, seconds = timed(lambda: release_together(tables, time_limit=1800))
    hidden = sum(int(one.hidden.sum()) for one in released)
    rows = sum(map(len, frames))
    print(f"{title}, released: {hidden} of {rows} rows hidden, {seconds:.1f} s")


def compare(title: str, tables: Sequence[pd.DataFrame | Released]) -> None:
    """Time both audits of some tables; they must agree."""
    frames = [table.frame if isinstance(table, Released) else table for table in tables]
    names = list(dict.fromkeys(name for frame in frames for name in frame.columns[:2]))
    found, ours = timed(lambda: audit(tables, dimensions=names, count="children"))
    found = found[found["table"].notna()].reset_index(drop=True)
    rows = found.index[:: max(1, len(found) // SOME[len(tables)])]
    answers, plain = timed(lambda: dense(frames, names, found.loc[rows]))
    agree = np.array_equal(answers, found.loc[rows, ["lowest", "highest"]].to_numpy())
    plain *= len(found) / len(rows)
    print(
        f"{title}: {len(found)} hidden, {int((~found['safe']).sum())} unsafe; ours {ours:.2f} s, "
        f"plain {plain:.1f} s ({len(rows)} cells timed), {plain / ours:.0f} times; "
        f"{'the same answers' if agree else 'THE ANSWERS DIFFER'}"
    )


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what some work gives, and its seconds."""
    start = process_time()
    return work(), process_time() - start


def dense(frames: Sequence[pd.DataFrame], names: list[str], cells: pd.DataFrame) -> np.ndarray:
    """Attack with one dense matrix: every combination of values is an unknown, every row a sum."""
    values = {
        name: sorted({v for f in frames if name in f for v in f[name]} - {"All"}) for name in names
    }
    whole = pd.DataFrame(list(product(*values.values())), columns=names)

    def within(row: pd.Series) -> np.ndarray:
        inside = np.ones(len(whole))
        for name in names:
            if row.get(name, "All") != "All":
                inside *= (whole[name] == row[name]).to_numpy()
        return inside

    shown = [row for f in frames for _, row in f[f["children"].notna()].iterrows()]
    matrix = np.array([within(row) for row in shown])
    sums = np.array([row["children"] for row in shown], dtype=float)
    found = []
    for _, row in cells.iterrows():
        aim = within(row)
        low = linprog(aim, A_eq=matrix, b_eq=sums, method="highs").fun
        high = -linprog(-aim, A_eq=matrix, b_eq=sums, method="highs").fun
        found.append([np.ceil(low - 1e-6), np.floor(high + 1e-6)])
    return np.array(found)


def hidden(frame: pd.DataFrame) -> pd.DataFrame:
    """Hide the counts from 1 to 4, and nothing else."""
    small = frame["children"].between(1, 4)
    return frame.assign(children=frame["children"].astype("Int64").mask(small))


def services() -> pd.DataFrame:
    """Return children of every service and group, with totals."""
    draw = np.random.default_rng(7)
    counts = draw.poisson(draw.gamma(1.0, 12.0, (SERVICES, GROUPS)))
    return crossed(counts, "service", "group")


def four_dimensions() -> pd.DataFrame:
    """Return one sparse table of four dimensions, with all of its totals."""
    names = ["ethnic_group", "offence", "age", "sex"]
    counts = np.random.default_rng(0).negative_binomial(0.8, 0.8 / 4.8, (6, 10, 4, 2))
    rows = []
    for key in product(*([*range(size), None] for size in counts.shape)):
        inside = tuple(slice(None) if at is None else at for at in key)
        labels = ["All" if at is None else str(at) for at in key]
        rows.append([*labels, int(counts[inside].sum())])
    return pd.DataFrame(rows, columns=[*names, "children"])


def one_service(
    sizes: dict[str, int] | None = None, children: int = CHILDREN
) -> list[pd.DataFrame]:
    """Return the children of one service by every two of five dimensions, with totals."""
    sizes = KINDS if sizes is None else sizes
    draw = np.random.default_rng(7)
    kinds = {
        name: draw.choice(size, children, p=draw.dirichlet(np.full(size, 1.5)))
        for name, size in sizes.items()
    }
    tables = []
    for one, other in combinations(sizes, 2):
        counts = np.zeros((sizes[one], sizes[other]), dtype=int)
        np.add.at(counts, (kinds[one], kinds[other]), 1)
        tables.append(crossed(counts, one, other))
    return tables


def crossed(counts: np.ndarray, rows: str, columns: str) -> pd.DataFrame:
    """Return a table of counts as a long frame, totals being ``All``."""
    frame = pd.DataFrame(counts)
    frame.loc["All"] = frame.sum()
    frame["All"] = frame.sum(axis=1)
    frame.index = pd.Index([str(label) for label in frame.index], name=rows)
    frame.columns = pd.Index([str(label) for label in frame.columns], name=columns)
    long = frame.reset_index().melt(id_vars=rows, value_name="children")
    return long[[rows, columns, "children"]]
