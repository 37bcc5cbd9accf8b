"""Numbers as official tables print them: a value, or the symbol that says why there is none."""

from __future__ import annotations

import re
from types import MappingProxyType

import numpy as np
import pandas as pd

from youthjustice._shown import row_named, shown
from youthjustice._spelling import without_notes
from youthjustice.errors import InputProblem
from youthjustice.published.loading import lookup

SYMBOLS = MappingProxyType(
    {
        "c": "confidential",
        "x": "not available",
        "z": "not applicable",
        "low": "rounds to zero but is not zero",
        "u": "unknown or of low reliability",
    }
)
"""Why a value is missing, by the symbol that the tables hold."""

_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)"
_NUMBER = rf"[+-]?(?:{_WHOLE}(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{{1,2}})?"
_SMALL = r"(?:<=?|≤|fewer than|less than|under)\s*\d+(?:\.\d+)?\s*%?|\d+ or (?:fewer|less)"
_PER_CENT = r"\s*(?:%|per ?cent)?"
_SPACES = r"[\u00a0\u2000-\u200a\u202f\u205f]"
_DASHES = r"[\u2010-\u2015\u2212]"
_UNSEEN = r"[\u200b-\u200d\u2060\ufeff]"
# Nothing but notes: "[note 12]", "(1)(2)". One number in brackets alone may be a negative one.
_NOTES = r"(?:\[notes?\s*[\d, ]+\]\s*)+|(?:\(\d{1,2}\)\s*){2,}"
# What may be read in two ways, and that no publication at hand explains.
_UNSURE = (
    (r"\([\d.,]+\)", "which may be the mark of a note or a number below zero: write the number "
     "itself, or leave the cell empty"),
    (r"\d+ ?(?:-|to) ?\d+", "which is a range and no number: write [c] if it stands for a small "
     "number that is withheld"),
    (r"nil", "which may be zero or no figure at all: write 0, or leave the cell empty"),
    (r"\*[* ]*\*", "which only the notes of its publication explain: write what they say, such as "
     "[c] for withheld"),
)  # fmt: skip
_UNKNOWN = (
    "which is neither a number nor a symbol that we know: correct it or add it to "
    "data/lookups/symbols.csv"
)


def numbers(column: pd.Series, publisher: str = "") -> pd.DataFrame:
    """Read a printed column into `value` and `symbol`, with the column's index.

    Commas and spaces of thousands, a per cent sign and footnote marks go; `12.5%` is 12.5, and
    `0.125` stays 0.125. `(12)`, `1-5`, `nil` and `**` are refused, since each may mean two things
    and no publication at hand says which. Zero stays zero and is never missing; what is not a
    number is missing, and `symbol` says why (see SYMBOLS). `<6` is a small number withheld (`c`).
    The 17th digit that spreadsheets leave behind goes too.

    Args:
        column: numbers, or texts such as `1,234`, `12.5%`, `<6`, `[c]`, `..`, `12 [r]`, `3(1)`.
        publisher: whose table it is, where one sign means different things to different
            publishers, such as "Ministry of Justice" for `..`.

    Raises:
        InputProblem: a cell is neither a number nor a known symbol; the message names its row.

    Source: the lookup `symbols`, after the Analysis Function, Using symbols and shorthand (2022).

    Examples:
        >>> numbers(pd.Series(["1,234", "0", "12.5%", "<6", "[x]", "39.020000000000003"]))
             value symbol
        0  1234.00    NaN
        1     0.00    NaN
        2    12.50    NaN
        3      NaN      c
        4      NaN      x
        5    39.02    NaN

    """
    if pd.api.types.is_bool_dtype(column):
        raise InputProblem("a column of true and false holds no numbers: give the printed figures")
    if pd.api.types.is_numeric_dtype(column):
        value = column.astype("float64")
        _refuse(column[np.isinf(value)])
        symbol = pd.Series(np.nan, index=column.index, dtype="str").mask(value.isna(), "x")
        return pd.DataFrame({"value": value, "symbol": symbol})
    codes, texts = pd.factorize(column.where(column.notna(), ""))
    printed = pd.Series(texts, dtype="object")
    distinct = _distinct(printed, publisher)
    unread = np.isin(codes, np.flatnonzero(distinct["unread"]))
    _refuse(column[unread])
    table = distinct[["value", "symbol"]].iloc[codes]
    return table.set_axis(column.index)


