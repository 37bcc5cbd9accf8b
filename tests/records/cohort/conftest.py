"""The engines that the stories are told to; Spark is started once, and only in make prove."""

import importlib.util
import os
import shutil

import pytest

SPARK = [pytest.mark.spark]


def what_is_missing():
    if importlib.util.find_spec("pyspark") is None:
        return 'Spark is tested where it is installed: pip install "youth-justice-analysis[spark]"'
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "Spark is tested where Java 17 or later is installed"
    return None


@pytest.fixture(scope="session")
def spark():
    """Start Spark on two cores; it ends with the tests."""
    if missing := what_is_missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    from youthjustice.records.cohort.local_spark import start

    with pytest.MonkeyPatch.context() as patch:
        # Java that does not look for what could be faster in the long run is twice as fast here.
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        return start(cores=2)


@pytest.fixture(scope="module", params=["duckdb", pytest.param("spark", marks=SPARK)])
def engine(request):
    if request.param == "spark":
        request.getfixturevalue("spark")
    return request.param
