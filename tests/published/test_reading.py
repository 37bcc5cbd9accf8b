import random
import re

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.published import load


def text_of(package):
    return (package.folder / "rates.csv").read_text(encoding="utf-8")


@pytest.mark.sampled(8)
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("area_name,", "", "rates.csv has no column 'area_name' in row 1"),
        (",source\n", ",source,extra\n", "has a column 'extra' in row 1 that it should not have"),
        (",closed,", ",children,", "has no column 'closed' in row 1"),
        ("area_name,", "area_name,area_name,", "has the column 'area_name' twice in row 1"),
        (",145,", ",many,", "row 2, column value holds 'many' where a number should stand"),
        (",145,", ",1.2.3,", "row 2, column value holds '1.2.3'"),
        (",145,", ",nan,", "row 2, column value holds 'nan'"),
        (",145,", ",inf,", "row 2, column value holds 'inf'"),
        (",145,", ",1e999,", "row 2, column value holds '1e999'"),
        (",145,", ", ,", "row 2, column value holds ' ' where a number should stand"),
        (",145,", ",\u0661\u0662,", "row 2, column value holds"),
        (",145,", f",{'9' * 50}x,", f"holds '{'9' * 40}…'"),
        (",145,", ",\x1b[31m7,", "holds '\\x1b[31m7' where"),
        (",145,", ",-1,", "row 2, column value holds '-1', less than the least allowed, 0"),
        (",145,", ",1001,", "row 2, column value holds '1001', more than the most allowed, 1000"),
        (",c,", ",q,", "row 4, column symbol holds 'q', which is not one of c, x, z, low, u"),
        (",20,", ",2.5,", "row 2, column children holds '2.5' where a whole number should stand"),
        (",20,", ",-3,", "row 2, column children holds '-3', less than the least allowed, 0"),
        (",true,", ",yes,", "row 4, column closed holds 'yes' where true or false should stand"),
        ("2024-03-31,145", "2024-02-30,145", "row 2, column period_end holds '2024-02-30' where"),
        ("2024-03-31,145", "31/03/2024,145", "where a date such as 2021-03-31 should stand"),
        ("2024-03-31,145", "2024-3-31,145", "row 2, column period_end holds '2024-3-31'"),
        ("2024-03-31,145", "1999-03-31,145", "holds '1999-03-31', less than the least allowed"),
        ("2024-03-31,145", ",145", "row 2, column period_end is empty but must be filled"),
        ("E09000007", "E0900000", "row 3, column code holds 'E0900000', which does not look like"),
        (",,c,,", ",,,,", "row 4, column value is empty and column symbol does not say why"),
        (",145,,", ",145,c,", "row 2 holds the value 145 beside the symbol c"),
        (",145,,", ",145,,,", "row 2 has 10 cells instead of 9"),
        (",145,,", ",145,", "row 2 has 8 cells instead of 9"),
        ("Camden,", "\nCamden,", "row 3 has 0 cells instead of 9"),
        ("Camden", "Islington", "rows 2 and 3 have the same release, area_name, period_end"),
        ('Camden', '"Camden', "is not CSV"),
        ("Camden", "Cam\0den", "row 3 holds a NUL character"),
    ],
)  # fmt: skip
def test_damage_is_named_by_file_row_and_column(package, old, new, message):
    text = text_of(package)
    assert old in text
    package(text.replace(old, new, 1))
    with pytest.raises(InputProblem) as caught:
        load("rates")
    assert "rates.csv" in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "message"),
    [(b"", "is empty"), (b" \n", "is empty"), (b"\xef\xbb\xbf", "is empty"),
     ("area_name\nGwynedd a M\u00f4n\n".encode("latin-1"), "is not UTF-8 text in row 2")],
)  # fmt: skip
def test_a_file_that_is_no_text_or_empty(package, raw, message):
    package(raw)
    with pytest.raises(InputProblem, match=rf"rates\.csv {message}"):
        load("rates")


def test_what_a_spreadsheet_saves_is_read_alike(package):
    before = load("rates", "all")
    package(b"\xef\xbb\xbf" + text_of(package).replace("\n", "\r\n").encode())
    pd.testing.assert_frame_equal(load("rates", "all"), before, check_flags=False)


def test_columns_may_stand_in_another_order(package):
    before = load("rates", "all")
    shuffled = pd.read_csv(package.folder / "rates.csv", dtype="str", keep_default_na=False)
    package(shuffled[shuffled.columns[::-1]].to_csv(index=False))
    pd.testing.assert_frame_equal(load("rates", "all"), before)


def test_quoted_commas_quotes_and_line_breaks_are_text(package):
    package(text_of(package).replace("Camden", '"Cam, ""d""\nen"'))
    assert load("rates")["area_name"][1] == 'Cam, "d"\nen'


DAMAGE = ["x", "", ",", '"', "\n", "\r", "\0", "-", "9" * 400, "é", "\ud7ff", "[c]", "1e9", " "]


@pytest.mark.prove
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), piece=st.sampled_from(DAMAGE), cut=st.integers(0, 3))
def test_random_damage_raises_nothing_but_an_input_problem(package, seed, piece, cut):
    rates = package.rates
    place = random.Random(seed).randrange(len(rates))
    package(rates[:place] + piece + rates[place + cut :])
    try:
        load("rates", "all")
    except InputProblem as problem:
        assert re.match(r"rates\.csv", str(problem))
        assert len(str(problem)) < 400
        assert "\n" not in str(problem)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=st.binary(max_size=300), keep=st.integers(0, 300))
def test_random_bytes_raise_nothing_but_an_input_problem(package, raw, keep):
    package((package.folder / "sources.csv").read_bytes()[:keep] + raw)
    with pytest.raises(InputProblem, match=r"^rates\.csv"):
        load("rates")
