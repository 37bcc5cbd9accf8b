"""Where the figures of the national stages come from, and how groups were compared there."""

from __future__ import annotations

import pandas as pd

from youthjustice.reports.citing import Traced, traced
from youthjustice.reports.sections.national_figures import CUSTODY, stage_origins
from youthjustice.reports.sections.wording import of, of_groups

_LIMITS = {"population": "rate_ratio", "stage": "share_ratio"}


def stages_traced(
    thing: Traced,
    rows: pd.DataFrame,
    *more: str,
    groups: tuple[str, ...] = (),
    shows_inputs: bool = False,
) -> Traced:
    """Trace what compares groups at the stages of ``rows``, some of `national_stages`.

    ``more`` are further formulas; ``groups`` those whose counts went in, by default all. A table
    that shows its inputs names none.
    """
    by = ["relative_rate_index", *(_LIMITS[basis] for basis in rows["denominator_basis"].unique())]
    if rows["bound_lower"].notna().any():
        by.append("unknown_bounds")
    if rows["stage"].eq(CUSTODY).any():
        by.append("pooled")
    counts = {} if shows_inputs else stage_counts(rows, *groups)
    return traced(thing, stage_origins(rows), *by, *more, inputs=counts)


def stage_counts(rows: pd.DataFrame, *groups: str) -> dict[str, str]:
    """Write the counts and bases of groups at each stage, and how many are of no known group."""
    known = rows[rows["ethnic_group"] != "Unknown"]
    unknown = unknown_counts(rows)
    return {
        str(stage): ", ".join(
            [
                of_groups(part, *groups),
                *([f"not known {unknown[str(stage)]}"] if stage in unknown else []),
            ]
        )
        for stage, part in known.groupby("stage", sort=False)
    }


def unknown_counts(rows: pd.DataFrame) -> dict[str, str]:
    """Write how many of each stage are of no known ethnic group, of how many in all."""
    unknown = rows[rows["ethnic_group"] == "Unknown"].set_index("stage")["numerator"]
    wholes = rows.groupby("stage")["numerator"].sum().to_dict()
    return {str(stage): of(number, wholes[stage]) for stage, number in unknown.items()}
