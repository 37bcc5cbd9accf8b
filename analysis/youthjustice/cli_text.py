"""How the commands print: lines that nothing in a file can disturb, columns, and numbers of things."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence

_LONGEST = 500
_NARROWEST = 60


def say(lines: Iterable[str]) -> None:
    """Print lines; on a screen, long ones go on below, indented. A file gets them whole."""
    wide = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for line in lines:
        text = printable(line)
        sys.stdout.write((_folded(text, wide) if wide >= _NARROWEST else text) + "\n")


def printable(line: str) -> str:
    r"""Keep what a file says from moving the cursor or colouring the screen, and cut it short.

    >>> print(printable("two\nlines <b>"))
    two\nlines <b>
    """
    from youthjustice._shown import shown, with_tags

    return with_tags(shown(line, longest=_LONGEST)[1:-1])


def _folded(line: str, wide: int) -> str:
    text = line.lstrip()
    indent = " " * (len(line) - len(text))
    return textwrap.fill(
        text, wide, initial_indent=indent, subsequent_indent=f"{indent}    ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def counted(number: int, noun: str) -> str:
    """Give a number of things.

    >>> counted(1, "row"), counted(1530, "row")
    ('1 row', '1,530 rows')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def columns(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Set texts out in columns: to the left, or to the right where they are figures.

    >>> columns([["area", "rate"], ["Kent", "9"]], right=[1])
    ['area  rate', 'Kent     9']
    """
    figures = set(right)
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place in figures else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def titled(title: str, lines: Iterable[str], *, apart: bool = False) -> Iterator[str]:
    """Put a title over lines, or say nothing where there are none; ``apart``, with a blank line before.

    >>> list(titled("Noted", ["one"])), list(titled("Noted", []))
    (['Noted:', '  one'], [])
    """
    found = [f"  {line}" for line in lines]
    if found:
        if apart:
            yield ""
        yield f"{title}:"
        yield from found
