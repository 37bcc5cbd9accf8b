"""A service's own records in a report: read, counted, released, and set out as sections."""
