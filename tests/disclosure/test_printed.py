import numpy as np
import pandas as pd
import pytest

from youthjustice.disclosure import Derived, Table, audit, tried
from youthjustice.errors import InputProblem
from youthjustice.measures import proportion, rate, rate_ratio, risk_ratio

PER = 1000


def one_column(derived, counts=(3, 40, 90), **columns):
    """Return the audit of three groups, the first hidden, with a figure beside them."""
    frame = pd.DataFrame({"g": ["a", "b", "c"], "n": [None, *counts[1:]], **columns})
    return audit(Table(frame.astype({"n": "Int64"}), ["g"], "n", derived=[derived]))


def ends(found):
    return found["lowest"].iloc[0], found["highest"].iloc[0]


def test_a_percentage_of_a_known_number_gives_its_numerator_back():
    found = one_column(
        Derived("p", "percentage", "n", "of", 1, 100), p=[7.5, 40.0, 90.0], of=[40, 100, 100]
    )
    assert ends(found) == (3, 3)
    assert found["reason"].iloc[0] == "figure"
    assert found["hide_next"].iloc[0] == "'p' beside 'n' of g 'a'"
    # To a whole per cent of 400, two counts are possible.
    found = one_column(
        Derived("p", "percentage", "n", "of", 0, 100), p=[8.0, 40.0, 90.0], of=[400, 100, 100]
    )
    assert ends(found) == (30, 34)
    assert found["safe"].iloc[0]


@pytest.mark.parametrize("kind", ["rate", "mean", "ratio"])
def test_a_rate_of_a_known_population_gives_its_count_back(kind):
    item = Derived("r", kind, "n", "of", 1, PER)
    assert ends(one_column(item, r=[1.5, 4.0, None], of=[2000, 10_000, 4000])) == (3, 3)
    assert ends(one_column(item, r=[None, 4.0, None], of=[2000, 10_000, 4000])) == (0, np.inf)
    assert ends(one_column(item, r=[1.5, 4.0, 22.5], of=[None, 10_000, 4000])) == (0, np.inf)


def test_a_figure_as_it_was_worked_out_says_most():
    item = Derived("r", "rate", "n", "of", None, PER)
    exact = [PER * 3333 / 10**6, PER * 40 / 10**6, None]
    assert ends(one_column(item, r=exact, of=[10**6, 10**6, 1])) == (3333, 3333)


def test_a_share_of_a_total_row_gives_its_part_back():
    frame = pd.DataFrame(
        {"g": ["a", "b", "c", "All"], "n": [None, None, 30, 40], "p": [7.5, None, 75.0, 100.0]}
    ).astype({"n": "Int64"})
    item = Derived("p", "percentage", "n", "g", 1, 100)
    found = audit(Table(frame, ["g"], "n", derived=[item]))
    assert found[["lowest", "highest"]].to_numpy().tolist() == [[3, 3], [7, 7]]
    # Nobody needs the total: a quarter is in b, so ten are in all.
    frame = pd.DataFrame({"g": ["a", "b"], "n": [None, 30], "p": [25.0, 75.0]})
    found = audit(Table(frame.astype({"n": "Int64"}), ["g"], "n", derived=[item]))
    assert ends(found) == (10, 10)


def reference(kind, **rest):
    return Derived("v", kind, "n", decimals=2, reference=("g", "b"), **rest)


def test_a_ratio_to_a_known_reference_gives_the_count_back():
    found = one_column(
        reference("ratio", denominator="of"), v=[0.75, 1.0, 2.25], of=[400, 4000, 4000]
    )
    assert ends(found) == (3, 3)
    plain = one_column(reference("ratio"), v=[0.25, 1.0, 2.25])
    assert ends(plain) == (10, 10)
    # With nothing known of what it is divided by, it says nothing.
    blind = one_column(
        reference("ratio", denominator="of"), v=[0.75, 1.0, 2.25], of=[0, 4000, 4000]
    )
    assert ends(blind) == (0, np.inf)


def test_a_ratio_of_shares_of_total_rows_gives_the_count_back():
    rows = [("a", "x", None), ("a", "y", None), ("a", "All", 40)]
    rows += [("b", "x", 30), ("b", "y", 70), ("b", "All", 100)]
    frame = pd.DataFrame(rows, columns=["g", "h", "n"]).astype({"n": "Int64"})
    frame["v"] = [0.25, None, None, 1.0, None, None]
    item = reference("ratio", denominator="h")
    assert ends(audit(Table(frame, ["g", "h"], "n", derived=[item]))) == (3, 3)
    same = reference("ratio", denominator="g")
    both = pd.DataFrame({"g": ["a", "b", "All"], "n": [None, 40, 70], "v": [0.75, 1.0, None]})
    assert ends(audit(Table(both.astype({"n": "Int64"}), ["g"], "n", derived=[same]))) == (30, 30)


