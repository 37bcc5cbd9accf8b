"""Run every measurement: ``python -m benchmarks [--keep] [name ...]``."""

import contextlib
import importlib
import io
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run the named measurements, or all of them; with ``--keep``, keep what they print."""
    names = [name for name in sys.argv[1:] if name != "--keep"]
    for name in names or sorted(file.stem[6:] for file in HERE.glob("bench_*.py")):
        print(f"== {name}", flush=True)
        run = importlib.import_module(f"benchmarks.bench_{name}").main
        if "--keep" not in sys.argv:
            run()
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            run()
        print(printed.getvalue())
        (HERE / "measured").mkdir(exist_ok=True)
        (HERE / "measured" / f"{name}.txt").write_text(
            f"{about()}\n{printed.getvalue()}", encoding="utf-8"
        )


def about() -> str:
    """Say when and on what machine."""
    day = datetime.now(UTC).date()
    return (
        f"Measured on {day}, {os.cpu_count()} processors ({platform.machine()}), "
        f"Python {platform.python_version()}."
    )


if __name__ == "__main__":
    main()
