"""The definition is written for more than one engine."""

import sys

import ibis
import pytest
import sqlglot

from tests.records.stories import QUARTER
from youthjustice.errors import InputProblem
from youthjustice.records.cohort.engine import Dialect, connect
from youthjustice.records.cohort.parameters import read_parameters
from youthjustice.records.cohort.plan import plan

TEXT = dict.fromkeys(["child_id", "offence_code", "outcome_type"], "string")
DATES = dict.fromkeys(["offence_date", "outcome_date", "release_date"], "date")
SPARK = Dialect("pyspark", "CREATE OR REPLACE TEMP VIEW", "CREATE OR REPLACE TEMP VIEW")


@pytest.mark.prove
def test_every_step_and_question_can_be_written_for_spark():
    quarter = read_parameters(
        cohort=QUARTER,
        extract_date="2024-01-01",
        same_day="exclude",
        followup_months=12,
        waiting_months=6,
        age_min=10,
        age_max=17,
        breach_codes=None,
        qualifying_outcomes=None,
        recording_lag_months=1,
    )
    children = ibis.schema({"child_id": "string", "date_of_birth": "date", "sex": "string"})
    offences = ibis.schema({**TEXT, **DATES, "offence_seq": "int64", "is_breach": "boolean"})
    written = plan(children, offences, quarter, SPARK)
    for sql in (*(step.query for step in written.steps), *written.questions.values()):
        assert sqlglot.parse_one(sql, read="spark") is not None
        assert not any(word in sql for word in (" EXCLUDE ", " QUALIFY ", "FILTER(", "::"))


def test_without_pyspark_one_sentence_says_what_to_install(monkeypatch):
    for name in ("pyspark", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InputProblem) as refused:
        connect("spark")
    assert str(refused.value) == (
        'engine="spark" needs PySpark: pip install "youth-justice-analysis[spark]"'
    )
