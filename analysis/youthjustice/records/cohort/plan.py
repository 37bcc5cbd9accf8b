"""The definition from step to step, written out as SQL: each step a named query for the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from youthjustice.records.cohort.accounting import (
    fates_of_children,
    first_fates,
    later_fates,
    rows_of_entrants,
)
from youthjustice.records.cohort.candidates import (
    each_offence_once,
    later_marked,
    near_the_cohort,
    of_entrants,
    with_birth,
)
from youthjustice.records.cohort.cleaning import (
    breaches_marked,
    clean_children,
    clean_offences,
    outcomes_that_count,
)
from youthjustice.records.cohort.engine import Dialect
from youthjustice.records.cohort.index_events import (
    entries_of_age,
    index_events,
    one_entry_per_child,
)
from youthjustice.records.cohort.parameters import Parameters
from youthjustice.records.cohort.reoffences import (
    by_child,
    fates,
    with_own_columns,
    with_reoffences,
)
from youthjustice.records.cohort.window import followed

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir


class Step(NamedTuple):
    """A named query, and whether its result is kept for the steps that use it."""

    name: str
    query: str
    kept: bool


@dataclass(slots=True)
class Plan:
    """The steps to run in order, and the questions to ask when all are run.

    Every step has a name, by which the next one reads it, so that each piece of SQL is as short as
    its step.
    """

    dialect: Dialect
    steps: list[Step] = field(default_factory=list)
    questions: dict[str, str] = field(default_factory=dict)

    def view(self, name: str, rows: ir.Table) -> ir.Table:
        """Name a step; it is worked out where it is used."""
        return self._named(name, rows, kept=False)

    def table(self, name: str, rows: ir.Table) -> ir.Table:
        """Name a step and keep its result, since several others use it."""
        return self._named(name, rows, kept=True)

    def ask(self, name: str, rows: ir.Table) -> None:
        """Add a question."""
        self.questions[name] = self._written(rows)

    @property
    def sql(self) -> str:
        """Give all steps as SQL."""
        return "\n\n".join(f"{self.dialect.statement(*step)};" for step in self.steps)

    def _named(self, name: str, rows: ir.Table, kept: bool) -> ir.Table:
        import ibis

        self.steps.append(Step(name, self._written(rows), kept))
        return ibis.table(rows.schema(), name=name)

    def _written(self, rows: ir.Table) -> str:
        import ibis

        return str(ibis.to_sql(rows, dialect=self.dialect.name))


@lru_cache(maxsize=32)
def plan(
    children: ibis.Schema, offences: ibis.Schema, parameters: Parameters, dialect: Dialect
) -> Plan:
    """Write the definition for tables with these columns; once for each choice of parameters."""
    import ibis

    steps = Plan(dialect)
    born = steps.view("step_1_children", clean_children(ibis.table(children, name="children")))
    rows = clean_offences(ibis.table(offences, name="offences"))
    rows = near_the_cohort(steps.view("step_1_offences", rows), parameters)
    rows = steps.view("step_1_near_the_cohort", rows)
    rows = steps.view("step_1_known_by_the_extract", later_marked(rows, parameters))
    rows = steps.view("step_1_with_birth", with_birth(rows, born))
    rows = steps.view("step_2_outcomes_that_count", outcomes_that_count(rows, parameters))
    rows = steps.view("step_3_breaches_marked", breaches_marked(rows, parameters))
    rows = steps.table("step_4_index_events", index_events(rows, parameters))
    of_those_who_enter = steps.table("step_4_of_entrants", of_entrants(rows))
    once = steps.table("step_1_each_offence_once", each_offence_once(of_those_who_enter))
    entries = steps.view("step_5_age", entries_of_age(once, parameters))
    members = steps.view("step_6_one_entry_per_child", one_entry_per_child(entries))
    members = steps.table("step_7_followed", followed(members, parameters))
    judged = steps.table("step_8_reoffences", fates(once, members, parameters))
    reoffences = steps.view("step_8_by_child", by_child(judged))
    members = steps.table("step_8_members", with_reoffences(members, reoffences))
    own = [name for name in children if name != "child_id"]
    shown = steps.view("step_13_members", with_own_columns(members, born, own))
    steps.ask("first_fates", first_fates(rows))
    steps.ask("rows_of_entrants", rows_of_entrants(of_those_who_enter))
    steps.ask("later_fates", later_fates(judged))
    steps.ask("children", fates_of_children(entries, born))
    steps.ask("totals", totals(members, parameters))
    steps.ask("members", shown.order_by("child_id"))
    return steps


def totals(members: ir.Table, parameters: Parameters) -> ir.Table:
    """Add up the members."""
    first_day = members.on_first_day * (1 if parameters.same_day == "exclude" else -1)
    other = members.reoffences + first_day
    some = (members.reoffences + members.undatable) > 0
    return members.agg(
        children=members.count(),
        reoffenders=(members.reoffences > 0).sum(),
        reoffences=members.reoffences.sum(),
        reoffenders_other_day=(other > 0).sum(),
        reoffences_other_day=other.sum(),
        undatable=members.undatable.sum(),
        reoffenders_at_most=some.sum(),
        alike_dropped=members.alike_dropped.sum(),
        alike_kept=members.alike_kept.sum(),
        last_start=members.start_date.max(),
    )
