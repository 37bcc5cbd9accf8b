import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.published import SYMBOLS, load, numbers


@pytest.mark.sampled(10)
@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("0.0", 0), ("0%", 0), ("1,234", 1234), ("5,635,156", 5635156), ("12.5%", 12.5),
     ("12.5 %", 12.5), (".5", 0.5), ("-3", -3), ("\u22123.5", -3.5), ("+2", 2), ("1e3", 1000),
     ("39.020000000000003", 39.02), ("36.840000000000003", 36.84), ("9.8000000000000007", 9.8),
     ("0.30000000000000004", 0.3), ("12(1)", 12), ("12 (1)(2)", 12), ("12[note 3]", 12),
     ("12 [note 3]", 12), ("12*", 12), ("12 [r]", 12), ("12[p][e]", 12), (" 7 ", 7),
     ("\u00a01\u00a0", 1), ("1,234 [r]", 1234), ("1 234", 1234), ("12 345 678", 12345678),
     ("1\u00a0234", 1234), ("1\u2009234", 1234), ("1\u202f234.5", 1234.5), ("\u200b12", 12),
     ("12\ufeff", 12), ("12 [1]", 12), ("12\u00b9", 12), ("12 \u00b9\u00b2", 12), ("12r", 12),
     ("12 p", 12), ("12 (p)", 12), ("12 per cent", 12), ("0.12", 0.12), ("5\u2020", 5),
     ("5 [note 12]", 5), ("5(1)(2)", 5)],
)  # fmt: skip
def test_numbers_as_tables_print_them(text, value):
    one = numbers(pd.Series([text])).iloc[0]
    assert one["value"] == value
    assert pd.isna(one["symbol"])


@pytest.mark.sampled(10)
@pytest.mark.parametrize(
    ("text", "symbol"),
    [("*", "c"), ("[c]", "c"), ("[C]", "c"), ("c", "c"), ("<6", "c"), ("< 6", "c"), ("<5%", "c"),
     ("fewer than 5", "c"), ("[x]", "x"), ("..", "x"), ("\u2026", "x"), (":", "x"), ("-", "x"),
     ("\u2013", "x"), ("\u2014", "x"), ("", "x"), ("  ", "x"), (None, "x"), (np.nan, "x"),
     (pd.NA, "x"), ("n/a", "x"), ("[z]", "z"), (".", "z"), ("[low]", "low"), ("~", "low"),
     ("Not Known", "u"), ("Not known", "u"), ("Unknown", "u"), ("[u]", "u"), ("[c] [note 12]", "c"),
     ("*(1)", "c"), ("[x](2)", "x"), ("[note 12]", "x"), ("(1)(2)", "x"), ("[note 3] [c]", "c"),
     ("[ c ]", "c"), ("c1", "c"), ("N/A", "x"), ("n.a.", "x"), ("NULL", "x"), ("#N/A", "x"),
     ("#DIV/0!", "z"), ("suppressed", "c"), ("Withheld", "c"), ("\u2020", "x"), ("...", "x"),
     ("<= 5", "c"), ("5 or fewer", "c"), ("not collected", "x"), ("n/k", "u"),
     ("not recorded", "u"), ("<\u00a06", "c")],
)  # fmt: skip
def test_symbols_say_why_a_value_is_missing(text, symbol):
    one = numbers(pd.Series([text], dtype="object")).iloc[0]
    assert np.isnan(one["value"])
    assert one["symbol"] == symbol


def test_an_unreliable_number_keeps_its_value_and_its_mark():
    one = numbers(pd.Series(["12 [u]"])).iloc[0]
    assert (one["value"], one["symbol"]) == (12, "u")


@pytest.mark.parametrize(
    ("text", "publisher", "symbol"),
    [("..", "Ministry of Justice", "z"), ("..", "ministry of justice ", "z"),
     ("..", "Home Office", "x"), ("-", "Department for Education", "x")],
)  # fmt: skip
def test_some_signs_mean_what_their_publisher_says(text, publisher, symbol):
    assert numbers(pd.Series([text]), publisher)["symbol"].tolist() == [symbol]


