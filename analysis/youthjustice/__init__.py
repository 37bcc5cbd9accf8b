"""Youth justice statistics for England and Wales, with the uncertainty of every figure.

The rooms are imported when first used, so that ``import youthjustice`` costs nothing:
``measures`` (statistics), ``published`` (official tables), ``records`` (a service's own), ``disclosure``
(what may leave), ``presentation`` (charts, tables and words) and ``reports`` (one HTML file for an area).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice._lazy import lazy

if TYPE_CHECKING:
    from youthjustice import disclosure, measures, presentation, published, records, reports

__version__ = "0.1.0"
__all__ = [
    "__version__",
    "disclosure",
    "measures",
    "presentation",
    "published",
    "records",
    "reports",
]

# A type checker reads the imports above instead, and so sees a misspelt name.
if not TYPE_CHECKING:
    _ROOMS = dict.fromkeys(__all__[1:], "")
    __getattr__, __dir__ = lazy(__name__, _ROOMS, __all__)
