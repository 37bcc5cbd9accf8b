"""Youth Justice Statistics, local level: proven offences by children, by service and type."""

from youthjustice.published.layouts._local_layout import local_layout

LAYOUT = local_layout(
    "offences",
    "proven offences",
    "offences",
    "Proven offences by children, by youth justice service",
    "Offences are not children: one child can commit several, so an interval that takes offences "
    "as independent is too narrow.",
)
