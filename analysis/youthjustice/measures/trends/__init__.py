"""Series over time: trends, steps, changes against a comparator, control charts."""
