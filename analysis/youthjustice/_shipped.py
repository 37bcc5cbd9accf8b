"""Where the shipped data package is."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from youthjustice.errors import InputProblem

DESCRIPTOR = "datapackage.json"
PACKAGE_VARIABLE = "YOUTHJUSTICE_PACKAGE"
"""For tests and maintainers: another folder in place of the shipped one."""


def data_folder() -> Path:
    """Find the folder of the shipped data package.

    It is inside the installed package, or `data/` of the checkout. Releases that were imported
    are kept elsewhere: see `local_folder`.

    Raises:
        InputProblem: there is no data package in any of them.

    Examples:
        >>> (data_folder() / "datapackage.json").is_file()
        True

    """
    named = os.environ.get(PACKAGE_VARIABLE)
    places = (Path(named).expanduser(),) if named else _places(__file__)
    for folder in places:
        if os.path.isfile(f"{folder}/{DESCRIPTOR}"):  # noqa: PTH113  # asked for hundreds of times
            return folder
    raise InputProblem(
        f"there is no {DESCRIPTOR} in {places[0] if named else 'the package or the checkout'}: "
        "install youthjustice again"
    )


@cache
def _places(file: str) -> tuple[Path, ...]:
    """Name the two places; once, since a report asks hundreds of times."""
    here = Path(file).resolve()
    return here.parent / "_data", here.parents[2] / "data"
