"""Write a drafted mapping as a file that its reader can correct."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._toml import comment, toml
from youthjustice.published.drafting import Draft, drafted
from youthjustice.published.symbols import SYMBOLS
from youthjustice.sandbox.grid import Workbook


def write_draft(book: Workbook, path: Path) -> list[str]:
    """Draft a mapping of a workbook into a new file; give the keys that have to be filled in.

    Raises:
        InputProblem: nothing in the workbook looks like a table, or the file is there already or
            cannot be written.

    """
    draft = drafted(book)
    text = "\n".join(lines(draft, book.file)) + "\n"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise InputProblem(
            f"{shown(str(path))} is there already, and a draft would undo what was corrected in "
            "it: name another file"
        ) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "no file can have this name"
        raise InputProblem(f"{shown(str(path))} cannot be written: {reason}") from None
    dated = draft.period or not _is_without_period(draft)
    return [*to_fill(draft), *([] if dated else ["period.text (no period was found in the file)"])]


def _is_without_period(draft: Draft) -> bool:
    """Tell whether no column and no heading says which period a figure is of."""
    return "period" not in draft.columns and all(h != "period" for _, h, *_ in draft.figures)


def to_fill(draft: Draft) -> list[str]:
    """List the keys that a draft could not guess and that may not stay empty."""
    keys = [] if draft.publisher else ["source.publisher"]
    for number, (_, _, measure, unit) in enumerate(draft.figures, 1):
        keys += [] if measure else [f"figures[{number}].measure"]
        keys += [] if unit else [f"figures[{number}].unit"]
    keys += ["period.basis"] if draft.bare_years else []
    return keys + [f"symbols.{shown(text)}" for text in draft.symbols]


def lines(draft: Draft, file: str) -> Iterator[str]:
    """Write the draft, line by line: what was guessed, and what is to be filled in."""
    yield comment(
        f"What the columns of {shown(file)} mean. Everything here was guessed from the file:"
    )
    yield comment("look at each line, correct it, and fill in the keys marked TO FILL IN. Then run")
    yield comment("youthjustice import FILE --mapping THIS-FILE")
    yield ""
    yield _line("table", _table(draft.title), "our name for the table, in small letters")
    yield _line("sheet", draft.sheet, "the sheet with the most figures" if draft.sheet else "")
    yield _line("header", draft.header, "the row of the column names, counted from 1")
    if draft.last is not None:
        yield _line("last", draft.last, "the last row of the table; what is below is left out")
    yield _line(
        "areas", "services" if draft.services else "authorities",
        "services: youth justice services; authorities: authorities, regions and countries",
    )  # fmt: skip
    yield _line("fill_down", draft.fill_down, "our columns whose blank cells mean the label above")
    yield from _source(draft)
    yield from _columns(draft)
    yield from _figures(draft)
    yield from _rest(draft)


def _source(draft: Draft) -> Iterator[str]:
    yield "\n[source]"
    yield _line("title", draft.title, "the title of the publication")
    yield _line("publisher", draft.publisher, "who publishes it")
    yield _line("address", "", "where it is found; may stay empty", fill=False)
    yield _line("release", "", "its edition, such as 2026-01; may stay empty", fill=False)
    what = "such as OGL-UK-3.0, that of official statistics; empty: not known"
    yield _line("licence", "", what, fill=False)


def _columns(draft: Draft) -> Iterator[str]:
    yield "\n[columns]"
    yield comment(
        "our column = the name of the column in the file. Ours are area, area_code, period,"
    )
    yield comment("ethnic_group, sex, age_band, offence, tier, disposal, stage, numerator,")
    yield comment("denominator; any other name in small letters is kept as a label.")
    for ours, name in draft.columns.items():
        yield f"{ours} = {toml(name)}"
    if not {"area", "area_code"} & set(draft.columns):
        yield comment("no column looks like areas; for one area write it under [constants]")
    for name in draft.unread:
        yield comment(f"not read: {shown(name)}")


def _figures(draft: Draft) -> Iterator[str]:
    for columns, headings, measure, unit in draft.figures:
        yield "\n[[figures]]"
        yield _line("columns", columns, "columns of figures with one measure and one unit")
        yield _line(
            "headings", headings, "what their names tell, such as period; empty for nothing",
            fill=False,
        )  # fmt: skip
        yield _line("measure", measure, "what the figures measure, such as first-time entrants")
        yield _line(
            "unit", unit, "such as children, disposals, % or per 10,000 children aged 10-17"
        )


def _rest(draft: Draft) -> Iterator[str]:
    yield "\n[period]"
    what = "for years such as 2024 alone; march: they end in March; december: calendar years"
    yield _line("basis", "", what, fill=draft.bare_years)
    if _is_without_period(draft):
        found = "" if draft.period else "none was found in the file: "
        what = (
            f"{found}the period of all figures, such as year ending March 2021; empty: not stated"
        )
        yield _line("text", draft.period, what, fill=False)
    yield "\n[constants]"
    yield comment('labels that hold for the whole table, such as: sex = "All"')
    yield "\n[leave_out]"
    yield comment("rows with these labels are left out: summaries that repeat their parts")
    for ours, several in draft.leave_out.items():
        yield f"{ours} = {toml(several)}"
    yield "\n[symbols]"
    meanings = ", ".join(f"{key} {words}" for key, words in SYMBOLS.items())
    yield comment("what is printed in place of figures = a number, or one of the letters below;")
    yield comment("those of our publications, such as *, .. and [c], are known and need no line")
    yield comment(meanings)
    for text in draft.symbols:
        yield f'{toml(text)} = ""  # TO FILL IN'


def _line(key: str, value: str | int | list[str], what: str, fill: bool = True) -> str:
    """Write a key with its value and what it is; an empty text that may not stay so is marked."""
    mark = "TO FILL IN: " if fill and value == "" and key != "sheet" else ""
    said = f"  {comment(mark + what)}" if what else ""
    return f"{key} = {toml(value)}{said}"


def _table(title: str) -> str:
    words = re.sub(r"^(?:table|chapter|figure)?[\s\d.:a-z]{0,6}[:.]\s*", "", title.lower())
    slug = re.sub("[^a-z0-9]+", "_", plain(words)).strip("_")
    slug = slug[:40].rpartition("_")[0] if len(slug) > 40 else slug
    return slug if re.match("[a-z]", slug) else f"table_{slug}".strip("_")
