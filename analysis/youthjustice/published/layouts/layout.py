"""What a layout is: how one publication lays out its tables, and how to read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from youthjustice.sandbox.grid import Workbook

OGL = "OGL-UK-3.0"


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one publication's files.

    Attributes:
        name: the layout's own name, such as `yjs_entrants_area`.
        title: the publication.
        publisher: who publishes it.
        address: where its files are found.
        tried: whether it was tried on a real file; else it was built from a description.
        fits: says whether a workbook has this layout, from its content alone.
        read: gives the workbook's figures as tidy rows (see `read_workbook`).
        licence: the licence of the publication.
        caveats: what a reader of the figures has to know.

    """

    name: str
    title: str
    publisher: str
    address: str
    tried: bool
    fits: Callable[[Workbook], bool]
    read: Callable[[Workbook], pd.DataFrame]
    licence: str = OGL
    caveats: tuple[str, ...] = ()
