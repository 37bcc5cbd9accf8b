"""Run every measurement: ``python -m benchmarks [name ...]``."""

import importlib
import sys
from pathlib import Path


def main() -> None:
    """Run the named measurements, or all of them."""
    found = sorted(file.stem[6:] for file in Path(__file__).parent.glob("bench_*.py"))
    for name in sys.argv[1:] or found:
        print(f"== {name}")
        importlib.import_module(f"benchmarks.bench_{name}").main()


if __name__ == "__main__":
    main()
