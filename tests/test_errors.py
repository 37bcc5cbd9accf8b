"""The one error that people are meant to read."""

from IPython.core.interactiveshell import InteractiveShell

from youthjustice.errors import InputProblem


def test_a_notebook_shows_the_sentence_and_no_trace(capsys):
    shell = InteractiveShell()
    shell.run_cell("import youthjustice as yj\nyj.published.place('Leed')")
    out = capsys.readouterr().out
    assert out.startswith("InputProblem: 'Leed' is not an area we know")
    assert len(out.splitlines()) == 1


def test_python_shows_it_as_any_error():
    assert issubclass(InputProblem, ValueError)
    assert str(InputProblem("one sentence")) == "one sentence"
