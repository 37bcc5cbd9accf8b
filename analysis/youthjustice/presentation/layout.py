"""Room in a drawing: how wide words are, the margins and ticks that they need, and none touching.

All lengths are points (1/72 inch) from the lower left corner of the axes. Text is measured from the
outlines of the font that matplotlib ships, so that a drawing is the same on every machine.
"""

from __future__ import annotations

import math
import re
import textwrap
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from youthjustice.presentation import marks, numbers, palette
from youthjustice.presentation.lettering import letter

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Transform
    from numpy.typing import ArrayLike, NDArray

    from youthjustice.presentation.table import Format

LINE_HEIGHT = 1.25
PAPER = 0.1  # behind words inside a drawing, beyond them in sizes of the text
_NARROW_INCHES = 5.0
_TICK_PAD = 4.0
_GRID: dict[str, Any] = {"color": palette.GRID, "linewidth": 0.8, "zorder": 0.5}
_INCHES: WeakKeyDictionary[Axes, Transform] = WeakKeyDictionary()
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


def is_narrow(ax: Axes) -> bool:
    """Say whether the drawing is for a phone."""
    return bool(_figure(ax).get_figwidth() < _NARROW_INCHES)


def font_size(ax: Axes) -> float:
    """Return the size of text in points: at least 11 CSS pixels as the drawing is shown."""
    return 9.0 if is_narrow(ax) else 10.5


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of the longest line of a text in points."""
    return max(_line_width(line, size, bold) for line in text.split("\n"))


@lru_cache(maxsize=4096)
def _line_width(line: str, size: float, bold: bool) -> float:
    """Measure one line; a page writes the same words many times."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    return float(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0])


