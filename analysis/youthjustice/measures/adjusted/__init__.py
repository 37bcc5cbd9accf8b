"""Ratios at equal covariates, beside the unadjusted ones."""
