"""Find what a file is from its content, never from its name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from youthjustice.errors import InputProblem
from youthjustice.sandbox.limits import MEBIBYTE, MOST_MEMBERS, MOST_UNPACKED

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "is damaged, so it cannot be read: download it again"
ENCRYPTED = "is protected by a password: open it and save it without one"
PDF = (
    "is a PDF, from which no table is read: save its table as .xlsx or CSV, or find it so published"
)
_ODS = b"opendocument.spreadsheet"
_LEAD, _BLANK = 1024, b"\xef\xbb\xbf \t\r\n\0"
_ODS_SECRET = b"encryption-data"
# An encrypted .xls has this record next to the one that begins the workbook.
_FILE_PASS = re.compile(
    rb"\x09\x08(\x08\x00\x00\x05\x05\x00.{4}|\x10\x00\x00\x06\x05\x00.{12})"
    rb"(\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)


def kind_of(raw: bytes) -> str:
    """Say whether a file is xlsx, xlsb, xls, ods, parquet or, being none of these, csv.

    Raises:
        InputProblem: it is empty, protected by a password, a PDF or another kind of zipped file,
            or unpacks to more than a table can be.

    """
    if not raw:
        raise InputProblem("is empty: download it again")
    if raw[:_LEAD].lstrip(_BLANK).startswith(b"%PDF-"):
        raise InputProblem(PDF)
    if raw.startswith(b"PARE"):
        raise InputProblem(ENCRYPTED)
    if raw.startswith(b"PAR1"):
        return "parquet"
    if raw.startswith(OLE):
        # An encrypted .xlsx is an OLE file that holds a stream of this name.
        if "EncryptedPackage".encode("utf-16-le") in raw or _FILE_PASS.search(raw):
            raise InputProblem(ENCRYPTED)
        return "xls"
    return _zipped(raw) if raw.startswith((b"PK\3\4", b"PK\5\6")) else "csv"


def _zipped(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            _check_sizes(members)
            names = {one.filename.replace("\\", "/").lower() for one in members}
            if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
                return "xlsb" if "xl/workbook.bin" in names else "xlsx"
            if "content.xml" in names:
                manifest = _said(archive, "META-INF/manifest.xml")
                if _ODS_SECRET in manifest:
                    raise InputProblem(ENCRYPTED)
                if _ODS in _said(archive, "mimetype") + manifest:
                    return "ods"
    except InputProblem:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise InputProblem(DAMAGED) from None
    raise InputProblem("is a zip file or a document: take the spreadsheet out of it")


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if any(one.flag_bits & 1 for one in members):
        raise InputProblem(ENCRYPTED)
    if len(members) > MOST_MEMBERS:
        raise InputProblem(
            f"holds {len(members):,} parts where a workbook has at most {MOST_MEMBERS:,}: save the "
            "sheets you need alone"
        )
    if (unpacked := sum(one.file_size for one in members)) > MOST_UNPACKED:
        raise InputProblem(
            f"unpacks to {unpacked / MEBIBYTE:,.0f} MB, and {MOST_UNPACKED // MEBIBYTE:,} MB is "
            "the most that is read: save the sheets you need alone"
        )


def _said(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read the first part of a member that says what the others are."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as member:
        return member.read(MEBIBYTE)
