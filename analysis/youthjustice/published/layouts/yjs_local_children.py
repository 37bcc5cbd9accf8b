"""Youth Justice Statistics, local level: children cautioned or sentenced, by service.

The file crosses age, sex and ethnic group for every youth justice service and financial year.
"""

from youthjustice.published.layouts._local_layout import local_layout

LAYOUT = local_layout(
    "children",
    "children cautioned or sentenced",
    "children",
    "Children cautioned or sentenced, by youth justice service",
)
