"""A report that could not be made because its notebook stopped."""


class ReportFailed(RuntimeError):
    """A cell of the notebook stopped; the message says which, and ``detail`` holds the trace.

    >>> raise ReportFailed("Cell 5 of area_report.ipynb stopped: no table of that name.")
    Traceback (most recent call last):
        ...
    youthjustice.reports.failing.ReportFailed: Cell 5 of area_report.ipynb stopped: no table of \
that name.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail
