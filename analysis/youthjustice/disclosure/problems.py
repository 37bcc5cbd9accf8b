"""The error of this room: something would have been given away, or could not be checked."""

from __future__ import annotations

from youthjustice.errors import InputProblem


class DisclosureProblem(InputProblem):
    """Say in one sentence why nothing was released; the sentence never holds a count.

    >>> from youthjustice.disclosure import release_curve
    >>> from youthjustice.measures import kaplan_meier
    >>> release_curve(kaplan_meier([12, 40, 365], [1, 1, 0]))
    Traceback (most recent call last):
        ...
    youthjustice.disclosure.problems.DisclosureProblem: There are too few events for any step of \
a curve, or too few children are watched after it, so nothing was released; choose fewer or \
later times, or put groups together.
    """
