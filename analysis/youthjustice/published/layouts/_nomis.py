"""Census tables that users make at Nomis: blocks of areas, each with its titles above it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published._cells import melt
from youthjustice.published.layouts._populations import span
from youthjustice.sandbox.cells import Texts, texts
from youthjustice.sandbox.grid import Grid

_DEEPEST = 15
_PLACE = re.compile(r"(?:\d{4} )?(?:local authority|region|countr|upper tier|lower tier|area)\b.*")
_CODE = re.compile(r"[A-Z]\d{8}")


def is_nomis(grid: Grid) -> bool:
    """Tell whether a sheet is a Nomis table of Census 2021 by ethnic group and age."""
    top = plain(" ".join(texts(grid.cells[:_DEEPEST]).ravel()))
    return "nomis" in top and "ethnic group" in top and re.search(r"\bage\b", top) is not None


def blocks(grid: Grid) -> pd.DataFrame:
    """Read every block: `code`, `name`, `ethnic`, `age`, `sex`, `printed`, `sheet`, `cell`.

    A block's header begins with the kind of area; its columns are ethnic groups or ages. The other
    of the two, and the sex, stand in titles above, such as `Age : | Aged 10 years`, and hold until
    another title takes their place.

    Raises:
        InputProblem: there is no header, or a block does not say its age or ethnic group.

    """
    words = texts(grid.cells)
    first = [plain(text) for text in words[:, 0]]
    heads = [
        row for row, text in enumerate(first) if _PLACE.fullmatch(text) and words[row, 1:].any()
    ]
    if not heads:
        raise InputProblem(
            f"sheet {shown(grid.sheet)} is a table of Nomis without a row that begins with the kind "
            "of area: make it with local authorities in the rows"
        )
    titles: dict[str, str] = {"sex": ""}
    parts, before = [], 0
    for row, after in zip(heads, [*heads[1:], len(words)], strict=True):
        titles |= _titles(words[before:row])
        parts.append(_block(grid, words, row, after, titles))
        before = row
    return pd.concat(parts, ignore_index=True)


def _titles(words: Texts) -> dict[str, str]:
    """Give the age, sex and ethnic group that titles such as `Sex : | All persons` say."""
    said = {plain(row[0]): str(row[1]) for row in words if len(row) > 1 and row[1]}
    known = {"age": "age", "sex": "sex", "ethnic group": "ethnic"}
    return {known[title]: text for title, text in said.items() if title in known}


def _block(grid: Grid, words: Texts, row: int, after: int, titles: dict[str, str]) -> pd.DataFrame:
    head = words[row]
    coded = [at for at, text in enumerate(head) if plain(text) == "mnemonic"]
    columns = {at: str(head[at]) for at in range(1, len(head)) if head[at] and at not in coded}
    ages = sum(span(text) is not None for text in columns.values())
    across = "age" if ages > len(columns) / 2 else "ethnic"
    said = {name: titles.get(name) for name in ("age", "ethnic") if name != across}
    if lacking := [name for name, text in said.items() if text is None]:
        raise InputProblem(
            f"sheet {shown(grid.sheet)}, row {row + 1}: no title above the table says its "
            f"{lacking[0].replace('ethnic', 'ethnic group')}"
        )
    names, codes = words[row + 1 : after, 0], words[row + 1 : after, coded[0] if coded else 0]
    found = [_CODE.search(str(text)) for text in codes]
    held = [at for at, code in enumerate(found) if code]
    rows = melt(grid, [row + 1 + at for at in held], {}, columns).rename(columns={"label": across})
    wide = len(columns)
    plainly = [re.sub(r"^\s*[A-Z]\d{8}\s*:\s*", "", str(names[at])) for at in held]
    rows["code"] = np.repeat([code[0] for code in found if code], wide)
    rows["name"] = np.repeat(np.array(plainly, dtype=object), wide)
    return rows.assign(sex=titles["sex"], **said)
