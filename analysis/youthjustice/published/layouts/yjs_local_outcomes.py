"""Youth Justice Statistics, local level: cautions and sentences, by service and type."""

from youthjustice.published.layouts._local_layout import local_layout

LAYOUT = local_layout(
    "outcomes",
    "cautions and sentences",
    "disposals",
    "Cautions and sentences of children, by youth justice service",
    "Cautions and sentences are not children: one child can receive several, so an interval that "
    "takes them as independent is too narrow.",
)
