"""The gate: counts in, tables out in which nothing that is hidden can be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.disclosure.auditing import audit
from youthjustice.disclosure.cells import Cells, lay_over
from youthjustice.disclosure.columns import Table
from youthjustice.disclosure.counts import Counts, counts_of, read_counts
from youthjustice.disclosure.derived import Derived
from youthjustice.disclosure.hiding import more_to_hide, reasons_to_hide
from youthjustice.disclosure.linking import Nested
from youthjustice.disclosure.policy import PUBLICATION, Policy
from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.released import Released
from youthjustice.disclosure.rounding import rounded
from youthjustice.disclosure.sealing import seal
from youthjustice.disclosure.system import BoolArray, FloatArray

_MOST_TRIES = 5
_TOO_LARGE = (
    "What the tables say together could not be checked in full, since all their dimensions crossed "
    "have too many cells, so nothing was released; give fewer tables or fewer categories."
)


def release(
    frame: pd.DataFrame,
    dimensions: Sequence[str],
    count: str,
    *,
    total: str = "All",
    policy: Policy = PUBLICATION,
    derived: Sequence[Derived] = (),
    keep: Sequence[str] = (),
    nested: Nested | None = None,
    time_limit: float = 300.0,
) -> Released:
    """Return a table that may leave: small counts hidden, and all that would give them back.

    ``frame`` is long: the columns ``dimensions``, one ``count`` column, and rows that hold
    ``total`` in the dimensions they sum over. Columns worked out from counts are declared in
    ``derived``, public ones are named in ``keep``, and others are refused. Margins may be absent;
    a row that is absent is a nought, so the rows must add up without it. A count that is missing
    stays missing, with the symbol ``x``. ``nested`` says which categories of a dimension are made
    up of which others. As few cells are hidden as can be found, the same on every machine;
    where that and the audit take more than ``time_limit`` seconds, nothing is released.

    Several tables on the same children are released together (``release_together``), for what one
    hides another can give away. Raises InputProblem for a table that cannot be right, and
    DisclosureProblem where it cannot be made safe; then nothing is released.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({
    ...     "place": ["Court", "Home", "Other", "All"], "children": [258, 24, 3, 285]})
    >>> print(release(frame, ["place"], "children"))
    Released under PUBLICATION
       place children
    0  Court      258
    1   Home      [c]
    2  Other      [c]
    3    All      285
    """
    table = Table(frame, dimensions, count, total, derived, keep)
    return release_together([table], policy=policy, nested=nested, time_limit=time_limit)[0]


def release_together(
    tables: Sequence[Table],
    *,
    policy: Policy = PUBLICATION,
    nested: Nested | None = None,
    earlier: Sequence[Released] = (),
    time_limit: float = 300.0,
) -> list[Released]:
    """Return tables that may leave together: no one can work a hidden count out from all of them.

    Tables with the same count column are on the same children: a dimension that a table lacks is
    summed over in it. ``nested`` says for a dimension which categories are made up of which others
    (``{"area": {"London": ["Hackney", "Islington"]}}``); periods that overlap are given the same
    way. ``earlier`` are tables that have left already: what they hide stays hidden. Raises as
    ``release`` does, and for tables that disagree.

    Alone, one table would hide a single count; beside a table of its totals it must hide two:

    >>> import pandas as pd
    >>> boroughs = pd.DataFrame({
    ...     "borough": ["Camden", "Islington", "All"], "children": [40, 44, 84]})
    >>> both = pd.DataFrame({"borough": ["Camden", "Camden", "Islington", "Islington"],
    ...     "sex": ["female", "male"] * 2, "children": [3, 37, 12, 32]})
    >>> release(both, ["borough", "sex"], "children").hidden.tolist()
    [True, False, False, False]
    >>> tables = [Table(boroughs, ["borough"], "children"),
    ...           Table(both, ["borough", "sex"], "children")]
    >>> [released.hidden.tolist() for released in release_together(tables)]
    [[False, False, False], [True, True, False, False]]
    """
    until = monotonic() + time_limit
    read = [read_counts(table) for table in tables]
    before = [counts_of(table) for table in earlier]
    cells = lay_over([column for columns in read for column in columns], nested, before)
    besides = np.zeros(len(cells.counts), dtype=bool)
    for _ in range(_MOST_TRIES):
        reasons, numbers = _decided(cells, besides, policy, until)
        released = _sealed(tables, read, cells, reasons, numbers, policy)
        if not policy.hides and policy.base is None:
            return released
        found = audit(
            released,
            nested=nested,
            earlier=earlier,
            quick=True,
            time_limit=until - monotonic(),
        )
        if not found.attrs.get("exact", True):
            raise DisclosureProblem(_TOO_LARGE)
        if found["safe"].all():
            return released
        besides |= more_to_hide(cells, read, reasons, found[~found["safe"]])
    raise DisclosureProblem(
        "The audit of the finished tables found what must not be known, whatever was hidden, so "
        "nothing was released; give fewer categories or fewer tables."
    )


def _decided(
    cells: Cells, besides: BoolArray, policy: Policy, until: float
) -> tuple[NDArray[np.object_], FloatArray]:
    """Return for each cell why it is not as it was, and what may be shown of it."""
    if policy.base is None:
        reasons = reasons_to_hide(cells, besides, policy, until)
        return reasons, np.where((reasons == "") & ~cells.missing, cells.counts, np.nan)
    numbers = rounded(cells, policy.base, until)
    return np.where(np.isnan(numbers), "", "rounded").astype(object), numbers


def _sealed(
    tables: Sequence[Table],
    read: Sequence[Sequence[Counts]],
    cells: Cells,
    reasons: NDArray[np.object_],
    numbers: FloatArray,
    policy: Policy,
) -> list[Released]:
    places = iter(cells.system.places)
    own = [[next(places) for _ in columns] for columns in read]
    return [
        seal(table, columns, [reasons[at] for at in place], [numbers[at] for at in place], policy)
        for table, columns, place in zip(tables, read, own, strict=True)
    ]
