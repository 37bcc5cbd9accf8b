"""Sentences on how soon children reoffend: shares by a time, a test of groups, hazard ratios."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.changes import flags_of
from youthjustice.presentation.words.findings import (
    HIGHER,
    LOWER,
    NO_CLAIM,
    Figures,
    compare,
    figures,
)
from youthjustice.presentation.words.phrases import in_context, sentence_case

FEW = 10
NOT_SHARES = (
    "A hazard ratio compares how soon it comes to those to whom it has not yet come; it is not the "
    "ratio of the shares to whom it comes."
)
_REASONS = {
    "monotone": "the event came to none, or to all, at one level",
    "not_converged": "the fit did not settle",
    "few_clusters": "too few clusters are left to judge its error by",
}


def survival_sentence(
    rows: Any,
    *,
    when: str,
    outcome: str = "reoffended",
    people: str = "children",
    context: str = "",
) -> Sentence:
    """Say which share had reoffended by a time, with its interval and how many were still watched.

    ``rows`` is what ``kaplan_meier`` or ``cumulative_incidence`` gives ``at`` one time, a row per
    group, or one such row (of one cause). ``when`` names the time ("12 months"), ``outcome``
    follows "had". Groups are set beside each other and not compared: that is for ``log_rank``.
    Numbers at risk under 10 are not printed, and what rests on them is a note and no finding. Raises
    InputProblem for no rows and for several times.

    >>> row = {"group": "All", "time": 12, "cumulative": 0.34, "cumulative_lower": 0.29,
    ...     "cumulative_upper": 0.4, "at_risk": 180, "flags": ""}
    >>> print(survival_sentence(row, when="12 months"))
    Within 12 months an estimated 34.0% of children had reoffended (95% confidence interval 29.0% to \
40.0%), with 180 still at risk at that time.
    """
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame([dict(rows)])
    if frame.empty or len(frame["time"].unique()) > 1 or _repeated(frame):
        raise InputProblem(
            "a sentence on survival needs the rows of one time, one for each group: ask for one "
            "time in at, and keep one cause"
        )
    confidence = getattr(rows, "attrs", {}).get("confidence", 0.95)
    told = [_share(row, outcome, people, confidence) for _, row in frame.iterrows()]
    opening = f"{context}, within {when}" if context else f"within {when}"
    joined = told[0][0] if len(told) == 1 else "; ".join(text for text, _ in told)
    kind = "finding" if any(known for _, known in told) else "note"
    return Sentence(sentence_case(f"{opening} {joined}."), kind=kind)


def log_rank_sentence(
    test: Any,
    *,
    outcome: str = "reoffended",
    people: str = "children",
    level: float = 0.05,
    context: str = "",
) -> Sentence:
    """Say whether groups differ in how soon something happened, and nothing of how much.

    ``test`` is what ``log_rank`` returns. The sentence gives each group's events beside those
    expected if the groups did not differ, names no direction, and says where the expected numbers
    are too small (under 5) for the p-value to be more than approximate.

    >>> from types import SimpleNamespace
    >>> groups = pd.DataFrame({"group": ["6-MP", "placebo"], "events": [9, 21],
    ...                        "expected": [19.3, 10.7]})
    >>> test = SimpleNamespace(p_value=4e-5, groups=groups, flags="")
    >>> print(log_rank_sentence(test, outcome="relapsed", people="patients"))
    The groups differ in how soon patients relapsed by more than chance explains (log-rank test, p < \
0.001): 6-MP, 9 relapsed and 19.3 would be expected if they did not differ; placebo, 21 and 10.7. \
The test does not say by how much.
    """
    p = numbers.to_float(test.p_value)
    if math.isnan(p):
        text = f"whether the groups differ in how soon {people} {outcome} could not be tested"
        told = f"{text}, as there is nothing to compare."
        return Sentence(in_context(context, told), kind="note")
    expected = test.groups["expected"]
    about = ", approximate with so few" if (expected < 5).any() else ""
    result = f"(log-rank test, {numbers.p_value(p)}{about})"
    counts: list[str] = []
    for _, row in test.groups.iterrows():
        both = numbers.count(row["events"]), numbers.decimal(row["expected"], 1)
        long = f"{both[0]} {outcome} and {both[1]} would be expected if they did not differ"
        counts.append(f"{row['group']}, {long if not counts else ' and '.join(both)}")
    listed = "; ".join(counts)
    if p < level:
        text = f"the groups differ in how soon {people} {outcome} by more than chance explains "
        text += f"{result}: {listed}. The test does not say by how much"
    else:
        text = f"no evidence of a difference between the groups in how soon {people} {outcome} "
        text += f"{result}: {listed}. That does not show that they are alike"
    return Sentence(in_context(context, f"{text}."), kind="finding")


def hazard_sentence(
    row: Any,
    *,
    who: str,
    than: str,
    event: str = "a first reoffence",
    adjusted: str = "",
    context: str = "",
    why: str = "it is not defined for these counts",
) -> Sentence:
    """Say whether something came sooner to some children than to others, never as a ratio of risks.

    ``row`` is a row of ``cox``; ``who`` and ``than`` name the two groups of children, ``adjusted``
    what else is in the model ("age and sex"). Where the ratio changes over time (its test has a
    p-value under 0.05) the sentence says that it is an average. It always ends by saying what a
    hazard ratio is not.

    >>> row = {"value": 1.52, "lower": 1.21, "upper": 1.9, "proportional_p_value": 0.4, "flags": ""}
    >>> print(hazard_sentence(row, who="children with two earlier offences",
    ...     than="children with none", adjusted="age"))
    A first reoffence came sooner to children with two earlier offences than to children with none, \
