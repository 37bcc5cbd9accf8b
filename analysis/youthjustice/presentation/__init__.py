"""Charts, tables and words that say what the figures allow and nothing beyond it.

Everything here is loaded on first use, so that importing the room costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from youthjustice.presentation import dates, numbers, palette
    from youthjustice.presentation.banned import BannedWord, lint_words
    from youthjustice.presentation.benchmark_words import benchmark_sentence
    from youthjustice.presentation.chance import chance_sentence
    from youthjustice.presentation.change_words import difference_in_change_sentence
    from youthjustice.presentation.chart import Chart
    from youthjustice.presentation.charts.bars import bars_with_intervals
    from youthjustice.presentation.charts.caterpillar import rank_caterpillar
    from youthjustice.presentation.charts.control import control_points
    from youthjustice.presentation.charts.decomposition import decomposition_bars
    from youthjustice.presentation.charts.forest import ratio_forest
    from youthjustice.presentation.charts.funnel import funnel_plot
    from youthjustice.presentation.charts.line import line_with_intervals
    from youthjustice.presentation.charts.line_series import Point
    from youthjustice.presentation.charts.slope import slope_lines
    from youthjustice.presentation.charts.strip import strip
    from youthjustice.presentation.charts.survival import survival_steps
    from youthjustice.presentation.charts.trend import trend_with_band
    from youthjustice.presentation.comparison import comparison_sentence
    from youthjustice.presentation.control_words import control_sentence
    from youthjustice.presentation.decomposition_words import decomposition_sentence
    from youthjustice.presentation.detectable import detectable_sentence
    from youthjustice.presentation.display import Findings, Group, Note, Sentence, stylesheet
    from youthjustice.presentation.findings import compare, ratio_finding
    from youthjustice.presentation.funnel_words import funnel_sentence
    from youthjustice.presentation.interrupted_words import interrupted_sentence
    from youthjustice.presentation.parallel import parallel_reasons, parallel_sentence
    from youthjustice.presentation.rank_words import rank_sentence
    from youthjustice.presentation.several import several_ratios_sentence
    from youthjustice.presentation.standard_words import standardised_sentence
    from youthjustice.presentation.steps import steps_sentence
    from youthjustice.presentation.survival_words import (
        hazard_sentence,
        log_rank_sentence,
        survival_sentence,
    )
    from youthjustice.presentation.table import Table
    from youthjustice.presentation.trend_words import trend_sentence
    from youthjustice.presentation.whole_numbers import whole_children_sentence
    from youthjustice.presentation.words import (
        change_sentence,
        children_of,
        level_sentence,
        listing,
        ratio_sentence,
        sentence_case,
    )
    from youthjustice.presentation.years import years_sentence

_HOMES = {
    "BannedWord": "banned",
    "Chart": "chart",
    "Findings": "display",
    "Group": "display",
    "Note": "display",
    "Point": "charts.line_series",
    "Sentence": "display",
    "Table": "table",
    "bars_with_intervals": "charts.bars",
    "benchmark_sentence": "benchmark_words",
    "chance_sentence": "chance",
    "change_sentence": "words",
    "children_of": "words",
    "compare": "findings",
    "comparison_sentence": "comparison",
    "control_points": "charts.control",
    "control_sentence": "control_words",
    "dates": "",
    "decomposition_bars": "charts.decomposition",
    "decomposition_sentence": "decomposition_words",
    "detectable_sentence": "detectable",
    "difference_in_change_sentence": "change_words",
    "funnel_plot": "charts.funnel",
    "funnel_sentence": "funnel_words",
    "hazard_sentence": "survival_words",
    "interrupted_sentence": "interrupted_words",
    "level_sentence": "words",
    "line_with_intervals": "charts.line",
    "lint_words": "banned",
    "listing": "words",
    "log_rank_sentence": "survival_words",
    "numbers": "",
    "palette": "",
    "parallel_reasons": "parallel",
    "parallel_sentence": "parallel",
    "rank_caterpillar": "charts.caterpillar",
    "rank_sentence": "rank_words",
    "ratio_finding": "findings",
    "ratio_forest": "charts.forest",
    "ratio_sentence": "words",
    "sentence_case": "words",
    "several_ratios_sentence": "several",
    "slope_lines": "charts.slope",
    "standardised_sentence": "standard_words",
    "steps_sentence": "steps",
    "strip": "charts.strip",
    "stylesheet": "display",
    "survival_sentence": "survival_words",
    "survival_steps": "charts.survival",
    "trend_sentence": "trend_words",
    "trend_with_band": "charts.trend",
    "whole_children_sentence": "whole_numbers",
    "years_sentence": "years",
}

__all__ = [
    "BannedWord",
    "Chart",
    "Findings",
    "Group",
    "Note",
    "Point",
    "Sentence",
    "Table",
    "bars_with_intervals",
    "benchmark_sentence",
    "chance_sentence",
    "change_sentence",
    "children_of",
    "compare",
    "comparison_sentence",
    "control_points",
    "control_sentence",
    "dates",
    "decomposition_bars",
    "decomposition_sentence",
    "detectable_sentence",
    "difference_in_change_sentence",
    "funnel_plot",
    "funnel_sentence",
    "hazard_sentence",
    "interrupted_sentence",
    "level_sentence",
    "line_with_intervals",
    "lint_words",
    "listing",
    "log_rank_sentence",
    "numbers",
    "palette",
    "parallel_reasons",
    "parallel_sentence",
    "rank_caterpillar",
    "rank_sentence",
    "ratio_finding",
    "ratio_forest",
    "ratio_sentence",
    "sentence_case",
    "several_ratios_sentence",
    "slope_lines",
    "standardised_sentence",
    "steps_sentence",
    "strip",
    "stylesheet",
    "survival_sentence",
    "survival_steps",
    "trend_sentence",
    "trend_with_band",
    "whole_children_sentence",
    "years_sentence",
]


def __getattr__(name: str) -> Any:
    """Load a public name, or the module of that name, on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES[name]
    if not home:
        return importlib.import_module(f"{__name__}.{name}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    """List the public names for tab completion."""
    return sorted(__all__)
