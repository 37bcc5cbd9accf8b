"""A notebook's cells, read as they were saved, with the area set."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from youthjustice.errors import InputProblem

_NOTEBOOK = "area_report.ipynb"
_SETS_AREA = re.compile(r"^area\s*(?::[^=\n]*)?=(?!=)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its kind (``code``, ``markdown`` or ``raw``), source, name and tags."""

    kind: str
    source: str
    name: str = ""
    tags: frozenset[str] = frozenset()

    @property
    def for_analysts(self) -> bool:
        """Tell whether it stays out of the report."""
        return "notebook-only" in self.tags


Notebook = Sequence[Cell]


def notebooks_folder() -> Path:
    """Give the folder of the notebooks: inside an installed package, or the checkout's."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_notebooks"
    return inside if inside.is_dir() else package.parents[1] / "notebooks"


def area_notebook() -> Path:
    """Give the path of the area notebook that comes with the package."""
    return notebooks_folder() / _NOTEBOOK


def read_notebook(path: str | Path | None = None) -> list[Cell]:
    """Read a notebook; the area notebook that comes with the package if none is named.

    Raises InputProblem if there is none, or if the file is something else.
    """
    chosen = Path(path) if path is not None else area_notebook()
    try:
        node = json.loads(chosen.read_text(encoding="utf-8"))
        if node["nbformat"] != 4:
            raise ValueError("an older format")
        return [_cell(cell) for cell in node["cells"]]
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise InputProblem(f"There is no notebook at {chosen}; check the path.") from None
    except PermissionError:
        raise InputProblem(
            f"You may not read {chosen}; ask for the right to, or name another notebook."
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InputProblem(
            f"{chosen} is not a Jupyter notebook; open it in JupyterLab and save it again."
        ) from None


def _cell(node: dict[str, Any]) -> Cell:
    """Take one cell as the notebook format describes it: its source is text, or lines of text."""
    source, metadata = node["source"], node.get("metadata", {})
    text = source if isinstance(source, str) else "".join(source)
    name = str(node.get("id", "")).replace("-", " ")
    return Cell(str(node["cell_type"]), text, name, frozenset(map(str, metadata.get("tags", []))))


def with_parameters(notebook: Notebook, **values: Any) -> list[Cell]:
    """Set values after the cell tagged ``parameters``, as papermill does.

    Raises InputProblem if there is no such cell, or several; if it sets no area where
    one is given; and if no cell uses a value.
    """
    tagged = [at for at, cell in enumerate(notebook) if "parameters" in cell.tags]
    if len(tagged) != 1:
        raise InputProblem(
            f"The notebook has {len(tagged)} cells tagged 'parameters'; it needs exactly one, "
            "which sets the area."
        )
    if "area" in values and not _SETS_AREA.search(notebook[tagged[0]].source):
        raise InputProblem(
            "The notebook's cell tagged 'parameters' sets no area, so its report would be about none; "
            "take your own edit of area_report.ipynb."
        )
    rest = "\n".join(
        cell.source for at, cell in enumerate(notebook) if cell.kind == "code" and at != tagged[0]
    )
    unused = [name for name in values if name != "area" and not re.search(rf"\b{name}\b", rest)]
    if unused:
        raise InputProblem(
            f"No cell of the notebook uses {unused[0]!r}, so it cannot be asked for; take the cells of "
            "the notebook that comes with the package."
        )
    source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    after = tagged[0] + 1
    return [*notebook[:after], Cell("code", source, "parameters"), *notebook[after:]]
