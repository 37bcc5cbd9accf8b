"""What to look for in a text: the identifiers, names, days and postcodes of some case records."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pandas as pd

from youthjustice.disclosure.days_in_text import dates_in

FIELDS = ("child_id", "date_of_birth", "offence_seq", "first_reoffence_date")
"""Columns of case records, whose very names have no place in a finished file."""

_OPEN = {
    "sex", "ethnic_group", "service", "care_status", "special_educational_needs", "offence_code",
    "outcome_type", "is_breach",
}  # fmt: skip
_IDENTIFIES = {"id", "identifier", "uln", "upn", "urn", "nhs", "pnc", "cro", "ref", "reference",
               "email", "phone", "mobile", "telephone"}  # fmt: skip
_NAMED = {"surname", "forename", "forenames", "firstname", "lastname", "alias", "aliases"}
_OF_A_PERSON = {"name", "names", "full", "first", "last", "middle", "given", "family", "known", "as",
                "preferred", "child", "children", "childs", "legal", "birth"}  # fmt: skip
_OF_ONE_CHILD = {"surname", "forename", "uln", "upn", "nhs", "pnc", "email", "phone", "mobile"}
_BORN = {"dob", "birthday", "birthdate"}
_FEWEST_DIGITS, _FEWEST_MIXED, _FEWEST_LETTERS = 5, 4, 6
_DENSE = 0.0005
_DENSE_DAYS, _FEW_DAYS = 0.02, 20
_MOST_SHAPES, _MOST_PARTS = 8, 6
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NOT_WORD = re.compile(r"[\W_]+")
_RUN = re.compile(r"\d+|[^\W\d_]+")
_ALL_LETTERS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)[\s+_-]{0,2}(\d[A-Z]{2})\b", re.IGNORECASE)
_FIELD = re.compile(rf"\b(?:{'|'.join(FIELDS)})\b", re.IGNORECASE)
_ENDS_OF_PERIODS = {(1, 1), (3, 31), (4, 1), (6, 30), (7, 1), (9, 30), (10, 1), (12, 31)}


@dataclass(slots=True)
class Sought:
    """What a text is searched for; `kinds` tells what it holds, and never gives it back."""

    identifiers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    days: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    lone_names: set[str] = field(default_factory=set)
    postcodes: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)
    dense: bool = False
    dense_days: bool = False
    patterns: list[tuple[str, re.Pattern[str]]] = field(default_factory=list)
    parts: dict[str, int] = field(default_factory=dict)

    def kinds(self, text: str) -> set[str]:
        """Tell what a text holds of what is sought: kinds such as "identifier", without the values."""
        text = plain(text)
        found = set(self._identified(text))
        if self.days:
            found.update(self._born(text))
        found.update(self._named(text))
        codes = {f"{out}{inward}".upper() for out, inward in _POSTCODE.findall(text)}
        if codes & self.postcodes:
            found.add("postcode")
        if _FIELD.search(text):
            found.add("field of case records")
        return found

    def _identified(self, text: str) -> Iterator[str]:
        for kind, pattern in self.patterns:
            for told in pattern.findall(text):
                if _bare(told) in self.identifiers[kind]:
                    yield f"possible {kind}" if self.dense and told.isdigit() else kind
        for kind, most in self.parts.items():
            words = [word.lower() for word in _ALL_LETTERS.findall(text)]
            for many in range(1, most + 1):
                if self.identifiers[kind].intersection(_joined(words, many)):
                    yield kind
        for told in _GROUPED.findall(text):
            for kind, values in self.identifiers.items():
                if told.replace(",", "") in values:
                    yield f"possible {kind}"

    def _born(self, text: str) -> Iterator[str]:
        days = dates_in(text)
        told = self.days & (days.figures if self.dense_days else days.figures | days.words)
        if any(not _is_public(day) for day in told):
            yield "date of birth"
        elif told or self.days & (days.words | days.maybe):
            yield "possible date of birth"

    def _named(self, text: str) -> Iterator[str]:
        if not self.names and not self.lone_names:
            return
        words = _WORD.findall(text)
        low = [_folded(word) for word in words]
        pairs = {f"{one} {two}" for one, two in pairwise(low)}
        if pairs & self.names or self.names.intersection(low):
            yield "name"
        capital = {told for word, told in zip(words, low, strict=True) if word[0].isupper()}
        if capital & self.lone_names:
            yield "possible name"


def sought_of(*tables: pd.DataFrame) -> Sought:
    """Tell what to look for from case records, and what of them cannot be looked for."""
    sought = Sought()
    for table in tables:
        by_kind: dict[str, list[str]] = defaultdict(list)
        for column in table.columns:
            by_kind[kind_of(str(column))].append(column)
        for kind in ("identifier", "offence"):
            for column in by_kind[kind]:
                _add_identifiers(sought, kind, str(column), table[column])
        for column in by_kind["day"]:
            sought.days |= _birthdays(table[column])
        for column in by_kind["postcode"]:
            sought.postcodes.update(_bare(str(one)).upper() for one in table[column].dropna())
        if by_kind["name"]:
            _add_names(sought, table[by_kind["name"]])
        sought.left_out += [
            f"the values of the column {str(column)[:40]!r}" for column in by_kind["other"]
        ]
    if sought.days:
        # With so many children a day that a report speaks of is somebody's birthday by chance.
        span = max(sought.days) - min(sought.days) + 1
        sought.dense_days = len(sought.days) > max(_DENSE_DAYS * span, _FEW_DAYS)
    for kind, values in sought.identifiers.items():
        shapes = _shapes(values)
        if len(shapes) <= _MOST_SHAPES:
            sought.patterns += [(kind, _pattern(*shape)) for shape in shapes.items()]
        else:
            sought.parts[kind] = _MOST_PARTS
    return sought


def kind_of(column: str) -> str:
    """Tell what a column of case records holds, from its name.

    >>> [kind_of(name) for name in ("child_id", "Surname", "dob", "Home postcode", "sex", "notes")]
    ['identifier', 'name', 'day', 'postcode', 'open', 'other']
    """
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", column)}
    if "seq" in words or "sequence" in words:
        return "offence"
    if words & {"postcode", "postal"} or {"post", "code"} <= words:
        return "postcode"
    if words & _BORN or {"date", "birth"} <= words:
        return "day"
    if words & _NAMED or (words & {"name", "names"} and words <= _OF_A_PERSON):
        return "name"
    if words & _IDENTIFIES:
        return "identifier"
    return "open" if column in _OPEN else "other"


def tells_children_apart(column: str) -> bool:
    """Tell whether a column's name says that its values are of single children.

    A column ``name`` may hold the names of services, and an identifier may be that of an area.

    >>> tells_children_apart("child_id"), tells_children_apart("area_id")
    (True, False)
    """
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", column)}
    kind = kind_of(column)
    return (
        kind in ("day", "postcode", "offence")
        or (kind == "name" and words != {"name"})
        or bool(words & _OF_ONE_CHILD)
        or {"child", "id"} <= words
    )


def plain(text: str) -> str:
    """Write a text without invisible letters, and wide or ornate ones as plain ones.

    >>> plain("AB\u200b\uff11")
    'AB1'
    """
    return text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _add_identifiers(sought: Sought, kind: str, column: str, values: pd.Series) -> None:
    """Take the identifiers that a text can be searched for; tell of those that are too short."""
    if pd.api.types.is_float_dtype(values):
        values = values.astype("Int64")
    texts = values.dropna().astype(str).drop_duplicates()
    bare = texts.map(plain).str.lower().str.replace(_NOT_WORD, "", regex=True)
    digits, letters = bare.str.fullmatch(r"\d+"), bare.str.fullmatch(r"[^\W\d_]+")
    fewest = np.select([digits, letters], [_FEWEST_DIGITS, _FEWEST_LETTERS], _FEWEST_MIXED)
    long = bare.str.len() >= fewest
    if short := int((~long).sum()):
        sought.left_out.append(
            f"{short:,} of {len(bare):,} values of {column[:40]!r}, which are so short that any "
            "text would hold them"
        )
    kept = bare[long]
    sought.identifiers[kind].update(kept)
    # Where many numbers of a length are somebody's, a number in a report is one by chance.
    for size, held in kept[digits[long]].str.len().value_counts().items():
        sought.dense |= bool(held / (9 * 10.0 ** (int(str(size)) - 1)) > _DENSE)
    if not sought.identifiers[kind]:
        del sought.identifiers[kind]


def _birthdays(values: pd.Series) -> set[int]:
    """Give the days in a column of days, or of texts that name them."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return {stamp.toordinal() for stamp in values.dropna().unique()}
    days = dates_in("\n".join(values.dropna().astype(str).unique()))
    return days.figures | days.words


