"""Reports built once and read by many tests."""

import pytest

from youthjustice.reports import build


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Build a report on first request and keep it."""
    folder = tmp_path_factory.mktemp("reports")
    kept = {}

    def page(area):
        if area not in kept:
            kept[area] = build(area, folder).read_text(encoding="utf-8")
        return kept[area]

    return page
