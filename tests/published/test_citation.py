"""What is told of a publication is shared by copies, and nobody changes it."""

import copy
import json
import pickle

import pytest

from youthjustice.published import load
from youthjustice.published.citation import Citation

BOOK = Citation({"title": "Book"}, caveats=("One.",))

CHANGES = {
    "set": lambda one: one.__setitem__("title", "Mine"),
    "delete": lambda one: one.__delitem__("title"),
    "or": lambda one: one.__ior__({"title": "Mine"}),
    "update": lambda one: one.update(title="Mine"),
    "setdefault": lambda one: one.setdefault("table", "1"),
    "pop": lambda one: one.pop("title"),
    "popitem": lambda one: one.popitem(),
    "clear": lambda one: one.clear(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_cannot_be_changed(change):
    with pytest.raises(TypeError, match="change dict"):
        change(BOOK)
    assert BOOK == {"title": "Book", "caveats": ("One.",)}


def test_copies_are_itself_or_a_mapping_of_one_s_own():
    assert copy.deepcopy([BOOK])[0] is BOOK
    for mine in (
        dict(BOOK),
        BOOK | {},
        BOOK.copy(),
        copy.copy(BOOK),
        pickle.loads(pickle.dumps(BOOK)),
    ):
        mine["title"] = "Mine"
    assert BOOK["title"] == "Book"
    assert json.loads(json.dumps(BOOK)) == {"title": "Book", "caveats": ["One."]}


def test_steps_on_a_table_share_its_citations():
    table = load("population_area")
    later = table[table["value"] > 1].assign(one=1).sort_values("value")
    assert later.attrs == table.attrs and later.attrs is not table.attrs
    assert later.attrs["source"] is table.attrs["source"]
    assert later.attrs["sources"][0] is table.attrs["sources"][0]
