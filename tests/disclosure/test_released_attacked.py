"""A thousand random tables: after release no hidden count is known within the width.

Tables of one to four dimensions, with all or some margins, nested areas, overlapping periods and
linked tables. The attacker tries every table of whole numbers near the true one, and is written
apart from the package.
"""

import pytest

from tests.disclosure.attackers import TooMany
from tests.disclosure.tables import random_case, widths
from youthjustice.disclosure import PUBLICATION, release_together


def attack(seeds):
    tried = 0
    for seed in seeds:
        tables, nested = random_case(seed)
        released = release_together(tables, nested=nested)
        for one, table in zip(released, tables, strict=True):
            small = table.frame["n"].between(1, PUBLICATION.threshold - 1)
            assert one.hidden[small].all(), f"seed {seed}"
            shown = ~one.hidden
            assert (one.frame["n"][shown] == table.frame["n"][shown]).all(), f"seed {seed}"
        truths = [list(table.frame["n"]) for table in tables]
        try:
            found = widths(released, truths, PUBLICATION.width, nested)
        except TooMany:  # three in four are small enough
            continue
        tried += 1
        assert all(width >= PUBLICATION.width for width in found), f"seed {seed}"
    return tried


def test_no_hidden_count_is_known():
    assert attack(range(20)) >= 14


@pytest.mark.prove
@pytest.mark.parametrize("part", range(4))
def test_no_hidden_count_of_a_thousand_tables_is_known(part):
    seeds = range(20 + 245 * part, 20 + 245 * (part + 1))
    tried = attack(seeds)
    print(f"the attacker had the patience for {tried} of {len(seeds)} tables")  # noqa: T201
    assert tried >= 150
