"""Find a free place near a point for a label that cannot go to the edge of the drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NEAR = 7.0
_REACHES = (7.0, 16.0, 30.0, 46.0, 70.0, 100.0)
_SLIDES = (0.0, 0.5, -0.5, 1.0, -1.0)


class Places:
    """Remembers what is already drawn, in points, and finds room for one label after another."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.taken: Floats = np.empty((0, 2))

    def avoid_line(self, x: Floats, y: Floats) -> None:
        """Keep clear of a line through these points (NaN where it is interrupted)."""
        if len(x) == 0:
            return
        ends = np.arange(len(x))
        steps = np.linspace(0, len(x) - 1, 24 * len(x))
        dots = np.column_stack([np.interp(steps, ends, x), np.interp(steps, ends, y)])
        self.taken = np.vstack([self.taken, dots[np.isfinite(dots).all(axis=1)]])

    def avoid_box(self, centre: tuple[float, float], width: float, height: float) -> None:
        """Keep clear of a box of words."""
        across = np.linspace(centre[0] - width / 2, centre[0] + width / 2, 12)
        up = np.linspace(centre[1] - height / 2, centre[1] + height / 2, 6)
        grid = np.array(np.meshgrid(across, up)).reshape(2, -1).T
        self.taken = np.vstack([self.taken, grid])

    def place(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """Return the centre of the freest place beside a point, and take it."""
        spot = np.array([x, y])
        beside = [(side * (_NEAR + width / 2), 0.0) for side in (1, -1)]
        over = [
            (slide * width / 2, side * (reach + height / 2))
            for reach in _REACHES
            for side in (1, -1)
            for slide in _SLIDES
        ]
        size = np.array([width, height])
        centres = spot + np.array(beside + over)
        best = centres[self._cheapest(spot, centres, size)]
        self.avoid_box((best[0], best[1]), width, height)
        return float(best[0]), float(best[1])

    def _cheapest(self, spot: Floats, centres: Floats, size: Floats) -> int:
        """Weigh what a label would cover, cross, and leave; then how far away it is."""
        half = size / 2 + [3, 1]
        inside = np.abs(self.taken[:, None] - centres) < half
        covered = (inside[..., 0] & inside[..., 1]).sum(axis=0)
        low, high = centres - size / 2, centres + size / 2
        edges = np.array([self.width, self.height])
        outside = (np.maximum(-low, 0) + np.maximum(high - edges, 0)).sum(axis=1)
        ends = np.clip(spot, low, high)
        cost = 10 * covered + 10 * outside + 0.1 * np.hypot(*(ends - spot).T)
        best = (np.inf, 0)
        # What lies on the way there is counted only for places that could still be the best.
        for at in np.argsort(cost, kind="stable").tolist():
            if cost[at] > best[0]:
                break
            best = min(best, (cost[at] + 6 * self._crossed(spot, ends[at]), at))
        return best[1]

    def _crossed(self, spot: Floats, end: Floats) -> int:
        """Count what a straight line from the point to the label would run over, its mark apart."""
        way = spot + np.linspace(0, 1, 24)[:, None] * (end - spot)
        way = way[np.abs(way - spot).max(axis=1) > _NEAR]
        across, up = (np.abs(self.taken[:, at] - way[:, at, None]) < 3 for at in (0, 1))
        return int((across & up).any(axis=1).sum())
