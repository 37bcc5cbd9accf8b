"""What a table says of its publications, which all copies of the table share."""

from __future__ import annotations

from typing import Any, NoReturn


class Citation(dict[str, Any]):
    """What is told of one publication: read as any mapping, and never changed.

    pandas copies all that a table says of itself at every step. Copies of a citation are the
    citation itself; `dict(citation)`, and what is pickled, is a mapping of one's own.

    >>> book = Citation(title="Book")
    >>> book["title"], dict(book) | {"title": "Mine"}
    ('Book', {'title': 'Mine'})
    """

    def __deepcopy__(self, _: object) -> Citation:
        """Give the citation itself."""
        return self

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        """Take the place of a plain mapping in a pickle, and in a shallow copy."""
        return dict, (dict(self),)

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("what is told of a publication is not to be changed: change dict() of it")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse
