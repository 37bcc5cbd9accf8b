"""How far long work has come, in a notebook that somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 1.0
"""Seconds until a bar appears."""


def watched(items: Sequence[T], what: str) -> Iterator[T]:
    """Go through items, with a progress bar where a notebook is open and they take over a second.

    >>> list(watched(["decisions", "reoffending"], "own records"))
    ['decisions', 'reoffending']
    """
    if not in_a_notebook():
        return iter(items)
    from tqdm import tqdm

    # A notebook would show what comes through the other channel as if something were wrong.
    return iter(tqdm(items, desc=what, delay=PATIENCE, leave=False, file=sys.stdout))


def in_a_notebook() -> bool:
    """Tell whether this is the kernel of an open notebook, and not a report that is being built."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == "ZMQInteractiveShell"
