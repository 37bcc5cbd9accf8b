"""Sentences that are joined or reworded keep where their figures come from."""

from youthjustice.presentation import Sentence
from youthjustice.presentation.lineage import Lineage, Publication
from youthjustice.reports.citing import traced
from youthjustice.reports.sections.wording import in_one, inferred

BOOK, PAPER = Publication("Office", "Book"), Publication("Office", "Paper")


def test_sentences_that_are_joined_or_reworded_keep_where_they_come_from():
    first = traced(Sentence("One (95% confidence interval 1 to 2)."), [BOOK], inputs={"x": "1"})
    second = traced(Sentence("Two."), [PAPER, BOOK], "rate")
    assert inferred(first).lineage == Lineage((BOOK,), (), (("x", "1"),))
    both = in_one(first, second, Sentence("Three."))
    assert both.lineage == Lineage((BOOK, PAPER), ("rate",), (("x", "1"),))
    assert in_one(Sentence("One."), Sentence("Two.")).lineage is None