def _shapes(values: Iterable[str]) -> dict[str, list[list[int]]]:
    """Sort identifiers by the runs of letters and of digits that they are made of, with lengths."""
    shapes: dict[str, list[list[int]]] = defaultdict(list)
    for value in values:
        runs = _RUN.findall(value)
        shapes["".join("d" if run[0].isdigit() else "w" for run in runs)].append([*map(len, runs)])
    return shapes


def _pattern(shape: str, sizes: list[list[int]]) -> re.Pattern[str]:
    """Give a pattern for identifiers of one shape, also where letters stand right before them.

    A separator may stand between two runs, whether or not the records write one. A number is taken
    whole, and not from the decimals of another.
    """
    letters = {"d": r"\d", "w": r"[^\W\d_]"}
    parts = [
        f"{letters[kind]}{{{low},{high}}}"
        for kind, low, high in zip(shape, np.min(sizes, 0), np.max(sizes, 0), strict=True)
    ]
    whole = r"[\W_]{0,2}".join(parts)
    start = r"(?<!\d)(?<!\d\.)" if shape[0] == "d" else ""
    end = r"(?!\d|\.\d*[1-9])" if shape == "d" else r"(?!\d)" if shape[-1] == "d" else r"\b"
    return re.compile(f"(?={start}({whole}){end})", re.IGNORECASE)


