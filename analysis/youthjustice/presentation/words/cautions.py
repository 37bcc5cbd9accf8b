"""What a reader should know of a series before leaning on the figures of its line."""

from __future__ import annotations

from collections.abc import Set

from youthjustice.presentation.words.changes import APPROXIMATE


def cautions(flags: Set[str], periods: str, *, line: bool = True, approximate: bool = False) -> str:
    """Return the sentences that the flags of a series call for, each after a space.

    ``periods`` names the points of the series, ``line`` says that a line was fitted to them, and
    ``approximate`` that the counts are implied or rounded.

    >>> cautions({"missing", "flagged_periods"}, "years")
    ' Some years are missing and left out. Some of the years are flagged as unusual.'
    """
    scatter = f"The {periods} scatter about the line by more than chance in the counts."
    alike = f"Neighbouring {periods} are alike: the intervals allow for it, and may still be too narrow."
    small = f"Some {periods} have a count under 10, so the line is approximate."
    told = [
        scatter if "overdispersed" in flags else "",
        alike if "autocorrelated" in flags else "",
        f"Some {periods} are missing and left out." if "missing" in flags else "",
        small if line and "small_numerator" in flags else "",
        _unusual(flags, periods),
        APPROXIMATE if approximate or "not_whole" in flags else "",
    ]
    return "".join(f" {text}" for text in told if text)


def _unusual(flags: Set[str], periods: str) -> str:
    if "flagged_left_out" in flags:
        return f"Some of the {periods} are flagged as unusual and left out."
    if "flagged_ends" in flags:
        return (
            f"Some of the {periods} are flagged as unusual, among them the first or the last, on "
            "which a change between the two rests."
        )
    return f"Some of the {periods} are flagged as unusual." if "flagged_periods" in flags else ""
