import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import (
    adjust_for_many,
    adjusted_p_values,
    expected_by_chance,
    relative_rate_index,
)

OTHERS = {"holm": "holm", "bonferroni": "bonferroni", "benjamini_hochberg": "fdr_bh"}
P = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.01, 0.05, 0.5, 1.0]))


def test_o13a_how_many_of_fifteen_survive(examples, reproduced):
    example = examples["O-13a"]
    p = example["inputs"]["p"]
    for method, kept in example["expected"]["kept"].items():
        reproduced(example, (adjusted_p_values(p, method) < 0.05).sum(), kept)


@pytest.mark.parametrize("name", ["O-13b", "O-13c"])
def test_o13_adjusted_by_benjamini_and_hochberg(examples, name, reproduced):
    example = examples[name]
    for method in ("benjamini_hochberg", "bh"):
        reproduced(
            example,
            adjusted_p_values(example["inputs"]["p"], method),
            example["expected"]["benjamini_hochberg"],
            atol=example["tolerance"],
        )


@few(8, st.lists(P, min_size=1, max_size=15), st.sampled_from(sorted(OTHERS)))
@pytest.mark.prove
def test_statsmodels_agrees(p, method):
    other = multipletests(p, method=OTHERS[method])[1]
    np.testing.assert_allclose(adjusted_p_values(p, method), other, rtol=1e-12, atol=1e-300)


@few(
    4,
    st.lists(st.tuples(st.one_of(P, st.none()), st.integers(0, 5)), min_size=1, max_size=25),
    st.sampled_from(sorted(OTHERS)),
)
def test_families_at_once_are_families_one_by_one(rows, method):
    frame = pd.DataFrame(rows, columns=["p_value", "year"])
    frame["p_value"] = frame["p_value"].astype(float)
    found = adjust_for_many(frame, family="year", method=method)
    for _, part in found.groupby("year"):
        known = part["p_value"].notna()
        assert (part["family_size"] == known.sum()).all()
        assert part.loc[~known, ["p_value_adjusted", "survives"]].isna().all(axis=None)
        if known.any():
            other = multipletests(part.loc[known, "p_value"], method=OTHERS[method])[1]
            np.testing.assert_allclose(part.loc[known, "p_value_adjusted"], other, rtol=1e-12)


@few(8, st.lists(P, min_size=1, max_size=15))
def test_adjusting_never_helps_and_holm_is_never_below_the_others(p):
    raw = np.array(p)
    holm, bonferroni, bh = (adjusted_p_values(p, m) for m in ("holm", "bonferroni", "bh"))
    assert (raw <= bh * (1 + 1e-12)).all()
    assert (bh <= holm * (1 + 1e-12)).all()
    assert (holm <= bonferroni * (1 + 1e-12)).all()


def index():
    groups = ["Asian", "Black", "Mixed", "White", "Other", "Unknown"]
    frame = pd.DataFrame(
        {
            "ethnic_group": groups * 2,
            "year": [2024] * 6 + [2025] * 6,
            "children": [30, 62, 40, 200, 9, 3, 26, 38, 33, 210, 2, None],
            "population": [2000, 3000, 2000, 10_000, 700, None] * 2,
        }
    )
    return relative_rate_index(frame, numerator="children", denominator="population", by="year")


def test_a_finding_that_does_not_survive_is_weakened_and_nothing_else_changes():
    table = index()
    table["p_value"] = table["p_value"].where(
        table["p_value"].isna(), (table["p_value"] * 8).clip(upper=1)
    )
    table["finding"] = table["finding"].where(
        table["finding"] != "possible difference; numbers too small to be sure",
        "difference detected but small",
    )
    found = adjust_for_many(table, family=["year"], method="bonferroni")
    falls = found["survives"].eq(False).fillna(False).astype(bool) & table["finding"].isin(
        ["over-represented", "under-represented", "difference detected but small"]
    )
    large = (table["value"] < 0.8) | (table["value"] > 1.25)
    weaker = found["finding_adjusted"]
    assert falls.any()
    assert (weaker[falls & large] == "possible difference; numbers too small to be sure").all()
    assert (weaker[falls & ~large] == "no evidence of a difference").all()
    assert (weaker[~falls] == table["finding"][~falls]).all()
    pd.testing.assert_frame_equal(found[table.columns], table)
    assert found.attrs["adjustment"] == "bonferroni"
    assert found.attrs["reference"] == "White"
    assert "p_value_adjusted" not in table.columns


