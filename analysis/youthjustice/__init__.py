"""Youth justice statistics for England and Wales, with the uncertainty of every figure.

The rooms are imported when first used, so that ``import youthjustice`` costs nothing:
``measures`` (statistics), ``published`` (official tables), ``presentation`` (charts, tables and
words) and ``reports`` (one HTML file for an area).
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from youthjustice import measures, presentation, published, reports

__version__ = "0.1.0"
__all__ = ["__version__", "measures", "presentation", "published", "reports"]

_ROOMS = frozenset({"measures", "published", "presentation", "reports"})


def __getattr__(name: str) -> ModuleType:
    """Import a room on first use."""
    if name in _ROOMS:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the rooms for tab completion."""
    return sorted(__all__)
