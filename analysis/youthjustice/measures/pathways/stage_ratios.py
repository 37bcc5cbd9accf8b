"""Ratios of groups at many stages at once, each on the basis that fits its stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.measures.disparity.comparisons import PER
from youthjustice.measures.disparity.relative_rates import relative_rate_index
from youthjustice.measures.inputs import BoolArray, FloatArray
from youthjustice.measures.pathways.stage_counts import StageCounts
from youthjustice.measures.pathways.stages_table import Stages

# How a ratio is taken: the basis of relative_rate_index and the scale of its rates. A stage that is
# no part of its parent is compared as events, for a share of it would not be a share.
_MODELS = {
    "population": ("population", PER["population"]),
    "stage": ("stage", PER["stage"]),
    "apart": ("population", PER["stage"]),
}
_NUMBERS = ("rate", "value", "lower", "upper", "p_value")
_TEXTS = ("method", "finding", "flags")
_BOUNDS = ("unknown_percent", "bound_lower", "bound_upper")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows of the result lie in a block of cells x stages x groups."""

    counts: StageCounts
    stages: Stages

    @property
    def rows(self) -> BoolArray:
        """Mark the rows of the result: the groups that a cell has, at every stage of the frame."""
        present = self.counts.present[:, np.newaxis, :]
        return np.asarray(present & self.counts.in_frame[np.newaxis, :, np.newaxis])

    @property
    def compared(self) -> BoolArray:
        """Mark the groups that are compared with the reference."""
        others = np.arange(len(self.counts.groups)) != self.counts.reference
        return np.asarray(others & ~self.counts.unknown)

    def frame(self, columns: Mapping[str, Any], rows: BoolArray | None = None) -> pd.DataFrame:
        """Return the marked rows as a frame: the keys, and then columns cut out of blocks."""
        cell, stage, group = np.nonzero(self.rows if rows is None else rows)
        keys = self.counts.cells.iloc[cell].reset_index(drop=True)
        keys["stage"] = pd.Series(self.stages.names)[stage].to_numpy()
        keys[self.counts.group] = pd.Series(self.counts.groups, dtype=object)[group].to_numpy()
        cut = {name: block[cell, stage, group] for name, block in columns.items()}
        return pd.concat([keys, pd.DataFrame(cut, index=keys.index)], axis=1)

    def spread(self, by_stage: Sequence[object]) -> Any:
        """Return one value for every stage as a block."""
        column = np.empty(len(by_stage), dtype=object)
        column[:] = by_stage
        return np.broadcast_to(column[np.newaxis, :, np.newaxis], self.counts.count.shape)


def stage_ratios(
    layout: Layout, denominator: FloatArray, models: Sequence[str], options: Mapping[str, Any]
) -> dict[str, Any]:
    """Return columns of relative_rate_index as blocks; ``models`` says how, stage by stage.

    A model is ``population``, ``stage``, ``apart``, or nothing where no ratio is taken.
    """
    shape = layout.counts.count.shape
    blocks: dict[str, Any] = {name: np.full(shape, np.nan) for name in _NUMBERS}
    blocks |= {name: np.full(shape, "", dtype=object) for name in _TEXTS}
    blocks |= {name: np.full(shape, np.nan) for name in _BOUNDS}
    blocks["finding"][:] = "not compared"
    for model, (basis, per) in _MODELS.items():
        these = layout.rows & (np.array(models) == model)[np.newaxis, :, np.newaxis]
        if not these.any():
            continue
        table = layout.frame({"numerator": layout.counts.count, "denominator": denominator}, these)
        found = relative_rate_index(
            table,
            layout.counts.group,
            numerator="numerator",
            denominator="denominator",
            by=[*layout.counts.cells.columns, "stage"],
            basis=basis,
            per=per,
            **options,
        )
        for name in blocks:
            blocks[name][these] = found[name].to_numpy()
    without = np.isnan(layout.counts.count) & (np.array(models) == "")[np.newaxis, :, np.newaxis]
    blocks["flags"][without] = "missing"
    return blocks
