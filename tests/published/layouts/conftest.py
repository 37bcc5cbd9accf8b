"""Where the official files are, on a machine that has them."""

import os
from pathlib import Path

import pytest


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
