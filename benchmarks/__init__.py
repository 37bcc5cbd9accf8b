"""Measurements, ours and the alternative's side by side in one run; never a test."""
