"""The kernel that runs a report: this same Python, reached without opening a port."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

# What every report's first cells import: the kernel does so while this process reads the notebook.
_WARM = "import youthjustice.reports, pandera.pandas, matplotlib.backends.backend_svg"


class SamePython(AsyncKernelManager):
    """Start the kernel with the Python that is running.

    A kernel called python3 in a person's own Jupyter folder may belong to another Python. Where the
    system has Unix sockets, messages pass through ``private``, a folder of this kernel's own (two
    kernels in one folder would read each other's messages), and no port is opened.
    """

    def __init__(self, private: str | Path) -> None:
        super().__init__()
        if os.name == "posix":
            self.transport = "ipc"
            self.ip = str(Path(private) / "k")

    @property
    def kernel_spec(self) -> KernelSpec:
        """Describe the one kernel there is to start."""
        start = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        quiet = ["--HistoryManager.enabled=False", "--log-level=ERROR"]
        warm = [f"--IPKernelApp.exec_lines={_WARM}"]
        return KernelSpec(argv=start + quiet + warm, display_name="Python 3", language="python")


@contextmanager
def running_kernel() -> Iterator[SamePython]:
    """Give a kernel that is starting, and end it whatever happens."""
    with tempfile.TemporaryDirectory(prefix="youthjustice-") as private:
        manager = SamePython(private)
        run_sync(manager.start_kernel)()
        try:
            yield manager
        finally:
            if manager.has_kernel:
                run_sync(manager.shutdown_kernel)(now=True)