def test_a_ratio_to_a_row_that_no_table_has_says_nothing():
    item = Derived("v", "ratio", "n", decimals=2, reference=("g", "White"))
    assert ends(one_column(item, v=[0.75, 1.0, 2.25])) == (0, np.inf)


def test_a_difference_gives_the_count_back():
    found = one_column(
        reference("difference", denominator="of", per=100), v=[-2.5, 0, 50], of=[40, 400, 150]
    )
    assert ends(found) == (3, 3)
    assert ends(one_column(reference("difference"), v=[-37, 0, 50])) == (3, 3)
    bare = Derived("v", "difference", "n", decimals=1)
    assert ends(one_column(bare, v=[-37, 0, 50])) == (0, np.inf)


@pytest.mark.parametrize("method", ["wilson", "exact", "jeffreys"])
@pytest.mark.parametrize("kind", ["lower", "upper"])
def test_an_end_of_an_interval_with_its_number_gives_the_count_back(method, kind):
    of = [41, 100, 200]
    answers = proportion([3, 40, 90], of, method=method)
    value = np.round(np.asarray(getattr(answers, kind)) * 100, 1)
    items = [
        Derived("v", kind, "n", "of", 1, 100),
        Derived("p", "percentage", "n", "of", 1, 100),
    ]
    frame = pd.DataFrame({"g": ["a", "b", "c"], "n": [None, 40, 90], "of": of, "v": value})
    frame["p"] = np.nan
    found = audit(Table(frame.astype({"n": "Int64"}), ["g"], "n", derived=items))
    assert ends(found) == (3, 3)
    assert found["reason"].iloc[0] == "figure"


@pytest.mark.parametrize("method", ["exact", "byar"])
def test_an_end_of_an_interval_of_a_rate_gives_the_count_back(method):
    of = np.array([2000, 10_000, 20_000])
    value = np.round(rate([3, 40, 90], of, per=PER, method=method).upper, 2)
    rows = pd.DataFrame(
        {"g": ["a", "b", "c", "All"], "n": [None, 40, 90, 140], "of": [*of, 32_000]}
    )
    rows["v"] = [*value, np.nan]
    # The total leaves a and one group more, so that a is at most ten.
    rows.loc[len(rows)] = ["d", None, 5000, np.nan]
    found = audit(
        Table(
            rows.astype({"n": "Int64"}),
            ["g"],
            "n",
            derived=[Derived("v", "upper", "n", "of", 2, PER)],
        )
    )
    assert found.set_index("g")["lowest"].to_dict() == {"a": 3, "d": 7}


@pytest.mark.parametrize(
    ("measure", "kind", "decimals"),
    [
        (risk_ratio, "lower", 3),
        (risk_ratio, "upper", 3),
        (rate_ratio, "upper", 3),
        (risk_ratio, "p_value", 6),
        (rate_ratio, "p_value", 6),
    ],
)
def test_the_interval_and_the_p_value_of_a_ratio_give_the_count_back(measure, kind, decimals):
    counts, of = np.array([3, 40, 90]), np.array([60, 400, 700])
    answers = measure(counts, of, 40, 400)
    value = np.round(np.asarray(getattr(answers, kind), dtype=float), decimals)
    value[1] = np.nan
    frame = pd.DataFrame(
        {"g": ["a", "b", "c", "d", "All"], "n": [None, 40, 90, None, 145], "of": [*of, 90, 1250]}
    )
    frame["v"] = [*value, np.nan, np.nan]
    item = Derived("v", kind, "n", "of", decimals, reference=("g", "b"))
    found = audit(Table(frame.astype({"n": "Int64"}), ["g"], "n", derived=[item]))
    assert found.set_index("g")["lowest"].to_dict() == {"a": 3, "d": 12}


def p_values(shown):
    """Return a table of a, b and d with a p-value that two counts of a have: 3 and 17 of 20."""
    frame = pd.DataFrame(
        {"g": ["a", "b", "d", "All"], "n": [None, 50, None, 90], "of": [20, 100, 200, 320]}
    )
    value = risk_ratio(3, 20, 50, 100, method="katz").p_value
    frame["v"] = [np.round(value, 3) if shown else np.nan, np.nan, np.nan, np.nan]
    item = Derived("v", "p_value", "n", "of", 3, reference=("g", "b"))
    return audit(Table(frame.astype({"n": "Int64"}), ["g"], "n", derived=[item]))


def test_a_figure_that_leaves_few_counts_is_not_safe_however_far_apart_they_are():
    assert p_values(shown=False)["safe"].all()
    found = p_values(shown=True)
    assert not found["safe"].iloc[0]
    assert found["lowest"].iloc[0] <= 3 <= found["highest"].iloc[0]


