"""Small numbers and many comparisons: years together, shrinkage, posteriors, families, power."""
