"""Charts, tables and words that say what the figures allow and nothing beyond it.

Everything here is loaded on first use, so that importing the room costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice._lazy import lazy

if TYPE_CHECKING:
    from youthjustice.presentation import dates, numbers, palette, words
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
    from youthjustice.presentation.charts.tracker import tracker_curve
    from youthjustice.presentation.charts.trend import trend_with_band
    from youthjustice.presentation.display import Findings, Group, Note, Sentence, stylesheet
    from youthjustice.presentation.released import released_table
    from youthjustice.presentation.released_charts import released_bars, released_lines
    from youthjustice.presentation.report_lint import ReportProblem, lint_report
    from youthjustice.presentation.table import Behind, Table
    from youthjustice.presentation.words.banned import BannedWord, lint_words
    from youthjustice.presentation.words.benchmarks import benchmark_sentence
    from youthjustice.presentation.words.chance import chance_sentence
    from youthjustice.presentation.words.changes import difference_in_change_sentence
    from youthjustice.presentation.words.claims import (
        change_sentence,
        level_sentence,
        ratio_sentence,
    )
    from youthjustice.presentation.words.comparison import comparison_sentence
    from youthjustice.presentation.words.control import control_sentence
    from youthjustice.presentation.words.decomposition import decomposition_sentence
    from youthjustice.presentation.words.detectable import detectable_sentence
    from youthjustice.presentation.words.findings import compare, ratio_finding
    from youthjustice.presentation.words.funnel import funnel_sentence
    from youthjustice.presentation.words.hidden import hidden_words
    from youthjustice.presentation.words.interrupted import interrupted_sentence
    from youthjustice.presentation.words.parallel import parallel_reasons, parallel_sentence
    from youthjustice.presentation.words.phrases import children_of, listing, sentence_case
    from youthjustice.presentation.words.ranks import rank_sentence
    from youthjustice.presentation.words.several import several_ratios_sentence
    from youthjustice.presentation.words.standardised import standardised_sentence
    from youthjustice.presentation.words.steps import steps_sentence
    from youthjustice.presentation.words.survival import (
        hazard_sentence,
        log_rank_sentence,
        survival_sentence,
    )
    from youthjustice.presentation.words.trends import trend_sentence
    from youthjustice.presentation.words.whole_children import whole_children_sentence
    from youthjustice.presentation.words.years import years_sentence

_HOMES = {
    "BannedWord": "words.banned",
    "Behind": "table",
    "Chart": "chart",
    "Findings": "display",
    "Group": "display",
    "Note": "display",
    "Point": "charts.line_series",
    "ReportProblem": "report_lint",
    "Sentence": "display",
    "Table": "table",
    "bars_with_intervals": "charts.bars",
    "benchmark_sentence": "words.benchmarks",
    "chance_sentence": "words.chance",
    "change_sentence": "words.claims",
    "children_of": "words.phrases",
    "compare": "words.findings",
    "comparison_sentence": "words.comparison",
    "control_points": "charts.control",
    "control_sentence": "words.control",
    "dates": "",
    "decomposition_bars": "charts.decomposition",
    "decomposition_sentence": "words.decomposition",
    "detectable_sentence": "words.detectable",
    "difference_in_change_sentence": "words.changes",
    "funnel_plot": "charts.funnel",
    "funnel_sentence": "words.funnel",
    "hazard_sentence": "words.survival",
    "hidden_words": "words.hidden",
    "interrupted_sentence": "words.interrupted",
    "level_sentence": "words.claims",
    "line_with_intervals": "charts.line",
    "lint_report": "report_lint",
    "lint_words": "words.banned",
    "listing": "words.phrases",
    "log_rank_sentence": "words.survival",
    "numbers": "",
    "palette": "",
    "parallel_reasons": "words.parallel",
    "parallel_sentence": "words.parallel",
    "rank_caterpillar": "charts.caterpillar",
    "rank_sentence": "words.ranks",
    "released_bars": "released_charts",
    "released_lines": "released_charts",
    "released_table": "released",
    "ratio_finding": "words.findings",
    "ratio_forest": "charts.forest",
    "ratio_sentence": "words.claims",
    "sentence_case": "words.phrases",
    "several_ratios_sentence": "words.several",
    "slope_lines": "charts.slope",
    "standardised_sentence": "words.standardised",
    "steps_sentence": "words.steps",
    "strip": "charts.strip",
    "stylesheet": "display",
    "survival_sentence": "words.survival",
    "survival_steps": "charts.survival",
    "tracker_curve": "charts.tracker",
    "trend_sentence": "words.trends",
    "trend_with_band": "charts.trend",
    "whole_children_sentence": "words.whole_children",
    "words": "",
    "years_sentence": "words.years",
}

__all__ = [
    "BannedWord",
    "Behind",
    "Chart",
    "Findings",
    "Group",
    "Note",
    "Point",
    "ReportProblem",
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
    "hidden_words",
    "interrupted_sentence",
    "level_sentence",
    "line_with_intervals",
    "lint_report",
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
    "released_bars",
    "released_lines",
    "released_table",
    "sentence_case",
    "several_ratios_sentence",
    "slope_lines",
    "standardised_sentence",
    "steps_sentence",
    "strip",
    "stylesheet",
    "survival_sentence",
    "survival_steps",
    "tracker_curve",
    "trend_sentence",
    "trend_with_band",
    "whole_children_sentence",
    "words",
    "years_sentence",
]

# A type checker reads the imports above instead, and so sees a misspelt name.
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _HOMES, __all__)
