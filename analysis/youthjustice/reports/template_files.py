"""The files from which the report's page and the list of reports are made."""

from __future__ import annotations

from importlib import resources


def template_file(name: str) -> str:
    """Read a file of the template's folder."""
    return resources.files(__package__).joinpath("template", name).read_text(encoding="utf-8")
