"""A sentence on many ratios at once: which stand once all are counted, and which do alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures import adjusted_p_values
from youthjustice.measures.disparity.findings import OVER, SMALL, UNDER, UNKNOWN_GROUPS
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.chance import standing
from youthjustice.presentation.words.findings import NO_CLAIM, ratio_finding
from youthjustice.presentation.words.phrases import in_context

_KINDS = {OVER: "over-represented", UNDER: "under-represented", SMALL: "detected but small"}
_READ = ("value", "lower", "upper", "p_value", "confidence", "finding")
_NOT_NONE = "which does not show that there is no disparity"


def several_ratios_sentence(
    rows: pd.DataFrame,
    *,
    label: str,
    context: str = "",
    confidence: float = 0.95,
    brief: bool = False,
) -> Sentence:
    """Name the ratios whose interval leaves out 1, and claim those that survive being many.

    ``rows`` has ``value, lower, upper, p_value`` and the column ``label``, which names each
    comparison in words ("Black children in custody"). Those that stand after Holm's correction
    (Holm 1979) are called over- or under-represented; the others are listed above or below 1. Rows
    without a value or an interval were not compared and are not counted. ``context`` opens the
    sentence; ``confidence`` is that of the intervals. ``brief`` names only those that stand and
    counts the others.

    >>> rows = pd.DataFrame({"value": [1.78, 1.54, 1.24], "lower": [1.16, 1.09, 0.96],
    ...     "upper": [2.71, 2.18, 1.59], "p_value": [0.008, 0.026, 0.1],
    ...     "who": ["Asian children", "Black children", "children from the Other ethnic group"]})
    >>> print(several_ratios_sentence(rows, label="who"))
    Of 3 comparisons with White children, 2 have an interval that leaves out 1, and 1 of them still \
stands once all 3 are counted (Holm's correction; ratio, 95% confidence interval): over-represented, \
Asian children, 1.78 (1.16 to 2.71). Taken alone but not together: above 1, Black children, 1.54 (1.09 \
to 2.18). Chance alone would be expected to give about 0.2 of 3.
    """
    made = _compared(rows, label, confidence)
    told = [one for one in made if one.kind]
    compared, number = len(made), len(told)
    claimed = [(one.kind, one.words) for one in told if one.stands]
    others = [(one.side, one.words) for one in told if not one.stands]
    unsure = sum(one.unsure for one in made)
    sure = _sure(
        unsure, partly="unknown_percent" in rows and bool(rows["unknown_percent"].isna().any())
    )
    if compared == 0:
        text = "no comparison with White children could be made: numbers are too small or withheld"
    elif number == 0:
        text = _nothing(compared, unsure, sure)
    elif brief:
        text = _briefly(_listed(claimed), len(claimed), compared, number, confidence, sure)
    else:
        text = (
            f"of {_many(compared)} with White children, {number} "
            f"{'has' if number == 1 else 'have'} an interval that leaves out 1{sure}"
            f"{_corrected(compared, number, len(claimed))}ratio, {confidence * 100:.4g}% "
            f"confidence interval): {_listed(claimed)}"
        )
        if claimed and others:
            text += ". Taken alone but not together: "
        text += _listed(others) + _undone(unsure)
        chance = numbers.decimal(compared * (1 - confidence), 1)
        text += f". Chance alone would be expected to give about {chance} of {compared}"
    return Sentence(in_context(context, f"{text}."), kind="finding" if compared else "note")


class _Compared(NamedTuple):
    """One ratio that was compared: its kind where one is told, its side of 1, and its words."""

    kind: str
    side: str
    words: str
    stands: bool
    unsure: bool


def _compared(rows: pd.DataFrame, label: str, confidence: float) -> list[_Compared]:
    """Read the ratios that could be compared, and which of them stand once all are counted."""
    read = rows[[name for name in (label, *_READ) if name in rows]].to_dict("records")
    findings = [ratio_finding(row) for row in read]
    made = [(row, one) for row, one in zip(read, findings, strict=True) if one != NO_CLAIM]
    if not any(one in _KINDS for _, one in made):
        return [_Compared("", "", "", False, one == UNKNOWN_GROUPS) for _, one in made]
    if "p_value" not in rows:
        raise InputProblem("ratios are told together by their p-values: give the column p_value")
    adjusted = adjusted_p_values([row["p_value"] for row, _ in made])
    return [
        _Compared(
            kind=_KINDS.get(one, ""),
            side="above 1" if row["value"] > 1 else "below 1",
            words=_ratio(row, label) if one in _KINDS else "",
            stands=bool(p < round(1 - confidence, 12)),
            unsure=one == UNKNOWN_GROUPS,
        )
        for (row, one), p in zip(made, adjusted, strict=True)
    ]


def _nothing(compared: int, unsure: int, sure: str) -> str:
    """Say that no ratio could be told apart from 1, which is not to say that none is."""
    if compared == 1:
        has = (
            "could be undone by those of unknown ethnic group"
            if unsure
            else "has no interval that leaves out 1"
        )
        return f"the one comparison with White children {has}, {_NOT_NONE}"
    return (
        f"none of {compared} comparisons with White children has an interval that leaves out 1"
        f"{sure}, {_NOT_NONE}"
    )


def _briefly(
    listed: str, stand: int, compared: int, number: int, confidence: float, sure: str
) -> str:
    """Name what stands and count the rest, for a first screen."""
    if compared == 1:
        return (
            "the one comparison with White children has an interval that leaves out 1 (ratio, "
            f"{confidence * 100:.4g}% confidence interval): {listed}"
        )
    over = f"of {_many(compared)} with White children, {stand or 'none'} can be told from chance "
    over += "once all are counted together"
    if stand:
        over += f" (ratio, {confidence * 100:.4g}% confidence interval): {listed}"
    left = number - stand
    if left:
        over += (
            f"; {left} more {'has' if left == 1 else 'have'} an interval that leaves out 1"
            f"{sure}, but "
        )
        over += f"not once all {compared} are counted"
    return over


def _many(compared: int) -> str:
    return f"{compared} comparison{'' if compared == 1 else 's'}"


def _corrected(compared: int, number: int, stand: int) -> str:
    if compared == 1:
        return " ("
    return f", and {standing(number, stand)} once all {compared} are counted (Holm's correction; "


def _sure(unsure: int, *, partly: bool) -> str:
    """Say what else is counted, where some are left out whose groups are not known well enough."""
    if not unsure:
        return ""
    where = ", where their number is published," if partly else ""
    return f" and that those of unknown ethnic group{where} could not undo"


def _undone(unsure: int) -> str:
    if not unsure:
        return ""
    return f". {unsure} more could be undone by those of unknown ethnic group"


def _listed(told: Iterable[tuple[str, str]]) -> str:
    """List ratios with their intervals, each kind under its own word."""
    named: dict[str, list[str]] = {}
    for kind, words in told:
        named.setdefault(kind, []).append(words)
    order = [*_KINDS.values(), "above 1", "below 1"]
    return "; ".join(f"{kind}, {', '.join(named[kind])}" for kind in order if kind in named)


def _ratio(row: Mapping[Hashable, Any], label: str) -> str:
    value, lower, upper = (
        numbers.ratio(row[name], apart_from=1.0) for name in ("value", "lower", "upper")
    )
    return f"{row[label]}, {value} ({lower} to {upper})"
