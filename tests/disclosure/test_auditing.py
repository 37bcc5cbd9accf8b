import numpy as np
import pandas as pd
import pytest

from tests.disclosure.frames import crossed, small_hidden, without
from youthjustice.disclosure import (
    INTERNAL,
    PUBLICATION,
    Derived,
    DisclosureProblem,
    Table,
    assembling,
    audit,
    auditing,
    knowledge,
    overlapping_periods,
    release,
    verdicts,
)
from youthjustice.errors import InputProblem

# Remand decisions for children, year ending March 2025: Youth Justice Board and Ministry of Justice
# (2026), Youth justice statistics: 2024 to 2025, Table 6.1. Two counts of remand to local authority
# accommodation were withheld; the totals of each outcome and of other ethnic groups were not.
OUTCOMES = {
    "bail": [411, 1298, 1065, 5402, 258, 257, 8691],
    "community remand": [50, 287, 150, 468, 24, 12, 991],
    "local authority accommodation": [20, 96, 70, 212, None, None, 422],
    "youth detention accommodation": [55, 252, 181, 444, 50, 6, 988],
}
GROUPS = ["Asian", "Black", "Mixed", "White", "Other", "Unknown", "All"]


def remand():
    rows = [
        (outcome, group, count)
        for outcome, counts in OUTCOMES.items()
        for group, count in zip(GROUPS, counts, strict=True)
    ]
    frame = pd.DataFrame([*rows, ("All", "Other", 351)], columns=["outcome", "group", "episodes"])
    return frame.astype({"episodes": "Int64"})


def looked_at(frames, **options):
    frames = [frames] if isinstance(frames, pd.DataFrame) else list(frames)
    plain = [frame for frame in frames if isinstance(frame, pd.DataFrame)]
    names = list(dict.fromkeys(n for f in plain for n in f.columns if n != "children"))
    return audit(frames, **{"dimensions": names, "count": "children", **options})


def ends(found, row=0):
    return found["lowest"].iloc[row], found["highest"].iloc[row]


def test_the_withheld_counts_of_the_published_remand_table_are_worked_out():
    found = audit(remand(), dimensions=["outcome", "group"], count="episodes")
    other, unknown = found.to_dict("records")
    assert other["group"] == "Other"
    assert other["lowest"] == other["highest"] == 351 - 258 - 24 - 50 == 19
    assert unknown["lowest"] == unknown["highest"] == 5
    assert found["reason"].tolist() == ["known", "known"]
    assert not found["safe"].any()
    assert found["hide_next"][0] == "outcome 'community remand', group 'Other'"


@pytest.mark.parametrize(
    ("services", "seed", "hidden", "known"), [(12, 0, 18, 8), (150, 5, 229, 53)]
)
def test_small_counts_hidden_alone_are_worked_out_from_shown_totals(services, seed, hidden, known):
    # Drawn tables of services by six groups; of other seeds from 3 to 14 of 18, and 44 to 61 of 240.
    draw = np.random.default_rng(seed)
    truth = draw.poisson(draw.gamma(1.0, 12.0, (services, 6)))
    found = looked_at(small_hidden(crossed(truth, "ab"))).dropna(subset="table")
    inside = found[(found["a"] != "All") & (found["b"] != "All") & (found["highest"] > 0)]
    inside = inside[~inside["reason"].isin(["full", "empty"])]
    assert len(inside) == hidden
    assert (inside["lowest"] == inside["highest"]).sum() == known


def repeated_hiding(frame):
    """Hide what the audit says until it has nothing more to say."""
    dimensions = [name for name in frame.columns if name != "children"]
    for _ in range(len(frame)):
        found = looked_at(frame)
        bad = found[~found["safe"] & (found["hide_next"] != "")]
        if bad.empty:
            return frame, found
        words = frame[dimensions].apply(
            lambda row: ", ".join(f"{name} {row[name]!r}" for name in dimensions), axis=1
        )
        frame = without(frame, frame["children"].isna() | (words == bad["hide_next"].iloc[0]))
    raise AssertionError("nothing helped")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", range(3))
def test_hiding_what_is_said_ends_with_a_safe_table(seed):
    truth = np.random.default_rng(seed).poisson(6, (3, 3)) + 1
    frame = crossed(truth, "ab")
    last, found = repeated_hiding(small_hidden(frame))
    assert found["safe"].all()
    hidden = release(frame, ["a", "b"], "children").hidden.sum()
    assert last["children"].isna().sum() <= 1.5 * hidden


