"""What a finished report may not say is refused, and what the figures allow is let be."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.presentation import lint_report, numbers, page_text
from youthjustice.presentation.words.directions import (
    ACROSS,
    AGAINST,
    NO_INTERVAL,
    may_claim,
    side_of,
    unsupported_directions,
)
from youthjustice.presentation.words.intervals import LEVEL, intervals

CASES = Path(__file__).parent / "lint"
RULES = {
    "direction": NO_INTERVAL,
    "across": ACROSS,
    "against": AGAINST,
    "apart": "a figure outside its own interval",
    "rank": "a rank alone",
    "small": "a percentage on few without its count",
    "word": "a banned word",
}


def lines(name: str) -> list[str]:
    """Give the lines of a file of cases."""
    told = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in told if line and not line.startswith("# ")]


WRONG = [tuple(line.split("\t")) for line in lines("wrong.txt")]
RIGHT = lines("right.txt")


def rules(page: str) -> list[str]:
    """Give the rules that a page breaks."""
    return [problem.rule for problem in lint_report(page)]


def test_there_are_enough_cases() -> None:
    assert min(len(WRONG), len(RIGHT)) >= 100
    assert len(RATIOS) >= 10 and len(CHANGES) >= 3
    assert len({text for _, text in WRONG}) == len(WRONG)


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_every_wrong_text_is_refused_by_its_rule(rule: str, text: str) -> None:
    assert any(found.startswith(RULES[rule]) for found in rules(text))


@pytest.mark.parametrize("rule", [rule for rule, _ in WRONG if rule == "direction"][:1])
@pytest.mark.parametrize("place", ["<p>{}</p>", "<li>{}</li>", "<h3>{}</h3>", "<td>{}</td>"])
def test_a_wrong_text_is_found_wherever_it_stands(rule: str, place: str) -> None:
    page = f"<table><tr><th>A</th></tr><tr>{place}</tr></table>" if "td" in place else place
    for kind, text in WRONG:
        if kind == rule and ". The change" not in text:
            assert RULES[kind] in rules(page.format(text)), text


def test_right_texts_are_let_be() -> None:
    assert [(text, found) for text in RIGHT for found in lint_report(text)] == []


def not_claims() -> list[dict[str, str]]:
    """Give the list of words that claim nothing."""
    told = files("youthjustice.presentation.words").joinpath("not_claims.csv")
    return list(csv.DictReader(told.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", not_claims(), ids=lambda row: row["example"][:40])
def test_each_use_that_claims_nothing_is_needed_and_no_wider(row: dict[str, str]) -> None:
    example = row["example"]
    assert unsupported_directions(example) == []
    assert re.search(row["pattern"], example.lower()), "the example shows another rule"
    others = [other["pattern"] for other in not_claims() if other != row]
    assert every_direction().search(re.sub("|".join(others), "", example.lower())), "not needed"
    stop = "" if example[-1] in ".?" else "."
    claimed = f"{example}{stop} The rate rose."
    assert [one.found for one in unsupported_directions(claimed)] == ["rose"]


def test_no_direction_is_overlooked_for_want_of_a_hint() -> None:
    texts = [*RIGHT, *(text for _, text in WRONG), *(row["example"] for row in not_claims())]
    every = every_direction()
    assert [text for text in texts if every.search(text.lower()) and not may_claim(text)] == []


def every_direction() -> re.Pattern[str]:
    """Give the words of directions as one pattern."""
    told = files("youthjustice.presentation.words").joinpath("directions.csv")
    rows = csv.DictReader(told.read_text(encoding="utf-8").splitlines())
    return re.compile("|".join(rf"\b(?:{row['pattern']})\b" for row in rows))


def crossing(text: str, lower: float, upper: float, change: bool) -> str:
    """Put the no-difference value inside the last interval of a right sentence."""
    one = intervals(text)[-1]
    form = numbers.whole_percent if change else numbers.ratio
    return f"{text[: one.start]}(95% confidence interval {form(lower)} to {form(upper)}){text[one.end :]}"


def with_one(*kinds: str) -> list[str]:
    """Give the right texts that claim a direction and rest on one interval, of these kinds."""
    return [
        text
        for text in RIGHT
        if len(found := intervals(text)) == 1 and found[0].kind in kinds and side_of(text)
    ]


RATIOS, CHANGES = with_one("ratio"), with_one("change", "size")


@given(
    st.sampled_from(RATIOS),
    st.floats(0.05, 0.99),
    st.floats(1.01, 9.0),
)
def test_a_ratio_whose_interval_is_moved_over_one_is_caught(
    text: str, lower: float, upper: float
) -> None:
    assert rules(text) == []
    assert ACROSS in rules(crossing(text, lower, upper, change=False))


@given(st.sampled_from(CHANGES), st.floats(-0.95, -0.01), st.floats(0.01, 2.0))
def test_a_change_whose_interval_is_moved_over_none_is_caught(
    text: str, lower: float, upper: float
) -> None:
    assert rules(text) == []
    assert ACROSS in rules(crossing(text, lower, upper, change=True))


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    lint_report(f"{text}\n")
    lint_report(f"<p>{text}</p><table><tr><td>{text}</td></tr></table>")


ROWS = [
    ("Ratio to White", "1.31", "1.05 to 1.62", "over-represented", None),
    ("Ratio to White", "1.31", "0.95 to 1.62", "over-represented", ACROSS),
    ("Ratio to White", "1.31", "1.05 to 1.62", "under-represented", AGAINST),
    ("Rate", "145", "91 to 220", "higher", NO_INTERVAL),
    ("Change", "\u221212", "\u221220 to \u22124", "fell", None),
    ("Change", "\u221212", "\u221220 to 4", "fell", ACROSS),
]


@pytest.mark.parametrize(("head", "value", "ends", "said", "rule"), ROWS)
def test_a_row_of_a_table_is_judged_by_its_own_interval(
    head: str, value: str, ends: str, said: str, rule: str | None
) -> None:
    heads = f"<tr><th>Group<th>{head}<th>95% interval<th>Finding"
    page = f"<table>{heads}<tr><th>Asian<td>{value}<td>{ends}<td>{said}</table>"
    assert rules(page) == ([rule] if rule else [])


def test_a_share_of_few_in_a_table_needs_its_count() -> None:
    page = "<table><tr><th>Group<th>{}Base<th>Share<tr><th>Asian<td>{}18<td>5.6%</table>"
    assert rules(page.format("", "")) == ["a percentage on few without its count"]
    assert rules(page.format("Custody<th>", "1<td>")) == []


def test_a_rank_alone_in_a_table_is_refused() -> None:
    page = "<table><tr><th>Area<th>Rank<tr><th>York<td>{}</table>"
    assert rules(page.format("21st")) == ["a rank alone"]
    assert rules(page.format("9th to 120th of 148")) == []


def test_a_list_item_is_one_whole_and_a_paragraph_is_not() -> None:
    said = (
        "The rate fell. The change was \u221212% (95% confidence interval \u221220% to \u22124%)."
    )
    assert rules(f"<ul><li>{said}</li></ul>") == []
    assert rules(f"<p>{said}</p>") == [NO_INTERVAL]


def test_others_words_and_definitions_are_let_be() -> None:
    for page in (
        "<blockquote><p>Custody fell.</p></blockquote>",
        "<p>They wrote <q>custody fell</q>.</p>",
        '<p class="yj-source">Source: Juvenile custody fell</p>',
        "<dl><dt>Over-represented<dd>The rate was higher.</dl>",
        "<pre><code>rose = fell</code></pre>",
        '<p>No change<sup><a href="#from-1">12</a></sup>.</p>',
    ):
        assert rules(page) == [], page


def test_words_beside_pictures_captions_and_headings_are_read() -> None:
    for page in (
        '<img src="x" alt="Custody fell.">',
        "<figure><figcaption>Custody fell.</figcaption></figure>",
        "<table><caption>Custody fell.</caption></table>",
        "<h2>Custody fell.</h2>",
        "<details><summary>Custody fell.</summary></details>",
        "<dl><dt>2024<dd>Custody fell to 12.</dl>",
    ):
        assert rules(page) == [NO_INTERVAL], page


def test_a_problem_names_its_section() -> None:
    page = "<h2>Custody</h2><h3>Boys</h3><p>It fell.</p><h2>Other</h2><p>It rose.</p>"
    assert [one.section for one in lint_report(page)] == ["Custody: Boys", "Other"]
    assert [one.section for one in lint_report("# Custody\n\nIt fell.")] == ["Custody"]


def test_a_level_is_no_support_unless_a_benchmark_lies_outside_it() -> None:
    text = "The rate was {} per 100,000 (95% confidence interval {}), {} than London (157)."
    assert rules(text.format(190, "170 to 220", "higher")) == []
    assert rules(text.format(190, "150 to 220", "higher")) == [ACROSS]
    (one,) = intervals(text.format(190, "170 to 220", "higher"))
    assert one.kind == LEVEL and one.value == 190


def test_the_page_on_the_rules_shows_what_they_do() -> None:
    page = Path(__file__).parents[2] / "docs" / "linting.md"
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("| a ")
    ]
    assert {name.split(":")[0] for name, _, _ in rows} == set(RULES.values())
    for name, refused, right in rows:
        assert any(found.startswith(name) for found in rules(refused)), refused
        assert rules(right) == []


def test_the_same_words_are_told_in_the_section_of_each_page():
    said = "The rate fell from 9 to 4."
    for head in ("Custody", "Entrants", "Custody"):
        (problem,) = lint_report(f"<h2>{head}</h2><p>{said}</p>")
        assert (problem.section, problem.text) == (head, said)
    assert rules(f"<dl><dt>One</dt><dd>{said}</dd></dl>") == [NO_INTERVAL]
    assert rules("<table><caption>3% of 11 children</caption></table>") == []
    assert rules("<p>3% of 11 children</p>") == [RULES["small"]]


ODD = ["<b>{}</b>", "<p>{}<", "<P>{}</P>", "<p class=x>{}</p>", "<!-- <script> --><p>{}</p>",
       "<textarea>{}</textarea><p>{}</p>", "<script>if (a < b) '<p>{}</p>'</script>", "a & b < {}",
       "<svg><title>{}</title></svg>", "<p title='>'>{}</p>", "<br/><p>{}<br>x</p >", "<style>{}",
       "<p alt=\"a > b\">{}</p>", "<!-- {} -- ><p>y</p>"]  # fmt: skip


@given(st.lists(st.sampled_from(ODD), min_size=1, max_size=4))
def test_a_page_of_plain_tags_reads_as_the_parser_reads_it(parts):
    page = "<h2>One</h2>" + "".join(part.replace("{}", "it &amp; fell") for part in parts)
    slow, fast = page_text._Reader(), page_text._Reader()
    slow.feed(page)
    slow.close()
    slow.finish()
    if fast.read(page):
        fast.finish()
        assert fast.texts == slow.texts and fast.grids == slow.grids


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    page = tmp_path / "kent.html"
    page.write_text("<h2>Custody</h2><p>We came 2nd of 148.</p>", encoding="utf-8")
    assert [one.section for one in lint_report(page)] == ["Custody"]
    page.write_bytes(b"\xff")
    with pytest.raises(InputProblem, match=r"kent\.html cannot be read as text; save it as HTML"):
        lint_report(page)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/nosuch.html", r"'/nosuch.html' is the name of a file.*; pass Path\('/nosuch.html'\)"),
        ("report.MD", "name of a file"),
        (Path("/nosuch.html"), "There is no file /nosuch.html; check the path"),
        (Path("/"), "There is no file /; check the path"),
        (None, "a text or a Path, not a NoneType; pass one of them"),
    ],
)
def test_the_name_of_a_file_does_not_pass_for_a_report_without_problems(page, said) -> None:
    with pytest.raises(InputProblem, match=said):
        lint_report(page)


@pytest.mark.parametrize("page", ["See report.html", "<p>report.html", "Custody.", ""])
def test_a_text_that_only_ends_like_a_file_is_read(page: str) -> None:
    assert lint_report(page) == []
