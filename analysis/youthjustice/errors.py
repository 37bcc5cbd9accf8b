"""The one error that people are meant to read."""

import re

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


class InputProblem(ValueError):
    r"""Say in one sentence what was found, where, and what to do about it.

    The sentence is one line, whatever a label, a column or a file in it is called.

    >>> str(InputProblem("there is no column a\nge; name another"))
    'there is no column a ge; name another'
    """

    def __init__(self, message: object = "", *more: object) -> None:
        """Keep the message, with blanks for its line breaks."""
        super().__init__(_BREAKS.sub(" ", str(message)), *more)

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone in a notebook, where IPython would put a long trace above it."""
        return [f"{type(self).__name__}: {self}"]
