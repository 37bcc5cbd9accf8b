"""All areas: what is built, what is left as it is, and what a failure costs."""

import errno
import json
import os
import time
from pathlib import Path

import pytest

from tests.reports.batches import everything, small_notebook, with_areas
from youthjustice._files import write_whole
from youthjustice.cli import main
from youthjustice.errors import InputProblem
from youthjustice.published import place
from youthjustice.reports import batch, build_all, fingerprint
from youthjustice.reports.batch import workers_here
from youthjustice.reports.files import stem
from youthjustice.reports.workers import Answer

SOME = ["York", "Islington", "Leeds"]
HEADLINE = [["Entrants", ["Year ending December 2024: 145 (95% interval 91 to 220)"]]]


@pytest.fixture
def built(monkeypatch, tmp_path):
    """Build at once and in this process, with a notebook of one cell; and say what was built."""
    made, asked = [], []
    trouble = {}
    notebook = small_notebook(tmp_path / "n.ipynb")
    # Nobody edits code or data meanwhile; test_fingerprint looks at those.
    monkeypatch.setattr(fingerprint, "_files", lambda: [])

    def ask(requests, workers=1, tell=None):
        for request in requests:
            area = request["area"]
            if area in trouble:
                kind = trouble[area]
                if isinstance(kind, BaseException):
                    raise kind
                yield Answer(request, {}, kind, f"{area} has\nno figures.")
                continue
            made.append(area)
            asked.append(request)
            target = Path(request["output"]) / f"{stem(area, request['as_at'])}.html"
            write_whole(target, f"{area} {request['formats']}")
            yield Answer(request, {"html": str(target)}, headline=tuple(HEADLINE))

    monkeypatch.setattr(batch, "ask", ask)

    def build(folder, areas=SOME, **more):
        made.clear()
        found = build_all(folder, areas=areas, **({"notebook": notebook} | more))
        return found, sorted(made)

    build.trouble, build.asked = trouble, asked
    build.notebook = notebook
    return build


def test_a_second_run_builds_only_what_changed(built, tmp_path):
    found, made = built(tmp_path / "o")
    assert made == ["Islington", "Leeds", "York"] and found.unchanged == ()
    before = everything(tmp_path / "o")
    found, made = built(tmp_path / "o")
    assert made == [] and found.made == () and len(found.unchanged) == 3
    assert everything(tmp_path / "o") == before
    found, made = built(tmp_path / "o", rebuild=True)
    assert len(made) == 3 and everything(tmp_path / "o") == before


@pytest.mark.parametrize("change", ["edited", "cut short", "gone", "record gone", "record damaged"])
def test_a_report_that_is_not_as_it_was_made_is_built_again(built, tmp_path, change):
    built(tmp_path / "o")
    before = everything(tmp_path / "o")
    report, record = tmp_path / "o" / "york.html", tmp_path / "o" / ".youthjustice" / "york.json"
    if change == "edited":
        report.write_text("mine", encoding="utf-8")
    elif change == "cut short":
        report.write_bytes(report.read_bytes()[:5])
    elif change == "gone":
        report.unlink()
    elif change == "record gone":
        record.unlink()
    else:
        record.write_text('{"files": 3}', encoding="utf-8")
    assert built(tmp_path / "o")[1] == ["York"]
    assert everything(tmp_path / "o") == before


@pytest.mark.parametrize(
    "damage",
    ["[]", "null", "{", '{"area": 1, "fingerprint": 2, "files": [], "headline": []}', "[" * 9999],
)
def test_a_record_that_makes_no_sense_counts_as_none(built, tmp_path, damage):
    built(tmp_path / "o", ["York"])
    (tmp_path / "o" / ".youthjustice" / "york.json").write_text(damage, encoding="utf-8")
    assert built(tmp_path / "o", ["York"])[1] == ["York"]


def test_another_notebook_or_format_builds_again(built, tmp_path):
    built(tmp_path / "o")
    assert len(built(tmp_path / "o", formats="html,json")[1]) == 3
    small_notebook(built.notebook, "print('Edited for', area)")
    assert len(built(tmp_path / "o", formats="html,json")[1]) == 3
    assert built(tmp_path / "o", formats="html,json")[1] == []


