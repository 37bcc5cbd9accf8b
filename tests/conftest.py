"""Properties are about answers; and what a person has imported here is no part of the tests."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.reproduced"]

# nbformat builds a grammar of addresses when imported, which takes seconds in every process; the
# format of addresses is then not checked, and no notebook here has one to check.
sys.modules.setdefault("rfc3987_syntax", None)

# A slow machine must not make a property fail, nor the quick tests slow.
# `many` in make prove says its own number of examples.
settings.register_profile("answers", deadline=None, max_examples=12)
settings.load_profile("answers")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave all but the first few cases of a sampled test to make prove."""
    seen = Counter()
    for item in items:
        if (sampled := item.get_closest_marker("sampled")) is not None:
            name = item.nodeid.split("[")[0]
            seen[name] += 1
            if seen[name] > sampled.args[0]:
                item.add_marker("prove")


@pytest.fixture(scope="session", autouse=True)
def _no_imported_releases(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YOUTHJUSTICE_DATA", str(tmp_path_factory.mktemp("imported")))
        yield


@pytest.fixture
def real_file():
    """Give the path of an official file in the folder that YJ_REAL_FILES names, or skip."""
    folder = os.environ.get("YJ_REAL_FILES")
    if not folder:
        pytest.skip("YJ_REAL_FILES names no folder of official files")

    def find(name):
        path = Path(folder) / name
        if not path.is_file():
            pytest.skip(f"{name} is not in the folder that YJ_REAL_FILES names")
        return path

    return find
