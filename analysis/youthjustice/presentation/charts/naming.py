"""Names beside a few marks among many: a name covers no mark and no other name, or is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from youthjustice.presentation import layout, marks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_REACHES = np.arange(8.0, 100.0, 4.0)
_ANGLES = np.arange(16) * np.pi / 8
_SLIDES = (0.0, -0.5, 0.5)
_FARTHEST = 60.0  # a name farther off would be looked for in vain
_APART = 9.0  # beyond this a line leads from the mark to its name
_DOT = 4.0
_CLEAR = 2.5


class Label(NamedTuple):
    """A name, the mark it belongs to in points, its colour, and whether it must be written."""

    text: str
    spot: tuple[float, float]
    colour: str
    strong: bool


class _Drawn(NamedTuple):
    """What a name must not run over: marks, those with a name, lines, names and leads to them."""

    dots: Floats
    named: Floats
    lines: Floats
    names: list[Floats]
    leads: list[Floats]


def write_names(ax: Axes, labels: list[Label], dots: Floats, lines: Floats) -> list[str]:
    """Write names beside their marks, the first ones first; return those written.

    ``dots`` are all marks in points from the lower left corner of the axes, those with a name among
    them; ``lines`` are points along lines, which names had rather not cover. A strong name is
    written wherever it covers least; any other near its mark and where it covers nothing, or not at
    all.
    """
    size, box = layout.font_size(ax), np.array(layout.axes_size(ax))
    named = np.array([label.spot for label in labels]).reshape(-1, 2)
    drawn = _Drawn(dots, named, lines, [], [])
    written = []
    for label in labels:
        width = layout.text_width(label.text, size, bold=label.strong)
        further = label.text.count("\n") * size * layout.LINE_HEIGHT
        half, spot = np.array([width, size * 1.15 + further]) / 2, np.array(label.spot)
        centres = _centres(spot, half)
        near = np.clip(spot, centres - half, centres + half)
        far = np.hypot(*(near - spot).T)
        if not label.strong:
            close = (far <= _FARTHEST) & _inside(centres, half, box)
            centres, near, far = centres[close], near[close], far[close]
        at = _best(label, centres, half, near, far, drawn, box)
        if at is None:
            continue
        centre = centres[at]
        drawn.names.append(np.array([centre - half, centre + half]))
        if far[at] > _APART:
            drawn.leads.append(np.array([spot, near[at]]))
            ends = drawn.leads[-1] / box
            marks.line(
                ax, *ends.T, transform=ax.transAxes, color=label.colour, linewidth=0.8, zorder=1.8
            )
        layout.write(
            ax, float(centre[0]), float(centre[1]), label.text, size, ha="center", zorder=5,
            color=label.colour, fontweight="bold" if label.strong else "normal",
            paper=0.02,
        )  # fmt: skip
        written.append(label.text)
    return written


def _centres(spot: Floats, half: Floats) -> Floats:
    """Return centres of a name all around its mark, its nearest edge at each reach."""
    way = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
    edges = (_REACHES[:, None, None] * way).reshape(-1, 2)
    lean = np.tile(np.clip(1.6 * way, -1.0, 1.0), (len(_REACHES), 1))
    slid = [np.column_stack([np.clip(lean[:, 0] + by, -1.0, 1.0), lean[:, 1]]) for by in _SLIDES]
    return np.concatenate([spot + edges + half * one for one in slid])


def _best(
    label: Label,
    centres: Floats,
    half: Floats,
    near: Floats,
    far: Floats,
    drawn: _Drawn,
    box: Floats,
) -> int | None:
    """Return the best place: of the least bad ones, the nearest that covers little.

    Where a name is whole and covers no mark is found first, since only such a place is not bad at
    all; a name that need not be written is written there or nowhere.
    """
    spot = np.array(label.spot)
    whole = np.flatnonzero(_inside(centres, half, box))
    clear = whole[_covered(centres[whole], half + _CLEAR, drawn.dots) == 0]
    bad = _bad(spot, centres[clear], half, near[clear], drawn, box)
    open_ = clear[bad == 0]
    if not len(open_):
        if not label.strong:
            return None
        bad = _bad(spot, centres, half, near, drawn, box)
        open_ = np.flatnonzero(bad == bad.min())
    # What is covered or crossed matters among the places that are the least bad.
    cost = far[open_] + _little(spot, centres[open_], half, near[open_], drawn)
    return int(open_[np.argmin(cost)])


def _bad(
    spot: Floats, centres: Floats, half: Floats, near: Floats, drawn: _Drawn, box: Floats
) -> Floats:
    """Weigh in each place what may not be: a mark or a name covered, a name cut off, leads crossed."""
    low, high = centres - half, centres + half
    bad = _covered(centres, half + _CLEAR, drawn.dots)
    # Beside the mark of another, a name would be taken for its name.
    bad += _covered(centres, half + 2 * _DOT, _others(spot, drawn))
    # A name that is cut off is worse than any marks that are covered.
    bad += 100 * ~_inside(centres, half, box)
    way = spot + np.linspace(0, 1, 20)[:, None, None] * (near - spot)
    for left, right in drawn.names:
        bad += 4 * (_all(low - 2 < right) & _all(high + 2 > left))
        bad += 4 * (_all(way > left - 2) & _all(way < right + 2)).any(axis=0)
    for start, end in drawn.leads:
        along = start + np.linspace(0, 1, 20)[:, None] * (end - start)
        bad += 4 * (_covered(centres, half + 1, along) > 0)
        bad += 4 * _cross(spot, near, start, end)
    return bad


def _little(spot: Floats, centres: Floats, half: Floats, near: Floats, drawn: _Drawn) -> Floats:
    """Weigh in each place what had rather not be: a line covered, a mark crossed on the way there."""
    little = 2 * _covered(centres, half, drawn.lines)
    for weight, room, dots in ((6, _DOT, drawn.dots), (40, 2 * _DOT, _others(spot, drawn))):
        reach = np.hypot(*(dots - spot).T)
        beside = dots[(reach > 1) & (reach < _REACHES[-1])]
        little += weight * (_distances(spot, near, beside) < room).sum(axis=0)
    return little


def _others(spot: Floats, drawn: _Drawn) -> Floats:
    """Return the marks that have names of their own."""
    others: Floats = drawn.named[np.hypot(*(drawn.named - spot).T) > 1]
    return others


def _inside(centres: Floats, half: Floats, box: Floats) -> NDArray[np.bool_]:
    """Say in which places a name is written whole."""
    return _all(centres - half >= 2) & _all(centres + half <= box)


def _all(holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say where something holds both across and up; quicker than numpy's own along so short an axis."""
    return holds[..., 0] & holds[..., 1]


