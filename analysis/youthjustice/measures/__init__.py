"""The statistics: pure functions on numbers, arrays and frames, each with its uncertainty.

Nothing here reads a file or draws; nothing is rounded.
"""

from youthjustice.measures.adjusted_ratios import adjusted_ratio
from youthjustice.measures.benchmarks import compare_with
from youthjustice.measures.bootstrap import bootstrap_ratio
from youthjustice.measures.borrowed import borrowed_ratio
from youthjustice.measures.change import DifferenceInChange, difference_in_change
from youthjustice.measures.comparator import Comparator, take_out
from youthjustice.measures.competing_risks import cumulative_incidence
from youthjustice.measures.control_charts import control_chart
from youthjustice.measures.control_limits import funnel_limits
from youthjustice.measures.cox import cox
from youthjustice.measures.decomposition import decompose
from youthjustice.measures.disparity import index_of_disparity
from youthjustice.measures.estimate import Estimate
from youthjustice.measures.factor_exchange import factor_effects
from youthjustice.measures.funnels import funnel
from youthjustice.measures.heterogeneity import heterogeneity
from youthjustice.measures.implied import implied_counts
from youthjustice.measures.interrupted import interrupted_series
from youthjustice.measures.intersections import intersections
from youthjustice.measures.log_rank import LogRank, log_rank
from youthjustice.measures.mantel_haenszel import mantel_haenszel
from youthjustice.measures.many import adjust_for_many, adjusted_p_values, expected_by_chance
from youthjustice.measures.odds import odds_ratio, risk_ratio_from_odds
from youthjustice.measures.one_sample import one_sample_test
from youthjustice.measures.pathways import pathway
from youthjustice.measures.pooling import pool_years
from youthjustice.measures.posterior import posterior_ratio
from youthjustice.measures.prior import Prior, fit_prior
from youthjustice.measures.products import product_effects
from youthjustice.measures.proportions import proportion
from youthjustice.measures.ranks import rank_uncertainty
from youthjustice.measures.rare_events import days_between, g_chart, t_chart
from youthjustice.measures.rate_ratios import rate_ratio
from youthjustice.measures.rates import rate
from youthjustice.measures.relative_rates import relative_rate_index
from youthjustice.measures.restricted_mean import restricted_mean
from youthjustice.measures.risk_ratios import risk_ratio
from youthjustice.measures.rounded import (
    cohorts_that_fit,
    ratio_bounds,
    smallest_cohort,
)
from youthjustice.measures.shrinkage import shrunken_proportion, shrunken_rate
from youthjustice.measures.size import power, smallest_detectable_ratio, years_needed
from youthjustice.measures.standardisation import standardise
from youthjustice.measures.survival import kaplan_meier
from youthjustice.measures.trend_lines import trend_line
from youthjustice.measures.trends import trend
from youthjustice.measures.whole import whole_children

__all__ = [
    "Comparator",
    "DifferenceInChange",
    "Estimate",
    "LogRank",
    "Prior",
    "adjust_for_many",
    "adjusted_p_values",
    "adjusted_ratio",
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
