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
    from youthjustice.reports.case.now import changed_or_noise, then_and_now
    from youthjustice.reports.case.ratings import ratings_side_by_side
    from youthjustice.reports.case.showing import claims_checked, claims_in_short, claims_together
    from youthjustice.reports.country.custody import national_custody
    from youthjustice.reports.country.entrants import national_entrants
    from youthjustice.reports.country.parts import national_parts
    from youthjustice.reports.country.pathway import ethnic_pathway
    from youthjustice.reports.country.reoffending import national_reoffending
    from youthjustice.reports.explained.denominators import what_a_denominator_does
    from youthjustice.reports.explained.intervals import what_small_numbers_do, why_an_interval
    from youthjustice.reports.explained.tests_in_use import why_the_common_test_is_wrong
    from youthjustice.reports.failing import ReportFailed
    from youthjustice.reports.own.sections import own_records
    from youthjustice.reports.own_tables import own_table
    from youthjustice.reports.revisions import changed_findings
    from youthjustice.reports.sections.children import children
    from youthjustice.reports.sections.claim_2016 import claim_of_2016
    from youthjustice.reports.sections.compared import compared
    from youthjustice.reports.sections.disposals import local_disposals
    from youthjustice.reports.sections.entrants import first_time_entrants
    from youthjustice.reports.sections.findings import findings, title
    from youthjustice.reports.sections.inspection import inspection
    from youthjustice.reports.sections.linked import linked
    from youthjustice.reports.sections.moved import moved
    from youthjustice.reports.sections.reoffending import reoffending
    from youthjustice.reports.sections.sources import sources
    from youthjustice.reports.sections.stages import national
    from youthjustice.reports.sections.standing import standing

_HOMES = {
    "Batch": "batch",
    "ReportFailed": "failing",
    "build": "building",
    "build_all": "batch",
    "changed_findings": "revisions",
    "changed_or_noise": "case.now",
    "children": "sections.children",
    "claim_of_2016": "sections.claim_2016",
    "claims_checked": "case.showing",
    "claims_in_short": "case.showing",
    "claims_together": "case.showing",
    "compared": "sections.compared",
    "ethnic_pathway": "country.pathway",
    "findings": "sections.findings",
    "first_time_entrants": "sections.entrants",
    "inspection": "sections.inspection",
    "linked": "sections.linked",
    "local_disposals": "sections.disposals",
    "moved": "sections.moved",
    "national": "sections.stages",
    "national_custody": "country.custody",
    "national_entrants": "country.entrants",
    "national_parts": "country.parts",
    "national_reoffending": "country.reoffending",
    "own_records": "own.sections",
    "own_table": "own_tables",
    "ratings_side_by_side": "case.ratings",
    "reoffending": "sections.reoffending",
    "sources": "sections.sources",
    "standing": "sections.standing",
    "then_and_now": "case.now",
    "title": "sections.findings",
    "what_a_denominator_does": "explained.denominators",
    "what_small_numbers_do": "explained.intervals",
    "why_an_interval": "explained.intervals",
    "why_the_common_test_is_wrong": "explained.tests_in_use",
}

__all__ = [
    "Batch",
    "ReportFailed",
    "build",
    "build_all",
    "changed_findings",
    "changed_or_noise",
    "children",
    "claim_of_2016",
    "claims_checked",
    "claims_in_short",
    "claims_together",
    "compared",
    "ethnic_pathway",
    "findings",
    "first_time_entrants",
    "inspection",
    "linked",
    "local_disposals",
    "moved",
    "national",
    "national_custody",
    "national_entrants",
    "national_parts",
    "national_reoffending",
    "own_records",
    "own_table",
    "ratings_side_by_side",
    "reoffending",
    "sources",
    "standing",
    "then_and_now",
    "title",
    "what_a_denominator_does",
    "what_small_numbers_do",
    "why_an_interval",
    "why_the_common_test_is_wrong",
]

# A type checker reads the imports above instead, and so sees a misspelt name.
if not TYPE_CHECKING:
    _load, __dir__ = lazy(__name__, _HOMES, __all__)

    def __getattr__(name: str) -> Any:
        """Load a public name on first use; what shows figures then reads the releases it is told to."""
        found = _load(name)
        if _HOMES[name].startswith("sections."):
            from youthjustice.reports.on_releases import on_releases

            return on_releases(found)
        if _HOMES[name].startswith(("case.", "country.", "explained.")):
            from youthjustice.reports.on_releases import on_shipped

            return on_shipped(found)
        return found
