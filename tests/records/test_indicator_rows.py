"""Rows of the indicators are refused by their numbers, by `check` and by a report alike."""

import pandas as pd
import pytest

from tests.records.extracts import (
    ANN,
    CANARY,
    THEFT,
    at_once,
    changed,
    check_silence,
    folder_of,
    said_by,
)
from youthjustice import cli
from youthjustice.errors import InputProblem
from youthjustice.records.indicator_rows import check_indicators, read_indicators
from youthjustice.records.indicators import VERSIONS

__all__ = ["at_once"]
pytestmark = pytest.mark.usefixtures("at_once")
HEAD = "Indicator, definition_version ,at,counted,met,worker\n"
SOUND = "1,current,start,yes,NO,Zq7\n\n10,2023-04,,1,true,\n ,,,,,\n2,Current,End,FALSE,0\n"
FAULTS = {
    "0,current,start,yes,no": ("indicator", "is not a number from 1 to 10"),
    "Zq7,current,start,yes,no": ("indicator", "is not a number from 1 to 10"),
    "1,2024,start,yes,no": ("definition_version", f"is not one of {', '.join(VERSIONS)}"),
    "1,current,middle,yes,no": ("at", "is neither start nor end"),
    "1,current,start,Zq7,no": ("counted", "is neither true nor false"),
    "1,current,start,yes": ("met", "is neither true nor false"),
    "1,current,start,no,yes": ("met", "is true and counted is false: who is met is counted too"),
}


def file_of(folder, text):
    (folder / "indicators.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "indicators.csv"


def test_sound_rows_are_read_with_blank_rows_left_out(tmp_path):
    rows = read_indicators(file_of(tmp_path, "\ufeff" + HEAD + SOUND))
    assert rows.to_numpy().tolist() == [
        [1, "current", "start", True, False],
        [10, "2023-04", "", True, True],
        [2, "current", "end", False, False],
    ]
    assert [str(kind) for kind in rows.dtypes] == ["int64", "str", "str", "bool", "bool"]
    assert read_indicators(file_of(tmp_path, HEAD)).empty


def test_every_row_that_cannot_be_read_is_listed_and_the_first_is_raised(tmp_path):
    path = file_of(tmp_path, HEAD + SOUND + "\n".join(FAULTS))
    refused = check_indicators(path).refused
    listed = refused[["row", "column", "reason"]].to_numpy().tolist()
    assert listed == [[7 + n, *fault] for n, fault in enumerate(FAULTS.values())]
    assert set(refused["table"]) == {"indicators"} and set(refused["file"]) == {"indicators.csv"}
    with said_by(InputProblem) as told:
        read_indicators(path)
    assert told[0] == "'indicators.csv', row 7: indicator is not a number from 1 to 10"
    check_silence("\n".join([*told, refused.to_csv()]))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("indicator,counted,met\n", "has no column definition_version: give indicator,"),
        ("", "has no column indicator: give indicator,"),
        (b"indicator\xff\xfe\x00", "is not CSV in UTF-8: save it again as such"),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path, text, said):
    for read in (read_indicators, check_indicators):
        with pytest.raises(InputProblem, match=said):
            read(file_of(tmp_path, text))


def test_many_rows_are_read_and_more_are_refused(tmp_path, monkeypatch):
    path = file_of(tmp_path, HEAD + "1,current,start,yes,no,\n" * 20_000)
    assert len(read_indicators(path)) == 20_000
    monkeypatch.setattr("youthjustice.records.indicator_rows._MOST", 10)
    with pytest.raises(InputProblem, match="has more than 10 rows: give those of a year"):
        read_indicators(path)


def test_check_lists_the_rows_of_the_indicators_with_the_others(tmp_path, capsys):
    folder = folder_of(tmp_path, [ANN], [THEFT, changed(THEFT, E=CANARY)])
    file_of(folder, HEAD + SOUND + "\n".join(FAULTS))
    assert cli.main(["check", str(folder)]) == 1
    page = capsys.readouterr().out
    assert [line.split() for line in page.splitlines() if line.startswith("indicators ")] == [
        ["indicators", "10", "3", "7"]
    ]
    assert "  indicators: indicator is not a number from 1 to 10 - 2 rows" in page
    assert "    indicators.csv: rows 7, 8\n" in page
    assert "  indicators, from indicators.csv\n" in page
    assert "a report takes 'indicators.csv' only when every row of it can be used" in page
    check_silence(page)


def test_check_passes_sound_indicators_and_lists_a_file_that_is_none(tmp_path, capsys):
    folder = folder_of(tmp_path, [ANN], [THEFT])
    file_of(folder, HEAD + SOUND)
    assert cli.main(["check", str(folder)]) == 0
    page = capsys.readouterr().out
    assert "Every row can be used" in page and "only when" not in page
    file_of(folder, "indicator\n")
    assert cli.main(["check", str(folder)]) == 1
    assert "'indicators.csv' has no column definition_version" in capsys.readouterr().out
    (folder / "indicators.csv").unlink()
    assert cli.main(["check", str(folder)]) == 0
    assert "indicators" not in capsys.readouterr().out


def test_what_check_passes_a_report_takes(tmp_path):
    path = file_of(tmp_path, HEAD + SOUND)
    assert check_indicators(path).refused.empty
    pd.testing.assert_frame_equal(read_indicators(path), read_indicators(str(path)))
