"""The published worked examples, by id."""

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ORACLES = Path(__file__).parents[1] / "oracles"


@pytest.fixture(scope="session")
def examples():
    files = sorted(ORACLES.glob("*.json"))
    found = [e for file in files for e in json.loads(file.read_text(encoding="utf-8"))["examples"]]
    ids = [example["id"] for example in found]
    assert len(ids) == len(set(ids)), "an id stands twice among the worked examples"
    return dict(zip(ids, found, strict=True))


@pytest.fixture(scope="session")
def juvenile_court():
    return pd.read_csv(ORACLES / "juvenile_court_united_states_2020.csv")


@pytest.fixture(scope="session")
def pathway_ratios():
    return pd.read_csv(ORACLES / "pathway_ratios_england_wales_2025.csv")


@pytest.fixture(scope="session")
def tables():
    """Make random 2x2 tables; one in seven cells is none of the group, one in seven all of it."""

    def make(size, seed=20260101, largest=400):
        chance = np.random.default_rng(seed)
        totals = chance.integers(1, largest, (2, size)).astype(float)
        counts = np.floor(chance.uniform(0, 1, (2, size)) * (totals + 1))
        edge = chance.integers(0, 7, (2, size))
        counts = np.where(edge == 0, 0, np.where(edge == 1, totals, counts))
        return counts[0], totals[0], counts[1], totals[1]

    return make


@pytest.fixture(scope="session")
def r():
    """Run a script of R that reads ``d`` and leaves a frame in ``out``.

    Skipped without Rscript, unless the environment sets YJ_R, which says that it must be there.
    """
    if shutil.which("Rscript") is None and not os.environ.get("YJ_R"):
        pytest.skip("Rscript is not installed")

    def run(script, frame=None):
        before = "" if frame is None else 'd <- read.csv(file("stdin"));'
        before += "options(digits=15); suppressMessages(library(survival));"
        done = subprocess.run(
            ["Rscript", "-e", f"{before} {script}; write.csv(out, row.names=FALSE)"],
            input="" if frame is None else frame.to_csv(index=False),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return pd.read_csv(io.StringIO(done.stdout))

    return run