def _covered(centres: Floats, half: Floats, points: Floats) -> Floats:
    """Count the points inside each box; most of them are near none."""
    if not len(centres):
        return np.empty(0)
    low, high = centres.min(axis=0) - half - 1, centres.max(axis=0) + half + 1
    points = points[_all((points > low) & (points < high))]
    beside = np.abs(centres[:, :1] - points[:, 0]) < half[0]
    return np.asarray(
        (beside & (np.abs(centres[:, 1:] - points[:, 1]) < half[1])).sum(axis=1), dtype=np.float64
    )


def _distances(spot: Floats, ends: Floats, dots: Floats) -> Floats:
    """Return how far each point (a row) lies from the straight way from a mark to each end."""
    (x, y), (across, up) = (dots - spot).T[:, :, None], (ends - spot).T
    length = np.maximum(across**2 + up**2, 1e-9)
    share = np.clip((across * x + up * y) / length, 0.0, 1.0)
    return np.asarray(np.hypot(share * across - x, share * up - y))


def _cross(spot: Floats, ends: Floats, start: Floats, end: Floats) -> NDArray[np.bool_]:
    """Say whether the straight way from a mark to each end crosses the line from start to end."""

    def side(one: Floats, two: Floats, point: Floats) -> Floats:
        way, off = two - one, point - one
        return np.asarray(way[..., 0] * off[..., 1] - way[..., 1] * off[..., 0])

    apart = side(start, end, spot) * side(start, end, ends) < 0
    return np.asarray(apart & (side(spot, ends, start) * side(spot, ends, end) < 0))
