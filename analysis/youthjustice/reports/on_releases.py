"""Sections read the releases that a report is built on: the shipped ones, unless others are named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from youthjustice.published.editions import fixed, using


def on_releases(section: Callable[..., Any]) -> Callable[..., Any]:
    """Let a section function read shipped releases, or those that `releases` names.

    An import thus changes no report by itself, and each report says which release it rests on.
    Within `published.using` the block's own releases stand.
    """

    @wraps(section)
    def read(area: str, releases: Mapping[str, str] | None = None) -> Any:
        if releases is None and fixed() is not None:
            return section(area)
        with using(releases or {}):
            return section(area)

    return read
