"""Reports: one HTML file for one area, made from a notebook.

The notebook calls the section functions and orders them; `build` runs it and writes the file.
"""

from youthjustice.reports.build import ReportFailed, build
from youthjustice.reports.sections.children import children
from youthjustice.reports.sections.disposals import local_disposals
from youthjustice.reports.sections.entrants import first_time_entrants
from youthjustice.reports.sections.findings import findings, title
from youthjustice.reports.sections.inspection import inspection
from youthjustice.reports.sections.linked import linked
from youthjustice.reports.sections.reoffending import claim_section as claim_of_2016
from youthjustice.reports.sections.reoffending import reoffending
from youthjustice.reports.sections.sources import sources
from youthjustice.reports.sections.stages import national
from youthjustice.reports.sections.standing import standing

__all__ = [
    "ReportFailed",
    "build",
    "children",
    "claim_of_2016",
    "findings",
    "first_time_entrants",
    "inspection",
    "linked",
    "local_disposals",
    "national",
    "reoffending",
    "sources",
    "standing",
    "title",
]
