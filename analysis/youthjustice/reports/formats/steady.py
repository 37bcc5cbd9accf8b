"""The same bytes from two runs, for formats that would say when they were written."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from youthjustice.reports.content import Content
from youthjustice.reports.lineage_section import origins

AUTHOR = "Youth Justice Analysis"
_FIRST = (1980, 1, 1, 0, 0, 0)


def dated(content: Content) -> datetime:
    """Date a document by the newest release that it rests on, or by 2000 where none has a date."""
    days = [one.release_date for one in origins(content).publications if one.release_date]
    return datetime.fromisoformat(max(days, default="2000-01-01"))


def packed_again(raw: bytes) -> bytes:
    """Pack a document's parts again, in their order, without the time of packing."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as found,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in found.namelist():
            part = zipfile.ZipInfo(name, _FIRST)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            made.writestr(part, found.read(name))
    return packed.getvalue()
