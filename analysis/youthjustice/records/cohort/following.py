"""The definition run from step to step, for one cohort after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.records.cohort import accounting
from youthjustice.records.cohort.candidates import (
    each_offence_once,
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
from youthjustice.records.cohort.completeness import final_from
from youthjustice.records.cohort.engine import connect
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
from youthjustice.records.cohort.result import Cohort
from youthjustice.records.cohort.steps import Steps
from youthjustice.records.cohort.summary import summary_of
from youthjustice.records.cohort.tables import Tables, open_tables, query
from youthjustice.records.cohort.window import followed

if TYPE_CHECKING:
    import ibis.expr.types as ir

FIRST = ("child_id", "start_date", "reoffences", "first_reoffence_date")
OTHERS = ("age", "index_disposal", "most_serious_reoffence", "followup_end", "outcome_end",
          "undatable", "reoffended", "days")  # fmt: skip


def follow_each(
    children: object, offences: object, each: Sequence[Parameters], engine: str
) -> list[Cohort]:
    """Follow one cohort after the other in tables that are read and checked once."""
    running = connect(engine)
    try:
        tables = open_tables(running, children, offences)
        return [_follow(tables, parameters) for parameters in each]
    finally:
        running.close()


def _follow(tables: Tables, parameters: Parameters) -> Cohort:
    """Run the definition, one step after the other."""
    own = _own_columns(tables)
    steps = Steps(tables.engine)
    children = steps.view("step_1_children", clean_children(tables.children))
    rows = steps.view("step_1_offences", clean_offences(tables.offences))
    rows = near_the_cohort(rows, parameters)
    rows = steps.table("step_1_near_the_cohort", with_birth(rows, children))
    rows = steps.view("step_2_outcomes_that_count", outcomes_that_count(rows, parameters))
    rows = steps.view("step_3_breaches_marked", breaches_marked(rows, parameters))
    rows = steps.view("step_4_index_events", index_events(rows, parameters))
    first = query(tables.engine, accounting.first_fates(rows))
    rows = steps.table("step_4_of_entrants", of_entrants(rows))
    entrants = query(tables.engine, accounting.rows_of_entrants(rows))[0]
    once = steps.table("step_1_each_offence_once", each_offence_once(rows))
    entries = steps.view("step_5_age", entries_of_age(once, parameters))
    members = steps.view("step_6_one_entry_per_child", one_entry_per_child(entries))
    members = steps.table("step_7_followed", followed(members, parameters))
    judged = steps.table("step_8_reoffences", fates(once, members, parameters))
    later = query(tables.engine, accounting.later_fates(judged))
    of_children = query(tables.engine, accounting.fates_of_children(entries, children))[0]
    reoffences = steps.view("step_8_by_child", by_child(judged))
    members = steps.table("step_8_members", with_reoffences(members, reoffences))
    totals = query(tables.engine, _totals(members, parameters))[0]
    shown = steps.view("step_13_members", with_own_columns(members, children, own))
    whole_from = final_from(totals["last_start"], parameters)
    return Cohort(
        summary=summary_of(totals, whole_from, parameters.extract, parameters.same_day),
        members=_members(tables, shown, own, parameters),
        exclusions=accounting.exclusions(tables.rows, first, entrants, later, of_children),
        sql=steps.sql,
    )


def _totals(members: ir.Table, parameters: Parameters) -> ir.Table:
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


def _own_columns(tables: Tables) -> list[str]:
    """Give the columns of the table of children that members keep."""
    own = [name for name in tables.children.columns if name != "child_id"]
    if taken := [name for name in own if name in (*FIRST, *OTHERS, "cohort")]:
        raise InputProblem(
            f"the column {taken[0]} of the table children has the name of a result: rename it"
        )
    return own


def _members(
    tables: Tables, shown: ir.Table, own: list[str], parameters: Parameters
) -> pd.DataFrame:
    """Give the members as a frame, in the order of their identifiers."""
    import ibis

    sql = ibis.to_sql(shown.order_by("child_id"), dialect=tables.engine.dialect)
    frame: pd.DataFrame = tables.engine.arrow(str(sql)).to_pandas(date_as_object=False)
    for name in (
        "start_date",
        "first_reoffence_date",
        "followup_end",
        "outcome_end",
        "date_of_birth",
    ):
        frame[name] = frame[name].astype("datetime64[us]")
    frame["reoffended"] = frame["reoffences"] > 0
    # Watching ends with the follow-up or the extract, whichever is sooner.
    extract = pd.Timestamp(parameters.extract)
    watched = frame["followup_end"].where(frame["followup_end"] < extract, extract)
    end = frame["first_reoffence_date"].fillna(watched)
    frame["days"] = (end - frame["start_date"]).dt.days.clip(lower=0).astype("int64")
    if tables.children.child_id.type().is_integer():
        frame["child_id"] = frame["child_id"].astype("int64")
        frame = frame.sort_values("child_id", ignore_index=True)
    return frame[[*FIRST, *own, *OTHERS]]
