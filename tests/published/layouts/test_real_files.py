"""What the checks say of the official files, on a machine that has them."""

import pytest

from youthjustice.published import read_workbook

REAL = {
    "dfe-offending-demographics-2023-03-16.xlsx": [],
    "lait-bds-long-2025-02.parquet": [],
    "lait-bds-long-2026-04.parquet": ["whole_between_parts"] * 9 + ["shifted_labels"],
    "lait-data-dictionary.csv": [],
    "lait-la-code-list.xlsx": ["known_areas"],  # "England (discontinued)"
    "lait-statistical-neighbours-2025-05.xlsx": [],
    "yjb-disposals-by-region-2012-13.xls": ["parts_against_totals"],  # Brent
}


@pytest.mark.real_files
@pytest.mark.parametrize("name", REAL)
def test_official_files_raise_no_false_alarm(real_file, name):
    frame = read_workbook(real_file(name))
    assert [one["check"] for one in frame.attrs["checks"]] == REAL[name]
    if name.startswith("yjb"):
        (brent,) = frame.attrs["checks"]
        assert brent["cells"][0] == "London!Q160"
        assert "holds the total 383 of Brent, but its parts add to 384" in brent["message"]
        marked = frame.loc[frame["check"].notna(), ["sheet", "cell"]]
        assert set(marked["sheet"] + "!" + marked["cell"]) == set(brent["cells"])
