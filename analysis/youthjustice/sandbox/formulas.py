"""What a spreadsheet takes for a formula, however the text came about."""

FORMULA = r"(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])"
"""A pattern for how such a text begins: a tab or a line's end, or blanks and one of ``= + - @``
(wide ones too)."""
