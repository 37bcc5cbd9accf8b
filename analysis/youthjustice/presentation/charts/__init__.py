"""One chart to a file: each takes figures and words and returns a `Chart`."""
