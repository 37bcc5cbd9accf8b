"""A report that could not be made because its notebook stopped."""


class ReportFailed(RuntimeError):
    """A cell of the notebook stopped; the message says which, and ``detail`` holds the trace."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail
