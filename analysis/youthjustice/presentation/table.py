"""A table that shows itself: real headers, a caption, and every gap explained."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import escape
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates, numbers
from youthjustice.presentation.lineage import Lineage
from youthjustice.presentation.words.phrases import with_articles

Format = Callable[[Any], str]

# More columns than a phone shows at once: the style sheet says that such a table scrolls.
_WIDE = 4


class Behind(NamedTuple):
    """The columns of a frame that hold what a printed cell was rounded from, and its unit.

    A figure and the limits of its interval; a name is empty where there is none.

    >>> frame = pd.DataFrame({"group": ["Black"], "ratio": ["1.24 (0.96 to 1.59)"],
    ...     "value": [1.2381], "lower": [0.9634], "upper": [1.5912]})
    >>> behind = {"ratio": Behind("value", "lower", "upper", "ratio")}
    >>> shown = Table(frame, "Ratio to White children", columns={"group": "", "ratio": "Ratio"},
    ...     behind=behind)
    >>> shown.frame[shown.behind["ratio"].value].item()
    1.2381
    """

    value: str = ""
    lower: str = ""
    upper: str = ""
    unit: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """A frame as an accessible table in HTML and as aligned text in a terminal.

    ``columns`` chooses, orders and names the columns (default: all of them, underscores as
    blanks); ``formats`` writes their values (default: counts and plain decimals, dates in words);
    ``row_header`` is the column whose cells head their rows (default: the first).
    A missing value is printed as its symbol in brackets, read from the column ``symbol`` (or
    ``<name>_symbol``) of the same row and ``[x]`` where there is none; the caption explains the
    symbols that occur. ``align_right`` lists text columns that hold written numbers. ``behind`` says
    for a column where the frame has its figures unrounded, for whoever takes them further; a column
    of numbers without a word of it is its own. ``lineage`` is where the figures come from, to which a
    link behind the ``source`` leads. Raises InputProblem for a column that the frame does not have,
    and for a lineage without a source.

    >>> frame = pd.DataFrame({"group": ["Asian", "Black"], "children": [1200, None],
    ...     "symbol": [None, "c"]})
    >>> print(Table(frame, "Children", columns={"group": "Ethnic group", "children": "Children"}))
    Children
    [c] kept confidential to protect children's privacy
    Ethnic group  Children
    Asian            1,200
    Black              [c]
    """

    frame: pd.DataFrame
    caption: str
    columns: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, Format] = field(default_factory=dict)
    row_header: str = ""
    note: str = ""
    source: str = ""
    align_right: Collection[str] = ()
    behind: Mapping[str, Behind] = field(default_factory=dict)
    lineage: Lineage | None = None

    def __post_init__(self) -> None:
        for words in ("caption", "note"):
            object.__setattr__(self, words, with_articles(getattr(self, words)))
        # The new frame shares its data: pandas copies on write, so later edits leave it alone.
        frame = self.frame.reset_index(drop=True)
        # The source is printed from its own argument; pandas would copy the rest at every step.
        frame.attrs = {}
        object.__setattr__(self, "frame", frame)
        hidden = {name for name in self.frame if str(name).endswith("symbol")}
        names = self.columns or {
            str(name): str(name).replace("_", " ").capitalize()
            for name in self.frame
            if name not in hidden
        }
        object.__setattr__(self, "columns", dict(names))
        header = self.row_header or next(iter(names), "")
        object.__setattr__(self, "row_header", header)
        held = [name for one in self.behind.values() for name in one[:3] if name]
        missing = [name for name in [*names, header, *held] if name not in self.frame]
        if missing:
            raise InputProblem(
                f"Table {self.caption!r} was asked for the column {missing[0]!r}, which its frame "
                f"does not have: choose among {[str(name) for name in self.frame]}"
            )
        if self.lineage and not self.source:
            raise InputProblem(
                f"Table {self.caption!r} has a lineage and no source to print before its link: give "
                "its publications as source"
            )

    def texts(self) -> pd.DataFrame:
        """Return the table as it is printed, every cell as text.

        The columns are named by their labels and stand in the order of ``columns``; two may have one
        label.
        """
        texts = pd.DataFrame({name: self._written(name) for name in self.columns}, dtype=str)
        return texts.set_axis(list(self.columns.values()), axis=1)

    def symbols(self) -> dict[str, str]:
        """Return the symbols printed in this table and what they mean."""
        used = {symbol for name in self.columns for symbol in self._gaps[name].values()}
        return {symbol: meaning for symbol, meaning in _meanings().items() if symbol in used}

    def _repr_html_(self) -> str:
        return self._html

    @cached_property
    def _html(self) -> str:
        """Write the table once: the same one stands in the report of every area."""
        caption = escape(self.caption)
        shorthand = self._shorthand()
        if shorthand:
            caption += f' <span class="yj-shorthand">{escape(shorthand)}</span>'
        # On a narrow screen any table may scroll, and what scrolls must be reachable and named.
        region = f' role="group" tabindex="0" aria-label="{escape(self.caption)}"'
        note = f'<p class="yj-table-note">{escape(self.note)}</p>' if self.note else ""
        link = f" {self.lineage.reference_html()}" if self.lineage else ""
        told = f"Source: {escape(self.source)}{link}"
        source = f'<p class="yj-source">{told}</p>' if self.source else ""
        wide = " yj-wide" if len(self.columns) > _WIDE else ""
        return (
            f'<div class="yj-table{wide}"><div class="yj-scroll"{region}><table>'
            f'<caption><span class="yj-caption">{caption}</span></caption>'
            f"{self._head()}{self._body()}</table></div>"
            f"{note}{source}</div>"
        )

    def __str__(self) -> str:
        columns = [
            _justified([label, *self._written(name)], right=self._is_number(name))
            for name, label in self.columns.items()
        ]
        rows = ("  ".join(row).rstrip() for row in zip(*columns, strict=True))
        source = f"Source: {self.source}" if self.source else ""
        lines = [self.caption, self._shorthand(), *rows, self.note, source]
        return "\n".join(line for line in lines if line)

    __repr__ = __str__

    def _head(self) -> str:
        cells = "".join(
            f'<th scope="col"{self._class(name)}>{escape(label)}</th>'
            for name, label in self.columns.items()
        )
        return f"<thead><tr>{cells}</tr></thead>"

    def _body(self) -> str:
        parts = [
            [f"{start}{escape(text)}</{end}>" for text in self._written(name)]
            for name in self.columns
            for tag, end in [('th scope="row"', "th") if name == self.row_header else ("td", "td")]
            for start in [f"<{tag}{self._class(name)}>"]
        ]
        rows = ["<tr>" + "".join(row) + "</tr>" for row in zip(*parts, strict=True)]
        return f"<tbody>{''.join(rows)}</tbody>"

    def _written(self, name: str) -> list[str]:
        """Return one column as text, with symbols where it has no value."""
        form = self.formats.get(name) or self._default_form(name)
        gaps = self._gaps[name]
        return [
            f"[{gaps[at]}]" if at in gaps else str(form(value))
            for at, value in enumerate(self._values(name))
        ]

    @cached_property
    def _gaps(self) -> dict[str, dict[int, str]]:
        """Give the rows that lack a value, and why, of every column that is shown."""
        return {name: self._symbols(name) for name in self.columns}

    def _symbols(self, name: str) -> dict[int, str]:
        """Return why each missing value of a column is missing; x where the frame does not say."""
        gone = np.flatnonzero(pd.isna(self._values(name))).tolist()
        column = next((own for own in (f"{name}_symbol", "symbol") if own in self._kinds), None)
        if column is None or not gone:
            return dict.fromkeys(gone, "x")
        said = self._values(column)
        return {at: "x" if pd.isna(said[at]) else str(said[at]) for at in gone}

    def _values(self, name: str) -> NDArray[np.object_]:
        """Give the values of a column, which pandas takes long to hand out."""
        if name not in self._read:
            self._read[name] = self.frame[name].to_numpy(object)
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, NDArray[np.object_]]:
        """Keep the columns that were read."""
        return {}

    def _shorthand(self) -> str:
        return "; ".join(f"[{symbol}] {meaning}" for symbol, meaning in self.symbols().items())

    def _is_number(self, name: str) -> bool:
        if name in self.align_right:
            return True
        kind = self._kinds[name]
        return pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)

    @cached_property
    def _kinds(self) -> dict[str, Any]:
        """Give the kind of every column, which many questions are asked about."""
        return dict(self.frame.dtypes)

    def _default_form(self, name: str) -> Format:
        if pd.api.types.is_datetime64_any_dtype(self._kinds[name]):
            return dates.day
        return _plain if self._is_number(name) else str

    def _class(self, name: str) -> str:
        number = name != self.row_header and self._is_number(name)
        return ' class="yj-number"' if number else ""


def _plain(value: Any) -> str:
    """Write a number whose meaning is not known: whole as a count, otherwise two decimals."""
    if isinstance(value, str):
        return value
    return numbers.decimal(value, 0 if float(value).is_integer() else 2)


def _justified(texts: list[str], *, right: bool) -> list[str]:
    width = max(map(len, texts))
    return [text.rjust(width) if right else text.ljust(width) for text in texts]


@cache
def _meanings() -> dict[str, str]:
    lines = files(__package__).joinpath("symbols.csv").read_text(encoding="utf-8").splitlines()
    return {row["symbol"]: row["meaning"] for row in csv.DictReader(lines)}
