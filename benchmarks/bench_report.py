"""How long a person waits: the import, one report, and the reports of all English authorities.

Each command of one area runs once to warm the disk, then five times; the median counts. All areas
are built once by two workers. In the same run the same notebook is run for ten of them with papermill
and written with nbconvert, from the command line and two at once too: that is how one would do it
with Jupyter's own tools. Each pair of commands is one area's report, so both are seconds of clock for
one area on the same two processors.

Environment: `YJ_BENCH_AREAS` builds only that many areas (of every part of the alphabet).
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from youthjustice.published import places
from youthjustice.reports import build_all
from youthjustice.reports.notebook import area_notebook

RUNS = 5
WORKERS = 2
BESIDE = 10


def seconds(*command: str) -> float:
    """Give the median wall time of a whole process over five warm runs."""
    took = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - start)
    return statistics.median(took[1:])


def main() -> None:
    """Print medians, and ratios where there is something to compare with."""
    python = sys.executable
    ours = seconds(python, "-c", "import youthjustice")
    eager = seconds(
        python,
        "-c",
        "import pandas, scipy.stats, statsmodels.api, matplotlib.pyplot, pandera.pandas, IPython",
    )
    print(f"import youthjustice            {ours:6.2f} s")
    print(f"an eager package's imports     {eager:6.2f} s   ({eager / ours:.1f} times as long)")
    with tempfile.TemporaryDirectory() as folder:
        report = seconds(python, "-m", "youthjustice", "report", "Islington", "--output", folder)
        print(f"youthjustice report Islington  {report:6.2f} s")
        whole_country(Path(folder))


def whole_country(folder: Path) -> None:
    """Build all areas, and some of them with Jupyter's own tools."""
    names = [one.name for one in places(kind="authority", country="England")]
    if wanted := int(os.environ.get("YJ_BENCH_AREAS", "0")):
        names = names[:: max(1, len(names) // wanted)][:wanted]
    start, busy = time.perf_counter(), processor()
    batch = build_all(folder / "ours", WORKERS, names)
    took, busy = time.perf_counter() - start, (processor() - busy) / len(names)
    each = took / len(names)
    print(
        f"\n{len(batch.made)} of {len(names)} areas, {WORKERS} workers   {took:6.1f} s  ({each:.2f} each)"
    )
    start = time.perf_counter()
    build_all(folder / "ours", WORKERS, names)
    print(f"the same again, unchanged      {time.perf_counter() - start:6.2f} s")
    pages = set((folder / "ours").glob("*.html")) - {batch.index}
    sizes = {path.stat().st_size: path.stem for path in pages}
    print(f"the largest report             {max(sizes) / 1000:6.0f} KB  ({sizes[max(sizes)]})")

    some = names[:: max(1, len(names) // BESIDE)][:BESIDE]
    start, other = time.perf_counter(), processor()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda at: by_jupyter(folder, at[0], at[1]), enumerate(some)))
    beside, other = (time.perf_counter() - start) / len(some), (processor() - other) / len(some)
    print(
        f"papermill, then nbconvert      {beside:6.2f} s an area, {len(some)} areas, {WORKERS} at once"
    )
    print(f"ours is {beside / each:.1f} times as fast an area")
    print(f"processor time an area: ours {busy:.2f} s, beside it {other:.2f} s")


def processor() -> float:
    """Give the processor time of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


def by_jupyter(folder: Path, at: int, area: str) -> None:
    """Run the notebook for one area and write it as HTML, as the command line does."""
    run = folder / f"{at}.ipynb"
    tools = Path(sys.executable).parent
    for command in (
        [tools / "papermill", "-p", "area", area, area_notebook(), run],
        [tools / "jupyter", "nbconvert", "--to", "html", "--no-input", run],
    ):
        subprocess.run([str(part) for part in command], check=True, capture_output=True)


if __name__ == "__main__":
    main()
