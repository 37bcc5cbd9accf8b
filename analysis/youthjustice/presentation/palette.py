"""The Analysis Function's colours, and the ones that text and context marks need.

Colours: Government Analysis Function, *Data visualisation: colours in charts* (2022). A chart shows
at most four categories, labels them directly, and never tells them apart by colour alone.
"""

from __future__ import annotations

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"

WHITE = "#FFFFFF"
TEXT = "#1F1F1F"
TEXT_QUIET = "#505050"
GRID = "#DEDEDE"
FOCUS = DARK_BLUE
# The guidance's context grey, #BFBFBF, is for areas; a line or a dot needs 3:1 against white.
CONTEXT_AREA = "#BFBFBF"
CONTEXT = "#7F7F7F"
BAND = "#ECEFF2"
_READABLE = 4.5  # the least contrast of text

MOST_SERIES = 4
MARKERS = ("o", "s", "^", "D")
DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
HATCHES = ("", "////", "....", "xxxx")


def series_colours(number: int) -> tuple[str, ...]:
    """Return the colours of one to four series, in the order the guidance gives them.

    >>> series_colours(2)
    ('#12436D', '#F46A25')
    """
    if not 1 <= number <= MOST_SERIES:
        raise ValueError(f"a chart shows 1 to {MOST_SERIES} series, not {number}: split the chart")
    if number <= 2:
        return (DARK_BLUE, ORANGE)[:number]
    return (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE)[:number]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (W3C, WCAG 2.2, 2023).

    >>> round(contrast("#000000", "#FFFFFF"))
    21
    """
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_colour(colour: str) -> str:
    """Return a colour dark enough for text on white, by darkening the given one as far as needed.

    >>> text_colour("#12436D")
    '#12436D'
    >>> contrast(text_colour("#F46A25"), "#FFFFFF") >= 4.5
    True
    """
    while contrast(colour, WHITE) < _READABLE:
        colour = "#" + "".join(f"{int(channel * 0.94):02X}" for channel in _channels(colour))
    return colour


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _luminance(colour: str) -> float:
    scaled = (channel / 255 for channel in _channels(colour))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in scaled
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
