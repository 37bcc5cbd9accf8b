"""Rows of labelled marks, which the forest of ratios and the bars have in common.

Heights are points from the top of the drawing downwards. A wide drawing has its labels on the left;
a narrow one has each label above its mark, so that the marks keep the width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from youthjustice.presentation import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

_HEADING = 30.0
_LABEL = 19.0
_GAP = 11.0
_PAD = 8.0
_AFTER = 12.0
LABEL_ROOM = 150.0  # a wider label beside its mark is broken into lines


@dataclass(frozen=True)
class Rows:
    """Row labels with the headings that stand above some of them (blank where none does)."""

    labels: tuple[str, ...]
    headings: tuple[str, ...]
    deep: float = 14.0

    def inches(self, *, narrow: bool, around: float) -> float:
        """Return the height of the drawing, given the room above and below it in points."""
        return (self.bottom(narrow=narrow) + around) / 72

    def bottom(self, *, narrow: bool) -> float:
        """Return the height of all rows and headings."""
        headings = sum(map(bool, self.headings))
        return self._row(narrow) * len(self.labels) + _HEADING * headings

    def centres(self, *, narrow: bool) -> list[float]:
        """Return how far down the middle of each mark stands; narrow, it is below its label."""
        down = (_LABEL if narrow else _GAP / 2) + self.deep / 2
        return [top + down for top in self._tops(narrow)]

    def _row(self, narrow: bool) -> float:
        return self.deep + _GAP + (_LABEL - _GAP / 2 if narrow else 0)

    def _tops(self, narrow: bool) -> list[float]:
        tops, top = [], 0.0
        for heading in self.headings:
            top += _HEADING if heading else 0.0
            tops.append(top)
            top += self._row(narrow)
        return tops

    def left_margin(self, ax: Axes) -> float:
        """Return the room that the labels need on the left."""
        if layout.is_narrow(ax):
            return 8.0
        size = layout.font_size(ax)
        labels = [self._wrapped(label, ax) for label in self.labels]
        widths = (layout.text_width(label, size, bold=True) for label in labels)
        return max(widths, default=0) + _PAD + 4

    def write(
        self, ax: Axes, left: float, right: float, values: Sequence[str], strong: str | None = None
    ) -> None:
        """Write headings, labels (``strong`` in bold) and the text that ends each row.

        ``left`` and ``right`` are the margins. The axes must already count points downwards from 0
        to ``bottom``.
        """
        size, narrow = layout.font_size(ax), layout.is_narrow(ax)
        across, up = layout.axes_size(ax)
        scale = up / self.bottom(narrow=narrow)
        tops, centres = self._tops(narrow), self.centres(narrow=narrow)
        rows = zip(self.labels, self.headings, tops, centres, values, strict=True)
        style: dict[str, Any] = {"paper": layout.PAPER, "zorder": 5}
        for label, heading, top, centre, value in rows:
            y = up - (top + _LABEL / 2 if narrow else centre) * scale
            if heading:
                above = up - (top - 4) * scale
                bold = style | {"va": "bottom", "fontweight": "bold"}
                layout.write(ax, 4 - left, above, heading, size, **bold)
            weight = {"fontweight": "bold" if label == strong else "normal"}
            words = label if narrow else self._wrapped(label, ax)
            layout.write(ax, 4 - left, y, words, size, **style, **weight)
            place, align = (right - 4, "right") if narrow else (_AFTER, "left")
            if value:
                layout.write(ax, across + place, y, value, size, ha=align, **style)

    def _wrapped(self, label: str, ax: Axes) -> str:
        return layout.wrap(label, LABEL_ROOM, layout.font_size(ax))


def rows_of(frame: pd.DataFrame, label: str, group_by: str | None) -> Rows:
    """Return the rows of a frame in its own order, a heading where ``group_by`` changes."""
    labels = tuple(frame[label].astype(str))
    if group_by is None:
        return Rows(labels, ("",) * len(labels))
    groups = frame[group_by].astype(str)
    return Rows(labels, tuple(groups.where(groups != groups.shift(), "")))
