"""Why the common chi-square is wrong: an expected count is no sample, and disposals are not children."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from youthjustice.measures import adjusted_p_values, one_sample_test, risk_ratio
from youthjustice.presentation import (
    Behind,
    Sentence,
    Table,
    children_of,
    listing,
    numbers,
    sentence_case,
)
from youthjustice.presentation.words.area_rows import chance_words
from youthjustice.published import Place, place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Heading, Section
from youthjustice.reports.sections.disparity_figures import REFERENCE, disposals
from youthjustice.reports.sections.linked_figures import HALF, furthest_count, linked_cohort
from youthjustice.reports.sections.wording import of, spans

COMMON = "expected_as_sample"
LEVEL = 0.05
TRUE_RATIOS = (1.0, 1.25, 1.5, 2.0)
PER_CHILD = (1.0, 1.5, 2.0, 3.0)
_GROUPS = ("Asian", "Black", "Mixed", "Other")


def why_the_common_test_is_wrong(area: str) -> Section:
    """Set the common chi-square beside the exact test on an area's figures, and count children.

    >>> print(why_the_common_test_is_wrong("Islington").items[1])
    Say 40 of 100 children cautioned are of a group with 28% of the population. The common test \
(chi-square with Yates' correction) gives p = 0.101; the exact binomial test of the same numbers gives \
p = 0.010.
    """
    found = place(area)
    rows = linked_cohort(found) if found.country == "England" else pd.DataFrame()
    items: list[Displays] = [
        Sentence(
            "The common test takes the number that a group's share of the population would lead one to "
            "expect, rounds it, and compares it with the number seen by chi-square, as if both had been "
            "counted among the same number of children. But what is expected is worked out and not "
            "counted: it has no chance of its own. Giving it some makes the test miss what is there.",
            kind="note",
        ),
        Sentence(_textbook(), kind="method"),
    ]
    items += _on_figures(found, rows)
    items += [
        Heading("The second fault: counting disposals as if they were children"),
        *_children(found),
    ]
    return Section("Why the common chi-square is wrong", "common-chi-square", tuple(items))


def _textbook() -> str:
    x, n, share = 40, 100, 0.28
    common = float(one_sample_test(x, n, share, method=COMMON))
    exact = float(one_sample_test(x, n, share))
    return (
        f"Say {x} of {n} children cautioned are of a group with {numbers.percent(share, 0)} of the "
        "population. The common test (chi-square with Yates' correction) gives "
        f"{numbers.p_value(common)}; the exact binomial test of the same numbers gives "
        f"{numbers.p_value(exact)}."
    )


def _on_figures(found: Place, rows: pd.DataFrame) -> list[Displays]:
    both = both_tests(rows) if len(rows) else pd.DataFrame()
    if both.empty:
        return [Sentence(f"The linked school cohort has no shares for {found.name}.", kind="note")]
    listed = origins(rows)
    tests = Table(
        both,
        caption=f"Children of {found.name} cautioned or sentenced: the common test and the exact one",
        columns={
            "ethnic_group": "Ethnic group",
            "seen": "Seen, of all",
            "expected": "Expected",
            "common": "Common chi-square",
            "exact": "Exact test",
            "rounded": "Exact, as rounding allows",
            "adjusted": "All groups counted",
        },
        formats={
            "expected": numbers.count,
            "common": numbers.p_value,
            "exact": numbers.p_value,
            "rounded": numbers.p_value,
            "adjusted": numbers.p_value,
        },
        align_right=("seen", "common", "exact", "rounded", "adjusted"),
        note="Numbers seen are implied by shares printed as whole per cents. The third p-value is at the "
        "number and the share nearest to each other that print so; the last adds Holm's correction for "
        "all groups. The share of pupils is taken as known; a report compares with White children.",
        source=f"{cite(rows)}; tests are own analysis",
    )
    one = both.sort_values("share", ascending=False).iloc[0]
    power = chance_of_finding(int(one["whole"]), float(one["share"]))
    shown = Table(
        power,
        caption=f"How often each test would find a true ratio: {numbers.count(one['whole'])} children, a "
        f"group of {numbers.percent(one['share'], 0)} of pupils",
        columns={"ratio": "True ratio", "common": "Common chi-square", "exact": "Exact test"},
        align_right=("common", "exact"),
        formats={
            "ratio": numbers.ratio,
            "common": chance_words,
            "exact": chance_words,
        },
        note="The ratio is the group's share of the outcome over its share of pupils. At a true ratio "
        "of 1 a test at the 5% level should find something about one time in twenty. Every outcome "
        "is added up; nothing is simulated.",
        source="Own analysis",
    )
    return [
        Heading(f"On the figures of {found.name}"),
        traced(tests, listed, "exact_test", "holm"),
        traced(_left(both), listed, "exact_test", "holm"),
        shown,
    ]


def _left(both: pd.DataFrame) -> Sentence:
    """Say of whom the exact test finds something, and of whom rounding and counting leave it."""
    told, rest = (both[both[name] < LEVEL]["ethnic_group"] for name in ("exact", "adjusted"))
    if told.empty:
        return Sentence(
            "At the numbers as printed the exact test tells no group from its share of pupils."
        )
    undone = told[~told.isin(rest)]
    start = (
        f"At the numbers as printed the exact test tells {_names(told)} from their share of pupils."
    )
    allowed = "Once rounding and the number of groups are allowed for"
    if undone.empty:
        return Sentence(f"{start} {allowed}, it still does.")
    left = f"; of {_names(rest)} it still does" if len(rest) else ""
    return Sentence(f"{start} {allowed}, this no longer holds of {_names(undone)}{left}.")


def _names(groups: pd.Series) -> str:
    return listing(children_of(str(group)) for group in groups)


def both_tests(rows: pd.DataFrame) -> pd.DataFrame:
    """Test each group's implied number of the outcome against its share of pupils, in both ways.

    One row per group: ``seen`` (in words), ``whole``, ``share`` (of pupils), ``expected``,
    ``common`` and ``exact``, the p-values at the nearest number; ``rounded``, the exact one at
    the number and the share nearest to each other that print as those whole per cents, and
    ``adjusted``, that once all groups are counted.
    """
    mine = rows[(rows["stage"] == "cautioned or sentenced") & rows["ethnic_group"].isin(_GROUPS)]
    mine = mine.dropna(subset=["share", "pupils", "denominator"]).reset_index(drop=True)
    mine = mine[mine["pupils"] > 0].reset_index(drop=True)
    whole = mine["denominator"].astype(float)
    seen = (mine["share"].astype(float) / 100 * whole).round()
    share = mine["pupils"].astype(float) / 100
    found = pd.DataFrame(
        {
            "ethnic_group": mine["ethnic_group"],
            "seen": [of(x, n) for x, n in zip(seen, whole, strict=True)],
            "whole": whole,
            "share": share,
            "expected": (share * whole).round(),
            "common": np.asarray(one_sample_test(seen, whole, share, method=COMMON), dtype=float),
            "exact": np.asarray(one_sample_test(seen, whole, share), dtype=float),
            "rounded": _least_favourable(mine["share"].astype(float), whole, share),
        }
    )
    return found.assign(adjusted=adjusted_p_values(found["rounded"]))


def _least_favourable(printed: pd.Series, whole: pd.Series, share: pd.Series) -> list[float]:
    """Give the exact p-value at the number and the share of pupils that tell a group least apart."""
    least, most = (furthest_count(printed, away, whole).round() for away in (-HALF, HALF))
    above = least >= (share + HALF / 100) * whole
    below = most <= (share - HALF / 100) * whole
    away = np.where(above, HALF, -HALF) / 100
    nearest = least.where(above, most)
    p_values = np.asarray(one_sample_test(nearest, whole, share + away), dtype=float)
    # Where rounding alone allows the share expected, nothing tells the group apart.
    return list(np.where(above | below, p_values, 1.0))


def chance_of_finding(n: int, share: float) -> pd.DataFrame:
    """Add up, for each true ratio, the chance of every number that a test calls a finding.

    ``n`` children of whom a group is expected to be ``share``. One row per ratio that is possible.

    >>> chance_of_finding(100, 0.28).round(3).iloc[0].to_dict()
    {'ratio': 1.0, 'common': 0.003, 'exact': 0.045}
    """
    x = np.arange(n + 1)
    found = {
        "common": np.asarray(one_sample_test(x, n, share, method=COMMON)) < LEVEL,
        "exact": np.asarray(one_sample_test(x, n, share)) < LEVEL,
    }
    rows = []
    for ratio in TRUE_RATIOS:
        if ratio * share < 1:
            chance = stats.binom.pmf(x, n, ratio * share)
            rows.append(
                {"ratio": ratio} | {name: float(chance[hit].sum()) for name, hit in found.items()}
            )
    return pd.DataFrame(rows)


def _children(found: Place) -> list[Displays]:
    index = disposals(found)
    rows = index[(index["ethnic_group"] == "Black")] if len(index) else index
    rows = rows.dropna(subset=["p_value"]) if len(rows) else rows
    if rows.empty:
        return [Sentence(f"No ratio of disposals is published for {found.name}.", kind="note")]
    tier = str(rows.sort_values("p_value")["tier"].iloc[0])
    spread = by_disposals_per_child(index, tier)
    shown = spread.assign(interval=spans(spread["lower"], spread["upper"], numbers.ratio, 1.0))
    table = Table(
        shown,
        caption=f"{sentence_case(tier)} disposals of {index.attrs['whose']}, Black beside White "
        "children, if each child had so many disposals",
        columns={
            "per_child": "Disposals for each child",
            "children": "Black children so counted",
            "value": "Ratio",
            "interval": "95% interval",
            "p_value": "p-value",
        },
        formats={
            "per_child": lambda value: numbers.decimal(value, 1),
            "children": numbers.count,
            "value": numbers.ratio,
            "p_value": numbers.p_value,
        },
        align_right=("interval", "p_value"),
        behind={"value": Behind("value", "lower", "upper", "ratio"),
                "interval": Behind("", "lower", "upper", "ratio")},
        note="The number of children behind the disposals is not published; the second, third and fourth "
        "rows suppose it, with all disposals of a child of one tier.",
        source=f"{cite(index)}; ratios are own analysis",
    )  # fmt: skip
    return [
        Sentence(
            "One child may have several disposals in a year, and they come together. A test that counts "
            "disposals takes each for another child: its interval is too narrow and its p-value too "
            "small. This fault runs the other way from the first, and the two do not "
            "cancel out.",
            kind="note",
        ),
        traced(table, origins(index), "share_ratio"),
    ]


def by_disposals_per_child(index: pd.DataFrame, tier: str) -> pd.DataFrame:
    """Give the ratio of a tier were the disposals those of fewer children, each with as many."""
    rows = index[index["tier"] == tier].set_index("ethnic_group")
    counts = rows.loc[["Black", REFERENCE], ["numerator", "denominator"]].to_numpy(float)
    (x1, n1), (x0, n0) = counts
    each = np.array(PER_CHILD)
    found = risk_ratio(x1 / each, n1 / each, x0 / each, n0 / each).to_frame()
    return found.assign(per_child=each, children=n1 / each)
