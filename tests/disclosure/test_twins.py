"""Two extracts that differ only in hidden cells give the same report, to the byte."""

from pathlib import Path

import numpy as np
import pytest

from tests.disclosure.twins import twins, with_margins
from youthjustice.disclosure import INTERNAL, release
from youthjustice.presentation import Chart, released
from youthjustice.reports.cells import Shown
from youthjustice.reports.content import Content
from youthjustice.reports.formats import FORMATS, writer
from youthjustice.reports.own_tables import own_table

ONE = np.array([[3, 20, 9], [8, 15, 7]])
TWO = np.add(ONE, [[-1, 0, 1], [1, 0, -1]])
QUICK = [name for name in FORMATS if name != "pdf"]


def page(counts, **given):
    table = release(with_margins(counts), ["outcome", "sex"], "children", **given)
    one = own_table(table, "Outcomes", name="own-bars", chart="bars", series="sex", across="sex")
    shown = (Shown("text/html", one._repr_html_(), one),)
    return Content("Somewhere", "Somewhere: report", "Own records.", shown, internal=True)


def written(content, folder, formats):
    for name in formats:
        writer(name)(content, folder, "report")
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*.*")
        if path.is_file()
    }


def test_twins_give_the_same_bytes_in_every_format(tmp_path):
    first = written(page(ONE), tmp_path / "one", QUICK)
    second = written(page(TWO), tmp_path / "two", QUICK)
    assert len(first) == 7
    assert first == second


def test_other_extracts_do_not(tmp_path):
    # The test can fail: here a shown cell differs.
    formats = ["csv", "svg"]
    first = written(page(ONE), tmp_path / "one", formats)
    second = written(page(np.add(ONE, [[0, 1, 0], [0, 0, 0]])), tmp_path / "two", formats)
    assert all(first[name] != second[name] for name in first)


def by_size(counts):
    """Write the rows by their size, as an analyst may sort them before they are released."""
    return with_margins(counts).sort_values("children", kind="stable").reset_index(drop=True)


@pytest.mark.parametrize("guarded", [True, False])
def test_the_order_of_rows_tells_nothing(tmp_path, monkeypatch, guarded):
    if not guarded:
        monkeypatch.setattr(released, "in_order", lambda made, order: made.frame)
    pages = [
        own_table(release(by_size(counts), ["outcome", "sex"], "children"), "Outcomes")
        for counts in (ONE, np.add(ONE, [[1, 0, -1], [-1, 0, 1]]))
    ]
    assert (pages[0]._repr_html_() == pages[1]._repr_html_()) == guarded


@pytest.mark.prove
def test_without_hiding_twins_are_told_apart(tmp_path):
    first = written(page(ONE, policy=INTERNAL), tmp_path / "one", ["csv"])
    second = written(page(TWO, policy=INTERNAL), tmp_path / "two", ["csv"])
    assert all(first[name] != second[name] for name in first)


@pytest.mark.browser
def test_twins_give_the_same_pdf(tmp_path):
    first = written(page(ONE), tmp_path / "one", ["pdf"])
    assert first == written(page(TWO), tmp_path / "two", ["pdf"])
    assert first != written(page(np.add(ONE, [[0, 1, 0], [0, 0, 0]])), tmp_path / "three", ["pdf"])


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=pytest.mark.sampled(1)) for seed in range(20)]
)
@pytest.mark.prove
def test_which_cells_are_hidden_is_the_same_for_twins(seed):
    # Both choices are safe for both, and what they cost differs only in cells that both show.
    random = np.random.default_rng(seed)
    found = 0
    for _ in range(8):
        pair = twins(random)
        if pair is not None:
            found += 1
            assert pair[0].frame.equals(pair[1].frame)
            assert repr(pair[0]) == repr(pair[1])
    assert found


def test_a_drawing_holds_no_hidden_value():
    counts = np.array([[3, 2000, 977], [809, 1500, 702]])
    table = release(with_margins(counts), ["outcome", "sex"], "children")
    section = own_table(table, "Outcomes", name="own-bars", chart="bars", series="sex")
    chart = next(item for item in section.items if isinstance(item, Chart))
    hidden = [str(n) for n in with_margins(counts)["children"][table.hidden.to_numpy()]]
    assert len(hidden) == 4
    told = f"{chart.svg()}{chart.svg(narrow=True)}{section._repr_html_()}{chart}"
    assert not [
        number for number in hidden if number in told.replace("from 1 to 4", "") and len(number) > 1
    ]
    bars = chart.figure().axes[0].patches
    assert sorted(round(bar.get_width()) for bar in bars) == [1500, 2000]


def test_a_file_is_never_named_after_what_stands_in_records(tmp_path):
    files = written(page(ONE), tmp_path, ["csv", "svg"])
    names = " ".join(str(path) for path in files)
    assert names.replace("report", "").replace("own-bars", "").strip(" .-/") and not any(
        word in names for word in ("female", "male", "outcome", "20", "15")
    )
    assert all(Path(name).suffix[1:] in FORMATS for name in files)
