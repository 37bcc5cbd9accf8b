"""Make matplotlib's SVG small, without changing what is seen."""

from __future__ import annotations

import re
from urllib.parse import quote

# Verdana is as wide as DejaVu Sans, which the layout is measured in; the others are narrower.
_FONTS = "text{font-family:DejaVu Sans,Verdana,Noto Sans,sans-serif}"
_STYLE = "*{stroke-linejoin: round; stroke-linecap: butt}"
_FONT = re.compile(r"font-family: [^;\"]*; ?")
_ATTRIBUTE = re.compile(r"""="([^"']*)\"""")
_NAME = re.compile(r'<g id="[^"]*"')
_EMPTY = re.compile(r"<g>\s*</g>|<g/>")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_UPRIGHT = re.compile(r' transform="rotate\(-?0 [^)]*\)"')
_BETWEEN = re.compile(r">\s+<")
_LINE = re.compile(r"\s*\n\s*")


def compact(svg: str) -> str:
    r"""Leave out what no reader of a drawing needs: declarations, names, far decimals, blank lines.

    Lengths keep two decimals, a hundredth of a point.

    >>> compact('<?xml?><svg><g id="a">\n<path d="M 1.23456 2 \nL 3 4"/></g>\n</svg>')
    '<svg><g><path d="M 1.23 2 L 3 4"/></g></svg>'
    """
    text = svg[svg.index("<svg") :]
    text = _UPRIGHT.sub("", _NAME.sub("<g", text))
    text = _FONT.sub("", text).replace(_STYLE, _STYLE + _FONTS)
    text = _BETWEEN.sub("><", text)
    while (shorter := _EMPTY.sub("", text)) != text:
        text = shorter
    return _LINE.sub(" ", _NUMBER.sub(_two_decimals, text)).strip()


def uri(svg: str) -> str:
    """Write an SVG as the address of an image, readable and safe inside double quotes.

    >>> uri('<svg fill="#fff">"%"</svg>')
    "data:image/svg+xml,%3Csvg fill='%23fff'%3E%22%25%22%3C/svg%3E"
    """
    return "data:image/svg+xml," + quote(
        _ATTRIBUTE.sub(r"='\1'", svg), safe=" '/:;=,()-.!$*@[]~?{}"
    )


def _two_decimals(match: re.Match[str]) -> str:
    shown = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown
