"""The formats of a report: each is a function that writes one report's content into a folder.

Every format's module has a function `write(content, folder, stem)`, which writes its files whole and
lists them; a module is loaded when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    from youthjustice.reports.content import Content

Write = Callable[["Content", Path, str], list[Path]]

FORMATS = {
    "html": ("html", "write"),
    "pdf": ("pdf", "write"),
    "docx": ("word", "write"),
    "xlsx": ("workbook", "write"),
    "csv": ("figures", "write_csv"),
    "json": ("figures", "write_json"),
    "png": ("pictures", "write_png"),
    "svg": ("pictures", "write_svg"),
}
"""Each format's name, as its files end, with the module here that writes it and the function."""


def chosen(formats: str | Iterable[str]) -> tuple[str, ...]:
    """Give the formats named, each once and in order; names may stand together with commas.

    Raises InputProblem for a format that is not known, or that this machine cannot write.

    >>> chosen(["HTML", "docx, html"])
    ('html', 'docx')
    >>> chosen("doc")
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: There is no format 'doc'; choose among html, pdf, docx, \
xlsx, csv, json, png, svg.
    """
    told = [formats] if isinstance(formats, str) else formats
    split = [name.strip().lower() for one in told for name in str(one).split(",")]
    names = tuple(dict.fromkeys(name for name in split if name))
    unknown = next((name for name in names or ("",) if name not in FORMATS), None)
    if unknown is not None:
        raise InputProblem(
            f"There is no format {unknown[:40]!r}; choose among {', '.join(FORMATS)}."
        )
    if "pdf" in names:
        from youthjustice.reports.formats.pdf import browser

        browser()
    return names


def writer(name: str) -> Write:
    """Give the function that writes a format; what may not leave is refused before it writes."""
    module, function = FORMATS[name]
    write: Write = getattr(import_module(f"{__name__}.{module}"), function)

    def through_the_gate(content: Content, folder: Path, stem: str) -> list[Path]:
        from youthjustice.reports.letting_out import let_out

        content, stem = let_out(content, stem)
        return write(content, folder, stem)

    return through_the_gate
