"""Public names that load on first use, so that importing a room costs nothing."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any


def lazy(
    package: str, homes: Mapping[str, str], public: Sequence[str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of a package.

    ``homes`` gives the module of each name within the package; where it is empty, the name is a
    module itself. ``public`` is what tab completion lists.

    >>> load, names = lazy("youthjustice", {"InputProblem": "errors", "errors": ""}, ["errors"])
    >>> load("InputProblem") is load("errors").InputProblem, names()
    (True, ['errors'])
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if not homes[name]:
            return importlib.import_module(f"{package}.{name}")
        return getattr(importlib.import_module(f"{package}.{homes[name]}"), name)

    return load, lambda: sorted(public)
