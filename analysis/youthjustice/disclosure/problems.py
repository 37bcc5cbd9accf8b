"""The error of this room: something would have been given away, or could not be checked."""

from __future__ import annotations

from youthjustice.errors import InputProblem


class DisclosureProblem(InputProblem):
    """Say in one sentence why nothing was released; the sentence never holds a count."""