def test_few_counts_far_apart_are_few(monkeypatch):
    # A made-up method that prints the same for two counts ten apart.
    monkeypatch.setattr(
        tried,
        "_answers",
        lambda figures, grid: iter([np.where(np.isin(grid[0], [2, 12]), 7.0, 1.0)]),
    )
    frame = pd.DataFrame(
        {"g": ["a", "b", "All"], "n": [None, None, 20], "v": [7.0, np.nan, np.nan]}
    )
    item = Derived("v", "p_value", "n", decimals=1)
    found = audit(Table(frame.astype({"n": "Int64"}), ["g"], "n", derived=[item]))
    assert found[["lowest", "highest"]].to_numpy().tolist() == [[2, 12], [8, 18]]
    assert found["reason"].tolist() == ["figure", ""]


def test_an_interval_of_events_of_which_a_child_can_have_many_gives_their_number_back():
    upper = np.round(rate([7, 9], [2, 3], per=1.0, method="byar").upper, 2)
    frame = pd.DataFrame(
        {"g": ["a", "b", "d", "All"], "n": [None, 9, None, 20], "of": [2, 3, 4, 9]}
    )
    frame["v"] = [*upper, np.nan, np.nan]
    item = Derived("v", "upper", "n", "of", 2)
    found = audit(Table(frame.astype({"n": "Int64"}), ["g"], "n", derived=[item]))
    assert found["lowest"].tolist() == found["highest"].tolist() == [7, 4]


def test_an_interval_of_a_group_of_nobody_says_nothing():
    frame = pd.DataFrame({"g": ["a", "b", "All"], "n": [None, None, 20], "v": [0.2, None, None]})
    item = Derived("v", "lower", "n", "of", 1)
    found = audit(Table(frame.assign(of=0).astype({"n": "Int64"}), ["g"], "n", derived=[item]))
    assert found["highest"].tolist() == [20, 20]


def test_a_figure_that_leaves_many_counts_is_safe():
    upper = np.round(proportion(30, 1000).upper, 2)
    frame = pd.DataFrame(
        {
            "g": ["a", "b", "All"],
            "n": [None, None, 60],
            "of": [1000, 90, 1090],
            "v": [upper, None, None],
        }
    )
    item = Derived("v", "upper", "n", "of", 2)
    found = audit(Table(frame.astype({"n": "Int64"}), ["g"], "n", derived=[item]))
    assert found["safe"].all()
    assert found["highest"].iloc[0] - found["lowest"].iloc[0] in range(4, 20)


def test_figures_that_no_method_prints_say_nothing():
    frame = pd.DataFrame(
        {"g": ["a", "b", "All"], "n": [None, None, 20], "v": [7.123, np.nan, np.nan]}
    )
    item = Derived("v", "upper", "n", "of", 3, reference=("g", "b"))
    found = audit(Table(frame.assign(of=50).astype({"n": "Int64"}), ["g"], "n", derived=[item]))
    assert found["highest"].tolist() == [20, 20]


def test_figures_of_known_counts_are_passed_over():
    frame = pd.DataFrame({"g": ["a", "b", "All"], "n": [3, 17, 20], "v": [0.4, 0.9, np.nan]})
    item = Derived("v", "upper", "n", "of", 1)
    assert audit(Table(frame.assign(of=50), ["g"], "n", derived=[item])).empty


def test_figures_with_too_many_counts_behind_them_are_passed_over(monkeypatch):
    monkeypatch.setattr(tried, "_LARGEST_GRID", 3)
    frame = pd.DataFrame(
        {"g": ["a", "b", "All"], "n": [None, None, 20], "v": [0.2, np.nan, np.nan]}
    )
    item = Derived("v", "upper", "n", "of", 1)
    found = audit(Table(frame.assign(of=50).astype({"n": "Int64"}), ["g"], "n", derived=[item]))
    assert found["highest"].tolist() == [20, 20]


def test_a_figure_that_is_no_number_is_refused_in_one_sentence():
    with pytest.raises(InputProblem, match="The column 'v' holds what is no number"):
        one_column(Derived("v", "rate", "n", "of"), v=["many", 1, 2], of=[1, 1, 1])


def test_figures_that_do_not_follow_as_declared_are_passed_over_and_named():
    item = Derived("p", "percentage", "n", "of", 1)  # a hundredth of what was printed
    found = one_column(item, p=[7.5, 40.0, 90.0], of=[40, 100, 100])
    assert ends(found) == (0, 40)
    assert found.attrs["passed_over"] == ("p",)


def test_a_difference_in_children_gives_the_count_back():
    # At the rate of b there would be 4 children in a, and 15 in c.
    found = one_column(reference("difference", denominator="of"), v=[-1, 0, 75], of=[40, 400, 150])
    assert ends(found) == (3, 3)
