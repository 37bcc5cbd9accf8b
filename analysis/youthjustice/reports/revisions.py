"""Which findings of the area report are other findings in another release of a table."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.disparity.findings import OVER, SMALL, UNDER
from youthjustice.presentation.words.findings import FELL, HIGHER, LOWER, ROSE
from youthjustice.published import Place, using
from youthjustice.published.as_it_stood import stood
from youthjustice.published.editions import chosen, fixed
from youthjustice.reports.comparators import authority

_ABOVE, _BELOW = "above the limits", "below the limits"
_UP = (ROSE, HIGHER, OVER, _ABOVE)
_DOWN = (FELL, LOWER, UNDER, _BELOW)
_SURE = (*_UP, *_DOWN, SMALL)


def changed_findings(
    area: str, table: str, old: str, new: str, unchanged: bool = False
) -> pd.DataFrame:
    """List the findings of an area's report that change between two releases of one table.

    The findings are drawn twice, once with each release and all other tables as shipped (or as a
    block of `using` has them); figures
    that failed a check when they were imported are left out. A later release may have other years,
    so that its first and last are not those of the earlier one.

    Args:
        area: any spelling of an authority's name, or its code.
        table: the table that the releases are of.
        old: the earlier release, such as `2025-02`.
        new: the later release.
        unchanged: list the findings too that are the same in both.

    Returns:
        One row for each finding: `finding`, `old` and `new` (the verdicts, such as `fell` or
        `no evidence of a difference`; missing where the release has no such figure) and `kind`
        (`changes direction`, `is no longer claimed`, `is now claimed`, `changes`, `is no longer
        given`, `is newly given`, `unchanged`). `attrs` hold area, table, old, new and `findings`,
        how many were compared (0 where no finding of the report rests on the table).

    Raises:
        InputProblem: there is no such area, table or release, the area is no authority or a closed
            one, or both are one release.

    Examples:
        >>> found = changed_findings("Islington", "reoffending_area", "2025-02", "2026-02")
        >>> found[["old", "new", "kind"]].values.tolist()
        [['fell', 'no claim', 'is no longer claimed']]

    """
    found = authority(area)
    first, second = (_one(table, release) for release in (old, new))
    if first == second:
        raise InputProblem(f"{old} and {new} are one release of {table}: name two")
    both = compared_findings(found, table, first, second)
    rows = [row for row in both if unchanged or row["kind"] != "unchanged"]
    listed = pd.DataFrame(rows, columns=["finding", "old", "new", "kind"], dtype="str")
    listed.attrs = {
        "area": found.name, "table": table, "old": first, "new": second, "findings": len(both),
    }  # fmt: skip
    return listed


def compared_findings(found: Place, table: str, old: str, new: str) -> list[dict[str, str | None]]:
    """Set the verdicts that two releases of a table lead to side by side, finding by finding."""
    from youthjustice.reports.key_findings import verdicts

    drawn = []
    for release in (old, new):
        with _reading(table, release):
            drawn.append(verdicts(found, table))
    before, after = drawn
    both = [(finding, before.get(finding), after.get(finding)) for finding in {**before, **after}]
    return [
        {"finding": finding, "old": one, "new": other, "kind": _kind(one, other)}
        for finding, one, other in both
    ]


def _reading(table: str, release: str) -> AbstractContextManager[None]:
    """Fix a release, unless it is read already: what a report has worked out then serves here too."""
    read = fixed() is not None and stood() is None and chosen(table, "latest")[0].name == release
    return nullcontext() if read else using({**(fixed() or {}), table: release})


def _one(table: str, release: str) -> str:
    """Give the name of the one release that is meant."""
    found = chosen(table, release)
    if release == "all" or not found:
        raise InputProblem(f"'{release}' is no release of {table}: name one that it has")
    return found[0].name


def _kind(old: object, new: object) -> str:
    """Name what happened to one finding."""
    if not isinstance(old, str):
        return "is newly given"
    if not isinstance(new, str):
        return "is no longer given"
    if old == new:
        return "unchanged"
    if (old in _UP and new in _DOWN) or (old in _DOWN and new in _UP):
        return "changes direction"
    if (old in _SURE) != (new in _SURE):
        return "is no longer claimed" if old in _SURE else "is now claimed"
    return "changes"
