"""Cohorts followed in an engine, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.records.cohort.accounting import exclusions
from youthjustice.records.cohort.completeness import final_from
from youthjustice.records.cohort.engine import connect
from youthjustice.records.cohort.later import Later
from youthjustice.records.cohort.parameters import Parameters
from youthjustice.records.cohort.plan import plan
from youthjustice.records.cohort.result import Cohort
from youthjustice.records.cohort.sources import both_tables
from youthjustice.records.cohort.summary import summary_of
from youthjustice.records.cohort.tables import Tables, open_tables

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

FIRST = ("child_id", "start_date", "reoffences", "first_reoffence_date")
OTHERS = ("age", "index_disposal", "most_serious_reoffence", "proven_date", "followup_end",
          "outcome_end", "undatable", "reoffended", "days")  # fmt: skip


def follow_each(
    children: object, offences: object, each: Sequence[Parameters], engine: str
) -> list[Cohort]:
    """Follow one cohort after the other in tables that are read and checked once.

    Without ``offences``, ``children`` is a folder that has both tables.
    """
    if offences is None:
        children, offences = both_tables(children)
    running = connect(engine)
    try:
        tables = open_tables(running, children, offences)
        return [_follow(tables, parameters) for parameters in each]
    finally:
        running.close()


def _follow(tables: Tables, parameters: Parameters) -> Cohort:
    """Run the definition, and put its answers together."""
    engine = tables.engine
    own = _own_columns(tables)
    steps = plan(tables.children, tables.offences, parameters, engine.dialect)
    for step in steps.steps:
        engine.name(*step)

    answers = {name: engine.later(asked) for name, asked in steps.questions.items()}

    def rows(name: str) -> list[dict[str, Any]]:
        return answers[name]().to_pylist()  # type: ignore[no-any-return]

    def account() -> pd.DataFrame:
        return exclusions(
            tables.rows,
            first=rows("first_fates"),
            of_entrants=rows("rows_of_entrants")[0],
            later=rows("later_fates"),
            children=rows("children")[0],
        )

    totals = rows("totals")[0]
    return Cohort(
        summary=summary_of(totals, final_from(totals["last_start"], parameters), parameters),
        sql=steps.sql,
        _members=Later(lambda: _members(tables.children, answers["members"](), own, parameters)),
        _exclusions=Later(account),
    )


def _own_columns(tables: Tables) -> list[str]:
    """Give the columns of the table of children that members keep."""
    own = [name for name in tables.children if name != "child_id"]
    if taken := [name for name in own if name in (*FIRST, *OTHERS, "cohort")]:
        raise InputProblem(
            f"the column {taken[0]} of the table children has the name of a result: rename it"
        )
    return own


def _members(
    children: ibis.Schema, rows: pa.Table, own: list[str], parameters: Parameters
) -> pd.DataFrame:
    """Give the members as a frame, in the order of their identifiers."""
    frame: pd.DataFrame = rows.to_pandas(date_as_object=False)
    for name in (
        "start_date",
        "first_reoffence_date",
        "proven_date",
        "followup_end",
        "outcome_end",
        "date_of_birth",
    ):
        frame[name] = frame[name].astype("datetime64[us]")
    frame["age"] = frame["age"].astype("int64")
    frame["reoffended"] = frame["reoffences"] > 0
    # Watching ends with the follow-up or the extract, whichever is sooner.
    extract = pd.Timestamp(parameters.extract)
    watched = frame["followup_end"].where(frame["followup_end"] < extract, extract)
    end = frame["first_reoffence_date"].fillna(watched)
    frame["days"] = (end - frame["start_date"]).dt.days.clip(lower=0).astype("int64")
    if children["child_id"].is_integer():
        frame["child_id"] = frame["child_id"].astype("int64")
        frame = frame.sort_values("child_id", ignore_index=True)
    return frame[[*FIRST, *own, *OTHERS]]