def test_rows_without_a_p_value_are_not_counted():
    found = adjust_for_many(index(), family="year")
    assert found.groupby("year")["family_size"].first().tolist() == [4, 3]
    unknown = found["ethnic_group"] == "Unknown"
    assert found.loc[unknown, "survives"].isna().all()
    assert (found.loc[unknown, "finding_adjusted"] == "not compared").all()


def test_an_empty_frame_stays_empty():
    empty = pd.DataFrame({"p_value": pd.Series(dtype=float), "year": pd.Series(dtype=int)})
    assert adjust_for_many(empty, family="year").empty
    assert expected_by_chance(empty, family="year").empty


def test_expected_by_chance_is_binomial():
    chance = np.random.default_rng(3)
    frame = pd.DataFrame({"p_value": chance.uniform(size=60), "year": np.repeat([1, 2, 3], 20)})
    frame.loc[::7, "p_value"] = np.nan
    found = expected_by_chance(frame, family="year", level=0.1)
    for _, row in found.iterrows():
        p = frame.loc[frame["year"] == row["year"], "p_value"].dropna()
        assert row["comparisons"] == len(p)
        assert row["found"] == (p < 0.1).sum()
        assert row["expected"] == pytest.approx(0.1 * len(p))
        other = stats.binom.sf(row["found"] - 1, len(p), 0.1)
        assert row["probability"] == pytest.approx(other, rel=1e-10)
    assert "independent" in found.attrs["note"]


def test_a_family_without_comparisons_expects_none():
    frame = pd.DataFrame({"p_value": [0.01, np.nan], "year": [1, 2]})
    found = expected_by_chance(frame, family="year")
    assert found["comparisons"].tolist() == [1, 0]
    assert found["expected"].tolist() == [0.05, 0.0]
    assert found["probability"].tolist() == pytest.approx([0.05, 1.0])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: adjusted_p_values([0.5, 1.2]), "position 1 is 1.2"),
        (lambda: adjusted_p_values([0.5, -0.2]), "cannot be negative"),
        (lambda: adjusted_p_values(["x"]), "p is 'x'"),
        (lambda: adjusted_p_values([0.5], "fdr"), "method is 'fdr'"),
        (lambda: adjust_for_many([0.5]), "index is a list"),
        (lambda: adjust_for_many(index(), family="stage"), "no column 'stage'"),
        (lambda: adjust_for_many(index(), level=5), "level is 5"),
        (lambda: adjust_for_many(adjust_for_many(index())), "'p_value_adjusted' already"),
        (lambda: adjust_for_many(index(), practical=(1.1, 2)), "practical is"),
        (lambda: adjust_for_many(index().drop(columns="value")), "no column 'value'"),
        (lambda: expected_by_chance(index(), p_value="p"), "no column 'p'"),
    ],
)
def test_what_cannot_be_adjusted_is_refused(call, sentence):
    with pytest.raises(InputProblem, match=sentence):
        call()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"family": 3}, "no column 3"),
        ({"family": [pd.NA]}, "A NAType names no column"),
        ({"p_value": ["p_value"]}, "A list names no column"),
        ({"level": 10**400}, "level is 1000"),
        ({"practical": pd.NA}, "practical is"),
    ],
)
def test_arguments_that_name_nothing_are_refused(options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        adjust_for_many(index(), **options)


def test_findings_of_every_kind_of_column_are_weakened():
    expected = adjust_for_many(index(), family="year")["finding_adjusted"]
    for kind in ("category", "string", object):
        found = adjust_for_many(index().astype({"finding": kind}), family="year")
        assert found["finding_adjusted"].tolist() == expected.tolist()


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_statsmodels_agrees,
        test_families_at_once_are_families_one_by_one,
        test_adjusting_never_helps_and_holm_is_never_below_the_others,
    ],
)
def test_the_same_properties_at_length(test):
    many(test, 40)
