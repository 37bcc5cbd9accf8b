"""Spark on this machine: no page, no port to the outside, no words, its files in one folder."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import time
import warnings
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from youthjustice.errors import InputProblem

JAVA = 'engine="spark" needs Java 17 or later: install it, or set JAVA_HOME to where it is'
MEMORY = "3g"
"""Of Java; beyond it results in between go to the disk."""

_QUIET = {
    "spark.app.name": "youthjustice",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.authenticate": "true",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.driver.memory": MEMORY,
}


def start(cores: int | None = None) -> Any:
    """Start Spark on this machine, which takes some seconds; it runs until Python ends.

    Raises:
        InputProblem: there is no Java that it can run on.

    """
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=f"{home}/bin" if home else None):
        raise InputProblem(JAVA)
    cores = cores or os.cpu_count() or 1
    folder = mkdtemp(prefix="youthjustice-")
    chosen = {
        "spark.master": f"local[{cores}]",
        "spark.sql.shuffle.partitions": str(2 * cores),
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": folder,
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={folder} -XX:-UsePerfData",
    }
    settings = SparkConf().setAll(list((_QUIET | chosen).items()))
    try:
        gateway = launch_gateway(settings, {"stderr": subprocess.DEVNULL})
    except PySparkRuntimeError:
        shutil.rmtree(folder, ignore_errors=True)
        raise InputProblem(JAVA) from None
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
        session = SparkSession(SparkContext(gateway=gateway, conf=settings))
    atexit.register(_end, session, gateway, folder)
    return session


def _end(session: Any, gateway: Any, folder: str) -> None:
    """Stop Spark and Java, and leave nothing on the disk."""
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(timeout=30)
    for _ in range(50):  # Java tidies up too, and a folder that is not yet empty stays
        shutil.rmtree(folder, ignore_errors=True)
        if not Path(folder).exists():
            return
        time.sleep(0.1)