def test_comparators_a_day_and_releases_go_to_every_area_and_the_list_says_so(built, tmp_path):
    cells = "print(compare, as_at)"
    small_notebook(built.notebook, cells)
    options = {"compare": ["Leeds", "London"], "as_at": "2025-Q1",
               "releases": {"first_time_entrants_area": "2025-02"}}  # fmt: skip
    found, made = built(tmp_path / "o", **options)
    assert made == ["Islington", "Leeds", "York"] and found.failed == {}
    asked = {request["area"]: request for request in built.asked}
    assert asked["York"]["compare"] == ["Leeds", "London"]
    assert asked["Leeds"]["compare"] == ["London"]
    assert {one["as_at"] for one in built.asked} == {"2025-03-31"}
    assert {*asked["York"]["releases"].items()} == {("first_time_entrants_area", "2025-02")}
    names = sorted(path.name for path in (tmp_path / "o").glob("*.html"))
    assert names == ["index.html", *(f"{one.lower()}-as-at-2025-03-31.html" for one in made)]
    page = found.index.read_text(encoding="utf-8")
    assert "as at 31 March 2025. Each sets its area beside Leeds and London" in page
    assert "is from release 2025-02" in page and 'href="york-as-at-2025-03-31.html"' in page
    assert built(tmp_path / "o", **options)[1] == []
    assert len(built(tmp_path / "o", **options | {"as_at": None})[1]) == 3
    assert len(built(tmp_path / "o", **options | {"releases": None})[1]) == 3
    assert len(built(tmp_path / "o", **options | {"compare": "Leeds"})[1]) == 3


@pytest.mark.parametrize(
    ("option", "said"),
    [({"compare": "Londn"}, "London"), ({"as_at": "1999-Q1"}, "had been published by 1999-03-31"),
     ({"releases": {"first_time_entrants_area": "2019"}}, "it has 2026-02 and 2025-02"),
     ({"as_at": "2025-Q1"}, "No cell of the notebook uses 'as_at'")],
)  # fmt: skip
def test_what_cannot_be_asked_of_any_area_is_refused_once(built, tmp_path, option, said):
    with pytest.raises(InputProblem, match=said):
        built(tmp_path / "o", **option)
    assert not (tmp_path / "o").exists()


def test_a_failed_area_is_told_in_one_line_and_the_rest_finish(built, tmp_path):
    built.trouble["Leeds"] = "input"
    found, made = built(tmp_path / "o", [*SOME, "Islingtn", "London", "Cumbria"])
    assert made == ["Islington", "York"]
    assert list(found.failed) == ["Cumbria", "Islingtn", "Leeds", "London"]
    assert found.failed["Leeds"] == "Leeds has no figures."
    assert all("\n" not in reason for reason in found.failed.values())
    page = found.index.read_text(encoding="utf-8")
    assert "Leeds has no figures." in page and "did you mean Islington?" in page
    assert not (tmp_path / "o" / "leeds.html").exists()
    built.trouble.clear()
    assert built(tmp_path / "o")[1] == ["Leeds"]


def test_the_reason_of_each_area_is_told_at_once_even_if_there_is_no_list(
    built, tmp_path, monkeypatch, capsys
):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "index.html")

    built.trouble["Leeds"] = "input"
    monkeypatch.setattr(batch, "render", full)
    told = []
    with pytest.raises(OSError, match="No space left"):
        built(tmp_path / "o", [*SOME, "Islingtn"], failing=lambda *one: told.append(one))
    assert [area for area, _ in told] == ["Islingtn", "Leeds"]
    assert told[1][1] == "Leeds has no figures."

    monkeypatch.setattr(batch, "places", lambda **_: [place(name) for name in SOME])
    command = ["report", "--all", "--output", str(tmp_path / "o"), "--workers", "1"]
    assert main([*command, "--notebook", str(built.notebook)]) == 2
    err = capsys.readouterr().err
    assert err.count("youthjustice: Leeds: Leeds has no figures.\n") == 1
    assert err.index("Leeds has") < err.index("could not be done: No space left")


def test_one_area_in_two_spellings_is_one_report(built, tmp_path):
    found, made = built(tmp_path / "o", ["york", "YORK", "E06000014"])
    assert made == ["York"] and found.failed == {}


def test_a_run_that_is_stopped_leaves_whole_files_and_the_next_goes_on(built, tmp_path):
    built(tmp_path / "whole")
    built.trouble["Leeds"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path / "o")
    left = everything(tmp_path / "o")
    assert {"york.html", "islington.html"} <= set(left) and "index.html" not in left
    built.trouble.clear()
    assert built(tmp_path / "o")[1] == ["Leeds"]
    assert everything(tmp_path / "o") == everything(tmp_path / "whole")


