"""A pathway of stages: the ratio at each, and what each adds to the ratio at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.measures.columns import check_keys
from youthjustice.measures.disparity.comparisons import PER, add_flag
from youthjustice.measures.inputs import FloatArray, check_confidence
from youthjustice.measures.labels import given_names
from youthjustice.measures.pathways.chains import Chains, find_chains
from youthjustice.measures.pathways.stage_contributions import Chain, check_draws, split_chain
from youthjustice.measures.pathways.stage_counts import (
    StageCounts,
    read_counts,
    refuse_above_parent,
    refuse_other_denominator,
)
from youthjustice.measures.pathways.stage_ratios import Layout, stage_ratios
from youthjustice.measures.pathways.stages_table import Stages, read_stages

_ENDS = ("", "_lower", "_upper")
_SPLITS = ("share_of_log_ratio", "children_by_stage")


def pathway(
    frame: pd.DataFrame,
    stages: object,
    group: str = "ethnic_group",
    reference: str = "White",
    *,
    count: str | None = None,
    denominator: str | None = None,
    by: str | Sequence[str] | None = None,
    population: object = None,
    final: object = None,
    confidence: float = 0.95,
    unknown: str | Sequence[str] = ("Unknown",),
    minimum_numerator: float = 5,
    minimum_denominator: float = 30,
    practical: tuple[float, float] = (0.8, 1.25),
    draws: int = 4000,
    seed: int = 20_260_101,
) -> pd.DataFrame:
    """Compare groups at every stage of a pathway, and say what each stage adds, where they nest.

    ``frame`` has one row per ``by`` x ``stage`` x group and a column of counts, ``count`` (found
    by itself when it is the only one of numerator, count, children, value). ``stages`` is a table
    (or list of dicts) of ``stage``, ``parent`` (empty where a chain starts), ``unit``, ``period``
    (or ``period_start`` and ``period_end``). A stage nests in its parent when both name one unit
    and one period; the population, which is the stage named ``population`` or one with that word
    in its name, needs to agree in neither and is a base only. A stage without a parent in the frame
    may have a ``denominator`` column; the column ``basis`` or ``denominator_basis``, of the table
    or the frame, says whether that is a ``population`` or a ``stage``.

    One row per ``by`` x stage x group, the stages in their order. ``basis`` is ``population``
    (events in a population: rate ratio, ``rate`` per 100,000), ``stage`` (of those at a stage
    before: risk ratio, per 100), or empty for a base. ``numerator`` to ``bound_upper`` are as in
    relative_rate_index. ``nested`` tells whether the stage belongs to a chain; if not, ``reason``
    says why its ratio stands alone: it is taken on its own denominator, or else on its parent's
    count as a rate ratio, for it is no part of it. In a chain, each with ``_lower`` and ``_upper``:

    - ``cumulative_value``: the ratio at this stage on ``base``, where the chain starts; the product
      of the values up to here. ``cumulative_method`` names its interval;
    - ``log_ratio``: the logarithm of ``value``, which adds up along the chain;
    - ``share_of_log_ratio``: its share of the log ratio at the end of the chain, ``final``. Shares
      sum to 1; one is below 0 where a stage narrows what the others widen. Fieller's (1954)
      interval, which covers as often as ``confidence`` says over all tables, and less often among
      the tables in which the whole was told apart from 1 by little;
    - ``children_by_stage``: the group's number at the end less what the reference's rates would
      make of the same base, split over the stages whatever their order (Das Gupta 1993; Shapley
      1953). Limits: percentiles of ``draws`` seeded draws from Jeffreys posteriors.

    The last two are given for the longest chain of each tree, or for those that end in ``final``.
    They are missing where a flag says why: ``several_ends`` (two chains are equally long: name
    ``final``), ``chain_not_calculated`` (a stage is missing or too few), ``zero_in_chain``, and for
    the shares alone ``total_near_one`` (the whole may be 1: read the logs), ``all_in_chain`` (all
    pass a stage). They are arithmetic and name no cause.

    A missing count, or a group without a row at a stage, gives missing results. Raises InputProblem
    for a table whose stages are doubled, go in a circle or have strange parents, stages that frame
    and table do not share, a nested count above its parent's, and what relative_rate_index refuses.

    Boys in juvenile court, United States 2020 (OJJDP prints 2.9, 1.2, 0.9 and 1.5 for Black boys):

    >>> stages = [{"stage": "population", "parent": None, "unit": "boys", "period": "2020"}]
    >>> names = ["population", "referred", "petitioned", "adjudicated", "placement"]
    >>> for parent, stage in zip(names, names[1:]):
    ...     stages.append({"stage": stage, "parent": parent, "unit": "cases", "period": "2020"})
    >>> boys = pd.DataFrame({
    ...     "stage": names * 2, "ethnic_group": ["White"] * 5 + ["Black"] * 5,
    ...     "count": [8_752_200, 159_200, 83_500, 42_300, 9_500,
    ...               2_468_900, 129_700, 83_400, 39_200, 13_000]})
    >>> found = pathway(boys, stages).query("ethnic_group == 'Black' and basis != ''")
    >>> found[["stage", "value", "cumulative_value", "share_of_log_ratio"]].round(2)
             stage  value  cumulative_value  share_of_log_ratio
    2     referred   2.89              2.89                0.67
    4   petitioned   1.23              3.54                0.13
    6  adjudicated   0.93              3.29               -0.05
    8    placement   1.48              4.85                0.25
    """
    level = check_confidence(confidence)
    draws, seed = check_draws(draws, seed)
    unknown = given_names("unknown", unknown)
    table = read_stages(stages, population)
    counts = read_counts(
        frame,
        table,
        group=group,
        reference=reference,
        count=count,
        denominator=denominator,
        by=by,
        unknown=unknown,
    )
    chains = find_chains(
        table,
        in_frame=counts.in_frame.tolist(),
        has_own=counts.has_own.tolist(),
        own_basis=counts.basis,
        denominator=denominator,
        final=final,
    )
    layout = Layout(counts, table)
    bases = _denominators(counts, table, chains)
    options = {
        "reference": reference,
        "confidence": level,
        "unknown": unknown,
        "minimum_numerator": minimum_numerator,
        "minimum_denominator": minimum_denominator,
        "practical": practical,
    }
    models = [
        "apart" if on == "apart" else basis
        for on, basis in zip(chains.on, chains.basis, strict=True)
    ]
    single = stage_ratios(layout, bases, models, options)
    columns = {
        "parent": layout.spread([table.names[up] if up >= 0 else None for up in table.parent]),
        "basis": layout.spread(chains.basis),
        "unit": layout.spread(table.unit),
        "period": layout.spread(table.period),
        "numerator": counts.count,
        "denominator": bases,
        **single,
        "nested": layout.spread([not reason for reason in chains.reason]).astype(bool),
        "reason": layout.spread(chains.reason),
        "base": layout.spread(chains.base),
        **_cumulative(layout, bases, chains, options),
        **_logs(layout, single, chains),
    }
    columns |= _contributions(layout, bases, chains, columns, level, draws, seed)
    check_keys((*layout.counts.cells.columns, layout.counts.group), columns)
    result = layout.frame(columns)
    result.attrs = {
        **frame.attrs,
        "reference": reference,
        "confidence": level,
        "per": dict(PER),
        "practical": practical,
        "draws": draws,
        "seed": seed,
        "nested": {str(s): not why for s, why in zip(table.names, chains.reason, strict=True)},
        "reasons": {str(s): why for s, why in zip(table.names, chains.reason, strict=True)},
        "final": tuple(str(table.names[end]) for end in chains.ends),
    }
    return result


def _denominators(counts: StageCounts, stages: Stages, chains: Chains) -> FloatArray:
    """Return what every count is compared with, and refuse parts above their wholes."""
    bases = np.full(counts.count.shape, np.nan)
    for at, on in enumerate(chains.on):
        if on == "own":
            bases[:, at] = counts.own[:, at]
        elif on:
            bases[:, at] = counts.count[:, stages.parent[at]]
        if on == "parent":
            refuse_other_denominator(counts, stages, at)
        if on == "parent" and chains.basis[at] == "stage":
            refuse_above_parent(counts, stages, at)
    return bases


def _cumulative(
    layout: Layout, bases: FloatArray, chains: Chains, options: dict[str, Any]
) -> dict[str, Any]:
    """Return the ratio at every stage of a chain on its base."""
    on_base = bases.copy()
    models = []
    for at, links in enumerate(chains.links):
        models.append(chains.basis[links[0]] if links else "")
        on_base[:, at] = bases[:, links[0]] if links else np.nan
    found = stage_ratios(layout, on_base, models, options)
    columns = {f"cumulative_{name}": found[name] for name in ("value", "lower", "upper")}
    return {**columns, "cumulative_method": found["method"]}


def _logs(layout: Layout, single: dict[str, Any], chains: Chains) -> dict[str, Any]:
    linked = layout.spread([bool(links) for links in chains.links]).astype(bool)
    with np.errstate(divide="ignore"):
        logs = [np.log(single[name]) for name in ("value", "lower", "upper")]
    return {
        f"log_ratio{end}": np.where(linked, log, np.nan)
        for end, log in zip(_ENDS, logs, strict=True)
    }


def _contributions(
    layout: Layout,
    bases: FloatArray,
    chains: Chains,
    columns: dict[str, Any],
    confidence: float,
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """Split every chain that has an end, and say with a flag what is not given."""
    counts, reference = layout.counts.count, layout.counts.reference
    given = {f"{name}{tail}": np.full(counts.shape, np.nan) for name in _SPLITS for tail in _ENDS}
    flags, final = columns["flags"].copy(), np.full(counts.shape, "", dtype=object)
    compared = layout.rows & layout.compared
    for stage in chains.unsettled:
        flags[:, stage] = add_flag(flags[:, stage], compared[:, stage], "several_ends")
    for end in chains.ends:
        links = np.array(chains.links[end])[:, np.newaxis]
        final[:, links[:, 0]] = str(layout.stages.names[end])
        cell, group = np.nonzero(compared[:, end])
        here, there = (cell, links, group), (cell, links, reference)
        split = split_chain(
            Chain(
                x=counts[here],
                n=bases[here],
                x0=counts[there],
                n0=bases[there],
                events=np.array([chains.basis[stage] == "population" for stage in links[:, 0]]),
            ),
            values=columns["value"][here],
            lower=columns["cumulative_lower"][cell, end, group],
            upper=columns["cumulative_upper"][cell, end, group],
            confidence=confidence,
            draws=draws,
            seed=seed,
        )
        for name, parts in zip(_SPLITS, (split.shares, split.children), strict=True):
            for tail, part in zip(_ENDS, parts, strict=True):
                given[f"{name}{tail}"][here] = part
        for word, raised in split.flags.items():
            everywhere = np.broadcast_to(raised, flags[here].shape)
            flags[here] = add_flag(flags[here], everywhere, word)
    return {"flags": flags, "final": final, **given}
