"""Write docs/data.md, the data dictionary, from the descriptor of the data package."""

import json
from pathlib import Path

from markdown_table import table_of

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# Data dictionary

Every table of `data/`, as `yj.published.load(name)` gives it; written from `data/datapackage.json` by
`make data-hashes`. Columns of one name mean the same in every table.
"""


def page(package: dict) -> str:
    """Give the page for a descriptor."""
    tables = sorted(package["resources"], key=lambda table: table["name"])
    parts = [HEAD, *(part for table in tables for part in described(table))]
    return "\n".join(parts) + "\n"


def described(table: dict) -> list[str]:
    """Give the part on one table."""
    rows = [
        [f"`{field['name']}`", field["type"], field.get("description", ""), allowed(field)]
        for field in table["schema"]["fields"]
    ]
    cited = [
        ", ".join(str(source[key]) for key in ("title", "publisher") if source.get(key))
        for source in table.get("sources", [])
    ]
    return [
        f"## `{table['name']}`\n",
        f"{table['title']}. {table['description']}\n",
        table_of(["column", "type", "what it holds", "allowed"], rows),
        *(["\nPublished in:\n", *(f"- {one}" for one in cited)] if cited else []),
        *(
            ["\nCaveats:\n", *(f"- {one}" for one in table["caveats"])]
            if table.get("caveats")
            else []
        ),
        "",
    ]


def allowed(field: dict) -> str:
    """Say what a column may hold, in a few words."""
    rules = field.get("constraints", {})
    said = ["required"] if rules.get("required") else []
    if "enum" in rules:
        said.append(", ".join(f"`{value}`" for value in rules["enum"]))
    if "minimum" in rules:
        said.append(f"at least {rules['minimum']}")
    if "maximum" in rules:
        said.append(f"at most {rules['maximum']}")
    return "; ".join(said)


def main() -> None:
    """Write the page."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    (ROOT / "docs" / "data.md").write_text(page(package), encoding="utf-8")


if __name__ == "__main__":
    main()
