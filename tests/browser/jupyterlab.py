"""A running JupyterLab on a copy of the notebooks, as `make lab` starts it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import requests

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SETTINGS = str(files("youthjustice.reports").joinpath("lab", "settings"))
TOKEN = "word"


@contextlib.contextmanager
def running(folder):
    """Give the address of a JupyterLab that works in ``folder``, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shutil.copytree(NOTEBOOKS, folder / "work", ignore=shutil.ignore_patterns(".*"))
    environment = os.environ | {
        "JUPYTER_CONFIG_PATH": SETTINGS,
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "run"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder / 'work'}",
        "--ServerApp.port_retries=0", "--expose-app-in-browser",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/api/status")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def wait_for(address):
    with requests.Session() as session:
        session.trust_env = False
        for _ in range(240):
            with contextlib.suppress(requests.ConnectionError):
                session.get(address, timeout=5)
                return
            time.sleep(0.5)
    raise TimeoutError(address)
