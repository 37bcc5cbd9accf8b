"""The sentences: each result gives its own, and none says more than the figures allow.

Everything here is loaded on first use, so that importing the shelf costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice._lazy import lazy

if TYPE_CHECKING:
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
    "BannedWord": "banned",
    "benchmark_sentence": "benchmarks",
    "chance_sentence": "chance",
    "change_sentence": "claims",
    "children_of": "phrases",
    "compare": "findings",
    "comparison_sentence": "comparison",
    "control_sentence": "control",
    "decomposition_sentence": "decomposition",
    "detectable_sentence": "detectable",
    "difference_in_change_sentence": "changes",
    "funnel_sentence": "funnel",
    "hazard_sentence": "survival",
    "interrupted_sentence": "interrupted",
    "level_sentence": "claims",
    "lint_words": "banned",
    "listing": "phrases",
    "log_rank_sentence": "survival",
    "parallel_reasons": "parallel",
    "parallel_sentence": "parallel",
    "rank_sentence": "ranks",
    "ratio_finding": "findings",
    "ratio_sentence": "claims",
    "sentence_case": "phrases",
    "several_ratios_sentence": "several",
    "standardised_sentence": "standardised",
    "steps_sentence": "steps",
    "survival_sentence": "survival",
    "trend_sentence": "trends",
    "whole_children_sentence": "whole_children",
    "years_sentence": "years",
}

__all__ = [
    "BannedWord",
    "benchmark_sentence",
    "chance_sentence",
    "change_sentence",
    "children_of",
    "compare",
    "comparison_sentence",
    "control_sentence",
    "decomposition_sentence",
    "detectable_sentence",
    "difference_in_change_sentence",
    "funnel_sentence",
    "hazard_sentence",
    "interrupted_sentence",
    "level_sentence",
    "lint_words",
    "listing",
    "log_rank_sentence",
    "parallel_reasons",
    "parallel_sentence",
    "rank_sentence",
    "ratio_finding",
    "ratio_sentence",
    "sentence_case",
    "several_ratios_sentence",
    "standardised_sentence",
    "steps_sentence",
    "survival_sentence",
    "trend_sentence",
    "whole_children_sentence",
    "years_sentence",
]

# A type checker reads the imports above instead, and so sees a misspelt name.
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _HOMES, __all__)
