"""How a measure names the row that is wrong, in one line."""

import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.measures.labels import read_labels
from youthjustice.measures.rows import check_labels, refuse_above, refuse_row

BREAK = "a\nge\u2028"


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (
            lambda f: check_labels(f, [BREAK], [read_labels(f, BREAK)]),
            "Row 3 (a ge  All) is a total over a ge ; leave totals out, or the children count twice.",
        ),
        (
            lambda f: check_labels(f[1:], [BREAK, "sex"], [read_labels(f[1:], "sex")]),
            "Row 4 (a ge  b lack, sex nan) has no sex; write Unknown where it is not known.",
        ),
        (
            lambda f: refuse_above(f, [BREAK], "x", "n", (f["x"].to_numpy(), f["n"].to_numpy())),
            "x is above n in row 4 (a ge  b lack); at a stage the numerator is a part of the "
            "denominator, so correct one of them.",
        ),
        (lambda f: refuse_row(f, [], f["x"].to_numpy() > 1, "is wrong."), "Row 4 is wrong."),
    ],
)
def test_a_refusal_says_what_is_wrong_and_where_in_one_line(ask, sentence):
    columns = {BREAK: ["All", "b\nlack"], "sex": ["male", None], "x": [1, 3], "n": [2, 2]}
    with pytest.raises(InputProblem) as met:
        ask(pd.DataFrame(columns, index=[3, 4]))
    assert str(met.value) == sentence


def test_rows_that_are_right_pass():
    frame = pd.DataFrame({"group": ["Black", "White"], "x": [1, 2], "n": [2, 2]})
    check_labels(frame, ["group"], [read_labels(frame, "group")])
    refuse_above(frame, ["group"], "x", "n", (frame["x"].to_numpy(), frame["n"].to_numpy()))
