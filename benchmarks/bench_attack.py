"""What an attacker works out from published tables: small counts hidden alone, and after release.

The attacker is not ours: two dense linear programmes for each hidden cell, from all the totals that
are shown. The counts are drawn with a fixed seed, sparse as those of a service are. A count is known
to within 3 where its lowest and highest possible values are less than 4 apart.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.bench_disclosure import crossed, dense, hidden
from youthjustice.disclosure import release

SHAPES = {(6, 4): 40, (12, 6): 20, (30, 6): 5}
NAMES = ["row", "column"]


def main() -> None:
    """Print how many hidden counts the attacker knows, by the size of the table."""
    print("counts    tables  hidden by               hidden cells  known exactly  within 3")
    for shape, number in SHAPES.items():
        tables = [table(shape, seed) for seed in range(number)]
        for way, hide in WAYS.items():
            found = pd.concat([attacked(hide(one)) for one in tables])
            apart = found["highest"] - found["lowest"]
            size = f"{shape[0]} x {shape[1]}"
            print(
                f"{size:9} {number:6}  {way:22} {len(found):13,} {(apart == 0).sum():14,} "
                f"{(apart < 4).sum():9,}"
            )


def table(shape: tuple[int, int], seed: int) -> pd.DataFrame:
    """Draw one table, with its totals."""
    draw = np.random.default_rng(seed)
    counts = draw.negative_binomial(0.8, 0.8 / 12.8, shape)
    return crossed(counts, *NAMES)


def released(frame: pd.DataFrame) -> pd.DataFrame:
    """Release a table; every hidden count is missing."""
    return release(frame, NAMES, "children").frame


WAYS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "1 to 4 alone": hidden,
    "release": released,
}


def attacked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the lowest and highest possible value of each hidden count."""
    cells = frame[frame["children"].isna()]
    return pd.DataFrame(dense([frame], NAMES, cells), columns=["lowest", "highest"])


if __name__ == "__main__":
    main()
