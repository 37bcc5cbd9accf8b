"""The page of proof names what the tests reproduce."""

import csv
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "proof.md").read_text(encoding="utf-8")


def figures():
    with (ROOT / "docs" / "proof.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_listed_figure_is_within_its_tolerance():
    for row in figures():
        away = abs(float(row["ours"]) - float(row["printed"]))
        # Nine digits are kept of each.
        assert away <= float(row["tolerance"]) + 2e-9 * abs(float(row["printed"])), row


def test_the_page_counts_what_is_listed():
    counts = [int(count.replace(",", "")) for count in re.findall(r"^- ([\d,]+) ", PAGE, re.M)]
    uncounted = re.findall(r"^- ([\d,]+) .*not counted above", PAGE, re.M)
    assert sum(counts) == len(figures())
    published, publications = re.search(r"reproduce ([\d,]+) of \1 .* from (\d+)", PAGE).groups()
    assert int(published.replace(",", "")) == sum(counts[: -len(uncounted)]) >= 150
    assert int(publications) >= 12
    assert f"{published} published figures" in (ROOT / "README.md").read_text(encoding="utf-8")
