"""Disproportionality explained on real figures: intervals, small numbers, denominators, tests."""
