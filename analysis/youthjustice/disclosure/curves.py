"""Curves of the time until an event, as they may leave: steps that no child can be told from.

A step of a Kaplan-Meier curve tells the day and the number of its events, and a number at risk how
many left since the one before. So a curve is shown at few of the times that were asked for
(``steps``), and all that stands in it is worked out anew from the counts at those.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd

from youthjustice.disclosure.auditing import audit
from youthjustice.disclosure.derived import CURVE, Derived
from youthjustice.disclosure.policy import PUBLICATION, Policy
from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.released import HIDDEN, Released
from youthjustice.disclosure.steps import IntArray, steps
from youthjustice.disclosure.system import FloatArray
from youthjustice.disclosure.watching import Watching, watching
from youthjustice.errors import InputProblem
from youthjustice.measures.time_to_event.share_limits import share_limits

_OWN = frozenset({"step", "time", "at_risk", "left", "cumulative", "lower", "upper", "symbol"})
FIGURES = ("at_risk", "left", "cumulative", "lower", "upper")
_DECIMALS = 3
_NO_STEP = (
    "There are too few events for any step of a curve, or too few children are watched after it, "
    "so nothing was released; choose fewer or later times, or put groups together."
)


def release_curve(
    frame: pd.DataFrame,
    policy: Policy = PUBLICATION,
    *,
    at: Sequence[float] | None = None,
    group: str = "group",
    total: str = "All",
    count: str = "events",
    confidence: float = 0.95,
) -> Released:
    """Return a curve of the share of children who have had an event, at times it may be shown at.

    ``frame`` has every step of one curve, or of one for each ``group``: ``time``, ``at_risk`` (just
    before) and ``events`` (at that time), as ``kaplan_meier`` returns them without ``at``, or month
    by month; other columns are not looked at. ``at`` are the times at which the curve may step
    (every 30 up to the last, if none are given): choose them for what they mean, never by what the
    records hold. Groups exclude one another, and the group ``total``, if there is one, is
    all of them together.

    The released table has a row for each group and step: ``step`` (over one time, up to the next),
    ``time`` (its end), the ``events`` in it (named ``count``: one name for one set of children),
    ``at_risk`` at its start, those who ``left`` without the event in it, and ``cumulative`` with
    ``lower`` and ``upper``, the share who had the event by then. That is the life table of these
    counts, where those who left count half (Cutler and Ederer 1958), with Greenwood's error; it is
    the Kaplan-Meier estimate where nobody left. A child who leaves at the end of a step is counted
    in the next.

    All groups step together. In each step are at least ``threshold`` events (and more than
    ``width``) and as many or no children who left, and after the last one ``min_denominator`` are
    still watched. A group with too few is hidden, and another where the total would give it back.
    Nothing is known of the children after the last step. A median is read off this table: the step
    in which half is reached.

    Raises InputProblem for a curve that cannot be right, and DisclosureProblem where no step can be
    shown; then nothing is released.

    >>> from youthjustice.measures import kaplan_meier
    >>> days = [*range(10, 100, 6), *[365] * 25]
    >>> steps = kaplan_meier(days, [1] * 15 + [0] * 25)
    >>> release_curve(steps, at=[30, 60, 90, 180, 365]).frame[["time", "events", "cumulative"]]
        time  events  cumulative
    0   60.0       9       0.225
    1  365.0       6       0.375
    """
    if policy.base is not None:
        raise InputProblem(
            "A curve of rounded counts says nothing; release it under PUBLICATION, or its last "
            "count in a rounded table."
        )
    if not 0 < confidence < 1:
        raise InputProblem(f"confidence is {confidence!r}; give a share, such as 0.95.")
    if taken := {group, count} & _OWN or {group} & {count}:
        raise InputProblem(f"A curve has a column {min(taken)!r} of its own; name it otherwise.")
    read = watching(frame, at, group, total)
    everyone = range(len(read.groups))
    if not policy.hides:
        watched = np.flatnonzero((read.children.free > 0).any(axis=0))
        return _made(read, watched.tolist() or [0], [], policy, group, count, confidence)
    need = max(policy.threshold, policy.width + 1)
    least = max(policy.min_denominator, need)
    hidden = [one for one in everyone if not steps(read.children.taken([one]), need, least)]
    while len(hidden) < len(everyone) and read.whole not in hidden:
        shown = [one for one in everyone if one not in hidden]
        together = read.children.taken(shown)
        if read.whole is not None and policy.secondary:
            together = together.beside(read.rest_of(shown))
        if chosen := steps(together, need, least):
            made = _made(read, chosen, hidden, policy, group, count, confidence)
            if audit(made)["safe"].all():
                return made
        parts = [one for one in shown if one != read.whole]
        hidden.append(parts[-1] if parts else shown[0])
    raise DisclosureProblem(_NO_STEP)


def _made(
    read: Watching,
    chosen: list[int],
    hidden: list[int],
    policy: Policy,
    group: str,
    count: str,
    confidence: float,
) -> Released:
    """Write the released table from what is known at the chosen times alone."""
    children, ends = read.children, [read.times[at] for at in chosen]
    starts = [0.0, *ends[:-1]]
    free = np.column_stack([children.start, children.free[:, chosen]])
    events = np.diff(children.events[:, chosen], prepend=0)
    left = np.diff(children.left[:, chosen], prepend=0)
    figures = {
        count: events,
        "at_risk": free[:, :-1],
        "left": left,
        **_life_table(free[:, :-1], events, left, confidence),
    }
    gone = np.isin(np.repeat(np.arange(len(read.groups)), len(ends)), hidden)
    shown: dict[str, object] = {}
    if read.named:
        shown[group] = np.repeat(np.array(read.groups, dtype=object), len(ends))
    labels = [f"{'over ' * (a > 0)}{a:g} up to {b:g}" for a, b in zip(starts, ends, strict=True)]
    shown["step"] = labels * len(read.groups)
    shown["time"] = np.tile(ends, len(read.groups))
    for name, numbers in figures.items():
        flat = np.where(gone, np.nan, numbers.ravel().astype(np.float64))
        whole = name in (count, "at_risk", "left")
        shown[name] = pd.array(flat, dtype="Int64") if whole else np.round(flat, _DECIMALS)
    shown["symbol"] = pd.Series(np.where(gone, HIDDEN, ""), dtype="str")
    return Released(
        pd.DataFrame(shown),
        dimensions=(group, "step") if read.named else ("step",),
        count=count,
        total=read.total,
        policy=policy,
        derived=tuple(
            Derived(name, CURVE, count, decimals=0 if name in ("at_risk", "left") else _DECIMALS)
            for name in FIGURES
        ),
        keep=("time",),
    )


def _life_table(
    at_risk: IntArray, events: IntArray, left: IntArray, confidence: float
) -> dict[str, FloatArray]:
    """Return the share who had the event, with its limits, from the counts of each step."""
    watched = at_risk - left / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        gone = np.where(events > 0, events / watched, 0.0)
        error = np.where(events > 0, events / (watched * (watched - events)), 0.0)
        free = np.cumprod(1 - gone, axis=1)
        error = free * np.sqrt(np.cumsum(error, axis=1))
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    lower, upper = share_limits(free, error, z, "log-log")
    return {"cumulative": 1 - free, "lower": 1 - upper, "upper": 1 - lower}
