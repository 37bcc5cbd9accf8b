"""What a notebook's cell shows of case records: a sentence instead of rows about children."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd

CHILDREN = ("child_id", "date_of_birth")
"""A frame with one of these columns has a row for each child, or for what each child did."""


def keep_children_out_of_cells() -> None:
    """Let frames of children show a sentence in the cells of the notebook that is open, if one is.

    `read_extract` does so. What `print` writes, frames without these columns and what the analyst works
    out from them are shown as ever; `frame.to_string()` shows a frame in full on purpose.
    """
    import sys

    session = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    formatter = getattr(session, "display_formatter", None)
    if formatter is None:
        return
    for kind in (pd.DataFrame, pd.Series):
        formatter.formatters["text/html"].for_type(kind, _as_html)
        formatter.formatters["text/plain"].for_type(kind, _as_text)


def about_children(thing: pd.DataFrame | pd.Series) -> bool:
    """Tell whether a frame or a column has a row for each child.

    >>> about_children(pd.DataFrame({"child_id": ["A"]})), about_children(pd.Series([3], name="n"))
    (True, False)
    """
    names = [*thing.columns] if isinstance(thing, pd.DataFrame) else [thing.name]
    return bool({*names, *thing.index.names} & {*CHILDREN})


def instead() -> str:
    """Say what stands there in place of rows about children.

    >>> instead()
    'Rows about children are not shown in a notebook. Count them, and show what yj.disclosure.release \
returns.'
    """
    return (
        "Rows about children are not shown in a notebook. Count them, and show what "
        "yj.disclosure.release returns."
    )


def figures_instead(what: str) -> dict[str, str]:
    """Say in a notebook's cell what a thing is, and none of its figures.

    >>> figures_instead("A cohort")["text/plain"]
    'A cohort. Its figures are numbers of children: print it to see them, and release what others see.'
    """
    return bundle(
        f"{what}. Its figures are numbers of children: print it to see them, and release what others "
        "see."
    )


def bundle(text: str) -> dict[str, str]:
    """Give a text as a notebook shows it.

    >>> bundle("a < b")["text/html"]
    '<p>a &lt; b</p>'
    """
    return {"text/plain": text, "text/html": f"<p>{html.escape(text)}</p>"}


def _as_html(thing: Any) -> str | None:
    if about_children(thing):
        return bundle(instead())["text/html"]
    usual: Any = getattr(thing, "_repr_html_", None)  # a column has none
    return usual() if isinstance(thing, pd.DataFrame) else None


def _as_text(thing: Any, printer: Any, cycle: bool) -> None:
    printer.text(instead() if about_children(thing) else repr(thing))