def _refuse(cells: pd.Series) -> None:
    if not len(cells):
        return
    words = re.sub(_DASHES, "-", " ".join(str(cells.iloc[0])[:200].lower().split()))
    why = next((reason for shape, reason in _UNSURE if re.fullmatch(shape, words)), _UNKNOWN)
    raise InputProblem(f"{row_named(cells.index[0])} holds {shown(cells.iloc[0])}, {why}")


def _distinct(printed: pd.Series, publisher: str) -> pd.DataFrame:
    """Read each distinct text once: value, symbol, and whether it could not be read."""
    # A truth is no number, though Python counts with it.
    words = printed.mask(printed.map(lambda cell: isinstance(cell, bool)), "true").astype("str")
    words = words.str.slice(0, 200).str.replace(_UNSEEN, "", regex=True).str.lower()
    words = words.str.replace(_SPACES, " ", regex=True).str.strip()
    words = words.str.replace(_DASHES, "-", regex=True)
    words = words.mask(words.str.fullmatch(_NOTES), "(note)")
    words = words.str.replace(r"^\[notes?\s*[\d, ]+\]\s*(?=\[)", "", regex=True).map(without_notes)
    words = words.str.replace(r"\[\s+([a-z]+)\s+\]", r"[\1]", regex=True)
    words = words.str.replace(r"(?<=\d)\s?(?:\(([pr])\)|([pr]))$", r" [\1\2]", regex=True)
    split = words.str.extract(r"^(.*?)\s*((?:\[[a-z]+\]\s*)*)$").fillna("")
    body, marks = split[0], split[1]

    book = _book(publisher)
    keeps = "|".join(book.index[book["keeps_value"]])
    kept_marks = rf"(?:\[(?:{keeps})\]\s*)*"
    digits = body.str.fullmatch(_NUMBER + _PER_CENT)
    numeric = body.where(digits).str.replace(r"per ?cent|[,%\s]", "", regex=True)
    value = _without_dust(pd.to_numeric(numeric), numeric)

    # A symbol stands in the number's place, with or without brackets: "*", "c", "[c]", "[c][r]".
    bracketed = (body == "") & (marks != "")
    alone = body.mask(bracketed, marks.str.extract(r"^\[([a-z]+)\]", expand=False))
    small = body.str.fullmatch(_SMALL)
    symbol = alone.map(book["symbol"]).mask(small, "c")
    symbol = symbol.mask(digits, marks.str.extract(r"\[(u)\]", expand=False))

    rest = marks.mask(bracketed, marks.str.replace(r"^\[[a-z]+\]\s*", "", regex=True))
    read = (digits | symbol.notna()) & rest.str.fullmatch(kept_marks)
    return pd.DataFrame({"value": value, "symbol": symbol.astype("str"), "unread": ~read})


def _without_dust(value: pd.Series, digits: pd.Series) -> pd.Series:
    """Take off digits beyond the fifteenth: binary noise that a spreadsheet printed."""
    long = digits.fillna("").str.count(r"\d") > 15
    short = value[long].map(lambda number: float(f"{number:.15g}"))
    return value.astype("float64").mask(long, short)


def _book(publisher: str) -> pd.DataFrame:
    """Give the symbols by text; those of the publisher come before those of any publisher."""
    table = lookup("symbols")
    own = table["publisher"].fillna("").str.casefold() == publisher.strip().casefold()
    table = table[own | table["publisher"].isna()].assign(own=own)
    table = table.assign(text=table["text"].replace("(blank)", "")).sort_values("own")
    book = table.drop_duplicates("text", keep="last").set_index("text")
    return book.assign(keeps_value=book["keeps_value"].astype(bool))
