"""A case: the claims of two documents about one area, each put to the published figures."""
