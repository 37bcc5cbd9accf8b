"""Reports: one HTML file for one area, made from a notebook.

The notebook calls the section functions and orders them; `build` runs it and writes the file.
Sections read the shipped releases of the tables, unless the notebook names others: `releases` takes
a mapping of table to release, such as `{"first_time_entrants_area": "2026-04"}`. Everything is loaded
on first use, so that a build can start its kernel before all else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from youthjustice._lazy import lazy

if TYPE_CHECKING:
    from youthjustice.reports.batch import Batch, build_all
    from youthjustice.reports.building import build
    from youthjustice.reports.failing import ReportFailed
    from youthjustice.reports.own.sections import own_records
    from youthjustice.reports.own_tables import own_table
    from youthjustice.reports.revisions import changed_findings
    from youthjustice.reports.sections.children import children
    from youthjustice.reports.sections.compared import compared
    from youthjustice.reports.sections.disposals import local_disposals
    from youthjustice.reports.sections.entrants import first_time_entrants
    from youthjustice.reports.sections.findings import findings, title
    from youthjustice.reports.sections.inspection import inspection
    from youthjustice.reports.sections.linked import linked
    from youthjustice.reports.sections.moved import moved
    from youthjustice.reports.sections.reoffending import claim_of_2016, reoffending
    from youthjustice.reports.sections.sources import sources
    from youthjustice.reports.sections.stages import national
    from youthjustice.reports.sections.standing import standing

_HOMES = {
    "Batch": "batch",
    "ReportFailed": "failing",
    "build": "building",
    "build_all": "batch",
    "changed_findings": "revisions",
    "children": "sections.children",
    "claim_of_2016": "sections.reoffending",
    "compared": "sections.compared",
    "findings": "sections.findings",
    "first_time_entrants": "sections.entrants",
    "inspection": "sections.inspection",
    "linked": "sections.linked",
    "local_disposals": "sections.disposals",
    "moved": "sections.moved",
    "national": "sections.stages",
    "own_records": "own.sections",
    "own_table": "own_tables",
    "reoffending": "sections.reoffending",
    "sources": "sections.sources",
    "standing": "sections.standing",
    "title": "sections.findings",
}

__all__ = [
    "Batch",
    "ReportFailed",
    "build",
    "build_all",
    "changed_findings",
    "children",
    "claim_of_2016",
    "compared",
    "findings",
    "first_time_entrants",
    "inspection",
    "linked",
    "local_disposals",
    "moved",
    "national",
    "own_records",
    "own_table",
    "reoffending",
    "sources",
    "standing",
    "title",
]

# A type checker reads the imports above instead, and so sees a misspelt name.
if not TYPE_CHECKING:
    _load, __dir__ = lazy(__name__, _HOMES, __all__)

    def __getattr__(name: str) -> Any:
        """Load a public name on first use; a section then reads the releases it is told to."""
        found = _load(name)
        if not _HOMES[name].startswith("sections."):
            return found
        from youthjustice.reports.on_releases import on_releases

        return on_releases(found)
