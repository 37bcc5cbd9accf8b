"""Charts, tables and words that say what the figures allow and nothing beyond it.

Everything here is loaded on first use, so that importing the room costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from youthjustice.presentation import dates, numbers, palette
    from youthjustice.presentation.banned import BannedWord, lint_words
    from youthjustice.presentation.chance import chance_sentence
    from youthjustice.presentation.change_words import difference_in_change_sentence
    from youthjustice.presentation.chart import Chart
    from youthjustice.presentation.charts.bars import bars_with_intervals
    from youthjustice.presentation.charts.control import control_points
    from youthjustice.presentation.charts.forest import ratio_forest
    from youthjustice.presentation.charts.line import line_with_intervals
    from youthjustice.presentation.charts.line_series import Point
    from youthjustice.presentation.charts.slope import slope_lines
    from youthjustice.presentation.charts.strip import strip
    from youthjustice.presentation.charts.survival import survival_steps
    from youthjustice.presentation.charts.trend import trend_with_band
    from youthjustice.presentation.comparison import comparison_sentence
    from youthjustice.presentation.control_words import control_sentence
    from youthjustice.presentation.detectable import detectable_sentence
    from youthjustice.presentation.display import Findings, Group, Note, Sentence, stylesheet
    from youthjustice.presentation.findings import compare, ratio_finding
    from youthjustice.presentation.interrupted_words import interrupted_sentence
    from youthjustice.presentation.parallel import parallel_reasons, parallel_sentence
    from youthjustice.presentation.several import several_ratios_sentence
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
    "chance_sentence": "chance",
    "change_sentence": "words",
    "children_of": "words",
    "compare": "findings",
    "comparison_sentence": "comparison",
    "control_points": "charts.control",
    "control_sentence": "control_words",
    "dates": "",
    "detectable_sentence": "detectable",
    "difference_in_change_sentence": "change_words",
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
    "ratio_finding": "findings",
    "ratio_forest": "charts.forest",
    "ratio_sentence": "words",
    "sentence_case": "words",
    "several_ratios_sentence": "several",
    "slope_lines": "charts.slope",
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
    "chance_sentence",
    "change_sentence",
    "children_of",
    "compare",
    "comparison_sentence",
    "control_points",
    "control_sentence",
    "dates",
    "detectable_sentence",
    "difference_in_change_sentence",
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
    "ratio_finding",
    "ratio_forest",
    "ratio_sentence",
    "sentence_case",
    "several_ratios_sentence",
    "slope_lines",
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
