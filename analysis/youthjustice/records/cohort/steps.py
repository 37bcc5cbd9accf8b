"""The steps of the definition in order, each a named query that the next one reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from youthjustice.records.cohort.engine import Engine

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(slots=True)
class Steps:
    """What has been run so far, as SQL that can be read and run again.

    Every step becomes a query with a name; the next step reads it by this name, so that each
    piece of SQL is as short as its step.
    """

    engine: Engine
    written: list[str] = field(default_factory=list)

    def view(self, name: str, rows: ir.Table) -> ir.Table:
        """Name a step; it is worked out where it is used."""
        return self._named(name, rows, self.engine.view)

    def table(self, name: str, rows: ir.Table) -> ir.Table:
        """Name a step and keep its result, since several others use it."""
        return self._named(name, rows, self.engine.table)

    @property
    def sql(self) -> str:
        """Give all steps as SQL."""
        return "\n\n".join(self.written)

    def _named(self, name: str, rows: ir.Table, words: str) -> ir.Table:
        import ibis

        sql = f"{words} {name} AS\n{ibis.to_sql(rows, dialect=self.engine.dialect)}"
        self.engine.run(sql)
        self.written.append(f"{sql};")
        return ibis.table(rows.schema(), name=name)
