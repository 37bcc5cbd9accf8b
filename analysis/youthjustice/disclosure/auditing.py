"""The audit: all that can be worked out from published tables together, cell by hidden cell."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

import pandas as pd

from youthjustice.disclosure.assembling import LARGEST_CROSS
from youthjustice.disclosure.columns import Table
from youthjustice.disclosure.findings import written
from youthjustice.disclosure.knowledge import Knowledge, what_is_known
from youthjustice.disclosure.linking import Nested
from youthjustice.disclosure.reading import Reading, read_tables
from youthjustice.disclosure.released import Released
from youthjustice.disclosure.verdicts import blame, judge
from youthjustice.errors import InputProblem

Given = Released | Table | pd.DataFrame


def audit(
    tables: Sequence[Given] | Given,
    *,
    nested: Nested | None = None,
    earlier: Sequence[Given] = (),
    national: Sequence[Given] = (),
    dimensions: Sequence[str] | None = None,
    count: str | None = None,
    total: str = "All",
    base: int | None = None,
    width: float | None = None,
    threshold: int | None = None,
    largest_cross: int = LARGEST_CROSS,
    quick: bool = False,
    time_limit: float = 60.0,
) -> pd.DataFrame:
    """Return what can be worked out of every hidden count from all that is published together.

    ``tables`` are what ``release`` returned, or plain published frames with their ``dimensions``,
    ``count`` and ``total``: hidden counts are missing there (with the ``symbol`` ``c``, if there is
    such a column), and with ``base`` counts are multiples of it that may be off by up to one less.
    ``nested`` says which values are made up of which others (``{"area": {"London": ["Hackney",
    ...]}}``; see ``overlapping_periods`` for periods); ``earlier`` are earlier releases of the
    tables and ``national`` tables of larger areas, whose own hidden counts are not judged. With
    ``quick`` the ends of a safe count may be only as far apart as they must be: large tables are
    judged much sooner.

    One row for each hidden count: ``table`` (its number), ``count`` (its column), the dimensions,
    ``lowest`` and ``highest``, ``safe``, ``reason`` and ``hide_next``, the cell whose hiding would
    help. A count is safe where ``highest - lowest`` is at least ``width`` (that of the policy) and
    its line gives nothing away. Reasons: ``known``; ``narrow``; ``few`` (few counts between the
    ends are possible); ``sum`` (hidden parts of a total add up to less than ``threshold``);
    ``ones`` (they add up to their own number); ``figure`` (a printed figure gives it back);
    ``earlier`` (an earlier release does); ``full`` and ``empty`` (everyone or no one of a group is
    in a category). Further rows, never safe, stand for shown counts that disclose a group and for
    small counts that no table holds but that follow (``difference``).

    ``attrs["exact"]`` is False where tables would need a cross of more than ``largest_cross``
    cells, so that someone with more patience might find narrower intervals;
    ``attrs["passed_over"]`` names columns of figures that do not follow from the shown counts as
    they are declared, and so were of no use. Raises InputProblem for tables that cannot be right,
    and DisclosureProblem if ``time_limit`` seconds are not enough: then nothing is known, and
    nothing must be released.

    In the year ending March 2025 outcomes of remand decisions for children of other ethnic groups
    were published with one of four hidden (Youth Justice Board and Ministry of Justice 2026, Youth
    justice statistics: 2024 to 2025, Table 6.1):

    >>> import pandas as pd
    >>> remand = pd.DataFrame({
    ...     "outcome": ["bail", "community", "local authority", "detention", "All"],
    ...     "episodes": [258, 24, None, 50, 351]})
    >>> audit([remand], dimensions=["outcome"], count="episodes")[["lowest", "highest", "safe"]]
       lowest  highest   safe
    0    19.0     19.0  False
    """
    until = monotonic() + time_limit
    given = [tables] if isinstance(tables, Released | Table | pd.DataFrame) else list(tables)
    if not given:
        raise InputProblem("There is no table to audit; give at least one.")
    read = read_tables([*given, *national, *earlier], dimensions, count, total, base)
    own, now = read[: len(given)], read[: len(given) + len(national)]
    before = read[len(now) :]
    if width is None:
        width = max(one.policy.width for one in own)
    if threshold is None:
        threshold = max(one.policy.threshold for one in own)

    def known(figures: bool, before: Sequence[Reading]) -> Knowledge:
        return what_is_known(now, before, nested or {}, largest_cross, figures)

    knowledge = known(True, before)
    columns = sum(len(one.columns) for one in own)
    verdicts = judge(knowledge, columns, width, threshold, until, quick)
    if verdicts.known_too_well and any(one.derived for one in own):
        bare = known(False, before)
        verdicts = blame(verdicts, knowledge, bare, columns, width, "figure", until)
    if verdicts.known_too_well and before:
        alone = known(True, [])
        verdicts = blame(verdicts, knowledge, alone, columns, width, "earlier", until)
    found = written(knowledge, own, verdicts, nested or {}, total)
    found.attrs.update(exact=knowledge.system.exact, passed_over=knowledge.passed_over)
    return found
