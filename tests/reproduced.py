"""Published figures that come back, kept for the page of proof.

A test gives an example (or an official table), our figures and the printed ones. They are compared
as ever; where ``--proof FILE`` is given, each pair is also written down, with its citation.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

KEPT = pytest.StashKey[list]()
CITED = ("id", "title", "publication", "year", "table")


def pytest_addoption(parser):
    parser.addoption("--proof", metavar="FILE", help="write every figure reproduced to FILE")


def pytest_configure(config):
    config.stash[KEPT] = []


def pytest_collection_modifyitems(config, items):
    """Run what reproduces a published figure, and nothing else, where proof is asked for."""
    if asked(config):
        config.hook.pytest_deselected(
            items=[item for item in items if "reproduced" not in item.fixturenames]
        )
        items[:] = [item for item in items if "reproduced" in item.fixturenames]


def pytest_sessionfinish(session):
    kept = session.config.stash[KEPT]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["reproduced"] = kept
    elif file := session.config.getoption("--proof"):
        unique = sorted({json.dumps(row) for row in kept})
        Path(file).write_text("[" + ",\n".join(unique) + "]\n", encoding="utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    node.config.stash[KEPT] += getattr(node, "workeroutput", {}).get("reproduced", [])


def asked(config):
    return bool(config.getoption("--proof")) or bool(
        getattr(config, "workerinput", {}).get("proof")
    )


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    node.workerinput["proof"] = node.config.getoption("--proof")


@pytest.fixture
def reproduced(request):
    """Assert that printed figures come back within a tolerance, and keep each for the proof."""

    def compare(example, ours, printed, atol=0.0, rtol=0.0):
        keys = list(printed) if isinstance(printed, Mapping) else None
        if keys is not None:
            ours, printed = [ours[key] for key in keys], [printed[key] for key in keys]
        ours, printed = np.asarray(ours, dtype=float), np.asarray(printed, dtype=float)
        np.testing.assert_allclose(ours, printed, atol=atol, rtol=rtol)
        ours = np.broadcast_to(ours, printed.shape)
        if "expected" in example:
            place = dict(reversed([(value, name) for name, value in leaves(example["expected"])]))
            keys = [place.get(value, "") for value in printed.ravel().tolist()]
        request.config.stash[KEPT] += [
            {name: example[name] for name in CITED}
            | {"kind": example.get("kind", "worked example")}
            | {"figure": key, "printed": value, "ours": own, "tolerance": atol + rtol * abs(value)}
            for key, value, own in zip(
                keys, printed.ravel().tolist(), ours.ravel().tolist(), strict=True
            )
            if np.isfinite(value)
        ]

    return compare


def leaves(value, name=()) -> Iterator[tuple[str, float]]:
    """Go through the numbers of an example with where each stands."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from leaves(part, (*name, str(key)))
    elif isinstance(value, list):
        for at, part in enumerate(value, start=1):
            yield from leaves(part, (*name, str(at)))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield ", ".join(name), float(value)