def test_a_table_in_which_nothing_is_hidden_gives_an_empty_table_of_findings():
    found = audit(release(crossed(np.array([[7, 8], [9, 9]]), "ab"), ["a", "b"], "children"))
    assert found.empty
    assert found.attrs["exact"]
    assert list(found.columns) == [
        "table",
        "count",
        "a",
        "b",
        "lowest",
        "highest",
        "safe",
        "reason",
        "hide_next",
    ]


def test_a_released_table_is_audited_under_its_own_policy():
    frame = crossed(np.array([[3, 12, 20], [8, 15, 30], [14, 22, 41]]), "ab")
    released = release(frame, ["a", "b"], "children")
    assert audit(released)["safe"].all()
    assert not audit(released, width=1000)["safe"].any()
    assert set(audit(released, threshold=10**6)["reason"]) == {"sum"}
    wide = release(frame, ["a", "b"], "children", policy=PUBLICATION.with_(width=6))
    assert audit(wide)["safe"].all()
    assert audit(release(frame, ["a", "b"], "children", policy=INTERNAL)).empty


def test_a_service_within_its_region_is_the_rest_of_the_region_taken_off():
    inside = {"a": {"London": ["a0", "rest"]}}
    own = pd.DataFrame({"a": ["a0"], "b": ["All"], "children": [40]}).astype({"children": "Int64"})
    region = pd.DataFrame({"a": ["London"], "b": ["All"], "children": [43]})
    found = looked_at(own, national=[region], nested=inside)
    row = found.iloc[0]
    assert (row["a"], row["lowest"], row["highest"], row["reason"]) == ("rest", 3, 3, "difference")
    assert row["count"] == "children"
    assert looked_at(own, national=[region.assign(children=99)], nested=inside).empty
    assert looked_at(own, nested=inside).empty


def test_national_tables_link_hidden_counts_and_are_not_judged():
    # What is hidden at home is what the nation has more than the others.
    own = without(crossed(np.array([[2, 9], [8, 9]]), "ab"), np.arange(9) == 0)
    own = own[(own["a"] == "a0") & (own["b"] != "All")]
    nation = pd.DataFrame(
        {"a": ["All", "a1", "All"], "b": ["b0", "b0", "b1"], "children": [10, 8, None]}
    )
    nested = {"a": {"All": ["a0", "a1"]}}
    assert ends(looked_at(own, nested=nested)) == (0, np.inf)
    found = looked_at(own, national=[nation], nested=nested)
    assert ends(found) == (2, 2)
    assert len(found) == 1


def test_bands_of_age_within_each_other_are_taken_apart():
    frame = pd.DataFrame({"age": ["10-17", "10-14", "15-17"], "children": [23, 21, None]}).astype(
        {"children": "Int64"}
    )
    nested = {"age": {"10-17": ["10-14", "15-17"]}}
    assert ends(looked_at(frame, nested=nested)) == (2, 2)
    found = looked_at(frame.iloc[:2], nested=nested)
    assert found[["age", "lowest", "reason"]].to_numpy().tolist() == [["15-17", 2.0, "difference"]]
    assert found["hide_next"].tolist() == ["age '10-14'"]


def test_rolling_years_that_differ_by_a_quarter_give_the_quarter_away():
    nested = {
        "year": overlapping_periods(
            {
                "to March": ("2023-04-01", "2024-03-31"),
                "to June": ("2023-07-01", "2024-06-30"),
                "new quarter": ("2024-04-01", "2024-06-30"),
                "old quarter": ("2023-04-01", "2023-06-30"),
            }
        )
    }
    years = pd.DataFrame(
        {
            "year": ["to March", "to June", "old quarter", "new quarter"],
            "children": [50, 52, 11, None],
        }
    ).astype({"children": "Int64"})
    assert ends(looked_at(years, nested=nested)) == (13, 13)
    apart = years.drop(index=2)
    # Without the old quarter the new one is only known to be two more than it.
    assert ends(looked_at(apart, nested=nested)) == (2, 52)


