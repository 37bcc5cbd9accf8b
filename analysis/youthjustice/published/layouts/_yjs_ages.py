"""Single ages that head the columns of a table of Youth Justice Statistics: 10, 11, 12 and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from youthjustice._spelling import without_notes

_AGE = re.compile(r"[89]|1\d|2[0-5]")
_WORD = re.compile(r"(?:\W*\b(?:and|by|single years? of))*\W*\bage\b\D*$", re.IGNORECASE)
_FEWEST = 3
_LONG = 150


def rows_of_ages(
    words: npt.NDArray[np.object_], numeric: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, npt.NDArray[np.intp], dict[int, str]]]:
    """Give each row of single ages: its place, the columns of the ages, and the words on their left.

    The ages follow each other by one, at least three of them; no other number stands in the row, and
    no more than one text over them. A word for age stands on their left or, where nothing does, in the
    row above. On the left it names the columns and not what stands under it, so it is taken out of
    the words given.

    >>> words = np.array([["Group and age", "10", "11", "12", "Total"]], dtype=object)
    >>> [(row, ages, beside)] = rows_of_ages(words, np.char.isdigit(words.astype(str)))
    >>> row, ages.tolist(), beside
    (0, [1, 2, 3], {0: 'Group'})
    """
    for row in np.flatnonzero(numeric.sum(axis=1) >= _FEWEST).tolist():
        columns = np.flatnonzero(numeric[row])
        ages = [without_notes(str(text)) for text in words[row, columns]]
        if not all(_AGE.fullmatch(age) for age in ages):
            continue
        beside = {column: str(text) for column, text in enumerate(words[row, : columns[0]]) if text}
        near = [*beside.values()] or [str(text) for text in words[max(row - 1, 0)]]
        follow = bool((np.diff([int(age) for age in ages]) == 1).all())
        # What has names of its own above it, or figures, is a row of figures.
        headed = row > 0 and np.count_nonzero(words[row - 1, columns]) > 1
        if follow and not headed and any(_WORD.search(text[:_LONG]) for text in near):
            named = {column: _WORD.sub("", text).strip() for column, text in beside.items()}
            yield row, columns, named
