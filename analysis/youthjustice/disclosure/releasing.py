"""The gate: counts in, tables out in which nothing that is hidden can be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

import numpy as np
import pandas as pd

from youthjustice.disclosure.cells import lay_over
from youthjustice.disclosure.columns import Table
from youthjustice.disclosure.counts import counts_of, read_counts
from youthjustice.disclosure.derived import Derived
from youthjustice.disclosure.hiding import reasons_to_hide
from youthjustice.disclosure.linking import Nested
from youthjustice.disclosure.policy import PUBLICATION, Policy
from youthjustice.disclosure.released import Released
from youthjustice.disclosure.rounding import rounded
from youthjustice.disclosure.sealing import seal


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
    time_limit: float = 60.0,
) -> Released:
    """Return a table that may leave: small counts hidden, and all that would give them back.

    ``frame`` is long: the columns ``dimensions``, one ``count`` column, and rows that hold
    ``total`` in the dimensions they sum over. Columns worked out from counts are declared in
    ``derived``, public ones are named in ``keep``, and others are refused. Margins may be absent;
    a row that is absent is a nought, so the rows must add up without it. A count that is missing
    stays missing, with the symbol ``x``. ``nested`` says which categories of a dimension are made
    up of which others. The fewest cells are hidden that ``time_limit`` seconds allow to find.

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
    time_limit: float = 60.0,
) -> list[Released]:
    """Return tables that may leave together: no one can work a hidden count out from all of them.

    Tables with the same count column are on the same children: a dimension that a table lacks is
    summed over in it. ``nested`` says for a dimension which categories are made up of which others
    (``{"area": {"London": ["Hackney", "Islington"]}}``); periods that overlap are given the same
    way. ``earlier`` are tables that have left already: what they hide stays hidden. Raises as
    ``release`` does, and for tables that disagree.
    """
    until = monotonic() + time_limit
    read = [read_counts(table) for table in tables]
    before = [counts_of(table) for table in earlier]
    cells = lay_over([column for columns in read for column in columns], nested, before)
    reasons = reasons_to_hide(cells, policy, until)
    numbers = np.where(reasons == "", cells.values, np.nan)
    numbers[cells.missing] = np.nan
    if policy.base is not None:
        numbers = rounded(cells, policy.base, until)
        reasons[cells.published & ~cells.missing] = "rounded"
    places = iter(cells.system.places)
    released = []
    for table, columns in zip(tables, read, strict=True):
        own = [next(places) for _ in columns]
        released.append(
            seal(table, columns, [reasons[at] for at in own], [numbers[at] for at in own], policy)
        )
    return released