@pytest.mark.parametrize("last", ["leeds.html", ".youthjustice/leeds.json"])
def test_a_full_disk_costs_the_reports_that_do_not_fit(built, tmp_path, monkeypatch, last):
    really, folder = Path.replace, tmp_path / "o"

    def full(self, target):
        if Path(target) == folder / last:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        return really(self, target)

    monkeypatch.setattr(Path, "replace", full)
    found, _ = built(folder)
    assert list(found.failed) == ["Leeds"] and "No space left" in found.failed["Leeds"]
    monkeypatch.setattr(Path, "replace", really)
    assert not (folder / last).exists()
    assert not list(folder.rglob("*.part"))
    assert built(folder)[1] == ["Leeds"]


def test_what_killed_runs_left_is_cleared_and_nobody_elses(built, tmp_path):
    folder = tmp_path / "o"
    left = folder / ".youthjustice" / "work-old" / "york"
    left.mkdir(parents=True)
    (left / ".york-x.part").write_text("half")
    stale, fresh = folder / ".york-a.part", folder / ".york-b.part"
    stale.write_text("half")
    fresh.write_text("half")
    hours_ago = time.time() - 7200
    os.utime(stale, (hours_ago, hours_ago))
    built(folder, ["York"])
    assert not left.parent.exists() and not stale.exists() and fresh.exists()
    assert sorted(path.name for path in (folder / ".youthjustice").iterdir()) == [
        ".lock", "york.json",
    ]  # fmt: skip


HOSTILE = [
    "<script>alert(1)</script>", "../../x", "..\\..\\w", "y" * 5000, "CON", "index", "York!", "york",
    "!!!", "=HYPERLINK(1)", "King's Lynn & \"Q\"", "\u202ekroY", "C:\\temp\\z", "a\nb", "York",
]  # fmt: skip


def test_hostile_names_give_a_report_or_one_sentence(built, tmp_path, monkeypatch):
    with_areas(tmp_path / "data", monkeypatch, *HOSTILE)
    found, made = built(tmp_path / "deep" / "er" / "o", None)
    assert set(made) | set(found.failed) == set(HOSTILE)
    assert {"York!", "york", "York", "!!!", "y" * 5000} >= set(found.failed) >= {"!!!", "y" * 5000}
    assert all(0 < len(why) < 400 and "\n" not in why for why in found.failed.values())
    page = found.index.read_text(encoding="utf-8")
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page and len(page) < 60_000
    outside = {path.name for path in tmp_path.rglob("*") if path.suffix in (".html", ".part")}
    assert outside == {path.name for path in (tmp_path / "deep" / "er" / "o").glob("*.html")}
    assert {"con-area.html", "index-area.html", "x.html", "index.html"} <= outside
    record = (tmp_path / "deep" / "er" / "o" / ".youthjustice" / "index-area.json").read_text()
    assert json.loads(record)["area"] == "index"


def test_two_names_for_one_file_are_told_apart(built, tmp_path, monkeypatch):
    with_areas(tmp_path / "data", monkeypatch, "Up-Town", "Up Town (East)", "Up Town East")
    found, made = built(tmp_path / "o", None)
    assert set(made) | set(found.failed) == {"Up-Town", "Up Town (East)", "Up Town East"}
    assert len({stem(name) for name in made}) == len(made)
    assert all("another name" in why or "may mean" in why for why in found.failed.values())


@pytest.mark.parametrize("workers", [0, -3])
def test_no_workers_are_refused(tmp_path, workers):
    with pytest.raises(InputProblem, match="1 or more"):
        build_all(tmp_path / "o", workers)
    assert not (tmp_path / "o").exists()


def test_a_notebook_that_is_none_is_refused_once_and_not_by_every_area(tmp_path):
    with pytest.raises(InputProblem, match="no notebook"):
        build_all(tmp_path / "o", notebook=tmp_path / "missing.ipynb")
    assert not (tmp_path / "o").exists()


def test_this_machine_has_workers():
    assert 1 <= workers_here() <= (os.cpu_count() or 1)


@pytest.mark.prove
def test_real_workers_build_and_hand_over_what_the_list_says(tmp_path):
    own = small_notebook(tmp_path / "n.ipynb")
    found = build_all(tmp_path / "o", 1, ["York"], notebook=own)
    assert found.failed == {} and found.made == ("York",)
    assert "Read for York" in (tmp_path / "o" / "york.html").read_text(encoding="utf-8")
    assert "No figure in this report" in found.index.read_text(encoding="utf-8")
