"""How long a person waits: the import, and a warm report, as whole processes.

Each command runs once to warm the disk, then five times; the median counts. The alternative to
``import youthjustice`` is importing all its rooms and pandas at once, as an eager package would.
"""

import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5


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


if __name__ == "__main__":
    main()
