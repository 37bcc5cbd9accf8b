"""Proven reoffending from case records: the definition, step by step, and what runs it."""