def _joined(words: list[str], many: int) -> Iterator[str]:
    """Give each so many words that follow one another, as one."""
    return ("".join(words[at : at + many]) for at in range(len(words) - many + 1))


def _add_names(sought: Sought, people: pd.DataFrame) -> None:
    """Take each pair of names that follow each other, either way round, and each long one alone."""
    texts = people.fillna("").astype(str).agg(" ".join, axis=1)
    ordinary = _ordinary()
    for words in (tuple(map(_folded, _WORD.findall(text))) for text in texts.unique()):
        for at, one in enumerate(words):
            sought.names.update(f"{one} {two}" for two in (*words[:at], *words[at + 1 :]))
        sought.lone_names.update(word for word in words if len(word) > 3 and word not in ordinary)
    sought.left_out.append(
        "names of three letters or fewer, and those that are words, on their own"
    )


def _bare(text: str) -> str:
    return _NOT_WORD.sub("", text).lower()


def _folded(word: str) -> str:
    """Write a name without capitals, accents and marks."""
    told = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in told if letter.isalpha())


def _is_public(day: int) -> bool:
    """Tell whether reports name a day for another reason: it ends a period, or saw a publication."""
    when = pd.Timestamp.fromordinal(day)
    return (when.month, when.day) in _ENDS_OF_PERIODS or day in _published_days()


@cache
def _published_days() -> frozenset[int]:
    """Give the days that the data package names, such as those of releases."""
    from youthjustice._shipped import data_folder
    from youthjustice.published.package import descriptor

    days = dates_in(json.dumps(descriptor(data_folder())))
    return frozenset(days.figures | days.words)


@cache
def _ordinary() -> frozenset[str]:
    """Give words of reports, places among them, that are names of people as well."""
    told = files(__package__).joinpath("ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(told.split())
