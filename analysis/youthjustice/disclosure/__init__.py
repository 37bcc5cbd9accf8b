"""What may leave: nothing that came from case records is shown except through this room.

Everything here is loaded on first use, so that importing the room costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice._lazy import lazy

__all__: list[str] = []

# A type checker reads the imports above instead, and so sees a misspelt name.
if not TYPE_CHECKING:
    _HOMES: dict[str, str] = {}
    __getattr__, __dir__ = lazy(__name__, _HOMES, __all__)