def text_height(text: str, size: float) -> float:
    """Return the height of a text of one or more lines in points."""
    return (text.count("\n") + 1) * size * LINE_HEIGHT


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Break a text into lines no wider than ``width`` points, between words."""
    if text_width(text, size, bold=bold) <= width:
        return text
    longest = len(text)
    while longest > 1:
        lines = "\n".join(textwrap.wrap(text, longest, break_long_words=False))
        if text_width(lines, size, bold=bold) <= width or longest <= max(map(len, text.split())):
            return lines
        longest -= 1
    return text


def set_margins(ax: Axes, left: float, right: float, top: float, bottom: float) -> None:
    """Give the axes these margins in points, unless it shares its figure with others."""
    if len(_figure(ax).axes) > 1:
        return
    width, height = figure_size(ax)
    ax.set_position(
        (
            left / width,
            bottom / height,
            max(width - left - right, 10) / width,
            max(height - top - bottom, 10) / height,
        )
    )


def figure_size(ax: Axes) -> tuple[float, float]:
    """Return the width and height of the whole drawing in points."""
    figure = _figure(ax)
    return figure.get_figwidth() * 72, figure.get_figheight() * 72


def axes_size(ax: Axes) -> tuple[float, float]:
    """Return the width and height of the axes in points."""
    box, (width, height) = ax.get_position(), figure_size(ax)
    return box.width * width, box.height * height


def write(ax: Axes, x: float, y: float, text: str, size: float, **style: Any) -> None:
    """Write text at a place given in points from the lower left corner of the axes."""
    settings: dict[str, Any] = {"color": palette.TEXT, "ha": "left", "va": "center"} | style
    letter(
        ax,
        x / 72,
        y / 72,
        text,
        transform=_inches(ax),
        fontsize=size,
        linespacing=LINE_HEIGHT - 0.1,
        **settings,
    )


def _inches(ax: Axes) -> Transform:
    """Return what turns inches from the lower left corner of the axes into places; once for all."""
    from matplotlib.transforms import ScaledTranslation

    if ax not in _INCHES:
        within: Any = ax.transAxes
        _INCHES[ax] = _figure(ax).dpi_scale_trans + ScaledTranslation(0, 0, within)
    return _INCHES[ax]


def bare_axes(ax: Axes) -> None:
    """Take away the frame, its ground and all that matplotlib writes along it."""
    ax.set_axis_off()


def x_ticks(
    ax: Axes, places: ArrayLike, texts: Sequence[str], size: float, *, grid: bool = False
) -> None:
    """Write what places from left to right stand for, beneath; a ``grid`` is drawn if asked for."""
    transform, va, ha = ax.get_xaxis_text1_transform(_TICK_PAD)
    style: dict[str, Any] = {"va": va, "ha": ha, "fontsize": size, "color": palette.TEXT_QUIET}
    at = np.asarray(places, dtype=np.float64)
    for place, text in zip(at.tolist(), texts, strict=True):
        letter(ax, place, 0, text, transform=transform, **style)
    if grid:
        marks.uprights(ax, at, 0, 1, transform=ax.get_xaxis_transform(), **_GRID)


def y_ticks(ax: Axes, places: ArrayLike, texts: Sequence[str], size: float) -> None:
    """Write what places from bottom to top stand for, to the left, with a line at each."""
    transform, va, ha = ax.get_yaxis_text1_transform(_TICK_PAD)
    style: dict[str, Any] = {"va": va, "ha": ha, "fontsize": size, "color": palette.TEXT_QUIET}
    at = np.asarray(places, dtype=np.float64)
    for place, text in zip(at.tolist(), texts, strict=True):
        letter(ax, 0, place, text, transform=transform, **style)
    marks.levels(ax, at, 0, 1, transform=ax.get_yaxis_transform(), **_GRID)


def fitting_ticks(top: float, form: Format, room: float, size: float) -> dict[float, str]:
    """Return as many round ticks from 0 to ``top`` as fit side by side, with their texts.

    >>> list(fitting_ticks(50, "{:.1f}%".format, 200, 9).values())
    ['0%', '10%', '20%', '30%', '40%', '50%']
    """
    for most in (6, 5, 4, 3, 2):
        ticks = [float(tick) for tick in nice_ticks(top, most) if tick <= top * (1 + 1e-9)]
        # Round ticks need no decimals, whatever the figures have.
        texts = [re.sub(r"\.0+(?!\d)", "", form(tick)) for tick in ticks]
        if sum(text_width(text, size) + size for text in texts) <= room:
            break
    return dict(zip(ticks, texts, strict=True))


def tick_texts(ticks: NDArray[np.float64]) -> list[str]:
    """Write evenly spaced ticks with as many decimals as tell them apart.

    >>> tick_texts(np.array([0, 2.5, 5.0])), tick_texts(np.array([0, 200.0]))
    (['0', '2.5', '5.0'], ['0', '200'])
    """
    step = float(ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
    places = next(at for at in range(13) if abs(round(step, at) - step) < 1e-9 * step or at == 12)
    return [numbers.decimal(tick, places) if tick else "0" for tick in ticks]


def isolated(name: str) -> str:
    """Keep a name written from right to left from turning round the figures beside it.

    >>> isolated("Islington") == "Islington"
    True
    """
    rightward = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if rightward else name


def nice_ticks(top: float, most: int = 5) -> NDArray[np.float64]:
    """Return round tick values from 0 to the first one at or above ``top``.

    >>> nice_ticks(537).tolist()
    [0.0, 200.0, 400.0, 600.0]
    """
    top = top if math.isfinite(top) and top > 0 else 1.0
    power = 10.0 ** math.floor(math.log10(top / most))
    step = next(nice * power for nice in _NICE if nice * power * most >= top * (1 - 1e-9))
    return np.arange(math.ceil(top / step - 1e-9) + 1, dtype=np.float64) * np.float64(step)


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> NDArray[np.float64]:
    """Move labels apart as little as possible, in their order, within ``low`` to ``high``.

    Takes the wanted centres and the heights; returns the centres. When there is not room for all
    of them they start at ``low``. It is an isotonic regression on the gaps between neighbours
    (pool adjacent violators; Ayer et al., 1955).

    >>> spread([10, 12, 50], [10, 10, 10], 0, 100).tolist()
    [6.0, 16.0, 50.0]
    """
    centres, sizes = np.asarray(wanted, float), np.asarray(heights, float)
    order = np.argsort(centres, kind="stable")
    size = sizes[order]
    offset = np.concatenate([[0.0], np.cumsum((size[1:] + size[:-1]) / 2)])[: len(size)]
    blocks: list[list[float]] = []  # each holds a mean and how many labels share it
    for target in centres[order] - offset:
        blocks.append([target, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, number = blocks.pop()
            before, earlier = blocks[-1]
            total = number + earlier
            blocks[-1] = [(mean * number + before * earlier) / total, total]
    pooled = np.repeat([mean for mean, _ in blocks], [int(number) for _, number in blocks])
    if len(size):
        first, last = low + size[0] / 2, high - size[-1] / 2 - offset[-1]
        pooled = np.clip(pooled, first, max(first, last))
    placed = np.empty_like(centres)
    placed[order] = pooled + offset
    return placed


def _figure(ax: Axes) -> Any:
    return ax.get_figure(root=True)
