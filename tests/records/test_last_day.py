"""What cannot have happened yet is refused, and what hardly can have happened is said."""

import datetime as dt

import pytest

from tests.records.extracts import (
    ANN,
    THEFT,
    at_once,
    changed,
    check_silence,
    everything_said,
    extract_of,
    folder_of,
    refusals,
)
from youthjustice import cli
from youthjustice.records.refusals import AFTER_TODAY

__all__ = ["at_once"]
pytestmark = pytest.mark.usefixtures("at_once")
BO = changed(ANN, A="Zq7-2", B="Bo Zq7")
A_CHILD, AN_OFFENCE = "children", "offences"


def test_dates_after_today_are_refused_where_no_day_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("youthjustice.records.last_day.today", lambda: dt.date(2022, 3, 1))
    born, later = changed(BO, C="02/03/2022"), {"F": "02/03/2022"}
    extract = extract_of(tmp_path, [ANN, born], [THEFT, changed(THEFT, **later)])
    assert refusals(extract) == [
        (A_CHILD, 3, "date_of_birth", AFTER_TODAY),
        (AN_OFFENCE, 3, "outcome_date", AFTER_TODAY),
    ]
    said = extract_of(tmp_path, [ANN], [changed(THEFT, **later)], extract_date="2022-03-02")
    assert said.refused.empty


def test_a_release_to_come_is_only_planned_and_said(tmp_path, monkeypatch):
    custody = changed(THEFT, E="Custody", G="02/03/2023")
    for how in ({"extract_date": "2023-03-01"}, {}):
        monkeypatch.setattr("youthjustice.records.last_day.today", lambda: dt.date(2023, 3, 1))
        extract = extract_of(tmp_path, offences=[THEFT, custody], **how)
        assert extract.refused.empty and len(extract.offences) == 2
        assert [note for note in extract.notes if "planned" in note] == [
            "offences: 1 row has a release_date that is still to come, and is taken as planned "
            "(first: row 3 of 'offences.csv')"
        ]


AGES = {
    "before the age of 10": ["01/02/2008", "14/06/2016"],
    "at 18 to 24": ["15/06/2024", "14/06/2031"],
    "at 25 or older": ["15/06/2031", "01/02/2079"],
}


def test_offences_at_an_age_that_no_child_of_the_system_has_are_said(tmp_path):
    acts = [changed(THEFT, B=day, F=day) for days in AGES.values() for day in days]
    acts += [changed(THEFT, B="", F="01/02/2009"), changed(THEFT, B="15/06/2016", F="15/06/2016")]
    acts += [changed(THEFT, B="", F=""), changed(THEFT, B="14/06/2024", F="14/06/2026")]
    extract = extract_of(tmp_path, offences=acts, extract_date="2080-01-01")
    assert extract.refused.empty
    counts = zip(AGES, (3, 2, 2), (2, 4, 6), strict=True)
    for age, rows, first in counts:
        (note,) = (one for one in extract.notes if age in one)
        assert note.startswith(f"offences: {rows} rows have an offence {age}")
        assert note.endswith(f"(first: row {first} of 'offences.csv')")
    check_silence(everything_said(extract), [cell for row in acts for cell in row])


def test_impossible_rows_do_not_pass_the_command(tmp_path, capsys):
    acts = [THEFT, changed(THEFT, F="01/03/2060"), changed(THEFT, B="01/02/2008", F="01/02/2008")]
    folder = folder_of(tmp_path, [ANN, changed(BO, C="01/01/2035")], acts)
    assert cli.main(["check", str(folder)]) == 1
    page = capsys.readouterr().out
    assert "children: date_of_birth is after today - 1 row" in page
    assert "offences: outcome_date is after today - 1 row" in page
    assert "1 row has an offence before the age of 10" in page.split("Read with care:")[1]
    assert cli.main(["check", str(folder_of(tmp_path, [ANN], acts[::2]))]) == 0
    assert "Every row can be used; see 'Read with care'." in capsys.readouterr().out
