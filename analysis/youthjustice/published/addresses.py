"""Where publishers keep the files of each table, and which addresses are asked for anything."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import did_you_mean
from youthjustice.errors import InputProblem
from youthjustice.published.loading import lookup

LOOPBACK = "127.0.0.1"
"""The one host that is asked without encryption: this machine itself."""

_LONGEST = 120
# What a web address is written with; a backslash is read in two ways by two programs.
_WRITTEN = re.compile(r"[!-\[\]-~]+")


@dataclass(frozen=True, slots=True)
class Location:
    """Where one publication that holds a table is found.

    Attributes:
        table: the table.
        source: the publication, as rows cite it.
        page: the page where people find the file.
        address: that of the file; empty where it changes with each release.
        member: what the file is called inside the archive at the address; empty for no archive.
        sha256: the checksum of the file, or of the member; empty for whatever release is newest.
        note: what to know.

    """

    table: str
    source: str
    page: str
    address: str
    member: str
    sha256: str
    note: str


def addresses() -> pd.DataFrame:
    """List where the files of each table are: one row for each table and publication.

    Columns: table, source, title, publisher, page, address (of the file; empty where it is not
    known), member, sha256 (empty where any release is taken), release, note.

    Examples:
        >>> listed = addresses()
        >>> listed[listed["sha256"] != ""]["table"].tolist()
        ['linked_cohort_ethnicity_area', 'statistical_neighbours']

    """
    return lookup("downloads").fillna("")


def publication(table: str, source: str | None = None) -> Location:
    """Find where a table is: the first publication listed, or the one named.

    Raises:
        InputProblem: no publication of that name is listed with that table.

    """
    listed = addresses()
    rows = listed[listed["table"] == table]
    if rows.empty:
        hint = did_you_mean(table, listed["table"], "'youthjustice fetch --list' names them all")
        raise InputProblem(f"no address is listed for {shown(table)}; {hint}")
    chosen = rows if source is None else rows[rows["source"] == source]
    if chosen.empty:
        hint = did_you_mean(source, rows["source"], f"it is in {', '.join(rows['source'])}")
        raise InputProblem(f"{table} is not listed in {shown(source)}; {hint}")
    return Location(**{name: str(chosen.iloc[0][name]) for name in Location.__slots__})


def publishers() -> frozenset[str]:
    """Give the hosts of all publishers' pages and files."""
    listed = addresses()
    known = pd.concat([listed["page"], listed["address"]])
    return frozenset(host for text in known if (host := urlsplit(text).hostname))


def checked(address: str, hosts: Collection[str] | None = None) -> str:
    """Give the address back if it may be asked: encrypted, and of one of the hosts where given.

    Examples:
        >>> checked("https://www.gov.uk/file.ods", {"www.gov.uk"})
        'https://www.gov.uk/file.ods'

    Raises:
        InputProblem: it is no web address, is not encrypted, holds a password, or is elsewhere.

    """
    host = host_of(address)
    parts = urlsplit(address)
    if "@" in parts.netloc:
        raise InputProblem(f"the address at {host} holds a name or a password: leave it out")
    if parts.scheme != "https" and (parts.scheme, host) != ("http", LOOPBACK):
        raise InputProblem(
            f"{named(address)} is not an encrypted address: only https is asked for files"
        )
    if hosts is not None and host not in hosts:
        raise InputProblem(f"{shown(host)} is not the host of a publisher that we know")
    return address


def host_of(address: str) -> str:
    """Give the host of an address.

    Raises:
        InputProblem: it is no web address.

    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not _WRITTEN.fullmatch(address) or "%" in host or len(address) > 2000:
        raise InputProblem("what is given is not a web address: it begins with https:// and a host")
    return host


def named(address: str) -> str:
    """Repeat an address in a message: without what follows a question mark, which may be secret.

    Examples:
        >>> named("https://www.gov.uk/file.ods?key=secret")
        "'https://www.gov.uk/file.ods'"

    """
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return shown(f"{parts.scheme}://{host}{parts.path}", longest=_LONGEST)
