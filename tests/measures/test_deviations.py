"""Every figure of the worked section of docs/deviations.md, computed from the inputs it prints."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from youthjustice.measures import (
    odds_ratio,
    one_sample_test,
    rate,
    relative_rate_index,
    risk_ratio,
    risk_ratio_from_odds,
)

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deviations.md").read_text(encoding="utf-8")
WORKED = PAGE.split("## The same inputs, both ways", 1)[1]


def section(letter):
    return re.split(r"^### ", WORKED.split(f"### ({letter})", 1)[1], flags=re.MULTILINE)[0]


def tables(letter):
    """Return the tables of a section as frames of text."""
    found = []
    for block in re.findall(r"(?:^\|.*\n?)+", section(letter), flags=re.MULTILINE):
        lines = [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in block.strip().split("\n")
        ]
        found.append(pd.DataFrame(lines[2:], columns=lines[0]))
    return found


def numbers(column):
    return column.str.replace(",", "").astype(float).to_numpy()


def as_printed(values, column):
    """Check values against printed text, to as many decimals as are printed."""
    for value, text in zip(np.atleast_1d(values), column, strict=True):
        decimals = len(text.partition(".")[2])
        assert f"{value:.{decimals}f}" == text


def index(counts, groups=("group", "White"), **options):
    x1, n1, x0, n0 = counts
    frame = pd.DataFrame({"ethnic_group": groups, "x": [x1, x0], "n": [n1, n0]})
    found = relative_rate_index(frame, numerator="x", denominator="n", **options)
    return found.set_index("ethnic_group").loc[groups[0]]


def test_the_interval_of_statsmodels_where_all_of_a_group_have_the_outcome():
    row = next(line for line in PAGE.split("\n") if line.startswith("| Interval for a ratio"))
    counts = [
        int(figure) for figure in re.findall(r"\((\d+) of (\d+) against (\d+) of (\d+)", row)[0]
    ]
    theirs, ours = re.findall(r"(\d\.\d\d) to (\d\.\d\d)", row)
    found = risk_ratio(*counts)
    as_printed([found.lower, found.upper], ours)
    score = confint_proportions_2indep(*counts, compare="ratio", method="score", correction=False)
    as_printed(score, theirs)


def test_a_expected_count_as_a_second_sample():
    cases, rates = tables("a")
    x, n, share = (numbers(cases[name]) for name in cases.columns[:3])
    for column, method in ((3, "expected_as_sample"), (4, "minlike")):
        as_printed(one_sample_test(x, n, share / 100, method=method), cases.iloc[:, column])
    share, true = numbers(rates.iloc[:, 0]) / 100, numbers(rates.iloc[:, 1]) / 100
    np.testing.assert_allclose(true, 1.6 * share)
    counts = np.arange(101)
    for place, method in enumerate(("expected_as_sample", "minlike")):
        fires = np.array([one_sample_test(counts, 100, p, method=method) < 0.05 for p in share])
        size = (stats.binom.pmf(counts, 100, share[:, None]) * fires).sum(axis=1)
        power = (stats.binom.pmf(counts, 100, true[:, None]) * fires).sum(axis=1)
        as_printed(100 * size, rates.iloc[:, 2 + place])
        as_printed(100 * (1 - power), rates.iloc[:, 4 + place])


def test_a_is_the_chi_square_of_scipy_on_the_rounded_expected_count():
    for x, n, share in ((40, 100, 0.28), (16, 100, 0.10), (30, 200, 0.10), (3, 50, 0.13)):
        expected = round(n * share)
        theirs = stats.chi2_contingency([[x, n - x], [expected, n - expected]])[1]
        ours = one_sample_test(x, n, share, method="expected_as_sample")
        assert ours == pytest.approx(theirs)


def test_b_ratio_of_rounded_rates():
    (rows,) = tables("b")
    for _, row in rows.iterrows():
        *counts, per, decimals = numbers(row.iloc[:6])
        plain = index(counts, per=per)
        theirs = index(counts, per=per, rate_decimals=int(decimals))
        as_printed(theirs["value"], row.iloc[[6]])
        as_printed(plain["value"], row.iloc[[7]])
        by_hand = round(counts[0] / counts[1] * per, int(decimals)) / round(
            counts[2] / counts[3] * per, int(decimals)
        )
        assert theirs["value"] == pytest.approx(by_hand)
        assert (plain["value"] > 1.25) != (theirs["value"] > 1.25)


def test_c_odds_ratios_beside_risk_ratios():
    counts, converted = tables("c")
    cells = [numbers(counts[name]) for name in ("x1", "n1", "x0", "n0")]
    as_printed(odds_ratio(*cells).value, counts.iloc[:, 4])
    as_printed(risk_ratio(*cells).value, counts.iloc[:, 5])
    odds, intercept = np.exp(numbers(converted.iloc[:, 1])), numbers(converted.iloc[:, 2])
    as_printed(odds, converted.iloc[:, 3])
    baseline = np.exp(intercept) / (1 + np.exp(intercept))
    as_printed(risk_ratio_from_odds(odds, baseline), converted.iloc[:, 4])


def test_d_two_formulas_called_byars():
    (rows,) = tables("d")
    x = numbers(rows["events"])
    half, z = x + 0.5, stats.norm.ppf(0.975)
    for column, side in ((1, -1), (2, 1)):
        as_printed(
            half * (1 - 1 / (9 * half) + side * z / (3 * np.sqrt(half))) ** 3, rows.iloc[:, column]
        )
    for column, method in ((3, "byar"), (5, "exact")):
        found = rate(x, 1, per=1, method=method)
        as_printed(found.lower, rows.iloc[:, column])
        as_printed(found.upper, rows.iloc[:, column + 1])


def test_d1_the_printed_interval_of_the_other_formula(deviations):
    example = deviations["D-1"]
    half, z = example["inputs"]["events"] + 0.5, stats.norm.ppf(0.975)
    limits = [half * (1 - 1 / (9 * half) + s * z / (3 * np.sqrt(half))) ** 3 for s in (-1, 1)]
    found = np.array(limits) / example["inputs"]["person_years"]
    np.testing.assert_allclose(found, example["expected"]["limits"], atol=example["tolerance"])


def test_e_unknown_counted_as_other(deviations):
    (rows,) = tables("e")
    children, population, unknown, white, white_population = numbers(rows.iloc[0, 1:6])
    frame = pd.DataFrame(
        {
            "ethnic_group": ["Other", "White", "Unknown"],
            "x": [children, white, unknown],
            "n": [population, white_population, np.nan],
        }
    )
    options = {"numerator": "x", "denominator": "n"}
    ours = relative_rate_index(frame, **options).set_index("ethnic_group").loc["Other"]
    joined = frame.replace({"Unknown": "Other"}).groupby("ethnic_group", as_index=False).sum()
    theirs = relative_rate_index(joined, **options).set_index("ethnic_group").loc["Other"]
    as_printed(theirs["value"], rows.iloc[:, 6])
    as_printed(ours["value"], rows.iloc[:, 7])
    assert ours["upper"] < 1 < theirs["lower"]
    counts, people = (
        deviations["D-2"]["inputs"]["children"],
        deviations["D-2"]["inputs"]["population"],
    )
    assert [children, unknown, white] == [counts[g] for g in ("Other", "Unknown", "White")]
    assert [population, white_population] == [people[g] for g in ("Other", "White")]


def test_f_all_other_groups_as_one(deviations):
    (rows,) = tables("f")
    counts = np.column_stack([numbers(rows.iloc[:, column]) for column in range(1, 5)])
    as_printed([index(row)["value"] for row in counts], rows["ratio"])
    np.testing.assert_array_equal(counts[-1, :2], counts[:-1, :2].sum(axis=0))
    inputs = deviations["D-2"]["inputs"]
    assert sum(inputs["population"].values()) == deviations["D-2"]["expected"]["population"]
    for name, row in zip(rows["group"][:4], counts, strict=False):
        assert row[0] == inputs["children"][name]
        assert row[1] == inputs["population"][name]


def test_g_no_population():
    (rows,) = tables("g")
    counts = numbers(rows.iloc[0, :4])
    ours = index(counts)
    assert rows.iloc[0, 5] == "missing"
    assert np.isnan(ours["value"])
    assert np.isnan(ours["rate"])
    assert "denominator_zero" in ours["flags"]
    as_printed(pd.Series([ours["value"]]).fillna(0), rows.iloc[:, 4])


def test_no_figure_of_the_section_stands_outside_its_tables():
    for letter in "abcdefg":
        text = re.sub(r"`[^`]*`|\([^()]*github[^()]*\)", "", section(letter))
        prose = "\n".join(line for line in text.split("\n") if not line.startswith("|"))
        prose = prose.partition("\n")[2]
        cells = {cell for table in tables(letter) for cell in table.to_numpy().ravel()}
        heads = " ".join(name for table in tables(letter) for name in table)
        for figure in re.findall(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?", prose):
            fixed = {"0.8", "1.25", "1.6", "5", "0", "100", "17", "10", "2"}  # limits, levels, ages
            assert figure in cells | fixed or figure in heads or re.fullmatch(r"(19|20)\d\d", figure), (
                letter, figure
            )  # fmt: skip


def test_every_table_of_the_section_is_checked():
    blocks = {letter: len(tables(letter)) for letter in "abcdefg"}
    assert blocks == {"a": 2, "b": 1, "c": 2, "d": 1, "e": 1, "f": 1, "g": 1}
    assert len(re.findall(r"^\| ---", WORKED, flags=re.MULTILINE)) == sum(blocks.values())


@pytest.fixture
def deviations():
    path = ROOT / "tests" / "oracles" / "deviations.json"
    return {e["id"]: e for e in json.loads(path.read_text(encoding="utf-8"))["examples"]}
