"""The process that reads a file for `process.run`: its own limits first, then piece by piece."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from pathlib import Path

from youthjustice.sandbox.limits import MEMORY, SECONDS
from youthjustice.sandbox.pieces import TOO_BIG, pieces

BY_LINE = "by-line"
"""The argument that asks for text files to be decoded line by line."""


def main() -> None:
    """Read the file on standard input and write its pieces to standard output."""
    limit()
    gc.disable()  # cells make no circles, and looking for them takes half the time
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the pieces
    try:
        for piece in pieces(sys.stdin.buffer.read(), Path.cwd(), BY_LINE in sys.argv[2:]):
            # Whole pieces only, so that memory that ends here leaves no half of one.
            out.write(pickle.dumps(piece, protocol=5))
    except MemoryError:
        out.write(pickle.dumps(("problem", TOO_BIG)))
    out.close()


def limit() -> None:
    """Bind this process to its memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows, where only the clock outside limits it
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    # Data and not address space: duckdb reserves far more addresses than it ever fills.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
