"""Ethnic disparity in England and Wales: the figures of the national stages, each on its own base."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import (
    heterogeneity,
    pathway,
    pool_years,
    relative_rate_index,
)
from youthjustice.presentation.lineage import Publication, publication
from youthjustice.reports.citing import CITED, cite, cited, load_light
from youthjustice.reports.once import once
from youthjustice.reports.sections.disparity_figures import REFERENCE
from youthjustice.reports.sections.wording import span

CUSTODY = "sentence to custody"
# In the order in which a child meets the stages, each with the stage that comes before it.
BEFORE = {
    "stop and search": None,
    "arrest": "stop and search",
    "caution or sentence": "arrest",
    "remand to youth detention accommodation": "arrest",
    CUSTODY: "caution or sentence",
}
_STAGE = ["stage", "unit", "denominator_unit", "denominator_basis"]
_COUNTS = ["numerator", "denominator"]


@once
def stages_at_hand() -> bool:
    """Tell whether there are the stages to custody, which stand together: as at a day, perhaps not."""
    table = load_light("children_by_stage_national")
    return CUSTODY in set(table.loc[table["denominator"].notna(), "stage"])


@once
def national_stages(pooled_years: int = 3) -> pd.DataFrame:
    """Give each national stage's ratios to White children, on that stage's own base.

    Custody is pooled over the last years, since single years of it swing; every other stage is its
    latest period. ``attrs["reasons"]`` says of each stage why it is no part of the one before.
    ``source`` names the publication of a stage's counts, ``denominator_source`` that of its base and
    ``whole_source`` that of the totals which its unknown ethnic groups are left over from.
    """
    table = load_light("children_by_stage_national")
    known = table[table["denominator"].notna() & (table["ethnic_group"] != "All")]
    last = known.groupby("stage")["period_end"].transform("max")
    custody = known["stage"] == CUSTODY
    latest = known[(known["period_end"] == last) & ~custody]
    pooled = pool_years(
        known[custody],
        by=[*_STAGE, "ethnic_group"],
        years=pooled_years,
        unit="children sentenced",
        numerator="numerator",
        denominator="denominator",
    )
    columns = [*_STAGE, "ethnic_group", "period_start", "period_end", *_COUNTS]
    rows = pd.concat([latest[columns], _unknown(table, latest)[columns], pooled[columns]])
    rows["order"] = rows["stage"].map(list(BEFORE).index)
    rows = rows.sort_values("order", kind="stable", ignore_index=True)
    parts = [
        relative_rate_index(
            rows[rows["denominator_basis"] == basis],
            reference=REFERENCE,
            by=[*_STAGE, "period_start", "period_end"],
            basis=basis,
            numerator="numerator",
            denominator="denominator",
        )
        for basis in ("population", "stage")
    ]
    index = pd.concat(parts, ignore_index=True)
    used = known[custody | (known["period_end"] == last)]
    # Each stage's counts are of one publication, and so is its base.
    by_stage = used.drop_duplicates("stage").set_index("stage")
    for column in ("source", "denominator_source"):
        index[column] = index["stage"].map(by_stage[column])
    wholes = _now(table, latest).drop_duplicates("stage").set_index("stage")
    index["whole_source"] = index["stage"].map(wholes["source"])
    index.attrs = {
        "cited": _cited(used),
        "cited_by_basis": {
            basis: _cited(part) for basis, part in used.groupby("denominator_basis")
        },
        "reasons": _reasons(rows[rows["ethnic_group"] != "Unknown"]),
    }
    return index


def _cited(rows: pd.DataFrame, *more: str) -> list[dict[str, str]]:
    """List what a source line needs of the publications of counts, of their bases and of ``more``."""
    rows = rows[["source", "denominator_source", *more]].drop_duplicates()
    rows.attrs = {}  # what the whole table is cited by would hide the rows' own
    return [{key: source[key] for key in CITED} for source in cited(rows, *rows.columns)]


def stage_origins(index: pd.DataFrame) -> tuple[Publication, ...]:
    """List the publications that rows of `national_stages` come from, totals and bases included."""
    return tuple(dict.fromkeys(map(publication, _cited(index, "whole_source"))))


def stage_source(index: pd.DataFrame) -> str:
    """Write the source line of rows of `national_stages`, totals and bases included."""
    rows = pd.DataFrame()
    rows.attrs = {"cited": _cited(index, "whole_source")}
    return cite(rows)


def one_stage(index: pd.DataFrame, stage: str) -> pd.DataFrame:
    """Return the rows of one stage of `national_stages`, citing their own publications alone."""
    rows = index[index["stage"] == stage]
    rows.attrs = {"cited": _cited(rows)}
    return rows


def on_basis(index: pd.DataFrame, basis: str) -> pd.DataFrame:
    """Return the stages of `national_stages` on one basis, citing their own publications."""
    rows = index[index["denominator_basis"] == basis]
    rows.attrs = {"cited": index.attrs["cited_by_basis"][basis]}
    return rows


def _reasons(rows: pd.DataFrame) -> dict[str, str]:
    """Say of every stage why it is no part of the one before it, as a pathway finds it."""
    stages = rows.drop_duplicates("stage")[["stage", "unit", "period_start", "period_end"]]
    stages = stages.assign(
        parent=stages["stage"].map(BEFORE),
        period=[
            span(start, end)
            for start, end in zip(stages["period_start"], stages["period_end"], strict=True)
        ],
    )
    counts = rows[["stage", "ethnic_group", "denominator_basis", *_COUNTS]]
    found = pathway(
        counts, stages, reference=REFERENCE, count="numerator", denominator="denominator"
    )
    reasons: dict[str, str] = found.attrs["reasons"]
    return reasons


def _unknown(table: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
    """Give what is left of each stage's total, count and base, once the known groups are taken off.

    Totals of searches and arrests are another publication's, printed to the nearest hundred. A base
    that knows the group of everyone, as a census does, leaves none; a stage without a total or a
    row for the unknown has no row here.
    """
    now = _now(table, latest)
    groups = latest[latest["ethnic_group"] != "Unknown"]
    counted = groups.groupby("stage")[["numerator", "denominator"]].sum().astype(float)
    whole = now[now["ethnic_group"] == "All"].groupby("stage")[["value", "denominator"]].max()
    own = now[now["ethnic_group"] == "Unknown"].groupby("stage")["value"].sum()
    rows = groups.drop_duplicates("stage").assign(ethnic_group="Unknown").set_index("stage")
    left = (whole["value"].astype(float) - counted["numerator"]).combine_first(own.astype(float))
    base = whole["denominator"].astype(float) - counted["denominator"]
    rows["numerator"] = left.reindex(rows.index)
    rows["denominator"] = base.reindex(rows.index)
    return rows[rows["numerator"].notna()].reset_index()


def _now(table: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
    """Return what is printed of all children, and of the unknown, in the period of each stage."""
    last = table["stage"].map(latest.groupby("stage")["period_end"].max())
    return table[(table["period_end"] == last) & table["ethnic_group"].isin(["All", "Unknown"])]


def custody_years() -> pd.DataFrame:
    """Give the single years behind the pooled ratios of children sentenced to custody."""
    return relative_rate_index(
        _custody(),
        reference=REFERENCE,
        by="period_end",
        basis="stage",
        numerator="numerator",
        denominator="denominator",
    )


def custody_agreement() -> pd.DataFrame:
    """Test for every group whether one ratio fits the single years of custody."""
    return heterogeneity(
        _custody(),
        reference=REFERENCE,
        basis="stage",
        numerator="numerator",
        denominator="denominator",
    )


def _custody() -> pd.DataFrame:
    table = load_light("children_by_stage_national")
    return table[(table["stage"] == CUSTODY) & table["denominator"].notna()]