def test_with_and_without_the_unknown_group_differ_by_it():
    whole = pd.DataFrame({"group": ["Asian", "White", "All"], "children": [15, 23, 38]})
    every = pd.DataFrame({"sex": ["girls", "boys", "All"], "children": [15, 26, 41]})
    with_unknown = pd.DataFrame({"group": ["Unknown", "Asian"], "children": [None, 15]})
    found = looked_at([whole, every, with_unknown])
    assert ends(found) == (3, 3)


def test_an_earlier_release_that_showed_a_count_gives_it_away():
    frame = crossed(np.array([[3, 12, 20], [8, 15, 30], [14, 22, 41]]), "ab")
    released = release(frame, ["a", "b"], "children")
    assert audit(released)["safe"].all()
    found = looked_at([released], earlier=[frame], dimensions=["a", "b"])
    assert set(found["reason"]) == {"earlier"}
    assert (found["lowest"] == found["highest"]).all()
    assert set(found["hide_next"]) == {""}


def test_a_revision_moves_an_earlier_count_by_no_more_than_its_totals():
    before = crossed(np.array([[3, 12, 20], [8, 15, 30], [14, 22, 41]]), "ab")
    after = crossed(np.array([[3, 12, 20], [8, 15, 32], [14, 22, 41]]), "ab")
    released = release(after, ["a", "b"], "children")
    found = looked_at([released], earlier=[before], dimensions=["a", "b"]).set_index(["a", "b"])
    # No total of the first row and column was revised but the total of all, by two.
    assert found.loc[("a0", "b0"), ["lowest", "highest"]].tolist() == [1, 5]


def test_tables_by_two_of_three_dimensions_each_are_attacked_together():
    truth = np.ones((2, 2, 2), dtype=int) * 2
    truth[0, 0, 0] = 1
    frames = [crossed(truth, "abc", list(scope)) for scope in ("ab", "bc", "ac")]
    hidden = [without(frame, (frame != "All").iloc[:, :2].all(axis=1)) for frame in frames]
    found = looked_at(hidden)
    assert found["table"].tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert found.attrs["exact"]
    less = looked_at(hidden, largest_cross=1)
    assert not less.attrs["exact"]
    assert (found["lowest"] >= less["lowest"]).all()
    assert (found["highest"] <= less["highest"]).all()


def test_rounded_tables_keep_each_count_within_four_of_what_is_shown():
    draw = np.random.default_rng(2)
    frame = crossed(draw.poisson(15, (3, 3)), "ab")
    rounded = frame.assign(children=(frame["children"] / 5).round() * 5)
    found = looked_at(rounded.astype({"children": "Int64"}), base=5)
    truth = frame["children"].to_numpy(dtype=float)
    assert (found["lowest"] <= truth).all()
    assert (truth <= found["highest"]).all()
    shown = rounded["children"].to_numpy(dtype=float)
    assert (found["highest"] - shown <= 4).all()
    assert (shown - found["lowest"] <= 4).all()
    assert len(found) == len(frame)
    # Three noughts under ten children are at least two each: the rounding gave itself away.
    row = pd.DataFrame({"a": ["x", "y", "All"], "children": [0, 0, 10]})
    tight = looked_at(row.astype({"children": "Int64"}), base=5)
    assert ends(tight) == (2, 4)
    assert tight["reason"].tolist() == ["narrow", "narrow", "narrow"]


def test_a_row_that_is_all_in_one_category_discloses_the_group():
    full = pd.DataFrame({"outcome": ["custody", "community", "All"], "children": [7, 0, 7]}).astype(
        {"children": "Int64"}
    )
    found = looked_at(full)
    assert found[["outcome", "reason", "safe"]].to_numpy().tolist() == [["custody", "full", False]]
    assert found["hide_next"].tolist() == ["outcome 'community'"]
    assert looked_at(full.assign(children=[7, 1, 8])).empty


def test_a_row_of_noughts_discloses_the_group():
    frame = crossed(np.array([[0, 0], [6, 9]]), "ab")
    found = looked_at(frame)
    assert "empty" in set(found["reason"])
    assert found.loc[found["reason"] == "empty", "a"].tolist() == ["a0"]
    internal = release(frame, ["a", "b"], "children", policy=INTERNAL)
    assert audit(internal).empty


