"""How the pages of this folder become a site that opens offline (make docs)."""

import importlib.metadata

from pygments.lexers import TextLexer
from sphinx.highlighting import lexers

project = "Youth justice analysis"
author = "Youth Justice Analysis contributors"
release = importlib.metadata.version("youth-justice-analysis")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
default_role = "code"
html_theme = "furo"
html_title = project
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
templates_path = []
exclude_patterns = ["build"]
# The table of every reproduced figure, beside the page that names it.
html_extra_path = ["proof.csv"]

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["myst.strikethrough"]

autodoc_typehints = "none"
autodoc_member_order = "alphabetical"
autodoc_default_options = {"members": True, "imported-members": True}
add_module_names = False
toc_object_entries_show_parents = "hide"

lexers["csv"] = TextLexer()
