"""Every group against a reference: the relative rate index and what belongs to it."""
