"""Write docs/proof.md and docs/proof.csv from the figures that the tests reproduced.

``make proof`` runs those tests with ``--proof FILE`` first. What the benchmarks measured is taken
from ``benchmarks/measured/``, where ``python -m benchmarks --keep`` leaves what each prints.
"""

import ast
import io
import sys
from pathlib import Path

import pandas as pd
from markdown_table import table_of

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
MEASURED = ROOT / "benchmarks" / "measured"
KINDS = {
    "worked example": "worked examples printed in publications",
    "rate": "rates, recomputed from the counts that the same publication prints",
    "total": "totals, summed from their printed parts",
    "another program": "figures that another program prints (no publication, and not counted above)",
    "recalled": "figures whose publication was not at hand to check them against (not counted above)",
}
UNCOUNTED = ("another program", "recalled")
HEAD = """# Proof

We reproduce {figures} of {figures} published figures, from {publications} publications:

{kinds}

Each is compared by a test, which fails where a figure does not come back within the tolerance that
the printed digits allow. This page and [every figure](proof.csv), with what was printed and what we
get, are written by `make proof` from those tests. What could not be compared is
[listed too](#what-could-not-be-reproduced).

## What was reproduced

The difference is the largest of the row; 0 stands for less than a millionth of the tolerance.
"""


def main(kept: Path, check: bool) -> int:
    """Write the page and the table, or only say whether they hold what the tests reproduce."""
    figures = pd.read_json(kept, dtype=False).fillna("")
    figures = figures[figures["kind"].isin(KINDS)]
    figures["difference"] = (figures["ours"] - figures["printed"]).abs()
    figures = figures.sort_values(["kind", "publication", "id", "figure", "printed", "ours"])
    if check:
        return stale(figures)
    DOCS.joinpath("proof.csv").write_text(
        figures[["id", "figure", "printed", "ours", "tolerance"]].to_csv(
            index=False, float_format="%.9g", lineterminator="\n"
        ),
        encoding="utf-8",
    )
    missing = pd.read_csv(ROOT / "tests" / "oracles" / "not_reproduced.csv")
    parts = [
        heading(figures),
        *(part for kind in KINDS for part in listed(kind, figures[figures["kind"] == kind])),
        "\n## What could not be reproduced\n",
        table_of(["figure", "publication", "why"], missing.to_numpy().tolist()),
        *measured(),
    ]
    DOCS.joinpath("proof.md").write_text("\n".join(parts) + "\n", encoding="utf-8")
    return 0


def stale(figures: pd.DataFrame) -> int:
    """Say whether the table in docs/ lists other figures than the tests reproduce.

    What we get may differ in its last digits from one machine to another, and is not compared.
    """
    columns = ["id", "figure", "printed"]
    listed = pd.read_csv(DOCS / "proof.csv", dtype={"id": str, "figure": str}).fillna("")
    now = pd.read_csv(io.StringIO(figures[columns].to_csv(index=False, float_format="%.9g")))
    same = set(listed[columns].itertuples(index=False)) == set(
        now.fillna("")[columns].itertuples(index=False)
    )
    if not same:
        sys.stderr.write("docs/proof.md is stale: run make proof, and commit what it writes.\n")
    return int(not same)


def heading(figures: pd.DataFrame) -> str:
    """Say how many figures there are, of how many publications, and of what kinds."""
    published = figures[~figures["kind"].isin(UNCOUNTED)]
    kinds = "\n".join(
        f"- {count:,} {KINDS[kind]}"
        for kind, count in figures["kind"].value_counts().reindex(list(KINDS)).items()
    )
    publications = published["publication"].nunique()
    return HEAD.format(figures=f"{len(published):,}", publications=publications, kinds=kinds)


def listed(kind: str, figures: pd.DataFrame) -> list[str]:
    """Give the figures of one kind, a row for each example."""
    rows = [
        [
            identity,
            title,
            cited(publication, year, table),
            f"{len(part):,}",
            few(part["tolerance"].max()),
            few(part["difference"].where(part["difference"] > part["tolerance"] / 1e6, 0).max()),
        ]
        for (identity, title, publication, year, table), part in figures.groupby(
            ["id", "title", "publication", "year", "table"], sort=False
        )
    ]
    head = ["id", "what", "printed in", "figures", "tolerance", "difference"]
    return [f"\n### {KINDS[kind].capitalize()}\n", table_of(head, rows)]


def cited(publication: str, year: object, table: str) -> str:
    """Give publication, year and table in one line."""
    return ", ".join(str(part) for part in (publication, year, table) if part != "")


def few(value: float) -> str:
    """Print a number to two figures."""
    return f"{value:.2g}"


def measured() -> list[str]:
    """Give what each benchmark printed when it was last kept, with the day and the machine."""
    parts = ["\n## What was measured\n"]
    parts.append(
        "`make bench` measures again; `python -m benchmarks --keep NAME` renews what is here. How often\n"
        "other intervals hold the truth (trends, decomposition, survival, adjusted and pooled ratios)\n"
        "is simulated in `make prove`, which fails where it is less often than they say."
    )
    for file in sorted(MEASURED.glob("*.txt")):
        about, *printed = file.read_text(encoding="utf-8").rstrip().splitlines()
        source = ROOT / "benchmarks" / f"bench_{file.stem}.py"
        what = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
        what = " ".join(what.split("\n\n")[0].split())
        parts += [f"\n### {file.stem.replace('_', ' ').capitalize()}\n", f"{what}\n\n{about}\n"]
        parts += ["```text", *printed, "```"]
    return parts


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--check" in sys.argv))
