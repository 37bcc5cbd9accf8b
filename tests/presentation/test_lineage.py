"""A figure's publications, formulas and inputs."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.presentation.lineage import Lineage, Publication, formulas, joined, publication

ROOT = Path(__file__).parents[2]
BOOK = Publication("Office", "Book", "Table 1", "2026-02-01", "https://example.org/book")
PAPER = Publication("Office", "Paper")


def test_equal_lineages_have_one_identifier_and_others_another():
    one = Lineage((BOOK,), ("rate_limits", "rate"), (("children", "41"),))
    same = Lineage((BOOK,), ("rate", "rate_limits"), (("children", "41"),))
    assert one == same
    assert one.identifier == same.identifier
    others = [Lineage((PAPER,)), Lineage((BOOK,)), Lineage((BOOK,), ("rate",))]
    assert len({each.identifier for each in [one, *others]}) == 4
    assert re.fullmatch("[0-9a-f]{8}", one.identifier)


def test_a_formula_that_is_not_listed_is_refused():
    with pytest.raises(InputProblem, match="No formula is called 'guess'"):
        Lineage((BOOK,), ("guess",))


def test_joining_keeps_each_part_once_and_in_order():
    both = joined(
        [
            Lineage((BOOK,), ("rate",), (("a", "1"),)),
            Lineage((PAPER, BOOK), (), (("a", "1"), ("b", "2"))),
        ]
    )
    assert both.publications == (BOOK, PAPER)
    assert both.inputs == (("a", "1"), ("b", "2"))


@pytest.mark.parametrize(
    ("released", "told"),
    [
        (pd.Timestamp("2026-02-09"), "2026-02-09"),
        (date(2026, 2, 9), "2026-02-09"),
        ("2026-02-09", "2026-02-09"),
        (pd.NaT, ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_release_date_is_told_or_left_empty(released, told):
    source = {"title": "Book", "release_date": released, "caveats": ["one"], "table": float("nan")}
    found = publication(source)
    assert (found.release_date, found.table, found.publisher) == (told, "", "")


def test_every_formula_is_used_by_a_section():
    folder = ROOT / "analysis" / "youthjustice" / "reports" / "sections"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    assert [key for key in formulas() if f'"{key}"' not in code] == []


def test_every_formula_is_told_whole_and_its_reference_stands_in_the_methods():
    pages = [ROOT / "docs" / "methods.md", *sorted((ROOT / "docs" / "methods").glob("*.md"))]
    docs = " ".join(" ".join(page.read_text(encoding="utf-8") for page in pages).split())
    for one in formulas().values():
        assert all((one.name, one.formula, one.words, one.reference)), one.key
        for reference in one.reference.split("; "):
            assert _mentioned(reference, docs), reference


def _mentioned(reference, docs):
    """Look for author and year, for a heading in a page that is named, or for the words."""
    if found := re.fullmatch(r"(.+) \((\d{4})\)", reference):
        return re.search(rf"{found[1]}[ ,(]+{found[2]}", docs)
    if found := re.search(r"\((docs/[\w/.-]+), (.+)\)", reference):
        return found[2].lower() in (ROOT / found[1]).read_text(encoding="utf-8").lower()
    return reference in docs
