"""One figure and its uncertainty: a proportion, a rate, a count behind a printed figure."""