allowing for age: hazard ratio 1.52 (95% confidence interval 1.21 to 1.90). A hazard ratio compares \
how soon it comes to those to whom it has not yet come; it is not the ratio of the shares to whom it \
comes.
    """
    read = _hazard(row)
    flags = flags_of(row)
    allowing = f", allowing for {adjusted}" if adjusted else ""
    side = compare(
        read.value, read.lower, read.upper, p_value=read.p_value, confidence=read.confidence
    )
    why = next((reason for flag, reason in _REASONS.items() if flag in flags), why)
    if not read.has_interval or side == NO_CLAIM:
        text = f"no hazard ratio of {who} to {than} can be given{allowing}, because {why}"
        return Sentence(in_context(context, f"{text}."), kind="note")
    ratio = "hazard ratio " + numbers.interval(
        read.value, read.lower, read.upper, confidence=read.confidence, null=1.0
    )
    if side in (HIGHER, LOWER):
        way = "sooner" if side == HIGHER else "later"
        text = f"{event} came {way} to {who} than to {than}{allowing}: {ratio}"
    else:
        text = (
            f"no evidence of a difference in how soon {event} came to {who} and to {than}"
            f"{allowing}: {ratio}"
        )
    if numbers.to_float(row.get("proportional_p_value")) < 0.05:
        test = numbers.p_value(row.get("proportional_p_value"))
        text += f". The ratio changes over time (test of one ratio, {test}), so it is an average"
    if "small_numerator" in flags:
        text += ". It rests on few events, so its interval is approximate"
    if "few_clusters" in flags:
        text += ". It rests on few clusters, so its interval may well be too narrow"
    kind = "note" if "few_clusters" in flags else "finding"
    return Sentence(in_context(context, f"{text}. {NOT_SHARES}"), kind=kind)


def _hazard(row: Any) -> Figures:
    read = figures(row)
    confidence = getattr(row, "attrs", {}).get("confidence")
    return replace(read, confidence=confidence) if confidence else read


def _share(row: Any, outcome: str, people: str, confidence: float) -> tuple[str, bool]:
    """Tell one group's share, and say whether it has an interval and rests on more than few."""
    group = row.get("group", "All")
    of = people if group == "All" else f"{people} in the group {group}"
    stem = "cumulative" if "cumulative" in row else ""
    names = (stem or "value", *(f"{stem}_{end}".strip("_") for end in ("lower", "upper")))
    value, lower, upper = (numbers.to_float(row[name]) for name in names)
    if math.isnan(value):
        return f"the share of {of} who had {outcome} is not known: none was watched as long", False
    at_risk = int(row["at_risk"])
    left = f"fewer than {FEW}" if at_risk < FEW else numbers.count(at_risk)
    still = f", with {left} still at risk at that time"
    if at_risk < FEW:
        still += ", so that it rests on few"
    share = numbers.percent(value)
    if math.isnan(lower + upper):
        return f"an estimated {share} of {of} had {outcome} (no interval available){still}", False
    ends = numbers.limits(lower, upper, form=numbers.percent, confidence=confidence)
    return f"an estimated {share} of {of} had {outcome} ({ends}){still}", at_risk >= FEW


def _repeated(frame: pd.DataFrame) -> bool:
    if "cause" in frame and len(frame["cause"].unique()) > 1:
        return True
    return "group" in frame and bool(frame["group"].duplicated().any())
