"""The one error that people are meant to read."""


class InputProblem(ValueError):
    """Say in one sentence what was found, where, and what to do about it."""
