"""Make matplotlib's SVG small, without changing what is seen."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import quote

# Verdana is as wide as DejaVu Sans, which the layout is measured in; the others are narrower.
_FONTS = "text{font-family:DejaVu Sans,Verdana,Noto Sans,sans-serif}"
_STYLE = "*{stroke-linejoin: round; stroke-linecap: butt}"
_SHORT_STYLE = "*{stroke-linejoin:round;stroke-linecap:butt}"
_FONT = re.compile(r"font-family: [^;\"]*; ?")
_ATTRIBUTE = re.compile(r"""="([^"']*)\"""")
_NAME = re.compile(r'<g id="[^"]*"')
_EMPTY = re.compile(r"<g>\s*</g>|<g\b[^>]*/>")
_GROUP = re.compile(r"</?g\b[^>]*>")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_UPRIGHT = re.compile(r' transform="rotate\(-?0 [^)]*\)"')
_BETWEEN = re.compile(r">\s+<")
_LINE = re.compile(r"\s*\n\s*")
_STYLED = re.compile(r' style="([^"]*)"')
_CLIPPED = re.compile(r' clip-path="([^"]*)" style="([^"]*)"')
_DRAWN = re.compile(r' d="([^"]*)"')
_COMMAND = re.compile(r" ?([A-Za-z]) ?")
_UNSAFE = re.compile(r"[^A-Za-z0-9_ '/:;=,()\-.!$*@\[\]~?{}<>]+")
_NOUGHT = re.compile(r"(?<![\d.])0(?=\.\d)")


def compact(svg: str) -> str:
    r"""Leave out what no reader of a drawing needs: declarations, names, far decimals, blanks.

    Lengths keep two decimals, a hundredth of a point; a style that many marks share is said once.

    >>> compact('<?xml?><svg><g id="a">\n<path d="M 1.23456 2 \nL 3 4"/><g clip="b"/></g>\n</svg>')
    '<svg><path d="M1.23 2 3 4"/></svg>'
    """
    text = svg[svg.index("<svg") :]
    text = _UPRIGHT.sub("", _NAME.sub("<g", text))
    text = _BETWEEN.sub("><", _FONT.sub("", text))
    while (shorter := _EMPTY.sub("", text)) != text:
        text = shorter
    text = _LINE.sub(" ", _NUMBER.sub(_two_decimals, _without_bare_groups(text)))
    text = _DRAWN.sub(_short_path, text).replace('<style type="text/css">', "<style>")
    return _with_shared_styles(text).strip()


def uri(svg: str) -> str:
    """Write an SVG as the address of an image, readable and safe inside double quotes.

    >>> uri('<svg fill="#fff">"%"</svg>')
    "data:image/svg+xml,<svg fill='%23fff'>%22%25%22</svg>"
    """
    plain = _ATTRIBUTE.sub(r"='\1'", svg)
    return "data:image/svg+xml," + _UNSAFE.sub(lambda part: quote(part[0], safe=""), plain)


def _two_decimals(match: re.Match[str]) -> str:
    shown = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def _without_bare_groups(text: str) -> str:
    """Leave out groups that say nothing of what is in them."""
    bare: list[bool] = []

    def kept(match: re.Match[str]) -> str:
        if match[0] == "</g>":
            return "" if bare.pop() else "</g>"
        bare.append(match[0] == "<g>")
        return "" if bare[-1] else match[0]

    return _GROUP.sub(kept, text)


def _short_path(match: re.Match[str]) -> str:
    """Write a path without needless blanks; after M and L, more points are lines anyway."""
    path = _COMMAND.sub(r"\1", match[1].strip())
    if not re.search("[^MLz0-9. -]", path):
        path = path.replace("L", " ")
    return f' d="{_NOUGHT.sub("", path)}"'


def _with_shared_styles(text: str) -> str:
    """Say a style that occurs more than once in the drawing's own style sheet."""
    text = _CLIPPED.sub(r' style="\2; clip-path: \1"', text)
    styles = [_short_style(style) for style in _STYLED.findall(text)]
    shared = [style for style, times in Counter(styles).items() if times > 1]
    names = {style: f"s{at}" for at, style in enumerate(shared)}
    rules = "".join(f".{name}{{{style}}}" for style, name in names.items())

    def styled(match: re.Match[str]) -> str:
        style = _short_style(match[1])
        return f' class="{names[style]}"' if style in names else f' style="{style}"'

    return _STYLED.sub(styled, text).replace(_STYLE, _SHORT_STYLE + _FONTS + rules, 1)


def _short_style(style: str) -> str:
    return _NOUGHT.sub("", style.replace(": ", ":").replace("; ", ";").rstrip(";"))