def test_hidden_parts_that_are_one_child_each_are_known():
    counts = [1, 1, 1, 1, 1, 9, 14]
    frame = pd.DataFrame({"g": [*"abcdef", "All"], "children": counts}).astype(
        {"children": "Int64"}
    )
    found = looked_at(small_hidden(frame))
    assert set(found["reason"]) == {"ones"}
    assert ends(found) == (0, 5)
    more = small_hidden(frame.assign(children=[1, 1, 1, 1, 2, 9, 15]))
    assert looked_at(more)["safe"].all()


def test_hidden_parts_that_add_up_to_too_few_are_not_safe():
    frame = pd.DataFrame({"g": ["a", "b", "c", "All"], "children": [1, 3, 9, 13]}).astype(
        {"children": "Int64"}
    )
    found = looked_at(small_hidden(frame))
    assert set(found["reason"]) == {"sum"}
    assert ends(found) == (0, 4)
    assert looked_at(small_hidden(frame), threshold=4)["safe"].all()


def test_a_symbol_says_what_is_hidden_and_what_was_never_known():
    frame = pd.DataFrame(
        {"g": ["a", "b", "c", "All"], "children": [None, None, 9, 20], "symbol": ["c", "x", "", ""]}
    ).astype({"children": "Int64"})
    found = audit(frame, dimensions=["g"], count="children")
    assert found["g"].tolist() == ["a"]
    assert ends(found) == (0, 11)


def test_an_absent_row_is_unknown_where_a_table_does_not_add_up_without_it():
    frame = crossed(np.array([[3, 6, 7], [8, 9, 9]]), "ab").drop(index=1)
    found = looked_at(small_hidden(frame))
    assert ends(found) == (3, 3)
    shown = looked_at(frame.assign(children=frame["children"].mask(frame.index == 5)))
    assert ends(shown) == (9, 9)


def test_tables_of_a_part_and_of_its_whole_are_linked():
    frame = pd.DataFrame(
        {
            "g": ["a", "b", "All"],
            "reoffended": [None, 12, 30],
            "children": [20, 40, 60],
            "percent": [90.0, 30.0, 50.0],
        }
    ).astype({"reoffended": "Int64"})
    table = Table(
        frame,
        ["g"],
        "reoffended",
        derived=[Derived("percent", "percentage", "reoffended", "children", 1, 100)],
    )
    found = audit(table)
    assert ends(found) == (18, 18)
    between = found[found["reason"] == "difference"]
    assert between["count"].tolist() == ["children not in reoffended"]
    assert between["lowest"].tolist() == [2.0]


@pytest.mark.parametrize(
    ("tables", "options", "says"),
    [
        ([], {}, "There is no table to audit"),
        ([3], {}, "Table 0 is a int; give released tables or frames"),
        ([pd.DataFrame({"g": ["a"], "n": [1]})], {}, "Table 0 is a plain frame"),
        ([pd.DataFrame({"g": ["a"], "n": [-1]})], {"dimensions": ["g"], "count": "n"}, "negative"),
        ([pd.DataFrame({"g": ["a"], "n": [0.5]})], {"dimensions": ["g"], "count": "n"}, "whole"),
        (
            [pd.DataFrame({"g": ["a", "b", "All"], "n": [6, 7, 14]})],
            {"dimensions": ["g"], "count": "n"},
            "The count 'n' of table 0 does not add up",
        ),
        (
            [pd.DataFrame({"g": ["a"], "n": [6]}), pd.DataFrame({"g": ["a"], "n": [7]})],
            {"dimensions": ["g"], "count": "n"},
            "The tables contradict each other",
        ),
        (
            [pd.DataFrame({"g": ["a", "a"], "n": [6, 7]})],
            {"dimensions": ["g"], "count": "n"},
            "The same cell stands twice",
        ),
        (
            [pd.DataFrame({"reason": ["a"], "n": [6]})],
            {"dimensions": ["reason"], "count": "n"},
            "A dimension is called 'reason'",
        ),
    ],
)
def test_bad_tables_are_refused_in_one_sentence(tables, options, says):
    with pytest.raises(InputProblem, match=says) as caught:
        audit(tables, **options)
    assert str(caught.value).count("\n") == 0


def test_an_audit_out_of_time_is_no_answer():
    truth = np.array([[3, 12, 20], [8, 15, 30], [14, 22, 41]])
    frame = without(crossed(truth, "ab"), np.isin(np.arange(16), [0, 1, 4, 5]))
    with pytest.raises(DisclosureProblem, match="could not be audited in the time allowed"):
        looked_at(frame, time_limit=0)


