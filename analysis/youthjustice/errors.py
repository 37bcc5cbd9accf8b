"""The one error that people are meant to read."""


class InputProblem(ValueError):
    """Say in one sentence what was found, where, and what to do about it."""

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone in a notebook, where IPython would put a long trace above it."""
        return [f"{type(self).__name__}: {self}"]
