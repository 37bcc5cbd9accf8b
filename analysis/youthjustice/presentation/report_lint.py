"""Find what a finished report must not say, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.presentation.page_text import CAPTION, ITEM, TERM, Grid, Text, read_page
from youthjustice.presentation.words.banned import lint_words
from youthjustice.presentation.words.bare_ranks import bare_rank_cells, bare_ranks, names_rank
from youthjustice.presentation.words.directions import (
    may_claim,
    unsupported_directions,
    without_quotations,
)
from youthjustice.presentation.words.intervals import intervals
from youthjustice.presentation.words.phrases import sentence_case
from youthjustice.presentation.words.row_directions import unsupported_cells
from youthjustice.presentation.words.small_bases import (
    names_base,
    uncounted_cells,
    uncounted_percentages,
)

WORD, RANK = "a banned word", "a rank alone"
SMALL = "a percentage on few without its count"
APART = "a figure outside its own interval"
_ABOUT = 110
_WORD = re.compile("[a-z]{3}")
_NAME_OF_A_FILE = re.compile(r"[^\s<]+\.(?:html?|md)", re.I)
_TITLES = re.compile(
    r"(?:title|table|publication|publisher|address|source|standard|rating)s?", re.I
)
_SAY = "put its 95% interval in the same sentence, or say what the figures allow"
_DO = {
    APART: "check both: a figure lies between the ends of its interval",
    RANK: 'write between which ranks it could stand ("from 9th to 120th of 148")',
    SMALL: 'print the count with it ("3 of 11")',
}


class ReportProblem(NamedTuple):
    """What a report must not say: where it stands, its words, the rule, and what to do.

    >>> problem = lint_report("<h2>Custody</h2><p>We came 2nd of 148.</p>")[0]
    >>> problem.section, problem.rule
    ('Custody', 'a rank alone')
    >>> problem.what_to_do
    'write between which ranks it could stand ("from 9th to 120th of 148")'
    """

    section: str
    text: str
    rule: str
    what_to_do: str


def lint_report(page: str | Path, *, quoted: Iterable[str] = ()) -> list[ReportProblem]:
    """Return what a finished report says against the rules of its words, in order; none is best.

    ``page`` is HTML, or plain text or Markdown with blank lines between paragraphs, or the Path of a
    file of it. Refused are banned words (`lint_words`, with ``quoted`` titles let be); a direction
    (rose, lower, over-represented) in a sentence, an item of a list or a table's row without an
    interval or test that supports it, or against its own figures; a rank without the ranks that it
    may as well have been; and a percentage on fewer than 30 without its count. Captions, texts
    beside pictures and cells of tables are read too; quotations, sources and code are not.
    A table of the problems is ``pd.DataFrame(lint_report(page))``. Raises InputProblem for a file
    that cannot be read, and for a text that is but the name of a file.

    >>> page = "<h2>Custody</h2><p>The rate fell from 9 to 4.</p><p>We came 2nd of 148.</p>"
    >>> for problem in lint_report(page):
    ...     print(problem.section, "|", problem.text, "|", problem.rule)
    Custody | The rate fell from 9 to 4. | a direction without an interval that supports it
    Custody | We came 2nd of 148. | a rank alone
    """
    texts, grids = read_page(_read(page))
    distinct = list({(one.text, one.kind == ITEM): one for one in texts}.values())
    titles = list(quoted)
    found = [*_words(distinct, grids, titles)]
    for one in distinct:
        found += [ReportProblem(one.section, *told) for told in _said(one.text, one.kind)]
    for grid in grids:
        found += _tabled(grid)
    return list(dict.fromkeys(found))


def _read(page: object) -> str:
    """Give the text of a page, or of the file that a path names.

    Raises InputProblem if there is no such file, or if the text is but a file's name: nothing would
    be found in that, as in a page that is as it should be.
    """
    if isinstance(page, Path):
        try:
            return page.read_text(encoding="utf-8-sig")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise InputProblem(f"There is no file {page}; check the path.") from None
        except PermissionError:
            raise InputProblem(
                f"You may not read {page}; ask for the right to, or copy it."
            ) from None
        except (ValueError, OSError):
            raise InputProblem(
                f"{page} cannot be read as text; save it as HTML or Markdown in UTF-8."
            ) from None
    if not isinstance(page, str):
        raise InputProblem(
            f"A report to read is a text or a Path, not a {type(page).__name__}; pass one of them."
        )
    if _NAME_OF_A_FILE.fullmatch(page):
        raise InputProblem(
            f"{shown(page)} is the name of a file, not a report; pass Path({shown(page)}), or the text."
        )
    return page


def warnings(problems: Iterable[ReportProblem]) -> list[str]:
    """Write each problem on a line, as a command prints it.

    >>> warnings([ReportProblem("Custody", "It fell.", "a direction", "add its interval")])
    ['in "Custody": a direction: It fell. (Add its interval.)']
    """
    return [
        f'in "{one.section or "the part before the first heading"}": {one.rule}: {one.text} '
        f"({sentence_case(one.what_to_do)}.)"
        for one in problems
    ]


def _words(texts: list[Text], grids: list[Grid], quoted: list[str]) -> Iterator[ReportProblem]:
    """Find banned words: in all the text at once, and where they are only if there are any."""
    places = [(one.section, one.text) for one in texts]
    for grid in grids:
        ours = [at for at, head in enumerate(grid.heads) if not _TITLES.fullmatch(head)]
        cells = (row[at] for row in [grid.heads, *grid.rows] for at in ours if at < len(row))
        words = dict.fromkeys(cell for cell in cells if _WORD.search(cell))
        places.append((grid.section, " | ".join(words)))
    without = [(section, without_quotations(text)) for section, text in places]
    if not lint_words(" | ".join(dict.fromkeys(text for _, text in without)), quoted=quoted):
        return
    for section, text in without:
        for word in lint_words(text, quoted=quoted):
            do = f"write {word.instead}: {word.reason}"
            yield ReportProblem(section, word.context, f"{WORD}: {word.found}", do)


@lru_cache(maxsize=2048)
def _said(text: str, kind: str) -> tuple[tuple[str, str, str], ...]:
    """Say what is wrong with a text; once, since most stand in the report of every area."""
    return tuple(_found_in(text, kind))


def _found_in(text: str, kind: str) -> Iterator[tuple[str, str, str]]:
    if kind == TERM and not any(letter.isdigit() for letter in text):
        return  # a definition
    for wrong in unsupported_directions(text, whole=kind == ITEM):
        yield _around(text, wrong.start), wrong.wrong, _SAY
    for interval in intervals(text):
        if not interval.holds_its_figure:
            yield _around(text, interval.start), APART, _DO[APART]
    for _, start in bare_ranks(text):
        yield _around(text, start), RANK, _DO[RANK]
    if kind != CAPTION:
        for _, start in uncounted_percentages(text):
            yield _around(text, start), SMALL, _DO[SMALL]


def _tabled(grid: Grid) -> Iterator[ReportProblem]:
    whole = " | ".join({cell for row in grid.rows for cell in row})
    claims, shares = may_claim(whole), "%" in whole and any(map(names_base, grid.heads))
    ranks = any(map(names_rank, grid.heads))
    for row in grid.rows:
        for _, wrong in unsupported_cells(grid.caption, grid.heads, row) if claims else ():
            yield ReportProblem(grid.section, _row(grid, row), wrong, _SAY)
        if ranks and bare_rank_cells(grid.heads, row):
            yield ReportProblem(grid.section, _row(grid, row), RANK, _DO[RANK])
        if shares and uncounted_cells(grid.heads, row):
            yield ReportProblem(grid.section, _row(grid, row), SMALL, _DO[SMALL])


def _around(text: str, start: int) -> str:
    """Give a text short: the words around a place of it."""
    if len(text) <= _ABOUT:
        return text
    first = max(0, min(start - _ABOUT // 3, len(text) - _ABOUT))
    first = text.rfind(" ", 0, first) + 1 if first else 0
    last = text.rfind(" ", 0, first + _ABOUT) if first + _ABOUT < len(text) else len(text)
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"


def _row(grid: Grid, row: list[str]) -> str:
    return _around(f"{grid.caption}: {' | '.join(row)}" if grid.caption else " | ".join(row), 0)