def test_the_order_of_tables_and_of_rows_changes_no_interval():
    draw = np.random.default_rng(4)
    truth = draw.poisson(4, (3, 3, 2))
    frames = [small_hidden(crossed(truth, "abc", list(scope))) for scope in ("ab", "bc")]
    one = looked_at(frames).set_index(["a", "b", "c"])[["lowest", "highest"]].sort_index()
    mixed = [frame.sample(frac=1, random_state=1) for frame in reversed(frames)]
    other = looked_at(mixed).set_index(["a", "b", "c"])[["lowest", "highest"]].sort_index()
    pd.testing.assert_frame_equal(one, other)


def counted(values, counts, **columns):
    """Return a table of one dimension with its small counts hidden."""
    frame = pd.DataFrame({"a": values, "children": counts, **columns})
    return small_hidden(frame.astype({"children": "Int64"}))


def with_figure(frame, kind):
    return Table(frame, ["a"], "children", derived=[Derived("v", kind, "children", "of", 2, 100)])


BLOCK = crossed(np.array([[3, 12, 20], [8, 15, 30], [14, 22, 41]]), "ab")
LEAKS = {
    "margins": lambda: looked_at(small_hidden(BLOCK)),
    "a service and its region": lambda: looked_at(
        counted(["a0", "London"], [40, 43]), nested={"a": {"London": ["a0", "rest"]}}
    ),
    "rounding": lambda: looked_at(
        counted(["a0", "a1", "All"], [0, 0, 10]), base=5
    ),
    "a printed rate": lambda: audit(
        with_figure(counted(["a0", "a1"], [3, 40], of=[40, 100], v=[7.5, 40.0]), "rate")
    ),
    "an interval": lambda: audit(
        with_figure(
            counted(["a0", "a1", "a2", "All"], [3, 40, 3, 46], of=[40, 100, 60, 200],
                    v=[19.86, 49.80, None, None]),
            "upper",
        ),
        width=4,
        threshold=1,
    ),
    "an earlier release": lambda: looked_at(
        [release(BLOCK, ["a", "b"], "children")], earlier=[BLOCK], dimensions=["a", "b"]
    ),
    "a full line": lambda: looked_at(counted(["a0", "a1", "All"], [7, 0, 7])),
    "a small sum": lambda: looked_at(counted(["a0", "a1", "a2", "All"], [1, 3, 9, 13])),
}  # fmt: skip


def no_sums(*_):
    return []


def no_parts(_, value, *__):
    return frozenset([value])


def no_lines(_, low, *__):
    return np.zeros(len(low), dtype=bool), np.zeros(len(low), dtype=bool)


GUARDS = {
    "margins": (assembling, "sums_of", no_sums),
    "a service and its region": (assembling, "smallest_values", no_parts),
    "rounding": (assembling, "sums_of", no_sums),
    "a printed rate": (knowledge, "readings_of", no_sums),
    "an interval": (knowledge, "struck_out", lambda taught, *_: (taught, {})),
    "an earlier release": (
        auditing,
        "what_is_known",
        lambda now, _, *rest: knowledge.what_is_known(now, [], *rest),
    ),
    "a full line": (verdicts, "groups_told", no_sums),
    "a small sum": (verdicts, "small_sums", no_lines),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_every_leak_is_found_and_only_by_what_looks_for_it(leak, monkeypatch):
    assert not LEAKS[leak]()["safe"].all()
    monkeypatch.setattr(*GUARDS[leak])
    assert LEAKS[leak]()["safe"].all()


def test_a_small_part_that_no_table_holds_is_called_by_its_name():
    def one(values, counts, wholes):
        frame = pd.DataFrame({"a": values, "n": counts, "of": wholes, "p": np.nan})
        return Table(frame, ["a"], "n", derived=[Derived("p", "percentage", "n", "of", 1, 100)])

    region, own = one(["London"], [43], [90]), one(["a0"], [40], [70])
    found = audit([region, own], nested={"a": {"London": ["a0", "rest"]}})
    assert found[["count", "a", "lowest"]].to_numpy().tolist() == [["n", "rest", 3.0]]
