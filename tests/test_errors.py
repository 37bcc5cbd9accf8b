"""The one error that people are meant to read."""

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from youthjustice.errors import InputProblem
from youthjustice.measures import adjusted_ratio, cox, relative_rate_index, trend


def test_a_notebook_shows_the_sentence_and_no_trace(capsys):
    shell = InteractiveShell()
    shell.run_cell("import youthjustice as yj\nyj.published.place('Leed')")
    out = capsys.readouterr().out
    assert out.startswith("InputProblem: 'Leed' is not an area we know")
    assert len(out.splitlines()) == 1


def test_python_shows_it_as_any_error():
    assert issubclass(InputProblem, ValueError)
    assert str(InputProblem("one sentence")) == "one sentence"


def test_a_message_is_one_line_whatever_a_column_is_called():
    frame = pd.DataFrame({"a\nge\u2028": [1]})
    asked = (
        lambda: trend(frame, numerator="children"),
        lambda: adjusted_ratio(
            frame, numerator="children", denominator="population", covariates="age"
        ),
        lambda: relative_rate_index(frame, numerator="children", denominator="population"),
        lambda: cox(frame, time="days", event="event", covariates=["age"]),
    )
    for ask in asked:
        with pytest.raises(InputProblem) as met:
            ask()
        assert len(str(met.value).splitlines()) == 1
        assert "a ge" in str(met.value)
