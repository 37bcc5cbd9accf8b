"""What may leave: nothing that came from case records is shown except through this room.

Everything here is loaded on first use, so that importing the room costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice._lazy import lazy

if TYPE_CHECKING:
    from youthjustice.disclosure.auditing import audit
    from youthjustice.disclosure.columns import Table
    from youthjustice.disclosure.curves import release_curve
    from youthjustice.disclosure.derived import Derived
    from youthjustice.disclosure.linking import overlapping_periods
    from youthjustice.disclosure.policy import INTERNAL, PUBLICATION, ROUNDED, Policy
    from youthjustice.disclosure.problems import DisclosureProblem
    from youthjustice.disclosure.released import Released
    from youthjustice.disclosure.releasing import release, release_together
    from youthjustice.disclosure.scanning import scan

__all__ = [
    "INTERNAL",
    "PUBLICATION",
    "ROUNDED",
    "Derived",
    "DisclosureProblem",
    "Policy",
    "Released",
    "Table",
    "audit",
    "overlapping_periods",
    "release",
    "release_curve",
    "release_together",
    "scan",
]

# A type checker reads the imports above instead, and so sees a misspelt name.
if not TYPE_CHECKING:
    _HOMES: dict[str, str] = {
        "INTERNAL": "policy",
        "PUBLICATION": "policy",
        "ROUNDED": "policy",
        "Derived": "derived",
        "DisclosureProblem": "problems",
        "Policy": "policy",
        "Released": "released",
        "Table": "columns",
        "audit": "auditing",
        "overlapping_periods": "linking",
        "release": "releasing",
        "release_curve": "curves",
        "release_together": "releasing",
        "scan": "scanning",
    }
    __getattr__, __dir__ = lazy(__name__, _HOMES, __all__)
