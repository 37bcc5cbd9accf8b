"""Sections read the releases that a report is built on: the shipped ones, unless others are named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from inspect import signature
from typing import Any

from youthjustice.published.as_it_stood import stood
from youthjustice.published.editions import fixed, using
from youthjustice.published.state import unchanging


def on_releases(section: Callable[..., Any]) -> Callable[..., Any]:
    """Let a section function read shipped releases, or those that `releases` names.

    An import thus changes no report by itself, and each report says which release it rests on.
    `as_at` is a quarter such as `2023-Q4`, a month or a day: the section is then as it stood at its
    end, and says so where its table had no release yet. Within `published.using` the block's own
    releases and day stand, unless the section names others.
    """

    @wraps(section)
    def read(
        area: str,
        *given: Any,
        releases: Mapping[str, str] | None = None,
        as_at: str | date | None = None,
        **options: Any,
    ) -> Any:
        if releases is None and as_at is None and fixed() is not None:
            return _drawn(section, area, *given, **options)
        with using((fixed() if releases is None else releases) or {}, as_at=_day(as_at)):
            return _drawn(section, area, *given, **options)

    # What a notebook shows of a function has to name these two as well.
    own, added = signature(section), signature(read, follow_wrapped=False).parameters
    asked = [*own.parameters.values(), added["releases"], added["as_at"]]
    read.__signature__ = own.replace(parameters=asked)  # type: ignore[attr-defined]
    return read


def on_shipped(section: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function of a notebook read shipped releases, or those of `published.using` around it."""

    @wraps(section)
    def read(*given: Any, **named: Any) -> Any:
        if fixed() is not None:
            return section(*given, **named)
        with using({}):
            return section(*given, **named)

    return read


def _day(as_at: str | date | None) -> date | None:
    if as_at is None:
        return None
    from youthjustice.reports.as_at import day_of

    return day_of(as_at)


def _drawn(section: Callable[..., Any], area: str, *given: Any, **options: Any) -> Any:
    """Draw a section, or what stands for it where its table had no release yet."""
    if stood() is not None:
        from youthjustice.reports.as_at import not_yet

        if (instead := not_yet(section.__name__, area)) is not None:
            return instead
    with unchanging():
        return section(area, *given, **options)
