"""The statistics: pure functions on numbers, arrays and frames, each with its uncertainty.

Nothing here reads a file or draws; nothing is rounded. Each folder is a shelf whose first line says
what stands on it; ``inputs`` (reading arguments), ``labels`` (reading names) and ``estimate`` (the
result) serve them all. Everything public is here, whatever shelf it stands on, and loads on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice._lazy import lazy

if TYPE_CHECKING:
    from youthjustice.measures.adjusted.adjusted_ratios import adjusted_ratio
    from youthjustice.measures.areas.benchmarks import compare_with
    from youthjustice.measures.areas.decomposition import decompose
    from youthjustice.measures.areas.factor_exchange import factor_effects
    from youthjustice.measures.areas.funnel_lines import funnel_limits
    from youthjustice.measures.areas.funnels import funnel
    from youthjustice.measures.areas.products import product_effects
    from youthjustice.measures.areas.ranks import rank_uncertainty
    from youthjustice.measures.areas.standardisation import standardise
    from youthjustice.measures.disparity.disparity import index_of_disparity
    from youthjustice.measures.disparity.intersections import intersections
    from youthjustice.measures.disparity.relative_rates import relative_rate_index
    from youthjustice.measures.disparity.whole import whole_children
    from youthjustice.measures.estimate import Estimate
    from youthjustice.measures.pathways.pathways import pathway
    from youthjustice.measures.ratios.bootstrap import bootstrap_ratio
    from youthjustice.measures.ratios.mantel_haenszel import mantel_haenszel
    from youthjustice.measures.ratios.odds import odds_ratio, risk_ratio_from_odds
    from youthjustice.measures.ratios.rate_ratios import rate_ratio
    from youthjustice.measures.ratios.risk_ratios import risk_ratio
    from youthjustice.measures.single.comparator import Comparator, take_out
    from youthjustice.measures.single.implied import implied_counts
    from youthjustice.measures.single.one_sample import one_sample_test
    from youthjustice.measures.single.proportions import proportion
    from youthjustice.measures.single.rates import rate
    from youthjustice.measures.single.rounded import (
        cohorts_that_fit,
        ratio_bounds,
        smallest_cohort,
    )
    from youthjustice.measures.small_numbers.borrowed import borrowed_ratio
    from youthjustice.measures.small_numbers.heterogeneity import heterogeneity
    from youthjustice.measures.small_numbers.many import (
        adjust_for_many,
        adjusted_p_values,
        expected_by_chance,
    )
    from youthjustice.measures.small_numbers.pooling import pool_years
    from youthjustice.measures.small_numbers.posterior import posterior_ratio
    from youthjustice.measures.small_numbers.prior import Prior, fit_prior
    from youthjustice.measures.small_numbers.shrinkage import shrunken_proportion, shrunken_rate
    from youthjustice.measures.small_numbers.size import (
        power,
        smallest_detectable_ratio,
        years_needed,
    )
    from youthjustice.measures.time_to_event.competing_risks import cumulative_incidence
    from youthjustice.measures.time_to_event.cox import cox
    from youthjustice.measures.time_to_event.log_rank import LogRank, log_rank
    from youthjustice.measures.time_to_event.reporting_delay import arrived_within
    from youthjustice.measures.time_to_event.restricted_mean import restricted_mean
    from youthjustice.measures.time_to_event.survival import kaplan_meier
    from youthjustice.measures.trends.change import DifferenceInChange, difference_in_change
    from youthjustice.measures.trends.control_charts import control_chart
    from youthjustice.measures.trends.interrupted import interrupted_series
    from youthjustice.measures.trends.rare_events import days_between, g_chart, t_chart
    from youthjustice.measures.trends.trend_lines import trend_line
    from youthjustice.measures.trends.trends import trend

__all__ = [
    "Comparator",
    "DifferenceInChange",
    "Estimate",
    "LogRank",
    "Prior",
    "adjust_for_many",
    "adjusted_p_values",
    "adjusted_ratio",
    "arrived_within",
    "bootstrap_ratio",
    "borrowed_ratio",
    "cohorts_that_fit",
    "compare_with",
    "control_chart",
    "cox",
    "cumulative_incidence",
    "days_between",
    "decompose",
    "difference_in_change",
    "expected_by_chance",
    "factor_effects",
    "fit_prior",
    "funnel",
    "funnel_limits",
    "g_chart",
    "heterogeneity",
    "implied_counts",
    "index_of_disparity",
    "interrupted_series",
    "intersections",
    "kaplan_meier",
    "log_rank",
    "mantel_haenszel",
    "odds_ratio",
    "one_sample_test",
    "pathway",
    "pool_years",
    "posterior_ratio",
    "power",
    "product_effects",
    "proportion",
    "rank_uncertainty",
    "rate",
    "rate_ratio",
    "ratio_bounds",
    "relative_rate_index",
    "restricted_mean",
    "risk_ratio",
    "risk_ratio_from_odds",
    "shrunken_proportion",
    "shrunken_rate",
    "smallest_cohort",
    "smallest_detectable_ratio",
    "standardise",
    "t_chart",
    "take_out",
    "trend",
    "trend_line",
    "whole_children",
    "years_needed",
]

# A type checker reads the imports above instead, and so sees a misspelt name.
if not TYPE_CHECKING:
    _HOMES: dict[str, str] = {
        "Comparator": "single.comparator",
        "DifferenceInChange": "trends.change",
        "Estimate": "estimate",
        "LogRank": "time_to_event.log_rank",
        "Prior": "small_numbers.prior",
        "adjust_for_many": "small_numbers.many",
        "adjusted_p_values": "small_numbers.many",
        "adjusted_ratio": "adjusted.adjusted_ratios",
        "arrived_within": "time_to_event.reporting_delay",
        "bootstrap_ratio": "ratios.bootstrap",
        "borrowed_ratio": "small_numbers.borrowed",
        "cohorts_that_fit": "single.rounded",
        "compare_with": "areas.benchmarks",
        "control_chart": "trends.control_charts",
        "cox": "time_to_event.cox",
        "cumulative_incidence": "time_to_event.competing_risks",
        "days_between": "trends.rare_events",
        "decompose": "areas.decomposition",
        "difference_in_change": "trends.change",
        "expected_by_chance": "small_numbers.many",
        "factor_effects": "areas.factor_exchange",
        "fit_prior": "small_numbers.prior",
        "funnel": "areas.funnels",
        "funnel_limits": "areas.funnel_lines",
        "g_chart": "trends.rare_events",
        "heterogeneity": "small_numbers.heterogeneity",
        "implied_counts": "single.implied",
        "index_of_disparity": "disparity.disparity",
        "interrupted_series": "trends.interrupted",
        "intersections": "disparity.intersections",
        "kaplan_meier": "time_to_event.survival",
        "log_rank": "time_to_event.log_rank",
        "mantel_haenszel": "ratios.mantel_haenszel",
        "odds_ratio": "ratios.odds",
        "one_sample_test": "single.one_sample",
        "pathway": "pathways.pathways",
        "pool_years": "small_numbers.pooling",
        "posterior_ratio": "small_numbers.posterior",
        "power": "small_numbers.size",
        "product_effects": "areas.products",
        "proportion": "single.proportions",
        "rank_uncertainty": "areas.ranks",
        "rate": "single.rates",
        "rate_ratio": "ratios.rate_ratios",
        "ratio_bounds": "single.rounded",
        "relative_rate_index": "disparity.relative_rates",
        "restricted_mean": "time_to_event.restricted_mean",
        "risk_ratio": "ratios.risk_ratios",
        "risk_ratio_from_odds": "ratios.odds",
        "shrunken_proportion": "small_numbers.shrinkage",
        "shrunken_rate": "small_numbers.shrinkage",
        "smallest_cohort": "single.rounded",
        "smallest_detectable_ratio": "small_numbers.size",
        "standardise": "areas.standardisation",
        "t_chart": "trends.rare_events",
        "take_out": "single.comparator",
        "trend": "trends.trends",
        "trend_line": "trends.trend_lines",
        "whole_children": "disparity.whole",
        "years_needed": "small_numbers.size",
    }
    __getattr__, __dir__ = lazy(__name__, _HOMES, __all__)
