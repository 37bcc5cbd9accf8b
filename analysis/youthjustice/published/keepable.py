"""What of an imported file may be kept: under which release, and with which failed checks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.editions import shipped_editions, shipped_resource
from youthjustice.published.imported_folder import RELEASE_NAME, TABLE_NAME

_LONGEST_REASON = 500


def edition_of(frame: pd.DataFrame, release: str | None) -> str:
    """Settle the release: as named by the user, or else as the file says."""
    said = [str(one) for one in frame["release"].dropna().unique()]
    if release is None and len(said) != 1:
        holds = (
            f"holds the releases {', '.join(map(shown, said[:4]))}"
            if said
            else "does not say which release it is"
        )
        raise InputProblem(
            f"the file {holds}, so nothing was kept: name it with --release, by the year and month "
            "of publication, such as 2026-04"
        )
    edition = said[0] if release is None else release
    if not isinstance(edition, str) or not RELEASE_NAME.fullmatch(edition):
        raise InputProblem(
            f"{shown(edition)} is no name for a release: take its year and month, such as 2026-04, "
            "or small letters, digits and hyphens with a year among them"
        )
    return edition


def reason_of(frame: pd.DataFrame, accept: str | None) -> str:
    """Give the reason to accept failed checks, which has to be there if any refuses the file."""
    reason = " ".join(str(accept or "").split())
    if len(reason) > _LONGEST_REASON:
        raise InputProblem(f"the reason to accept is longer than {_LONGEST_REASON} letters")
    failed = refusing(frame)
    if failed and not reason:
        first = failed[0]
        cells = ", ".join(first["cells"][:3])
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        raise InputProblem(
            f"nothing was kept, because a check failed: {first['message']}"
            f"{f' [{cells}]' if cells else ''}{more}; look at the cells, and say why the figures "
            'are to be kept as they are with --accept "reason"'
        )
    return reason if failed else ""


def refusing(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """List the failed checks of these rows that have to be accepted before they are kept."""
    return [check for check in failed_checks(frame) if check.get("refuses", True)]


def failed_checks(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """List the failed checks that are about these rows."""
    checks = frame.attrs["checks"]
    # Each step on columns that have the checks with them would copy them all.
    sheets, cells_in = (pd.Series(frame[name].array).fillna("") for name in ("sheet", "cell"))
    cells = set((sheets.astype("str") + "!" + cells_in.astype("str")).str.removeprefix("!"))
    return [check for check in checks if not check["cells"] or not cells.isdisjoint(check["cells"])]


def may_be_kept(table: str, edition: str) -> None:
    """Refuse names that are no names of tables, lookups, and releases that are shipped."""
    if not TABLE_NAME.fullmatch(table):
        raise InputProblem(
            f"{shown(table)} is no name for a table: take small letters, digits and underscores"
        )
    resource = shipped_resource(table)
    shipped = {one.name for one in shipped_editions(resource)}
    if resource is not None and not shipped:
        raise InputProblem(f"{table} is a lookup of the project without releases: name another")
    if edition in shipped:
        raise InputProblem(
            f"release {edition} of {table} is among the shipped tables already, so nothing was kept: "
            "name another with --release if the file is a later edition"
        )
