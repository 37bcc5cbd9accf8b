"""The kernel that runs a report: this same Python, reached without opening a port."""

from __future__ import annotations

import os
import sys

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager


class SamePython(AsyncKernelManager):
    """Start the kernel with the Python that is running.

    A kernel called python3 in a person's own Jupyter folder may belong to another Python. Where the
    system has Unix sockets, messages pass through them and no port is opened.
    """

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        if os.name == "posix":
            self.transport = "ipc"

    @property
    def kernel_spec(self) -> KernelSpec:
        """Describe the one kernel there is to start."""
        start = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        quiet = ["--HistoryManager.enabled=False", "--log-level=ERROR"]
        return KernelSpec(argv=start + quiet, display_name="Python 3", language="python")
