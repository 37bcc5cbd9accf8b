"""A property is tried on a few examples every time, and on many by ``make prove``."""

from hypothesis import given, settings


def few(examples, *strategies):
    """Make a test of a property; ``many`` runs the same one at length."""

    def make(prop):
        test = settings(max_examples=examples)(given(*strategies)(prop))
        test.strategies = strategies
        return test

    return make


def many(test, examples=100):
    """Try a property made with ``few`` on many examples."""
    settings(max_examples=examples)(given(*test.strategies)(test.hypothesis.inner_test))()
