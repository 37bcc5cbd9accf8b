"""Tables on the same children, released together: what one hides no other gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from youthjustice.disclosure import Policy, Released, Table, release_together
from youthjustice.reports.section import Nested

TIME_LIMIT = 120.0
"""Seconds that the tables of one family may take to be made safe."""


@dataclass(frozen=True, slots=True)
class Family:
    """Released tables by name, and which of their values are made up of which others."""

    tables: Mapping[str, Released]
    nested: Nested

    @property
    def released(self) -> tuple[Released, ...]:
        """Give all of them: they are audited together, whichever a section shows."""
        return tuple(self.tables.values())

    def among(self, names: Sequence[str]) -> list[str]:
        """Give those of the names that there is a table of."""
        return [name for name in names if name in self.tables]


def family(tables: Mapping[str, Table], nested: Nested, policy: Policy) -> Family:
    """Release tables together.

    Raises InputProblem and DisclosureProblem as `release_together` does.
    """
    released = release_together(
        list(tables.values()), policy=policy, nested=nested, time_limit=TIME_LIMIT
    )
    return Family(dict(zip(tables, released, strict=True)), nested)