@pytest.mark.sampled(8)
@pytest.mark.parametrize(
    "text",
    ["abc", "1,23", "1.2.3", "12,34,567", "12 [c]", "12 [low]", "[q]", "[c] 5", "12 apples",
     "<script>alert(1)</script>", "x" * 5000, "\x1b[31m", "1/2", "--", "£5", "5 6", "e5", "%",
     "\u0661\u0662", "1e999", "inf", "nan", True,
     "1 23", "12 34", "1,234 567", "#REF!", "#VALUE!", "[11]", "12e", "p",
     "12pp", ">100", "0.12 0.13"],
)  # fmt: skip
def test_anything_else_is_named_by_its_row(text):
    column = pd.Series(["1", text], index=[10, 11], dtype="object")
    with pytest.raises(InputProblem, match=r"^row 11 holds '.*neither a number nor a symbol") as e:
        numbers(column)
    assert len(str(e.value)) < 250
    assert str(e.value).isprintable()
    assert "<script" not in str(e.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [("(12)", "the mark of a note or a number below zero"), ("(1,234)", "a number below zero"),
     ("1-5", r"a range and no number: write \[c\]"), ("1 \u2013 4", "a range and no number"),
     ("1 to 4", "a range and no number"), ("nil", "may be zero or no figure"),
     ("Nil", "may be zero or no figure"), ("**", "only the notes of its publication explain"),
     ("* *", "only the notes of its publication explain")],
)  # fmt: skip
def test_what_may_mean_two_things_is_refused_with_what_to_write(text, why):
    with pytest.raises(InputProblem, match=f"^cell C7 holds '.*', which .*{why}"):
        numbers(pd.Series(["1", text], index=["C6", "C7"], dtype="object"))


def test_numbers_that_are_numbers_already():
    made = numbers(pd.Series([0, 1.5, np.nan], index=list("abc")))
    assert made["value"].tolist()[:2] == [0, 1.5]
    assert made["symbol"].tolist()[2] == "x"
    assert made.index.tolist() == list("abc")
    with pytest.raises(InputProblem, match="row 0 holds 'inf'"):
        numbers(pd.Series([np.inf]))
    with pytest.raises(InputProblem, match="true and false"):
        numbers(pd.Series([True, False]))


def test_numbers_among_texts_are_read_too():
    assert numbers(pd.Series([1, 2.5, "3", "*"], dtype="object"))["value"].tolist()[:3] == [
        1,
        2.5,
        3,
    ]


def test_an_empty_column_and_a_repeated_index():
    assert numbers(pd.Series([], dtype="object")).empty
    made = numbers(pd.Series(["1", "*", "1"], index=[5, 5, 5]))
    assert made["value"].fillna(-1).tolist() == [1, -1, 1]
    assert {c: str(t) for c, t in made.dtypes.items()} == {"value": "float64", "symbol": "str"}


@settings(max_examples=20)
@given(st.lists(st.floats(0, 1e9).map(lambda x: round(x, 2))))
def test_what_is_printed_is_read_back(values):
    column = pd.Series([f"{x:,.2f}" for x in values], dtype="object")
    assert numbers(column)["value"].tolist() == values


@settings(max_examples=30)
@given(st.lists(st.text(max_size=12), max_size=3))
def test_no_text_raises_another_error(texts):
    try:
        made = numbers(pd.Series(texts, dtype="object"))
    except InputProblem:
        return
    assert (made["value"].isna() <= made["symbol"].notna()).all()
    assert set(made["symbol"].dropna()) <= set(SYMBOLS)


def test_the_lookup_has_a_meaning_for_every_symbol():
    assert set(load("symbols")["symbol"].dropna()) == set(SYMBOLS)
