"""A sentence on a pathway whose steps nest: the ratio at each, and where the difference arises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.disparity.findings import UNKNOWN_GROUPS
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.findings import CLAIMED, ratio_finding
from youthjustice.presentation.words.phrases import children_of, in_context, listing

_REASONS = {
    "chain_not_calculated": "a count along the way is missing or too small",
    "zero_in_chain": "a count along the way is 0",
    "all_in_chain": "at one step all went on",
}


def steps_sentence(
    steps: pd.DataFrame,
    *,
    group: str,
    names: Mapping[str, str],
    end: str,
    whole: Any = None,
    reference: str = "White",
    context: str = "",
    confidence: float = 0.95,
) -> Sentence:
    """Say at which step of a chain a difference arises, if the chain allows it.

    ``steps`` holds the rows of ``pathway`` for one group along one chain, in order, without its
    base. ``names`` gives each stage in words that follow "at", ``end`` what the last one comes to
    ("custody given a disposal"). ``whole`` is the estimate of the ratio at the end where another
    measure knows more of it, such as its ``finding``; by default the last row's cumulative ratio.

    Nothing is said of a step where the ratio at the end may be 1, where it could be undone by those
    of unknown ethnic group, or where a count is too small. One step is singled out where the
    interval of its share lies above those of all others. Shares are of the logarithm of the ratio,
    in which steps add up. Raises InputProblem without rows.

    >>> steps = pd.DataFrame({"stage": ["court", "custody"], "finding": ["over-represented"] * 2,
    ...     "value": [1.3, 1.9], "lower": [1.28, 1.75], "upper": [1.31, 2.06],
    ...     "cumulative_value": [1.3, 2.47], "cumulative_lower": [1.28, 2.26],
    ...     "cumulative_upper": [1.31, 2.7], "share_of_log_ratio": [0.29, 0.71],
    ...     "share_of_log_ratio_lower": [0.26, 0.68], "share_of_log_ratio_upper": [0.32, 0.74],
    ...     "flags": ["", ""]})
    >>> print(steps_sentence(steps, group="Black", end="custody given a disposal",
    ...                      names={"court": "going to court", "custody": "custody"}))
    For Black children the ratios to White children multiply: 1.30 (1.28 to 1.31) at going to court \
and 1.90 (1.75 to 2.06) at custody come to 2.47 (2.26 to 2.70) for custody given a disposal (95% \
confidence intervals). The largest part arises at custody: 71% (68% to 74%) on the scale on which \
the steps add up.
    """
    if steps.empty:
        raise InputProblem("a sentence on steps was given none: check the filter before it")
    last = steps.iloc[-1]
    total = last[["cumulative_value", "cumulative_lower", "cumulative_upper"]].set_axis(
        ["value", "lower", "upper"]
    )
    who = children_of(group)
    why = _why_not(steps, total, total if whole is None else whole)
    if why:
        text = (
            f"at which step a difference between {who} and {reference} children in {end} arises "
            f"cannot be said, because {why}"
        )
        return _sentence(context, text, "note")
    told = [
        f"{_ratio(row['value'], row['lower'], row['upper'])} at {names[row['stage']]}"
        for _, row in steps.iterrows()
    ]
    come = "comes" if len(told) == 1 else "come"
    text = (
        f"for {who} the ratios to {reference} children multiply: {listing(told)} {come} to "
        f"{_ratio(*total)} for {end} ({confidence * 100:.4g}% confidence intervals). "
        f"{_largest(steps, names)}"
    )
    return _sentence(context, text, "finding")


def _why_not(steps: pd.DataFrame, total: pd.Series, whole: Any) -> str:
    """Say why nothing is claimed of the steps; nothing when something may be."""
    flags = set(";".join(steps["flags"].astype(str)).split(";"))
    for flag, why in _REASONS.items():
        if flag in flags:
            return why
    if pd.isna(total.to_numpy(dtype=float)).any():
        return _REASONS["chain_not_calculated"]
    finding = ratio_finding(whole)
    if finding == UNKNOWN_GROUPS:
        return "those of unknown ethnic group could undo it"
    if finding not in CLAIMED or "total_near_one" in flags:
        return f"the ratio at the end, {_ratio(*total)}, may be 1"
    return ""


def _largest(steps: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Single out the step whose share's interval lies above all others.

    Two intervals apart mean two shares apart however they vary together: the standard error of a
    difference is at most the sum of both.
    """
    share = steps[["share_of_log_ratio", "share_of_log_ratio_lower", "share_of_log_ratio_upper"]]
    none = "No one step can be singled out as the largest part."
    parts = share.to_numpy(dtype=float)
    if len(parts) < 2 or np.isnan(parts).any():
        return none
    at = int(np.argmax(parts[:, 0]))
    value, lower, upper = parts[at]
    one = steps.iloc[at]
    if one["finding"] == UNKNOWN_GROUPS or lower <= np.delete(parts[:, 2], at).max():
        return none
    ends = f"{numbers.percent(lower, 0)} to {numbers.percent(upper, 0)}"
    more = ", more than the whole where other steps point the other way" if value > 1 else ""
    return (
        f"The largest part arises at {names[one['stage']]}: {numbers.percent(value, 0)} ({ends}) on "
        f"the scale on which the steps add up{more}."
    )


def _ratio(value: float, lower: float, upper: float) -> str:
    return (
        f"{numbers.ratio(value)} ({numbers.ratio(lower, apart_from=1.0)} to "
        f"{numbers.ratio(upper, apart_from=1.0)})"
    )


def _sentence(context: str, text: str, kind: str) -> Sentence:
    whole = text if text.endswith(".") else f"{text}."
    return Sentence(in_context(context, whole), kind=kind)
