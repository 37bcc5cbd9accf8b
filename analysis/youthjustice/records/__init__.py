"""A service's own case records: read, checked, and followed as cohorts.

Everything here is loaded on first use, so that importing the room costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice._lazy import lazy

if TYPE_CHECKING:
    from youthjustice.records.cohort.annual import annual_reoffending
    from youthjustice.records.cohort.proven import proven_reoffending
    from youthjustice.records.cohort.result import Cohort
    from youthjustice.records.decisions import decision_counts, reoffending_counts
    from youthjustice.records.dummy import dummy_records
    from youthjustice.records.entrants import first_entrants
    from youthjustice.records.extract import Extract
    from youthjustice.records.indicators import indicator_counts, indicator_definitions
    from youthjustice.records.reading import read_extract
    from youthjustice.records.schema import check_records
    from youthjustice.records.tracker.result import Forecast, Tracker
    from youthjustice.records.tracker.track import track_cohort

__all__ = [
    "Cohort",
    "Extract",
    "Forecast",
    "Tracker",
    "annual_reoffending",
    "check_records",
    "decision_counts",
    "dummy_records",
    "first_entrants",
    "indicator_counts",
    "indicator_definitions",
    "proven_reoffending",
    "read_extract",
    "reoffending_counts",
    "track_cohort",
]

# A type checker reads the imports above instead, and so sees a misspelt name.
if not TYPE_CHECKING:
    _HOMES: dict[str, str] = {
        "Cohort": "cohort.result",
        "Extract": "extract",
        "Forecast": "tracker.result",
        "Tracker": "tracker.result",
        "annual_reoffending": "cohort.annual",
        "check_records": "schema",
        "decision_counts": "decisions",
        "dummy_records": "dummy",
        "first_entrants": "entrants",
        "indicator_counts": "indicators",
        "indicator_definitions": "indicators",
        "proven_reoffending": "cohort.proven",
        "read_extract": "reading",
        "reoffending_counts": "decisions",
        "track_cohort": "tracker.track",
    }
    __getattr__, __dir__ = lazy(__name__, _HOMES, __all__)
